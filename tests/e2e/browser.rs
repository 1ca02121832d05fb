//! The generated catalogue of HTML, in a real browser.
//!
//! What is checked stands in `npm/browse.mjs`.

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
fn check(project: &Project, checks: &[&str]) {
    assert_eq!(project.arkerr(&["generate", "-q"]).status, 0);
    browse(&project.path(CATALOGUE), checks);
}

#[test]
fn codes_can_be_found_read_copied_and_printed() {
    let checks = [
        "search",
        "filters",
        "addresses",
        "copy",
        "keyboard",
        "phone",
        "stillness",
        "dark",
        "without-script",
        "print",
        "accessibility",
    ];
    check(&everything(), &checks);
}

#[test]
fn hostile_text_stays_text() {
    let project = Project::page("hostile-error-code.html");
    check(&project, &["hostile", "phone", "accessibility"]);
}

#[test]
fn thousands_of_codes_can_be_searched() {
    check(&large(2500), &["thousands"]);
    check(&large(20), &["stillness"]);
}
