//! What no real page has is refused before it does harm: files without an end, elements nested
//! without bounds, and little texts that would become large ones. Other pages are read all the same.
//!
//! The tests run in threads, whose stacks are smaller than that of a program.

use crate::common::{Project, Run};

const PAGE: &str = "<h1>Scan</h1>\n<h2>401 Denied</h2>\n<p><strong>Error Message</strong></p>\n\
    <p>Permission denied.</p>\n";

/// So many elements are nested in the bombs.
const MANY: usize = 200_000;

/// Reads a page and imports it; gives the first error, or none.
fn refusal(bytes: impl AsRef<[u8]>) -> Option<String> {
    let project = Project::empty();
    project.write("page", bytes);
    let runs = [&["parse", "page"][..], &["import", "page", "--dry-run"]];
    let [parsed, imported] = runs.map(|arguments| {
        let run = project.arkerr_reads(arguments);
        let error = run.stderr.lines().find(|line| line.starts_with("error["));
        assert_eq!(run.status == 2, error.is_some(), "{run:#?}");
        error.map(str::to_owned)
    });
    assert_eq!(
        parsed.is_some(),
        imported.is_some(),
        "{parsed:?} {imported:?}"
    );
    parsed
}

fn nested(start: &str, inner: &str, end: &str) -> String {
    [&start.repeat(MANY), inner, &end.repeat(MANY)].concat()
}

/// A web archive with the headers and the texts of its parts.
fn archive(parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n{parts}--b--\n")
}

fn answer(html: &str) -> String {
    let html = serde_json::Value::from(html).to_string();
    format!("{{\"code\":0,\"value\":{{\"content\":{{\"content\":{html}}}}}}}")
}

#[test]
fn elements_nested_without_bounds_are_refused_in_every_form() {
    let deep = format!("{PAGE}{}", nested("<div>", "x", "</div>"));
    let whole = format!(
        "<html><body><div class='markdown-body'>{PAGE}</div>{}</body></html>",
        nested("<div>", "x", "</div>")
    );
    let part = format!("Content-Type: text/html\n\n{deep}");
    let refused = |bytes: String| refusal(bytes).unwrap_or_default();
    let told = "error[too-deep]: elements are nested more than 64 deep";
    let markdown = nested("<div>", "x", "</div>");
    for page in [
        answer(&deep),
        archive(&[part]),
        format!("# Scan\n\n## 401 Denied\n\n{markdown}"),
        deep,
    ] {
        assert_eq!(refused(page), told);
    }
    assert!(refused(whole).ends_with("error[too-deep]: elements are nested more than 512 deep"));
    for element in [
        "b",
        "ul><li",
        "table><tr><td",
        "svg",
        "x-y",
        "blockquote",
        "font",
    ] {
        let page = format!("{PAGE}{}", format!("<{element}>").repeat(MANY));
        let refused = refused(page);
        assert!(refused.contains("error[too-deep]"), "{element}: {refused}");
    }
}

#[test]
fn markdown_nested_without_bounds_is_refused_or_text() {
    let page =
        |inner: String| format!("# Scan\n\n## 401 Denied\n\n**Error Message**\n\nx\n\n{inner}\n");
    let quotes = refusal(page(format!("{} x", "> ".repeat(10_000))));
    assert!(quotes.is_some_and(|told| told.contains("error[too-deep]")));
    let items = refusal(page(format!("{} x", "- ".repeat(10_000))));
    assert!(items.is_some_and(|told| told.contains("error[too-deep]")));
    assert_eq!(refusal(page("[".repeat(MANY))), None);
    assert_eq!(refusal(page("![".repeat(MANY))), None);
    let yaml = format!(
        "---\ntitle: {}\n---\n{}",
        "[".repeat(MANY),
        page(String::new())
    );
    assert_eq!(refusal(yaml), None);
}

