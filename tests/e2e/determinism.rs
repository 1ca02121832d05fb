//! The same project gives the same bytes wherever, whenever and by whomever it is generated, and
//! the commands say the same of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Project, Run, read_tree, repository};

/// Names that are sorted in other ways in some languages, and that are one to some file systems.
const NAMES: [&str; 10] = [
    "I1", "i2", "Z", "a", "_b", "ä-c", "ı-d", "错误-e", "10", "9",
];

/// A project of all targets with pages of different lengths in two languages, in several folders,
/// some with warnings, so that threads pass each other.
fn project() -> Project {
    let project = Project::copy_of(&repository("tests/it/cases/bilingual"));
    for (number, name) in NAMES.iter().enumerate() {
        let codes = (0..number).map(|code| {
            let code = number * 100 + code;
            format!(
                "<h2>{code} Failed</h2>\n<p>Error Message</p>\n<p>It failed in part {code}, I think.</p>\n"
            )
        });
        let codes: String = codes.collect();
        let folder = ["", "more/"][number % 2];
        let path = format!("docs-snapshot/{folder}{name}-error-code.html");
        project.write(&path, format!("<h1>{name}</h1>\n<p>Notes.</p>\n{codes}"));
    }
    project
}

/// What the commands have made of a project, and what they have said.
#[derive(Debug, PartialEq)]
struct Made {
    files: BTreeMap<String, Vec<u8>>,
    said: Vec<(String, i32, String, String)>,
}

impl Made {
    /// Runs the commands, each as `command` has it run.
    fn by(folder: &Path, command: impl Fn(&[&str]) -> Command) -> Self {
        let commands: [&[&str]; 4] = [
            &["generate"],
            &["check", "--format", "sarif"],
            &["parse"],
            &["lint"],
        ];
        let said = commands.map(|arguments| {
            let output = command(arguments).output().expect("arkerr can be started");
            let run = Run::of(&output);
            let stderr = format!("{}{}", run.stderr, run.account);
            (arguments.join(" "), run.status, run.stdout, stderr)
        });
        Self {
            files: read_tree(folder),
            said: said.into(),
        }
    }

    fn of(project: &Project) -> Self {
        Self::by(&project.path(""), |arguments| project.command(arguments))
    }

    /// Both are the same, to the byte.
    #[track_caller]
    fn assert_same(&self, other: &Self, what: &str) {
        for (said, other) in self.said.iter().zip(&other.said) {
            assert_eq!(said, other, "{what}");
        }
        let paths = |made: &Self| made.files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(self), paths(other), "{what}");
        for (path, bytes) in &self.files {
            assert!(other.files[path] == *bytes, "{what}: {path} differs");
        }
    }
}

