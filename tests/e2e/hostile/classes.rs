//! The kinds of attack on code generators that became known in public, a case for each.

use super::check;
use super::forms::{Charset, Form, Saving};
use super::outputs::{self, Outputs};
use super::pages::{Page, Saved};
use crate::common::Project;

/// A page that has a text wherever a page may have one.
fn page_of(text: &str) -> Page {
    let [markup, attribute] = [
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\n', "&#10;"),
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('\n', "&#10;"),
    ];
    let html = format!(
        "<h1>{markup}</h1><p>{markup}</p>
<h2 id=\"{attribute}\">1001 {markup}</h2>
<div class=\"device-list\"><span class=\"support-device-item\">{markup}</span></div>
<p><strong>错误信息</strong></p><p>{markup} <b>{markup}</b> <code>{markup}</code></p>
<p><strong>错误描述</strong></p><p><a href=\"https://a.b/{attribute}\">{markup}</a></p>
<pre class=\"{attribute}\">{markup}\n    {markup}</pre>
<p><strong>可能原因</strong></p><ul><li>{markup}<ol start=\"7\"><li>{markup}</li></ol></li></ul>
<p><strong>处理步骤</strong></p><table><tr><th>{markup}</th></tr><tr><td>{markup}</td></tr></table>
<p><strong>{markup}</strong></p>
<div class=note><span class=notetitle>{markup}</span><p>{markup}</p></div>
<p><img src=\"https://a.b/{attribute}\" alt=\"{attribute}\"></p>
<h2>{markup}</h2><p>{markup}</p>"
    );
    Page {
        id: "hostile-error-code",
        kit: Some(text.to_owned()),
        saved: Saved::Html {
            html,
            saving: Saving::plain(Form::Html, Charset::Utf8),
        },
        in_english: None,
    }
}

#[track_caller]
fn stays_text(texts: &[&str]) {
    let outputs = Outputs::new();
    for text in texts {
        let catalog = outputs::read(&page_of(text)).unwrap_or_else(|what| panic!("{text}: {what}"));
        let catalog = catalog.expect("the page is right");
        assert_eq!(catalog.code_count(), 1, "{text}");
        check(&outputs, &catalog).unwrap_or_else(|what| panic!("{text}: {what}"));
    }
}

#[test]
fn the_end_of_a_comment_is_text() {
    stays_text(&[
        "*/ evil(); /*",
        "*\\/",
        "**/",
        "--> <script>evil()</script> <!--",
        "]]>",
        "*//*",
    ]);
}

#[test]
fn a_line_break_does_not_end_a_comment_of_one_line() {
    stays_text(&[
        "a\nevil();",
        "a\revil();",
        "a\u{85}evil();",
        "a\u{2028}evil();",
        "a\u{2029}evil();",
        "a\u{b}evil();",
        "a\u{c}evil();",
        "a\\\nevil();",
        "a??/\nevil();",
    ]);
}

#[test]
fn unicode_escapes_of_java_and_kotlin_are_text() {
    stays_text(&[
        "\\u002a\\u002f evil(); \\u002f\\u002a",
        "\\uuuu002a/",
        "\\\\u002a/",
        "\\u000a evil();",
        "\\u0022; evil(); \\u0022",
    ]);
}

#[test]
fn template_expressions_are_text() {
    stays_text(&[
        "{{ 7 * 7 }}",
        "{% for x in pages %}{{ x }}{% endfor %}",
        "{# evil #}",
        "{{ get_env(name=\"HOME\") }}",
        "${7 * 7}",
        "`${evil()}`",
        "#{7 * 7}",
        "<%= 7 * 7 %>",
        "$(evil)",
        "%s %n {0} {} {evil}",
        "${{ secrets.GITHUB_TOKEN }}",
        "$evil",
    ]);
}

#[test]
fn regular_expressions_are_text() {
    stays_text(&[
        "/x/; evil(); /y/",
        "^(a+)+$",
        "\\d{1,9}[^\\]]",
        "(?<evil>x)",
        "[",
        "*",
    ]);
}

#[test]
fn a_name_is_no_path_out_of_the_folder() {
    stays_text(&[
        "../../evil",
        "..\\..\\evil",
        "/etc/passwd",
        "C:\\evil",
        "file:///etc/passwd",
        "a/../b",
    ]);
    for (file, text) in [
        ("names.toml", "[scan-error-code]\nenum = '../../Evil'\n"),
        (
            "names.toml",
            "['../../evil']\nenum = 'EvilErrorCode'\n401 = 'A'\n",
        ),
        ("arkerr.toml", "[pages.'../../evil']\nkit = 'x'\n"),
        (
            "arkerr.toml",
            "[pages.scan-error-code]\nslug = '../../evil'\n",
        ),
        ("arkerr.toml", "[targets.rust]\nfolder = '../../evil'\n"),
        (
            "arkerr.toml",
            "[targets.x]\nfiles = [{ path = '../../{page}', template = 'a' }]\n",
        ),
        (
            "docs-snapshot/x\\..\\evil.html",
            "<h1>x</h1><h2>1 x</h2><p><b>错误信息</b></p><p>x</p>",
        ),
    ] {
        let project = Project::seed();
        project.write(file, text);
        let run = project.arkerr(&["generate"]);
        assert_eq!(run.status, 2, "{file}: {text}: {run:#?}");
    }
}
