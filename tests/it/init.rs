//! Setting a project up: `arkerr init`.
//!
//! `SNAPSHOTS=overwrite cargo test --test init` writes the files of `tests/golden/init` anew.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::git::{git, init};
use common::{Project, Run, SEED, repository};
use snapbox::{Data, assert_data_eq};

const PAGE: &str = "docs-snapshot/core-vision-error-code.html";

const NEXT_STEPS: &str = "
next steps:
  arkerr fetch --discover  list the pages with error codes that the site has
  arkerr fetch ID          save one of them in docs-snapshot/
  arkerr import FILE       or take a page that you saved yourself
  arkerr generate          write constants and documentation to generated/
";

const CI_STEPS: &str = "
CI passes once there is a page, `arkerr generate` has been run, and all of it is committed;
until then it fails
";

fn paths(project: &Project) -> Vec<String> {
    let paths = project.tree().into_keys();
    paths.filter(|path| !path.starts_with(".git/")).collect()
}

fn add_page(project: &Project) {
    project.write(PAGE, fs::read(repository(SEED)).expect("it is there"));
}

/// Commits what is staged, as somebody who has arkerr on the `PATH`. Gives whether the hook let it
/// pass, and what was printed.
fn commit(project: &Project) -> (bool, String) {
    let binaries = Path::new(env!("CARGO_BIN_EXE_arkerr")).parent();
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
fn the_files_of_a_new_project() {
    let project = Project::empty();
    let run = project.arkerr(&["init"]).succeeded();
    let created = "created arkerr.toml\ncreated docs-snapshot/README.md\ncreated .gitattributes\n";
    assert_eq!(run.stdout, format!("{created}{NEXT_STEPS}"));
    for (file, golden) in [
        ("arkerr.toml", "arkerr.toml"),
        ("docs-snapshot/README.md", "README.md"),
        (".gitattributes", "gitattributes"),
    ] {
        let golden = repository("tests/golden/init").join(golden);
        let text = Data::text(project.read(file)).raw();
        assert_data_eq!(text, Data::read_from(&golden, None).raw());
    }
}

#[test]
fn a_page_is_all_that_a_new_project_lacks() {
    let project = Project::empty();
    project.arkerr(&["init", "--quiet"]).succeeded();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("there are no snapshots"), "{run:#?}");
    add_page(&project);
    project.arkerr(&["generate"]).succeeded();
    project.arkerr(&["check"]).succeeded();
}

#[test]
fn what_is_there_stays() {
    let project = Project::empty();
    init(&project);
    project
        .arkerr(&["init", "--ci", "github", "--hook"])
        .succeeded();
    let run = project.arkerr_reads(&["init", "--ci", "github", "--hook"]);
    let steps = NEXT_STEPS.to_owned() + CI_STEPS;
    let files = [
        "arkerr.toml",
        "docs-snapshot/README.md",
        ".gitattributes",
        ".github/workflows/arkerr-check.yml",
        ".github/workflows/arkerr-update.yml",
        ".git/hooks/pre-commit",
    ];
    let kept = files.map(|file| format!("kept {file}: it is as it would be\n"));
    assert_eq!(run.succeeded().stdout, kept.concat() + &steps);
}

#[test]
fn what_a_kept_file_lacks_is_told() {
    let project = Project::empty();
    project.write("arkerr.toml", "language = 'en'\n[lints]\n");
    project.write(
        ".gitattributes",
        "* text=auto\r\nnames.toml text eol=lf merge=union\r\n",
    );
    project.write("docs-snapshot/README.md", "# Pages\n");
    let ci = fs::read_to_string(repository("docs/ci/gitlab-ci.yml")).expect("it is there");
    project.write(".gitlab-ci.yml", ci.replace("stage: test", "stage: build"));
    let run = project
        .arkerr_reads(&["init", "--ci", "gitlab"])
        .succeeded();
    let told = "\
kept arkerr.toml, which does not mention these keys:
    snapshots, output, url, templates, targets, changes, fetch, pages
kept docs-snapshot/README.md, which would have been made so:
    @@ -1 +1,12 @@
    -# Pages
    +# Saved pages
";
    assert!(run.stdout.starts_with(told), "{}", run.stdout);
    let told = "
kept .gitattributes, which lacks these lines:
    docs-snapshot/** -text
    generated/** text eol=lf linguist-generated gitlab-generated
kept .gitlab-ci.yml, which would have been made so:
";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let told = "    -  stage: build\n    +  stage: test\n";
    assert!(run.stdout.contains(told), "{}", run.stdout);
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

#[test]
fn what_cannot_be_done_is_told_before_anything_is_written() {
    let project = Project::empty();
    let run = project.arkerr_reads(&["init", "--hook"]);
    assert_eq!(run.status, 2);
    let told = "error[init]: there is no repository of git here to have a hook\n";
    assert!(run.stderr.starts_with(told), "{run:#?}");
    project.write("arkerr.toml", "outptu = 'x'\n");
    let run = project.arkerr_reads(&["init"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("unknown field `outptu`"), "{run:#?}");
}

#[test]
fn a_file_that_cannot_be_made_keeps_no_other_from_it() {
    let project = Project::empty();
    project.write("docs-snapshot", "no folder");
    let run = project.arkerr(&["init"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "created arkerr.toml\ncreated .gitattributes\n");
    assert!(run.stderr.contains("docs-snapshot/README.md"), "{run:#?}");
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
    add_page(&project);
    git(&project.path(""), &["add", "--all"]);
    let (passed, printed) = commit_with(&project, None);
    let told = "\
the commit is refused: arkerr, which checks the error codes, is not on the PATH
install it, or go past this check with: git commit --no-verify
";
    assert!(!passed && printed == told, "{printed}");
}
