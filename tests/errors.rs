//! Bad input: every folder of `tests/errors` is a project that cannot be generated, with what
//! arkerr says about it in `stderr.txt`.
//!
//! `SNAPSHOTS=overwrite cargo test --test errors` writes those files anew.

mod common;

use std::fs;

use common::{Project, repository};
use snapbox::{Data, assert_data_eq};

/// Runs both commands on a project, neither of which may write anything, and returns what they
/// say. They say the same.
#[track_caller]
fn refusal(project: &Project) -> String {
    let before = project.tree();
    let [generate, check] = ["generate", "check"].map(|command| {
        let run = project.arkerr(&[command]);
        assert_eq!(run.status, 2, "{command}: {run:#?}");
        assert_eq!(run.stdout, "", "{command} has a result");
        assert_eq!(project.tree(), before, "{command} has written something");
        run.stderr
    });
    assert_eq!(generate, check);
    generate
}

#[test]
fn bad_input_is_told_of_and_nothing_is_written() {
    let mut count = 0;
    for entry in fs::read_dir(repository("tests/errors")).expect("the folder can be read") {
        let folder = entry.expect("so can its entries").path();
        let project = Project::copy_of(&folder);
        let golden = folder.join("stderr.txt");
        if golden.exists() {
            project.remove("stderr.txt");
        }
        assert_data_eq!(refusal(&project), Data::read_from(&golden, None).raw());
        count += 1;
    }
    assert_eq!(count, 14);
}

#[test]
fn a_page_that_is_not_utf8_is_told_of_with_the_place() {
    let project = Project::seed();
    project.write("docs-snapshot/gbk.html", b"<h1>\xb4\xed\xce\xf3</h1>");
    let said = refusal(&project);
    assert!(
        said.contains("error[not-utf8]: the file is not UTF-8 text"),
        "{said}"
    );
    assert!(said.contains("docs-snapshot/gbk.html:1:5"), "{said}");
}

#[test]
fn a_page_without_codes_beside_others_is_a_warning() {
    let project = Project::seed();
    project.write("docs-snapshot/index.html", "<h1>错误码</h1><p>Links.</p>");
    for (command, status) in [("check", 1), ("generate", 0), ("check", 0)] {
        let run = project.arkerr(&[command]);
        assert_eq!(run.status, status, "{run:#?}");
        assert!(
            run.stderr.starts_with("warning[no-codes]"),
            "{}",
            run.stderr
        );
    }
    assert!(project.path("generated/markdown/index.md").exists());
    assert!(!project.path("generated/rust/index_error_code.rs").exists());
}

#[test]
fn text_of_a_page_cannot_write_to_the_terminal() {
    let project = Project::empty();
    let page = "<h1>T</h1><h2>1 \u{1b}[31mred\u{202e}</h2><p>no field</p>";
    project.write("docs-snapshot/a-error-code.html", page);
    let said = refusal(&project);
    assert!(said.contains(r"\u{1b}[31mred\u{202e}"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}