#[test]
fn json_may_be_nested_where_it_is_not_read() {
    let nested = nested("[", "", "]");
    let page = answer(PAGE).replacen('{', &format!("{{\"x\":{nested},"), 1);
    assert_eq!(refusal(page), None);
    let told = refusal(format!("{{\"value\":{nested}}}"));
    assert_eq!(
        told.as_deref(),
        Some("error[api-no-content]: the answer has no `value`")
    );
    let keys: String = (0..MANY).map(|key| format!("\"k{key}\":1,")).collect();
    assert_eq!(
        refusal(answer(PAGE).replacen('{', &format!("{{{keys}"), 1)),
        None
    );
    let twice = "\"value\":1,".repeat(MANY);
    assert_eq!(
        refusal(answer(PAGE).replacen('{', &format!("{{{twice}"), 1)),
        None
    );
    let digits = "9".repeat(MANY);
    let told = refusal(format!("{{\"code\":{digits}}}")).unwrap_or_default();
    assert!(
        told.contains("error[api-error]") && told.len() < 1_000,
        "{told}"
    );
}

#[test]
fn archives_nested_or_cut_into_parts_without_bounds_are_refused() {
    let mut nested = String::new();
    for level in 0..50 {
        nested.push_str(&format!(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        ));
    }
    nested.push_str(&format!("Content-Type: text/html\n\n{PAGE}\n--b0--\n"));
    assert_eq!(
        refusal(nested).as_deref(),
        Some("error[too-deep]: parts are nested more than 16 deep")
    );
    let title = "Subject: =?utf-8?Q?=41?=\n".to_owned() + &" =?utf-8?Q?=41?=\n".repeat(MANY);
    assert_eq!(
        refusal(format!("{title}Content-Type: text/html\n\n{PAGE}")).as_deref(),
        Some("error[too-much]: a header has more than 64 encoded words")
    );
    let mut parts = vec!["Content-Type: text/css\n\np {}".to_owned(); 10_000];
    parts.push(format!("Content-Type: text/html\n\n{PAGE}"));
    assert_eq!(
        refusal(archive(&parts)).as_deref(),
        Some("error[too-much]: the web archive has more than 10000 parts")
    );
}

#[test]
fn what_a_page_may_have_has_bounds() {
    let attributes: String = (0..300).map(|number| format!(" a{number}")).collect();
    assert_eq!(
        refusal(format!("{PAGE}<p{attributes}>x</p>")).as_deref(),
        Some("error[too-much]: an element has more than 256 attributes")
    );
    let attributes: String = (0..250).map(|number| format!(" a{number}='>'")).collect();
    assert_eq!(refusal(format!("{PAGE}<p{attributes}>x</p>")), None);
    let picture = format!("<img src=\"data:{}\" alt=x>", "a b/c=".repeat(1000));
    assert_eq!(refusal(format!("{PAGE}<p>{picture}</p>")), None);
    let elements = "<p>".repeat(500_000);
    let told = refusal(format!("{PAGE}{elements}")).unwrap_or_default();
    assert!(
        told.contains("error[too-much]: the page makes more than"),
        "{told}"
    );
    assert!(
        told.ends_with("bytes of elements, attributes included"),
        "{told}"
    );
    let codes: String = (0..5_001)
        .map(|code| {
            format!(
                "<h2>{} Denied</h2><p><b>Error Message</b></p><p>{}</p>\n",
                100_000 + code,
                "x".repeat(300)
            )
        })
        .collect();
    assert_eq!(
        refusal(format!("<h1>Scan</h1>\n{codes}")).as_deref(),
        Some("error[too-much]: the page has more than 5000 error codes")
    );
    assert_eq!(
        refusal(vec![b' '; (32 << 20) + 1]).as_deref(),
        Some("error[too-large]: the file has more than 32 MiB")
    );
}

