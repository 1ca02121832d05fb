//! `arkerr diff` in git repositories.

use std::fs;

use crate::common::changes::{SCAN, page};
use crate::common::{Project, Run, docs, repository};
use crate::repository::{commit, git, init};

#[test]
fn revisions_of_a_repository_are_compared_with_each_other_and_with_what_is_there() {
    let project = Project::empty();
    init(&project);
    project.write(SCAN, page(&[(1001, "Busy."), (1002, "Disk full.")]));
    project.arkerr(&["generate"]).succeeded();
    commit(&project, "first");
    git(&project.path(""), &["tag", "v1.0"]);
    project.write(SCAN, page(&[(1001, "Very busy."), (1003, "Gone.")]));
    project.arkerr(&["generate"]).succeeded();
    commit(&project, "second");
    project.write(
        SCAN,
        page(&[(1001, "Very busy."), (1003, "Gone."), (1002, "Disk full.")]),
    );

    let run = project.arkerr_reads(&["diff", "v1.0", "HEAD"]).succeeded();
    assert_eq!(
        run.stdout,
        "\
scan-error-code
  breaking  code removed  1002 Title (ScanErrorCode.DISK_FULL)
  notable   message  1001 Title (ScanErrorCode.BUSY)
            [-Busy.-]
            {+Very busy.+}
  notable   code added  1003 Title (ScanErrorCode.GONE)  Gone.

3 changes on 1 page: 1 breaking, 2 notable; semver: major
"
    );
    let run = project
        .arkerr_reads(&["diff", "HEAD", "docs-snapshot"])
        .succeeded();
    assert_eq!(
        run.stdout,
        "\
scan-error-code
  notable   code returned  1002 Title (ScanErrorCode.DISK_FULL)  Disk full.

1 change on 1 page: 1 notable; semver: minor
"
    );
    // The records of the outputs, a page by itself, and a revision.
    let run = project.arkerr_reads(&["diff", "HEAD~1", "generated/json/catalog.json"]);
    assert!(run.succeeded().stdout.ends_with("semver: major\n"));
    let run = project.arkerr_reads(&["diff", "HEAD", SCAN]).succeeded();
    assert!(run.stdout.contains("code returned  1002"), "{}", run.stdout);
}

#[test]
fn a_project_below_the_top_of_a_repository_has_its_revisions_too() {
    let project = Project::empty();
    init(&project);
    project.write("apps/scan/arkerr.toml", "snapshots = 'pages'\n");
    project.write(
        "apps/scan/pages/scan-error-code.md",
        page(&[(1001, "Busy.")]),
    );
    commit(&project, "first");
    project.write(
        "apps/scan/pages/scan-error-code.md",
        page(&[(1001, "Not busy.")]),
    );
    let run = project
        .arkerr_reads(&["-C", "apps/scan", "diff", "HEAD", "pages"])
        .succeeded();
    assert!(run.stdout.contains("message  1001"), "{}", run.stdout);
}

#[test]
fn a_project_needs_no_file_of_its_own_to_be_compared() {
    let project = Project::empty();
    init(&project);
    project.write(SCAN, page(&[(1001, "Busy.")]));
    project.write("guide.md", page(&[(404, "No page of the project.")]));
    commit(&project, "first");
    for (old, new) in [("HEAD", "."), (".", "docs-snapshot")] {
        let run = project.arkerr_reads(&["diff", old, new]).succeeded();
        assert_eq!(run.stdout, "no changes; semver: none\n");
    }
    project.write(
        "other/docs-snapshot/scan-error-code.md",
        page(&[(1001, "Busy.")]),
    );
    project.write("other/guide.md", page(&[(404, "No page of it.")]));
    let run = project.arkerr_reads(&["diff", ".", "other"]).succeeded();
    assert_eq!(run.stdout, "no changes; semver: none\n");
}

/// What git tells a hook about its repository is right at the top of it alone.
#[test]
fn a_hook_compares_the_project_that_it_is_started_for() {
    let project = Project::empty();
    init(&project);
    project.write(SCAN, page(&[(7, "Of another project.")]));
    project.write("app/arkerr.toml", "");
    project.write(&format!("app/{SCAN}"), page(&[(1001, "Busy.")]));
    commit(&project, "first");
    let mut command = project.command(&["-C", "app", "diff", "HEAD", "docs-snapshot"]);
    for git_dir in [".git".into(), project.path(".git")] {
        command.env("GIT_DIR", git_dir).env("GIT_PREFIX", "");
        let run = Run::of(&command.output().expect("arkerr can be started"));
        assert_eq!(run.succeeded().stdout, "no changes; semver: none\n");
    }
}

