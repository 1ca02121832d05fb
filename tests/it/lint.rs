//! `arkerr lint`, and what `--strict` and the levels of `arkerr.toml` make of what it finds.

use crate::common::{Project, Run};

/// A page that breaks every rule, each in a code of its own.
const PAGE: &str = "\
<h1>演示错误码</h1>
<h2>1000500001 内部错误</h2>
<div class='device-list'><span class='support-device-item'>Phone</span></div>
<p><strong>错误信息</strong></p><p>Internal error.</p>
<p><strong>处理步骤</strong></p><p>重试。</p>
<h2>1000500002 缺少步骤</h2>
<div class='device-list'><span class='support-device-item'>Phone</span></div>
<p><strong>错误信息</strong></p><p>No step.</p>
<h2>1000500003 步骤为空</h2>
<p><strong>错误信息</strong></p><p>Empty step.</p>
<p><strong>处理步骤</strong></p>
<h2>10005000041</h2>
<div class='device-list'><span class='support-device-item'>Phone</span></div>
<p><strong>错误信息</strong></p><p>莫名其妙。</p>
<p><strong>错误场景</strong></p><p>任意&#x202e;。</p>
<p><strong>处理步骤</strong></p><p>重试。</p>
<h2>0 成功</h2>
<div class='device-list'><span class='support-device-item'>Phone</span></div>
<p><strong>错误信息</strong></p><p>Internal error.</p>
<p><strong>处理步骤</strong></p><p>无</p>
";

const FINDINGS: [&str; 12] = [
    "6 missing-field: the code 1000500002 has no steps",
    "9 devices-missing: the code 1000500003 lists no devices, others of the page do",
    "9 empty-field: nothing stands below “处理步骤” of the code 1000500003",
    "9 missing-field: the code 1000500003 has no steps",
    "12 code-past-32-bits: the code 10005000041 does not fit in a signed integer of 32 bits",
    "12 code-without-title: the code 10005000041 has no title",
    "12 hidden-character: “错误场景” of the code 10005000041 has U+202E, which nobody sees",
    "12 message-not-english: the message of the code 10005000041 is not in English",
    "12 nameless-code: the code 10005000041 has no words to name it by",
    "12 unknown-label: the code 10005000041 has the unusual label “错误场景”",
    "17 repeated-message: the codes 1000500001 and 0 have the same message",
    "17 success-as-error: the code 0 is a success",
];

fn project(config: &str) -> Project {
    let project = Project::empty();
    project.write("docs-snapshot/demo-error-code.html", PAGE);
    project.write("arkerr.toml", config);
    project
}

/// The findings of a run as `line id: message`, in alphabetical order within a line.
fn findings(run: &Run) -> Vec<String> {
    let mut findings = Vec::new();
    for finding in run.stderr.split("\n\n").filter(|text| !text.is_empty()) {
        let mut lines = finding.lines();
        let title = lines.next().expect("a finding has a title");
        let (_, title) = title.split_once('[').expect("it has an id");
        let title = title.replacen(']', "", 1);
        let place = lines.next().expect("a finding has a place");
        let line = place.split(':').nth(1).expect("the place has a line");
        findings.push((line.parse::<usize>().expect("it is a number"), title));
    }
    findings.sort();
    let shown = findings
        .into_iter()
        .map(|(line, title)| format!("{line} {title}"));
    shown.collect()
}

#[test]
fn every_lint_finds_what_it_is_for() {
    let run = project("").arkerr(&["lint"]);
    assert_eq!(findings(&run), FINDINGS);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "0 errors, 12 warnings\n")
    );
}

#[test]
fn the_lints_are_listed_with_their_levels() {
    let project = project("[lints]\nunknown-label = 'off'\nmissing-field = 'error'");
    let run = project.arkerr(&["lint", "--list"]).succeeded();
    assert_eq!(
        run.stdout,
        "\
code-past-32-bits    warn   a code that no signed integer of 32 bits can hold
code-without-title   warn   a heading that is a code and nothing else
devices-missing      warn   devices listed for some codes of a page and not for others
empty-field          warn   a label with nothing below it
hidden-character     warn   a character that hides or disguises text
message-not-english  warn   a message that is not in English
missing-field        error  a code without a message, or without a field that others of its page have
nameless-code        warn   a code without words to name it by
repeated-message     warn   the same message for several codes of a page
success-as-error     warn   a success among the errors
unknown-label        off    a label that names none of the four fields
"
    );
}

#[test]
fn lints_do_not_stop_anything_unless_asked() {
    let calm = project("");
    for command in ["generate", "check"] {
        calm.arkerr(&[command]).succeeded();
        calm.arkerr(&[command, "--strict"]).succeeded();
    }
    assert_eq!(calm.arkerr(&["lint", "--strict"]).status, 2);

    let off = "[lints]\ncode-without-title = 'off'\nrepeated-message = 'off'";
    let run = project(off).arkerr(&["lint"]);
    assert_eq!((run.status, findings(&run).len()), (0, 10));

    let severe = project("[lints]\ncode-past-32-bits = 'error'");
    let run = severe.arkerr(&["lint"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (2, "1 error, 11 warnings\n")
    );
    for command in ["generate", "check"] {
        let run = severe.arkerr(&[command]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(
            run.stderr.starts_with("error[code-past-32-bits]"),
            "{}",
            run.stderr
        );
    }
    assert!(!severe.path("generated").exists());
}

#[test]
fn strict_makes_failures_of_warnings() {
    let project = Project::seed();
    project.arkerr(&["generate", "--strict"]).succeeded();
    project.write("docs-snapshot/index.html", "<h1>错误码</h1><p>Links.</p>");
    for command in ["parse", "generate", "check"] {
        assert_eq!(
            project.arkerr(&[command, "--strict"]).status,
            2,
            "{command}"
        );
        assert_eq!(project.arkerr(&[command]).status, 0, "{command}");
    }
}

#[test]
fn the_account_tells_what_became_of_the_text() {
    let project = Project::seed();
    for command in ["parse", "generate"] {
        let run = project.arkerr(&[command]).succeeded();
        assert_eq!(
            run.account,
            "read 1472 characters: 1424 in records, 48 furniture, 0 unaccounted"
        );
        assert_eq!(project.arkerr(&[command, "-q"]).succeeded().account, "");
    }
}
