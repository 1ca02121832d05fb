//! Every place in a project from which arkerr reads, or to which it writes, with everything in it
//! that must not be followed: symlinks out of the project and to what is hidden, pipes and devices.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use super::{Neighbours, PAGE};
use crate::common::Project;

const SETTINGS: &str =
    "templates = 'own'\ntargets = { own = { files = [{ path = 'x.txt', template = 'x' }] } }\n";

/// What only git may know, and what nobody may.
const SECRET: &str = "[remote \"origin\"]\n\ttoken = Sentinel of the neighbours\n";

const CHECK: &[&str] = &["check"];
const GENERATE: &[&str] = &["generate"];
const LINT: &[&str] = &["lint"];

const EXPLAIN: &[&str] = &["explain", "401"];
const IMPORT: &[&str] = &["import", "saved/scan-error-code.html", "--keep-original"];
const INIT: &[&str] = &["init", "--ci", "github"];
const CHANGELOG: &[&str] = &[
    "generate",
    "--changelog",
    "CHANGELOG.md",
    "--date",
    "2026-11-25",
];
const EXPORT: &[&str] = &["templates", "export", "json", "own"];

/// The places, whether each is a folder, and the commands that look at it.
const PLACES: &[(&str, bool, &[&[&str]])] = &[
    ("arkerr.toml", false, &[CHECK, GENERATE, LINT, INIT]),
    ("names.toml", false, &[CHECK, GENERATE, LINT]),
    (
        "docs-snapshot",
        true,
        &[CHECK, GENERATE, LINT, IMPORT, INIT],
    ),
    ("docs-snapshot/en", true, &[CHECK, GENERATE, LINT, IMPORT]),
    (
        "docs-snapshot/en/scan-error-code.html",
        false,
        &[CHECK, GENERATE, LINT, IMPORT],
    ),
    (
        "docs-snapshot/en/scan-error-code.html.orig",
        false,
        &[IMPORT],
    ),
    ("docs-snapshot/README.md", false, &[INIT]),
    ("own", true, &[CHECK, GENERATE, EXPORT]),
    ("own/x.tera", false, &[CHECK, GENERATE]),
    ("own/json", true, &[EXPORT]),
    ("generated", true, &[CHECK, GENERATE, EXPLAIN]),
    ("generated/rust", true, &[CHECK, GENERATE]),
    ("generated/rust/mod.rs", false, &[CHECK, GENERATE]),
    ("generated/own/x.txt", false, &[CHECK, GENERATE]),
    ("generated/.arkerr-files", false, &[CHECK, GENERATE]),
    ("generated/.gitattributes", false, &[CHECK, GENERATE]),
    (
        "generated/json/catalog.json",
        false,
        &[CHECK, GENERATE, EXPLAIN],
    ),
    ("CHANGELOG.md", false, &[CHANGELOG]),
    (".gitattributes", false, &[INIT]),
    (".github", true, &[INIT]),
    (".github/workflows/arkerr-check.yml", false, &[INIT]),
];

/// What a place leads to: to a file, and to a folder.
const TARGETS: [[&str; 2]; 4] = [
    ["../outside/names.toml", "../outside"],
    [".git/config", "docs/../.git"],
    ["alias", "alias-folder"],
    ["/dev/zero", "/proc/self/cwd/.git"],
];

/// A project in which everything is there that a command may look at.
fn project() -> Neighbours {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let neighbours = Neighbours::with(&[
            ("docs/.hidden/page.html", SECRET),
            ("docs-snapshot/en/scan-error-code.html", PAGE),
            (
                "saved/scan-error-code.html",
                &PAGE.replace("denied", "refused"),
            ),
            ("arkerr.toml", SETTINGS),
            (
                "own/x.tera",
                "{{ header | join(sep='') | comment(start='//') }}",
            ),
            (".git/config", SECRET),
            (".git/scan-error-code.html", SECRET),
        ]);
        let folder = &neighbours.folder;
        folder.remove("project/docs-snapshot/scan-error-code.html");
        neighbours.does(&["generate"]);
        // There is something to tell in a changelog.
        let page = PAGE.replace("401", "403");
        folder.write("project/docs-snapshot/en/scan-error-code.html", page);
        folder.tree()
    });
    let folder = Project::empty();
    for (path, bytes) in files {
        folder.write(path, bytes);
    }
    symlink(".git/config", folder.path("project/alias")).expect("a link");
    symlink(".git", folder.path("project/alias-folder")).expect("a link");
    Neighbours { folder }
}