#[cfg(unix)]
#[test]
fn a_page_behind_a_link_of_a_revision_is_not_told_as_gone() {
    let project = Project::empty();
    init(&project);
    project.write("pages/scan-error-code.md", page(&[(1001, "Busy.")]));
    project.write("docs-snapshot/pay-error-code.md", page(&[(2001, "Busy.")]));
    std::os::unix::fs::symlink("../pages/scan-error-code.md", project.path(SCAN))
        .expect("a link can be made");
    commit(&project, "first");
    let run = project.arkerr_reads(&["diff", "HEAD", "docs-snapshot"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let refusal = "this is a link in the revision, which is not followed\n--> HEAD:docs-snapshot/scan-error-code.md";
    assert!(run.stderr.contains(refusal), "{}", run.stderr);
}

#[test]
fn a_state_without_any_page_is_one_too() {
    let project = Project::empty();
    init(&project);
    commit(&project, "nothing");
    project.write(SCAN, page(&[(1001, "Busy.")]));
    let run = project
        .arkerr_reads(&["diff", "HEAD", "docs-snapshot"])
        .succeeded();
    assert!(
        run.stdout
            .starts_with("scan-error-code\n  notable   page added"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("semver: minor\n"), "{}", run.stdout);
}

#[test]
fn the_documentation_shows_what_is_printed() {
    let project = Project::empty();
    init(&project);
    let page = |steps: &str, devices: &str, last: &str| {
        format!(
            "# 扫码错误码\n\n## 1001 内部错误\n\n> {devices}\n\n**错误信息**\n\nInternal error.\n\n\
             **处理步骤**\n\n{steps}\n\n## 1002 参数错误\n\n> {devices}\n\n**错误信息**\n\n\
             Invalid parameter.\n\n{last}"
        )
    };
    let last = "## 1003 网络错误\n\n**错误信息**\n\nNetwork unavailable.\n\n";
    project.write(SCAN, page("重启设备。", "phone | tablet", last));
    project.arkerr(&["generate"]).succeeded();
    commit(&project, "first");
    project.write(
        SCAN,
        page("重启设备后重试。", "phone | tablet | wearable", ""),
    );
    let run = project
        .arkerr_reads(&["diff", "HEAD", "docs-snapshot"])
        .succeeded();
    for file in ["README.md", "docs/sync.md"] {
        assert_eq!(
            format!("$ arkerr diff HEAD docs-snapshot\n{}", run.stdout),
            docs::block_after(file, "<!-- output of arkerr diff -->")
        );
    }

    let json = fs::read_to_string(repository("tests/it/cases/changes/message/diff.json"));
    let shown = docs::block_after("docs/sync.md", "<!-- output of arkerr diff as JSON -->");
    assert_eq!(json.expect("there is a file"), shown);

    let settings = docs::block_after("docs/sync.md", "<!-- levels of changes -->");
    project.write("arkerr.toml", settings);
    let run = project.arkerr_reads(&["diff", "--list"]).succeeded();
    assert!(
        run.stdout.contains("\ncode-added                 note "),
        "{}",
        run.stdout
    );
}

#[test]
fn a_revision_that_cannot_be_read_is_refused() {
    let project = Project::empty();
    init(&project);
    project.write(SCAN, page(&[(1001, "Busy.")]));
    commit(&project, "first");
    let run = project.arkerr_reads(&["diff", "--format=json", "--", "--output=x", "HEAD"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(
        run.stderr.contains("`--output=x` is no file"),
        "{}",
        run.stderr
    );

    // A clone without history, as CI makes it.
    commit(&project, "again");
    let clone = Project::empty();
    let origin = format!("file://{}", project.path("").display());
    git(
        &clone.path(""),
        &["clone", "--quiet", "--depth=1", &origin, "."],
    );
    let run = clone.arkerr_reads(&["diff", "HEAD~1", "docs-snapshot"]);
    assert!(
        run.stderr.contains("`git fetch --unshallow`"),
        "{}",
        run.stderr
    );

    // A revision whose page is broken: the others are compared, and the page is left out.
    project.write("docs-snapshot/broken.html", "<h1>Broken");
    commit(&project, "second");
    project.write("docs-snapshot/broken.html", page(&[(5, "Whole.")]));
    project.write(SCAN, page(&[(1001, "Not busy.")]));
    let run = project.arkerr_reads(&["diff", "HEAD", "docs-snapshot"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(
        run.stderr.contains("HEAD:docs-snapshot/broken.html"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("message  1001"), "{}", run.stdout);
    let last = "not compared, since they cannot be read: broken\n";
    assert!(run.stdout.ends_with(last), "{}", run.stdout);
    assert_eq!(run.stdout.matches("broken").count(), 1, "{}", run.stdout);
    let run = project.arkerr_reads(&["diff", "HEAD", "docs-snapshot", "--format", "json"]);
    assert!(
        run.stdout.contains("\"unread\": [\n    \"broken\"\n  ]"),
        "{}",
        run.stdout
    );
}

/// A file that somebody adds under the name of a revision would be compared in its place.
#[test]
fn what_is_a_path_and_a_revision_is_neither() {
    let project = Project::seed();
    init(&project);
    commit(&project, "first");
    project.write("HEAD/scan-error-code.md", page(&[(1001, "x")]));
    let run = project.arkerr(&["diff", "HEAD", "."]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(
        run.stderr
            .contains("`HEAD` is both a path and a git revision"),
        "{run:#?}"
    );
    assert_eq!(project.arkerr(&["diff", "HEAD^0", "."]).status, 0);
    assert_eq!(project.arkerr(&["diff", "./HEAD", "."]).status, 0);
}
