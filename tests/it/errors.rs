//! Bad input: every folder of `tests/it/cases/errors` is a project that cannot be generated, with what
//! arkerr says about it in `stderr.txt`.
//!
//! `SNAPSHOTS=overwrite cargo test --test it errors::` writes those files anew.

use std::fs;

use crate::common::{Project, repository};
use crate::expected::assert_file;

/// Runs both commands on a project, neither of which may write anything, and returns what they
/// say. They say the same.
#[track_caller]
fn refusal(project: &Project) -> String {
    let [generate, check] = ["generate", "check"].map(|command| {
        let run = project.arkerr_reads(&[command]);
        assert_eq!(run.status, 2, "{command}: {run:#?}");
        assert_eq!(run.stdout, "", "{command} has a result");
        run.stderr
    });
    assert_eq!(generate, check);
    generate
}

#[test]
fn bad_input_is_told_of_and_nothing_is_written() {
    let mut count = 0;
    for entry in fs::read_dir(repository("tests/it/cases/errors")).expect("the folder can be read")
    {
        let folder = entry.expect("so can its entries").path();
        let project = Project::copy_of(&folder);
        let golden = folder.join("stderr.txt");
        if golden.exists() {
            project.remove("stderr.txt");
        }
        assert_file(refusal(&project), golden);
        count += 1;
    }
    assert_eq!(count, 14);
}

#[test]
fn a_page_that_is_not_utf8_is_told_of_with_the_place() {
    let project = Project::empty();
    project.write("docs-snapshot/gbk.html", b"<h1>\xb4\xed\xce\xf3</h1>");
    let said = refusal(&project);
    assert!(
        said.contains("error[not-utf8]: the file is not UTF-8 text"),
        "{said}"
    );
    assert!(said.contains("docs-snapshot/gbk.html:1"), "{said}");
}

/// Only some systems have such names.
#[cfg(unix)]
#[test]
fn a_name_of_several_lines_is_no_other_message() {
    let project = Project::empty();
    project.write("docs-snapshot/a\nerror: all is lost.html", "<h1>x</h1>");
    let said = refusal(&project);
    let place = "--> docs-snapshot/a\\nerror: all is lost.html\n";
    assert!(said.contains(place), "{said}");
}

#[test]
fn a_page_that_loses_its_codes_keeps_its_files() {
    let project = Project::page("every-kind-error-code.html");
    project.write("docs-snapshot/scan-error-code.html", SCAN);
    project.arkerr(&["generate"]).succeeded();
    let before = project.tree();

    let loading = "<h1>Scan错误码</h1><p>页面加载中，请稍候。</p>";
    project.write("docs-snapshot/scan-error-code.html", loading);
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    let said = "error[codes-lost]: the page had codes (1) and has none any more";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let mut after = project.tree();
    after.insert("docs-snapshot/scan-error-code.html".to_owned(), SCAN.into());
    assert_eq!(after, before);

    project.remove("docs-snapshot/scan-error-code.html");
    project.arkerr(&["generate"]).succeeded();
    assert!(!project.path("generated/rust/scan_error_code.rs").exists());
}

const SCAN: &str = "<h1>Scan错误码</h1><h2>1000500001 内部错误</h2>\
    <p><strong>错误信息</strong></p><p>Internal error.</p>";

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
    let page = "<h1>T</h1><h2>100 \u{1b}[31mred\u{202e}</h2>";
    project.write("docs-snapshot/a-error-code.html", page);
    let said = refusal(&project);
    assert!(said.contains(r"\u{1b}[31mred\u{202e}"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}