/// Makes room for something in a place.
fn clear(place: &Path) {
    let _ = fs::remove_file(place);
    let _ = fs::remove_dir_all(place);
    fs::create_dir_all(place.parent().expect("it has a folder")).expect("a folder");
}

impl Neighbours {
    /// Runs a command, which must tell nothing that is hidden, and write nothing there.
    #[track_caller]
    fn keeps_secrets(&self, command: &[&str], about: &str) -> i32 {
        let hidden = |path: &str| path.contains("/.git/") || path.contains("/.hidden/");
        let hidden_files = || {
            let mut files = self.folder.tree();
            files.retain(|path, _| hidden(path));
            files
        };
        let before = hidden_files();
        let run = self.arkerr(command);
        assert_eq!(hidden_files(), before, "{about}: {run:#?}");
        assert!(!format!("{run:?}").contains("entinel"), "{about}: {run:#?}");
        for (path, bytes) in self.folder.tree() {
            let is_secret = hidden(&path) || path.starts_with("outside/");
            let text = String::from_utf8_lossy(&bytes);
            assert!(is_secret || !text.contains("entinel"), "{about}: {path}");
        }
        run.status
    }
}

/// The way to a path of the project from the folder of another one.
fn way(from: &str, to: &str) -> String {
    if to.starts_with('/') {
        return to.to_owned();
    }
    "../".repeat(from.matches('/').count()) + to
}

#[test]
fn no_place_leads_to_what_is_outside_or_hidden() {
    for (place, is_folder, commands) in PLACES {
        for targets in TARGETS {
            let target = targets[usize::from(*is_folder)];
            for command in *commands {
                let neighbours = project();
                let path = neighbours.folder.path(&format!("project/{place}"));
                clear(&path);
                symlink(way(place, target), &path).expect("a link");
                let about = format!("{place} -> {target}: {command:?}");
                let status = neighbours.keeps_secrets(command, &about);
                assert_eq!(status, 2, "{about}");
            }
        }
    }
}

#[test]
fn no_place_is_a_pipe() {
    for (place, _, commands) in PLACES {
        for command in *commands {
            let neighbours = project();
            let path = neighbours.folder.path(&format!("project/{place}"));
            clear(&path);
            let made = Command::new("mkfifo").arg(&path).status();
            assert!(made.is_ok_and(|made| made.success()), "{place}");
            let about = format!("a pipe at {place}: {command:?}");
            let status = neighbours.keeps_secrets(command, &about);
            // What is written without a look takes the place of the pipe.
            assert!(status == 2 || *command == IMPORT, "{about}");
        }
    }
}

#[test]
fn no_setting_names_what_is_hidden() {
    let target = |target: &str| format!("[targets.own]\n{target}\n");
    let file = "files = [{ path = 'x.txt', template = 'json/catalog.json' }]";
    for folder in [
        ".git",
        ".GIT",
        "git~1",
        "GIT~1",
        "a/.git",
        ".git/hooks",
        ".",
        "con",
        "a/NUL.txt",
        "a\\\\.git",
        "a.",
        "a\\ncargo::rustc-env=A=B",
    ] {
        let settings = [
            format!("output = \"{folder}\"\n"),
            format!("snapshots = \"{folder}\"\n"),
            format!("templates = \"{folder}\"\n"),
            target(&format!("folder = \"a/{folder}\"\n{file}")),
            target(&format!(
                "files = [{{ path = \"{folder}/config\", template = 'json/catalog.json' }}]"
            )),
        ];
        for settings in settings {
            let neighbours = project();
            neighbours.folder.write("project/arkerr.toml", &settings);
            for command in [CHECK, GENERATE] {
                let status = neighbours.keeps_secrets(command, &settings);
                assert_eq!(status, 2, "{settings}");
            }
        }
    }
    for path in [".npmrc", "a/.envrc", ".git", ".arkerr-files", "{page}/.git"] {
        let settings = target(&format!(
            "files = [{{ path = '{path}', template = 'json/catalog.json' }}]"
        ));
        let neighbours = project();
        neighbours.folder.write("project/arkerr.toml", &settings);
        assert_eq!(neighbours.keeps_secrets(GENERATE, &settings), 2, "{path}");
    }
}
