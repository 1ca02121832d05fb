//! The generated catalogue of HTML, in a real browser.
//!
//! What is checked stands in `tests/e2e/npm/browse.mjs`.

use std::fmt::Write as _;

use crate::common::{Project, read_tree, repository};
use crate::node::browse;

const CATALOGUE: &str = "generated/html/index.html";

/// A project with pages of every kind: with a kit and without, in one language and in two, with
/// numbers and with a symbol.
fn everything() -> Project {
    let project = Project::seed();
    for folder in [
        "tests/it/cases/bilingual/docs-snapshot",
        "tests/it/cases/pages",
    ] {
        for (path, bytes) in read_tree(&repository(folder)) {
            if !path.starts_with("hostile") && !path.starts_with("naming") {
                project.write(&format!("docs-snapshot/{path}"), bytes);
            }
        }
    }
    project
}

/// A project of so many codes.
fn large(codes: usize) -> Project {
    let project = Project::empty();
    for page in 0..codes / 10 {
        let mut html = format!("<h1>模块{page}错误码</h1>");
        for code in 0..10 {
            let _ = write!(
                html,
                "<h2>{} 操作{code}失败</h2><p><strong>错误信息</strong></p><p>Failed to do {code}.</p>\
                 <p><strong>可能原因</strong></p><ul><li>当前存在大量的请求。</li><li>输入不符合要求。</li></ul>\
                 <p><strong>处理步骤</strong></p><p>过一段时间重试。</p>",
                1_000_000 + page * 100 + code,
            );
        }
        project.write(&format!("docs-snapshot/module{page}-error-code.html"), html);
    }
    project
}

#[track_caller]
fn check(name: &str, project: &Project) {
    assert_eq!(project.arkerr(&["generate", "-q"]).status, 0);
    browse(name, &project.path(CATALOGUE));
}

#[test]
fn codes_are_found_by_number_name_and_text() {
    check("search", &everything());
}

#[test]
fn codes_are_filtered_by_kit_and_device() {
    check("filters", &everything());
}

#[test]
fn every_code_has_an_address() {
    check("addresses", &everything());
}

#[test]
fn names_are_copied() {
    check("copy", &everything());
}

#[test]
fn the_keyboard_is_enough() {
    check("keyboard", &everything());
}

#[test]
fn a_phone_is_wide_enough() {
    check("phone", &everything());
    check("phone", &Project::page("hostile-error-code.html"));
}

#[test]
fn nothing_moves_while_the_page_opens() {
    check("stillness", &everything());
    check("stillness", &large(20));
}

#[test]
fn there_is_a_dark_mode() {
    check("dark", &everything());
}

#[test]
fn everything_is_there_without_a_script() {
    check("without-script", &everything());
}

#[test]
fn everything_is_printed() {
    check("print", &everything());
}

#[test]
fn a_screen_reader_is_told_what_is_what() {
    check("accessibility", &everything());
    check("accessibility", &Project::page("hostile-error-code.html"));
}

#[test]
fn hostile_text_stays_text() {
    check("hostile", &Project::page("hostile-error-code.html"));
}

#[test]
fn thousands_of_codes_can_be_searched() {
    check("thousands", &large(2500));
}

/// `cargo test --release --test browser -- --ignored --nocapture` prints what it takes.
#[test]
#[ignore = "it measures, and judges nothing"]
fn what_thousands_of_codes_take() {
    check("speed", &large(2500));
}
