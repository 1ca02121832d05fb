//! What `arkerr init` writes for git: the hook and the attributes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Project, Run, SEED, repository};
use crate::repository::{git, init};

const PAGE: &str = "docs-snapshot/core-vision-error-code.html";

/// Commits what is staged, as somebody who has arkerr on the `PATH`. Gives whether the hook let it
/// pass, and what was printed.
fn commit(project: &Project) -> (bool, String) {
    let binaries = crate::arkerr().parent();
    commit_with(project, binaries)
}

/// Commits as [`commit`], with one more folder on the `PATH`, or none.
fn commit_with(project: &Project, binaries: Option<&Path>) -> (bool, String) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = binaries.map(Path::to_path_buf).into_iter();
    // Whoever runs the tests may have arkerr installed.
    let others = std::env::split_paths(&path).filter(|folder| !folder.join("arkerr").exists());
    let path = std::env::join_paths(folders.chain(others));
    let output = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
        .args(["commit", "--message", "Change"])
        .current_dir(project.path(""))
        .env("PATH", path.expect("the folders have names"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git can be started");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).expect("it is UTF-8");
    (output.status.success(), printed)
}

#[test]
fn folders_are_those_of_the_configuration() {
    let project = Project::empty();
    project.write(
        "arkerr.toml",
        "snapshots = 'the pages'\noutput = 'src/codes'\n",
    );
    let run = project.arkerr(&["init"]).succeeded();
    assert!(
        run.stdout.contains("save one of them in the pages/\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        paths(&project),
        [".gitattributes", "arkerr.toml", "the pages/README.md"]
    );
    init(&project);
    let attribute = |attribute: &str, path: &str| {
        let told = git(&project.path(""), &["check-attr", attribute, "--", path]);
        told.trim_end().rsplit(": ").next().map(str::to_owned)
    };
    for (name, path, value) in [
        ("text", "the pages/en/scan.html", "unset"),
        ("eol", "src/codes/c/scan.c", "lf"),
        ("linguist-generated", "src/codes/c/scan.c", "set"),
        ("linguist-generated", "src/main.rs", "unspecified"),
        ("merge", "names.toml", "union"),
    ] {
        assert_eq!(
            attribute(name, path).as_deref(),
            Some(value),
            "{name} {path}"
        );
    }
}

/// A project with a hook, of which everything is committed.
fn hooked(folder: &str) -> Project {
    let project = Project::empty();
    init(&project);
    fs::create_dir_all(project.path(folder)).expect("it can be made");
    project
        .arkerr(&["-C", folder, "init", "--hook"])
        .succeeded();
    project
}

#[cfg(unix)]
#[test]
fn the_hook_refuses_a_commit_that_is_out_of_sync() {
    for (folder, mend) in [
        (".", "run: arkerr generate\n"),
        ("app/errors", "run: arkerr -C app/errors generate\n"),
        ("my apps/scan", "run: arkerr -C 'my apps/scan' generate\n"),
    ] {
        let project = hooked(folder);
        let run = |command: &str| -> Run { project.arkerr(&["-C", folder, command]) };
        let page = format!("{folder}/{PAGE}");
        let root = project.path("");

        git(&root, &["add", "--all"]);
        let (passed, printed) = commit(&project);
        assert!(passed, "a project without pages: {printed}");

        project.write(&page, fs::read(repository(SEED)).expect("it is there"));
        git(&root, &["add", "--all"]);
        let (passed, printed) = commit(&project);
        assert!(!passed && printed.contains(mend), "{printed}");

        // What is not staged does not count.
        run("generate").succeeded();
        assert!(!commit(&project).0);
        git(&root, &["add", "--all"]);
        let (passed, printed) = commit(&project);
        assert!(passed && printed.contains("in sync"), "{printed}");

        // A commit that is about something else is not looked at.
        project.write(&format!("{folder}/names.toml"), "broken");
        project.write("main.ets", "");
        git(&root, &["add", "main.ets"]);
        let (passed, printed) = commit(&project);
        assert!(passed && !printed.contains("in sync"), "{printed}");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_says_what_it_lacks_and_how_to_go_past_it() {
    let project = hooked(".");
    project.write(PAGE, fs::read(repository(SEED)).expect("it is there"));
    git(&project.path(""), &["add", "--all"]);
    let (passed, printed) = commit_with(&project, None);
    let told = "\
the commit is refused: arkerr, which checks the error codes, is not on the PATH
install it, or go past this check with: git commit --no-verify
";
    assert!(!passed && printed == told, "{printed}");
}

fn paths(project: &Project) -> Vec<String> {
    let paths = project.tree().into_keys();
    paths.filter(|path| !path.starts_with(".git/")).collect()
}

#[test]
fn what_is_there_stays() {
    let project = Project::empty();
    init(&project);
    project
        .arkerr(&["init", "--ci", "github", "--hook"])
        .succeeded();
    let run = project.arkerr_reads(&["init", "--ci", "github", "--hook"]);
    let files = [
        "arkerr.toml",
        "docs-snapshot/README.md",
        ".gitattributes",
        ".github/workflows/arkerr-check.yml",
        ".github/workflows/arkerr-update.yml",
        ".git/hooks/pre-commit",
    ];
    let kept = files.map(|file| format!("kept {file}: it is as it would be\n"));
    let printed = run.succeeded().stdout;
    assert!(printed.starts_with(&kept.concat()), "{printed}");
    assert!(printed.contains("\nnext steps:\n"), "{printed}");
}

#[test]
fn below_the_root_of_a_repository_the_root_has_what_its_host_reads() {
    let project = Project::empty();
    init(&project);
    fs::create_dir_all(project.path("apps/scan")).expect("it can be made");
    for host in ["github", "gitlab"] {
        project
            .arkerr(&["-C", "apps/scan", "init", "--ci", host])
            .succeeded();
    }
    assert_eq!(
        paths(&project),
        [
            ".github/workflows/arkerr-check.yml",
            ".github/workflows/arkerr-update.yml",
            ".gitlab-ci.yml",
            "apps/scan/.gitattributes",
            "apps/scan/arkerr.toml",
            "apps/scan/docs-snapshot/README.md",
        ]
    );
    let check = project.read(".github/workflows/arkerr-check.yml");
    assert!(check.contains("ARKERR_DIRECTORY: apps/scan\n"), "{check}");
    let update = project.read(".github/workflows/arkerr-update.yml");
    assert!(
        update.contains("working-directory: apps/scan\n"),
        "{update}"
    );
    let pipeline = project.read(".gitlab-ci.yml");
    assert!(
        pipeline.contains("ARKERR_DIRECTORY: apps/scan\n"),
        "{pipeline}"
    );
}