#[test]
fn nothing_depends_on_the_environment() {
    let expected = Made::of(&project());
    assert!(expected.said.iter().all(|(_, status, ..)| *status == 0));
    assert!(expected.files.len() > 80, "{:?}", expected.files.keys());
    for variables in [
        &[("RAYON_NUM_THREADS", "1"), ("LC_ALL", "C")][..],
        &[("RAYON_NUM_THREADS", "2"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("RAYON_NUM_THREADS", "8"), ("LC_ALL", "zh_CN.GB18030")],
        &[
            ("TZ", "Pacific/Chatham"),
            ("TERM", "dumb"),
            ("COLUMNS", "20"),
        ],
        &[
            ("NO_COLOR", "1"),
            ("COLUMNS", "400"),
            ("COLORTERM", "truecolor"),
        ],
        &[("HOME", "/nonexistent"), ("TMPDIR", "/nonexistent")],
    ] {
        let project = project();
        let made = Made::by(&project.path(""), |arguments| {
            let mut command = project.command(arguments);
            command.envs(variables.iter().copied());
            command
        });
        made.assert_same(&expected, &format!("{variables:?}"));
    }
}

/// Pages of which some cannot be read, each for a reason of its own.
fn with_bad_pages() -> Project {
    let project = project();
    for (number, name) in NAMES.iter().enumerate() {
        let text = match number % 3 {
            0 => String::new(),
            1 => "<h1>T</h1><h2>7 Failed</h2>".repeat(1 + number),
            _ => format!("{{\"code\": {number}, \"message\": \"not found\"}}"),
        };
        let ending = ["html", "html", "json"][number % 3];
        project.write(&format!("docs-snapshot/bad/bad-{name}-code.{ending}"), text);
    }
    project
}

#[test]
fn errors_depend_on_no_threads() {
    let runs = ["1", "2", "8", "8"].map(|threads| {
        let project = with_bad_pages();
        Made::by(&project.path(""), |arguments| {
            let mut command = project.command(arguments);
            command.env("RAYON_NUM_THREADS", threads);
            command
        })
    });
    // That of `generate`.
    let (_, status, _, stderr) = &runs[0].said[0];
    assert_eq!(*status, 2, "{stderr}");
    assert!(stderr.matches("error[").count() >= 7, "{stderr}");
    for run in &runs[1..] {
        run.assert_same(&runs[0], "threads");
    }
}

/// File systems list what is in a folder in the order in which it was put there, or the other way
/// round, or in the order of some hash.
#[test]
fn nothing_depends_on_the_order_of_folders() {
    let expected = Made::of(&project());
    let files: Vec<_> = project().tree().into_iter().collect();
    let memory = Path::new("/dev/shm");
    let mut orders = Vec::new();
    for (folder, is_backwards) in [(None, true), (Some(memory), false), (Some(memory), true)] {
        let folder = match folder {
            Some(folder) if !folder.exists() => continue,
            Some(folder) => tempfile::tempdir_in(folder),
            None => tempfile::tempdir(),
        };
        let folder = folder.expect("a temporary folder");
        let mut files = files.clone();
        if is_backwards {
            files.reverse();
        }
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("folders");
            fs::write(path, bytes).expect("the file can be written");
        }
        orders.push(listed(&folder.path().join("docs-snapshot")));
        let project = project();
        let made = Made::by(folder.path(), |arguments| {
            let mut command = project.command(arguments);
            command.current_dir(folder.path());
            command
        });
        made.assert_same(
            &expected,
            &format!("{:?} backwards: {is_backwards}", folder.path()),
        );
    }
    if cfg!(target_os = "linux") && memory.exists() {
        orders.dedup();
        assert!(orders.len() > 1, "all folders were listed in one order");
    }
}

/// The names in a folder, as it lists them.
fn listed(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let names = entries.map(|entry| entry.expect("so can its entries").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// New files are those of the user as any others; those that are replaced stay what they were.
#[cfg(unix)]
mod permissions {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    use super::{Made, project};
    use crate::common::Project;
    use crate::repository;

    const REPLACED: [&str; 2] = ["names.toml", "generated/rust/mod.rs"];

    fn mode(project: &Project, path: &str) -> u32 {
        let data = fs::metadata(project.path(path)).expect("there is such a file");
        data.permissions().mode() & 0o777
    }

    /// The command of a user who takes these permissions from new files.
    fn umasked(project: &Project, umask: &str, arguments: &[&str]) -> Command {
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        let arkerr = project.command(arguments);
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(arkerr.get_program());
        command.args(arguments).current_dir(project.path(""));
        command
    }

    #[test]
    fn the_user_gives_them() {
        let expected = Made::of(&project());
        for (umask, file, folder) in [("000", 0o666, 0o777), ("077", 0o600, 0o700)] {
            let project = project();
            let run = |arguments: &[&str]| umasked(&project, umask, arguments);
            Made::by(&project.path(""), run).assert_same(&expected, umask);
            for path in REPLACED {
                assert_eq!(mode(&project, path), file, "{umask} {path}");
                let other = fs::Permissions::from_mode(0o640);
                fs::set_permissions(project.path(path), other).expect("the mode can be set");
            }
            assert_eq!(mode(&project, "generated/rust"), folder, "{umask}");

            let page = "<h1>T</h1><h2>9000 Failed</h2><p>Error Message</p><p>It failed.</p>";
            project.write("docs-snapshot/new-error-code.html", page);
            let output = run(&["-q", "generate"]).output();
            assert!(output.is_ok_and(|output| output.status.success()));
            for path in REPLACED {
                assert_eq!(mode(&project, path), 0o640, "{umask} {path}");
            }
        }
    }

    #[test]
    fn a_program_may_be_run_by_those_who_may_read_it() {
        for (umask, file, program) in [("022", 0o644, 0o755), ("077", 0o600, 0o700)] {
            let project = Project::empty();
            repository::init(&project);
            let output = umasked(&project, umask, &["init", "--hook"]).output();
            assert!(output.is_ok_and(|output| output.status.success()));
            assert_eq!(mode(&project, "arkerr.toml"), file);
            assert_eq!(mode(&project, ".git/hooks/pre-commit"), program);
        }
    }
}
