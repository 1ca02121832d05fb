//! No text of a page is an example that `cargo test` would run in somebody's crate.

use std::fs;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::pages::{self, Saved};
use super::{cases, outputs};
use crate::common::{Project, repository};
use crate::crate_output::rustdoc_tests;

/// A list in a list that does not begin with 1, numbers with more digits than Markdown allows, and
/// code of languages that rustdoc runs.
const LISTS_AND_CODE: &str = r#"<h1>Lists</h1>
<h2>1001 Lists</h2>
<p><strong>错误信息</strong></p><p>Failed.</p>
<p><strong>错误描述</strong></p>
<ol start="999999999"><li><p>a</p><p>panic!("1")</p></li><li><p>b</p><p>panic!("2")</p></li></ol>
<ol start="99999999999"><li><p>c</p><p>panic!("3")</p></li></ol>
<p><strong>可能原因</strong></p>
<ul><li><p>d</p><ol start="10"><li><p>e</p><p>panic!("4")</p></li></ol></li><li><ul><li></li><li><p>f</p></li></ul></li></ul>
<blockquote><p>g</p><ol start="0"><li><p>h</p><p>panic!("5")</p></li></ol></blockquote>
<p><strong>处理步骤</strong></p>
<pre class="rust">panic!("6")</pre><pre class="should_panic">7</pre><pre>    panic!("8")</pre>
<ul><li><pre class="no_run">panic!("9")</pre></li></ul>"#;

#[test]
fn no_text_of_a_page_is_run() {
    let project = Project::empty();
    project.write(
        "arkerr.toml",
        "[targets]\nothers = false\nrust = { layout = 'crate' }\n",
    );
    let by_hand = repository("tests/it/cases/pages/hostile-error-code.html");
    let by_hand = fs::read(by_hand).expect("it is there");
    project.write("docs-snapshot/by-hand-error-code.html", by_hand);
    project.write("docs-snapshot/lists-error-code.html", LISTS_AND_CODE);
    let mut runner = TestRunner::new(cases(24));
    let mut number = 0;
    while number < runner.config().cases {
        let page = pages::page()
            .new_tree(&mut runner)
            .expect("a page")
            .current();
        if matches!(outputs::read(&page), Ok(Some(_))) {
            let path = format!("docs-snapshot/page-{number}-error-code.html");
            project.write(&path, Saved::bytes(&page.saved));
            number += 1;
        }
    }
    assert_eq!(project.arkerr(&["generate", "-q"]).status, 0);
    let listed = rustdoc_tests(
        &project.path("generated/rust/src/lib.rs"),
        &["--test-args=--list"],
    );
    assert_eq!(listed.status, 0, "{listed:#?}");
    let tests: Vec<&str> = listed
        .stdout
        .lines()
        .filter(|line| line.ends_with(": test"))
        .collect();
    assert_eq!(tests.len(), 3, "{tests:#?}");
    assert!(
        tests.iter().all(|test| test.contains("src/lib.rs")),
        "{tests:#?}"
    );
}