/// Where a text has a quote or an equals sign too many, and where drawings have a title, a tag is
/// what the parser takes for one.
#[test]
fn attributes_are_counted_as_the_parser_does() {
    let attributes: String = (0..2_000).map(|number| format!(" b{number}")).collect();
    let told = "error[too-much]: an element has more than 256 attributes";
    for (before, tag) in [
        ("", "<p a==\""),
        ("", "<p =\"x"),
        ("", "<p =\"x\">\"<p"),
        ("<!-- a=\" -->", "<p"),
        ("<?xml a=\"?>", "<p"),
        ("<svg><title>", "<p"),
        ("<svg><![CDATA[a='>]]>", "<p"),
        ("<script><!--<script></script a='</script>", "<p"),
        ("<textarea>", "</textarea"),
    ] {
        let told_of = refusal(format!("{PAGE}{before}{tag}{attributes}>x"));
        assert!(
            told_of.is_some_and(|error| error.ends_with(told)),
            "{before}{tag}"
        );
    }
    // A tag that does not end is given up before it does.
    let endless: String = (0..MANY).map(|number| format!(" b{number}")).collect();
    assert_eq!(
        refusal(format!("{PAGE}<p{endless}")).as_deref(),
        Some("error[too-much]: a tag or comment has more than 10000 words")
    );
    // Each of these adds to the one element of its kind.
    let bodies: String = (0..20_000).map(|body| format!("<body a{body}>")).collect();
    // Formatting elements are compared with all before them, and opened again in each paragraph.
    let attributes: String = (0..250).map(|number| format!(" a{number}")).collect();
    let bold: String = (0..50)
        .map(|number| format!("<b i={number}{attributes}>"))
        .collect();
    let told = "error[too-much]: what is open at one place has more than 1000 attributes";
    for html in [bodies, format!("<p>{bold}</p>{}", "<p>x</p>".repeat(4_000))] {
        let told_of = refusal(format!("{PAGE}{html}")).unwrap_or_default();
        assert!(told_of.ends_with(told), "{told_of}");
    }
}

#[test]
fn a_comment_hides_no_depth() {
    let told = "error[too-deep]: elements are nested more than 512 deep";
    let whole = |inner: &str| {
        let page = format!("<html><body><div class='markdown-body'>{PAGE}</div>{inner}");
        refusal(page).unwrap_or_default()
    };
    let hidden = format!("<!-- a=\" -->{}", "<div>".repeat(MANY));
    assert!(whole(&hidden).ends_with(told));
    let shallow = format!("{}</body><!---->", "<div>".repeat(30)).repeat(MANY / 30);
    assert!(whole(&shallow).ends_with(told));
}

/// The parser would make 200,000 elements of these, each time anew for every paragraph.
#[test]
fn little_pages_do_not_become_large_ones() {
    let fonts: String = (0..20_000)
        .map(|font| format!("<font a{font}=1><p>x"))
        .collect();
    let told = refusal(format!("{PAGE}{fonts}")).unwrap_or_default();
    assert!(told.contains("error[too-deep]"), "{told}");
    let mut laughs = String::from("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for level in 1..30 {
        let above = vec![format!("*a{}", level - 1); 9].join(",");
        laughs.push_str(&format!("a{level}: &a{level} [{above}]\n"));
    }
    laughs.push_str(&format!("title: *a29\n---\n# Scan\n\n{PAGE}"));
    assert_eq!(refusal(laughs), None);
}

