//! Merges of names.toml.

use std::process::Command;

use crate::common::Project;
use crate::common::names::{SCAN, generate, generated, lines, page};
use crate::repository;

fn git(project: &Project, arguments: &[&str]) -> String {
    repository::git(&project.path(""), arguments)
}

/// What becomes of the names when two branches change the project of `codes` and are merged.
fn merged(ours: &dyn Fn(&Project), theirs: &dyn Fn(&Project)) -> Project {
    let project = generated(&[("1001", "Busy."), ("1005", "Gone."), ("1009", "Left.")]);
    project.write(
        "docs-snapshot/other-error-code.html",
        page(&[("1", "One.")]),
    );
    // Outputs are made anew, whatever a merge makes of them.
    project.write(".gitattributes", "generated/** merge=ours\n");
    generate(&project);
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["config", "merge.ours.driver", "true"]);
    let commit = || {
        generate(&project);
        git(&project, &["add", "-A"]);
        git(&project, &["commit", "-qm", "Change"]);
    };
    commit();
    git(&project, &["checkout", "-qb", "theirs"]);
    theirs(&project);
    commit();
    git(&project, &["checkout", "-q", "main"]);
    ours(&project);
    commit();
    git(&project, &["merge", "-q", "theirs"]);
    project
}

#[test]
fn branches_that_add_codes_merge() {
    let to = |path: &'static str, codes: &'static [(&'static str, &'static str)]| {
        move |project: &Project| {
            let old = if project.path(path).exists() {
                project.read(path)
            } else {
                page(&[])
            };
            let new = page(codes);
            let new = new
                .strip_prefix(&page(&[]))
                .expect("a page begins so")
                .to_owned();
            project.write(path, old.replace("</h1>\n", &format!("</h1>\n{new}")));
        }
    };
    let other = "docs-snapshot/other-error-code.html";
    let third = "docs-snapshot/third-error-code.html";
    let fourth = "docs-snapshot/zip-error-code.html";
    // To different pages, and each a page of its own.
    for (theirs, added) in [
        (other, "other-error-code.2"),
        (third, "third-error-code.2"),
        (fourth, "zip-error-code.2"),
    ] {
        let project = merged(
            &to(SCAN, &[("1003", "New.")]),
            &to(theirs, &[("2", "Two.")]),
        );
        generate(&project);
        let lines = lines(&project);
        for added in [
            "scan-error-code.1003 = \"NEW_ERROR\"",
            &format!("{added} = \"TWO\""),
        ] {
            assert!(
                lines.iter().any(|line| line == added),
                "{added} in {lines:#?}"
            );
        }
    }
}

#[test]
fn branches_that_add_codes_to_one_page_merge() {
    let add = |code: &'static str, message: &'static str, before: &'static str| {
        move |project: &Project| {
            let text = project.read(SCAN);
            let at = format!("<h2>{before} Title</h2>");
            let new = format!("<h2>{code} Title</h2><p>Error Message</p><p>{message}</p>\n");
            project.write(SCAN, text.replace(&at, &format!("{new}{at}")));
        }
    };
    let project = merged(&add("1002", "Torn.", "1005"), &add("1007", "Odd.", "1009"));
    let run = project.arkerr(&["generate", "--locked"]).succeeded();
    assert!(!run.stdout.contains("names.toml"), "{run:#?}");
    assert_eq!(
        lines(&project)[2..],
        [
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1001 = \"BUSY\"",
            "scan-error-code.1002 = \"TORN\"",
            "scan-error-code.1005 = \"GONE\"",
            "scan-error-code.1007 = \"ODD\"",
            "scan-error-code.1009 = \"LEFT\"",
        ]
    );
}

/// Two branches that each add a code to the same place, after git has tried to merge them.
fn clash(attributes: &str) -> (Project, i32) {
    let project = generated(&[("1001", "Busy."), ("1009", "Left.")]);
    project.write(".gitattributes", attributes);
    project.write(".gitignore", "generated\ndocs-snapshot\n");
    git(&project, &["init", "-q", "-b", "main"]);
    let commit = || {
        git(&project, &["add", "-A"]);
        git(&project, &["commit", "-qm", "Change"]);
    };
    commit();
    let pages = [
        (
            "theirs",
            [("1001", "Busy."), ("1002", "Torn."), ("1009", "Left.")],
        ),
        (
            "ours",
            [("1001", "Busy."), ("1003", "Odd."), ("1009", "Left.")],
        ),
    ];
    for (branch, codes) in pages {
        git(&project, &["checkout", "-q", "main", "-b", branch]);
        project.write(SCAN, page(&codes));
        generate(&project);
        commit();
    }
    let merge = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "merge",
            "-q",
            "theirs",
        ])
        .current_dir(project.path(""))
        .output();
    let status = merge.expect("git can be started").status.code();
    (project, status.expect("git was not killed"))
}

#[test]
fn a_conflict_is_trivial_to_read() {
    let (project, status) = clash("");
    assert_eq!(status, 1);
    assert_eq!(
        lines(&project)[1..],
        [
            "scan-error-code.1001 = \"BUSY\"",
            "<<<<<<< HEAD",
            "scan-error-code.1003 = \"ODD\"",
            "=======",
            "scan-error-code.1002 = \"TORN\"",
            ">>>>>>> theirs",
            "scan-error-code.1009 = \"LEFT\"",
        ]
    );
    let run = project.arkerr_reads(&["generate"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("the mark of a merge that was not finished"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("keep the lines of both sides"),
        "{}",
        run.stderr
    );
}

#[test]
fn git_can_be_told_to_keep_the_lines_of_both_sides() {
    let (project, status) = clash("names.toml merge=union\n");
    assert_eq!(status, 0);
    project.write(
        SCAN,
        page(&[
            ("1001", "Busy."),
            ("1002", "Torn."),
            ("1003", "Odd."),
            ("1009", "Left."),
        ]),
    );
    project.arkerr(&["generate", "--locked"]).succeeded();
    project.arkerr(&["check"]).succeeded();
    assert_eq!(lines(&project).len(), 5);
}