/// Nothing that a page repeats makes it large: each of these made hundreds of megabytes or more.
#[test]
fn nothing_that_a_page_repeats_makes_it_large() {
    let long = "word ".repeat(40_000);
    let codes: String = (100_000..102_000)
        .map(|code| format!("<h3>{code} Denied</h3><p><b>Error Message</b></p><p>x</p>\n"))
        .collect();
    let rows: String = (1..2_000)
        .map(|code| format!("<tr><td>{code}<td>x<td>y"))
        .collect();
    let columns = "<table><tr><th>Error Code<th>Description<th>";
    let field = |blocks: &str| format!("{PAGE}<p><strong>Description</strong></p>{blocks}");
    let lines = "x\n".repeat(100_000);
    let nested = |open: &str, close: &str, inner: &str| {
        field(&[&open.repeat(18), inner, &close.repeat(18)].concat())
    };
    let code = format!("<pre>{lines}</pre>");
    let link = format!("<p><a href='https://a.b/{}'>", "c".repeat(100_000));
    let attributes: String = (0..250).map(|number| format!(" a{number}")).collect();
    let bold: String = (0..50)
        .map(|bold| format!("<b i={bold}{attributes}>"))
        .collect();
    let spans = "<tr><td rowspan=65000 colspan=1000>x".repeat(1_000);
    let padded = [
        "<tr><td>x".repeat(9_000),
        "<tr>".into(),
        "<td>".repeat(20_000),
    ]
    .concat();
    for (name, page) in [
        ("title", format!("<h1>{long}</h1>{codes}")),
        ("group", format!("<h1>Scan</h1><h2>{long}</h2>{codes}")),
        (
            "anchor",
            format!("<h1>Scan</h1><h2 id='{long}'>x</h2>{columns}z{rows}</table>"),
        ),
        (
            "header",
            format!("<h1>Scan</h1>{columns}{long}{rows}</table>"),
        ),
        (
            "headers",
            format!(
                "<h1>Scan</h1>{columns}{}{rows}</table>",
                "<th>h".repeat(30_000)
            ),
        ),
        (
            "devices",
            format!(
                "<h1 device-type='{}'>Scan</h1>{codes}",
                long.replace(' ', ",")
            ),
        ),
        (
            "case",
            format!(
                "{PAGE}<h3>{long}</h3><p><b>Description</b></p>{}",
                "<p>x".repeat(9_000)
            ),
        ),
        (
            "link",
            field(&format!("{link}{}</a>", "x<b>y</b>".repeat(9_000))),
        ),
        ("spans", field(&format!("<table>{spans}</table>"))),
        ("padding", field(&format!("<table>{padded}y</table>"))),
        (
            "list",
            nested("<ol start=999999999><li>", "</li></ol>", &code),
        ),
        (
            "quote",
            nested("<blockquote><ul><li>", "</li></ul></blockquote>", &code),
        ),
        (
            "runs",
            field(&format!("<p>{}</p>", "<b>x</b>y".repeat(110_000))),
        ),
        (
            "formatting",
            format!("{PAGE}<p>{bold}</p>{}", "<p>x</p>".repeat(4_000)),
        ),
    ] {
        let project = Project::empty();
        project.write("docs-snapshot/scan-error-code.html", page);
        let run = in_bounds(&project);
        assert_eq!(run.status, 2, "{name}: {run:#?}");
        let errors = run.stderr.lines().filter(|line| line.contains("error["));
        let too_much = errors
            .clone()
            .filter(|line| line.contains("error[too-much]"));
        assert_eq!(
            (errors.count(), too_much.count()),
            (1, 1),
            "{name}: {run:#?}"
        );
        assert!(!project.path("generated").exists(), "{name}");
    }
}

/// `arkerr generate` with less than a gigabyte of memory.
fn in_bounds(project: &Project) -> Run {
    let command = project.command(&["generate"]);
    let mut bounded = std::process::Command::new("sh");
    bounded.args(["-c", "ulimit -v 900000; exec \"$0\" \"$@\""]);
    bounded.arg(command.get_program()).args(command.get_args());
    bounded.current_dir(command.get_current_dir().expect("it runs in the project"));
    bounded.env("RAYON_NUM_THREADS", "2");
    Run::of(&bounded.output().expect("it can be run"))
}

/// What has no end is given up, and what is no file of a project is not even opened.
#[cfg(unix)]
#[test]
fn devices_and_pipes_do_not_hold_arkerr_up() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let project = Project::empty();
    project.write("docs-snapshot/scan-error-code.html", PAGE);
    for command in ["parse", "import"] {
        let run = project.arkerr(&[command, "/dev/zero"]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains("more than 32 MiB"), "{run:#?}");
    }
    for file in ["arkerr.toml", "names.toml", "docs-snapshot/pipe.html"] {
        let path = project.path(file);
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|made| made.success()), "mkfifo makes pipes");
        let run = project.arkerr(&["generate"]);
        if file.ends_with(".toml") {
            assert!(run.stderr.contains("it is a pipe or a device"), "{run:#?}");
        } else {
            assert!(run.stderr.contains("warning[other-files]"), "{run:#?}");
        }
        project.remove(file);
    }
    symlink("/dev/zero", project.path("docs-snapshot/zero.html")).expect("a link");
    let run = project.arkerr(&["generate"]);
    assert!(run.stderr.contains("error[outside-project]"), "{run:#?}");
}
