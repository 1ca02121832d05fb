//! What is repeated: a line for each construct.

use super::input::{Construct, File, Text};

/// How long the smaller input is, in bytes.
const LENGTH: usize = 3_000;

const PAGE: &str = "docs-snapshot/page-error-code.html";
const ANSWER: &str = "docs-snapshot/page-error-code.json";
const ARCHIVE: &str = "docs-snapshot/page-error-code.mhtml";
const MARKDOWN: &str = "docs-snapshot/page-error-code.md";

/// A page with a code, in whose last field more may follow.
const CODE: &str = "<h1>错误码</h1>\n<h2>1001 运行失败</h2>\n<p><strong>错误信息</strong></p>\n<p>Failed.</p>\n\
    <p><strong>处理步骤</strong></p>\n";
const MARKDOWN_CODE: &str =
    "# 错误码\n\n## 1001 运行失败\n\n**错误信息**\n\nFailed.\n\n**处理步骤**\n\n";

/// Pieces of HTML within the last field of a code: a name, what is before, the piece, what ends it
/// behind all pieces.
const HTML: [(&str, &str, &str, &str); 41] = [
    ("p", "", "<p>text {}</p>\n", ""),
    ("p without end", "", "<p>text {}", ""),
    ("b without end", "<p>", "<b>x", ""),
    ("b over paragraphs", "", "<p><b>x</p>", ""),
    ("a without end", "<p>", "<a href=\"{}\">x", ""),
    ("a", "<p>", "<a href=\"page-{}\">x</a> ", ""),
    ("formatting misnested", "<p>", "<b><i>x</b></i>", ""),
    ("formatting that differs", "<p>", "<b id=\"{}\">x", ""),
    ("li", "<ul>", "<li>item {}</li>\n", ""),
    ("li without ul", "", "<li>item {}", ""),
    ("lists", "", "<ol><li>a</li></ol>", ""),
    ("lists in lists", "", "<ul><li>x", "</li></ul>"),
    ("divs in divs", "", "<div>", "</div>"),
    ("spans in spans", "<p>", "<span>", "</span>"),
    ("quotes in quotes", "", "<blockquote>x", "</blockquote>"),
    (
        "table rows",
        "<table><tr><th>a</th><th>b</th></tr>",
        "<tr><td>x</td><td>{}</td></tr>",
        "",
    ),
    ("table columns", "<table><tr>", "<td>x{}</td>", ""),
    ("rowspans", "<table><tr>", "<td rowspan=9>x</td>", ""),
    ("tables", "", "<table><tr><td>x</td></tr></table>", ""),
    ("tables without end", "", "<table><tr><td>x", ""),
    ("text in tables", "<table>", "x<tr>", ""),
    ("span", "<p>", "<span>x{}</span>", ""),
    ("br", "<p>", "x{}<br>", ""),
    ("code", "<p>", "<code>x{}</code> ", ""),
    ("img", "<p>", "<img src=\"a{}.png\" alt=\"x\">", ""),
    ("pre lines", "<pre>", "x {}\n", ""),
    ("pre", "", "<pre>x</pre>", ""),
    ("headings", "", "<h3>heading {}</h3>", ""),
    ("headings with text", "", "<h2>heading {}</h2><p>x</p>", ""),
    (
        "notes",
        "",
        "<div class=\"hw-editor-tip\"><div class=\"title\">说明</div><div class=\"content\"><p>x</p></div></div>",
        "",
    ),
    ("labels", "", "<p><strong>标签{}</strong></p><p>x</p>", ""),
    (
        "devices",
        "<div class=\"device-list\">",
        "<span class=\"support-device-item\">D{}</span>",
        "",
    ),
    ("comments", "<p>x", "<!-- {} -->", ""),
    ("comments without end", "<p>x", "<!-- ", ""),
    ("attributes", "<p ", "a{}=\"{}\" ", ">x</p>"),
    ("classes", "<p class=\"", "c{} ", "\">x</p>"),
    ("entities", "<p>", "&lt;&amp;", ""),
    ("ampersands", "<p>", "&", ""),
    ("tags without end", "<p>x", "<a ", ""),
    ("end tags without start", "<p>x", "</p></b></span></q>", ""),
    ("words", "<p>", "word{} ", ""),
];

/// Pieces of a text of one line.
const LINE: [(&str, &str); 8] = [
    ("letters", "x"),
    ("Chinese", "错"),
    ("full stops", "。"),
    ("blanks", "x  "),
    ("asterisks", "*_`"),
    ("brackets", "[("),
    ("addresses", "https://a.b/{} "),
    ("invisible", "\u{200b}\u{202e}"),
];

/// Pieces of HTML that stand beside a code, as above.
const CODES: [(&str, &str, &str, &str); 9] = [
    (
        "codes",
        "",
        "<h2>20{} 失败</h2><p><strong>错误信息</strong></p><p>Failed {}.</p>",
        "",
    ),
    ("codes without fields", "", "<h2>20{} 失败</h2>", ""),
    (
        "codes alike",
        "",
        "<h2>2000 失败</h2><p><strong>错误信息</strong></p><p>Failed.</p>",
        "",
    ),
    (
        "symbols",
        "",
        "<h2>ERROR_{} 失败</h2><p><strong>错误信息</strong></p><p>Failed.</p>",
        "",
    ),
    (
        "rows of codes",
        "<table><tr><th>错误码</th><th>错误信息</th></tr>",
        "<tr><td>20{}</td><td>Failed {}.</td></tr>",
        "",
    ),
    (
        "columns of codes",
        "<table><tr><th>错误码</th>",
        "<th>列{}</th>",
        "</tr><tr><td>2000</td><td>x</td></tr></table>",
    ),
    (
        "cases",
        "<h2>2000 失败</h2>",
        "<h3>Case {}</h3><p><strong>错误信息</strong></p><p>Failed {}.</p>",
        "",
    ),
    (
        "groups",
        "",
        "<h2>组{}</h2><h3>20{} 失败</h3><p><strong>错误信息</strong></p><p>Failed.</p>",
        "",
    ),
    ("titles", "", "<h1>标题{}</h1>", ""),
];

const BLOCKS: [(&str, &str, &str); 42] = [
    ("paragraphs", "", "text {}\n\n"),
    ("lines", "", "text {}\n"),
    ("items", "", "- item {}\n"),
    ("numbered items", "", "1. item {}\n"),
    ("items in items", "- ", "- "),
    ("quotes in quotes", "", "> "),
    ("quotes", "", "> x\n\n"),
    ("lazy lines", "> x\n", "x\n"),
    ("fences", "", "```\nx\n```\n"),
    ("fences without end", "", "```a{}\n"),
    ("indented code", "\n\n", "    x\n\n"),
    ("headings", "", "### heading {}\n"),
    ("underlined", "", "x\n---\n"),
    ("rules", "", "\n***\n"),
    ("rows", "| a | b |\n| - | - |\n", "| x | {} |\n"),
    ("columns", "", "| x "),
    ("excess cells", "| a |\n| - |\n|", " x |"),
    ("emphasis", "", "*x* "),
    ("emphasis without end", "", "*x "),
    ("strong without end", "", "**x"),
    ("asterisks and underscores", "", "*_x"),
    ("backticks", "", "`x` "),
    ("backticks without end", "", "`x ``y "),
    ("links", "", "[a{}](b{}) "),
    ("links without end", "", "[a]("),
    ("brackets", "", "["),
    ("brackets closed", "", "[]"),
    ("images", "", "![a](b) "),
    ("images in images", "", "![a"),
    ("references", "", "[a{}]\n\n[a{}]: b\n\n"),
    ("references to one", "[a]: b\n\n", "[a] "),
    ("autolinks", "", "<http://a.b/{}> "),
    ("entities", "", "&amp;&lt;&x "),
    ("escapes", "", "\\*\\<\\"),
    ("raw blocks", "", "<div>\n\nx\n\n</div>\n\n"),
    ("raw lines", "<div>\n", "<p>x\n"),
    ("raw inline", "", "x <b>y</b> "),
    ("tags broken by quotes", "<div>\n", "<a y\" x=\""),
    ("tags broken by quotes, inline", "x ", "<a y\" x=\""),
    ("tags without end", "<div>\n", "<a x "),
    ("comments", "", "<!-- x -->\n"),
    ("comments without end", "x ", "<!-- "),
];

pub fn constructs() -> Vec<Construct> {
    let mut all = Vec::new();
    for (name, before, piece, end) in HTML {
        let text = Text::repeated(&format!("{CODE}{before}"), piece, end);
        all.push(check(&format!("HTML: {name}"), page(PAGE, ends(text))));
    }
    for (name, piece) in LINE {
        let text = Text::repeated(&format!("{CODE}<p>"), piece, "</p>");
        all.push(check(&format!("text: {name}"), page(PAGE, text)));
        let text = Text::repeated(
            "<h1>错误码</h1><h2>1001 ",
            piece,
            "</h2><p><strong>错误信息</strong></p><p>x</p>",
        );
        all.push(check(&format!("title: {name}"), page(PAGE, text)));
    }
    for (name, before, piece, end) in CODES {
        let text = Text::repeated(&format!("<h1>错误码</h1>{before}"), piece, end);
        all.push(check(&format!("codes: {name}"), page(PAGE, text.clone())));
        all.push(case(
            &format!("lint: {name}"),
            vec![page(PAGE, text.clone())],
            &["lint"],
        ));
        all.push(changed(
            &format!("check, changed: {name}"),
            text.clone(),
            &["check"],
        ));
        all.push(changed(
            &format!("diff: {name}"),
            text,
            &["diff", "old", "docs-snapshot"],
        ));
    }
    for (name, before, piece) in BLOCKS {
        let text = Text::repeated(&format!("{MARKDOWN_CODE}{before}"), piece, "\n");
        all.push(check(&format!("Markdown: {name}"), page(MARKDOWN, text)));
    }
    all.extend(front_matter());
    all.extend(containers());
    all.extend(settings());
    all.extend(names());
    all.extend(differences());
    all.extend(lookups());
    all.extend(many_files());
    all
}

/// What ends something nested is there as often as what begins it.
fn ends(text: Text) -> Text {
    if text.after.starts_with("</") {
        Text {
            end: text.after,
            after: String::new(),
            ..text
        }
    } else {
        text
    }
}

fn page(path: &'static str, text: Text) -> File {
    File { path, text }
}

fn case(name: &str, files: Vec<File>, arguments: &[&str]) -> Construct {
    let mut pieces = files
        .iter()
        .map(|file| file.text.piece.len() + file.text.end.len());
    let piece = pieces.by_ref().find(|length| *length > 0).unwrap_or(80);
    Construct {
        name: name.to_owned(),
        repetitions: LENGTH / piece.clamp(4, 160),
        former: Vec::new(),
        files,
        arguments: arguments.iter().map(|text| Text::fixed(text)).collect(),
        input: Text::default(),
    }
}

fn check(name: &str, file: File) -> Construct {
    case(name, vec![file], &["check"])
}

/// A page of which every repetition says something else than before.
fn changed(name: &str, text: Text, arguments: &[&str]) -> Construct {
    let piece = text.piece.replace("{}", "{}0").replace('x', "y");
    let former = Text {
        piece: piece.replace("失败", "不可用"),
        ..text.clone()
    };
    if arguments[0] == "diff" {
        let former = page("old/page-error-code.html", former);
        return case(name, vec![page(PAGE, text), former], arguments);
    }
    Construct {
        former: vec![page(PAGE, former)],
        ..case(name, vec![page(PAGE, text)], arguments)
    }
}

fn front_matter() -> Vec<Construct> {
    let pieces = [
        ("lines", "key{}: value\n"),
        ("titles", "title: 'a'\n"),
        ("lines of a title", "  x\n"),
        ("quotes", "''"),
    ];
    let front = |(name, piece): (&str, &str)| {
        let before = if name == "quotes" {
            "---\ntitle: '"
        } else {
            "---\ntitle: x\n"
        };
        let text = Text::repeated(before, piece, &format!("\n---\n\n{MARKDOWN_CODE}x\n"));
        check(&format!("front matter: {name}"), page(MARKDOWN, text))
    };
    pieces.into_iter().map(front).collect()
}

/// JSON answers and MHTML.
fn containers() -> Vec<Construct> {
    let html = CODE.replace('\n', " ");
    let value = format!("{{\"title\":\"x\",\"content\":{{\"content\":\"{html}<p>");
    let json = |name: &str, before: &str, piece: &str, end: &str, after: &str| {
        let text = Text {
            end: end.to_owned(),
            ..Text::repeated(before, piece, after)
        };
        check(&format!("JSON: {name}"), page(ANSWER, text))
    };
    let page_after = format!("\"value\":{value}</p>\"}}}}}}");
    let mime =
        "From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n";
    let part = format!(
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{CODE}<p>"
    );
    let mhtml = |name: &str, before: &str, piece: &str, after: &str| {
        let text = Text::repeated(&format!("{mime}{before}"), piece, after);
        check(&format!("MHTML: {name}"), page(ARCHIVE, text))
    };
    let html_part = format!("{part}x\r\n--b--\r\n");
    vec![
        json("members", "{\"code\":0,", "\"a{}\":\"x\",", "", &page_after),
        json("members alike", "{\"code\":0,", "\"a\":1,", "", &page_after),
        json(
            "arrays in arrays",
            "{\"code\":0,\"a\":",
            "[",
            "]",
            &format!(",{page_after}"),
        ),
        json(
            "objects in objects",
            "{\"code\":0,\"a\":",
            "{\"a\":",
            "1}",
            &format!(",{page_after}"),
        ),
        json(
            "escapes",
            &format!("{{\"value\":{value}"),
            "\\u9519\\n",
            "",
            "</p>\"}}}",
        ),
        mhtml(
            "parts",
            "",
            "--b\r\nContent-Type: image/png\r\n\r\nx\r\n",
            &html_part,
        ),
        mhtml(
            "headers",
            "--b\r\n",
            "X-A: {}\r\n",
            &format!("\r\nx\r\n{html_part}"),
        ),
        mhtml("escapes", &part, "=E9=94=99", "\r\n--b--\r\n"),
        mhtml("soft line ends", &part, "x=\r\n", "\r\n--b--\r\n"),
        mhtml(
            "boundaries that are none",
            &part,
            "\r\n--bx",
            "\r\n--b--\r\n",
        ),
    ]
}

fn settings() -> Vec<Construct> {
    let lines = [
        (
            "pages that are not there",
            "",
            "[pages.p{}-error-code]\nkit = \"A\"\n",
        ),
        (
            "prefixes",
            "[pages.page-error-code.prefixes]\n",
            "1{} = \"word{}\"\n",
        ),
        (
            "prefixes of the code",
            "[pages.page-error-code.prefixes]\n",
            "100{} = \"word{}\"\n",
        ),
        (
            "renamed pages",
            "",
            "[pages.p{}-error-code]\nslug = \"q{}-error-code\"\n",
        ),
        (
            "translations",
            "",
            "[pages.p{}-error-code]\ntranslation_of = \"page-error-code\"\n",
        ),
        ("unknown keys", "", "key{} = 1\n"),
        ("keys twice", "", "output = \"a\"\n"),
        ("unknown lints", "[lints]\n", "lint{} = \"error\"\n"),
        ("unknown targets", "[targets]\n", "target{} = false\n"),
        (
            "own targets",
            "",
            "[targets.t{}]\nfiles = [{ path = \"{}.txt\", template = \"a.txt\" }]\n",
        ),
        (
            "own targets without templates",
            "",
            "[targets.t{}]\nfiles = [{ path = \"a.txt\", template = \"b{}.txt\" }]\n",
        ),
        ("broken lines", "", "a{} = \n"),
        ("comments", "", "# a\n"),
        ("long text", "output = \"", "x"),
    ];
    let arkerr = |(name, before, piece): (&str, &str, &str)| {
        let after = if name == "long text" { "\"\n" } else { "" };
        let settings = page("arkerr.toml", Text::repeated(before, piece, after));
        let own = page("arkerr-templates/a.txt.tera", Text::fixed("x"));
        let code = page(PAGE, Text::fixed(&format!("{CODE}<p>x</p>")));
        case(
            &format!("settings: {name}"),
            vec![settings, own, code],
            &["check"],
        )
    };
    lines.into_iter().map(arkerr).collect()
}

fn names() -> Vec<Construct> {
    let lines = [
        (
            "pages that are gone",
            "p{}-error-code.enum = \"P{}ErrorCode\"\n",
        ),
        (
            "codes of pages that are gone",
            "p{}-error-code.1{} = \"A{}\"\n",
        ),
        ("codes that are gone", "page-error-code.2{} = \"NAME_{}\"\n"),
        (
            "codes that are gone, retired",
            "page-error-code.2{} = { name = \"NAME_{}\", retired = true }\n",
        ),
        (
            "pages in capitals",
            "Page{}-error-code.enum = \"P{}ErrorCode\"\n",
        ),
        (
            "variants",
            "page-error-code.2{} = { name = \"NAME_{}\", variant = \"Name{}\" }\n",
        ),
        ("lines twice", "page-error-code.1001 = \"RUN_FAILED\"\n"),
        ("names twice", "page-error-code.2{} = \"RUN_FAILED\"\n"),
        ("broken lines", "page-error-code.{} =\n"),
        ("headers", "[page{}]\n"),
        ("comments", "# {}\n"),
        ("names taken", "page-error-code.3{} = \"RUN_FAILED_{}\"\n"),
    ];
    let code = || page(PAGE, Text::fixed(&format!("{CODE}<p>x</p>")));
    let of_lines = |(name, piece): (&str, &str)| {
        let names = page("names.toml", Text::repeated("", piece, ""));
        case(&format!("names: {name}"), vec![names, code()], &["check"])
    };
    let aliases = Text::repeated(
        "page-error-code.1001 = { name = \"FAILED\", aliases = [",
        "\"OLD_{}\", ",
        "] }\n",
    );
    let spelt = "page-error-code.1001 = { name = \"FAILED\", aliases = [";
    let spelt = Text::repeated(
        spelt,
        "{ name = \"OLD_{}\", variant = \"OLD{}\" }, ",
        "] }\n",
    );
    let alone = |text| vec![page("names.toml", text), code()];
    let mut all: Vec<Construct> = lines.into_iter().map(of_lines).collect();
    all.push(case("names: aliases", alone(aliases), &["check"]));
    all.push(case(
        "names: aliases with variants",
        alone(spelt),
        &["check"],
    ));
    let lines = Text::repeated(
        "",
        "page-error-code.2{} = \"NAME_{}\"\n",
        "page-error-code.1001 = \"FAILED\"\n",
    );
    let rename = ["names", "rename", "page-error-code", "1001", "OTHER"];
    all.push(case("names rename: lines", alone(lines.clone()), &rename));
    all.push(case("names: list", alone(lines), &["names"]));
    all
}

/// Pages and outputs that differ everywhere.
fn differences() -> Vec<Construct> {
    let mut all = Vec::new();
    for (name, before, piece) in [
        ("pre lines", "<pre>", "x{}\n"),
        ("pre lines in turns", "<pre>", "x\nz{}\n"),
        ("paragraphs", "", "<p>x {}</p>"),
        ("items", "<ul>", "<li>x {}</li>"),
        ("words", "<p>", "x{} "),
        ("Chinese", "<p>", "失败{}"),
        ("labels", "", "<p><strong>标签{}</strong></p><p>x</p>"),
        (
            "devices",
            "<div class=\"device-list\">",
            "<span class=\"support-device-item\">x{}</span>",
        ),
        ("sections", "", "<h2>Section {}</h2><p>x</p>"),
    ] {
        let text = Text::repeated(&format!("{CODE}{before}"), piece, "");
        for arguments in [
            &["check"][..],
            &["check", "--format=json"],
            &["diff", "old", "docs-snapshot"],
        ] {
            let name = format!("{}, all changed: {name}", arguments.join(" "));
            all.push(changed(&name, text.clone(), arguments));
        }
    }
    all
}

fn lookups() -> Vec<Construct> {
    let code = || vec![page(PAGE, Text::fixed(&format!("{CODE}<p>x</p>")))];
    let mut all = Vec::new();
    for (name, piece) in [
        ("digits", "1"),
        ("letters", "x"),
        ("Chinese", "错"),
        ("words", "失败 "),
        ("marks", "._:"),
    ] {
        let text = Text::repeated("", piece, "1");
        for words in [
            &["explain"][..],
            &["search"],
            &["names", "rename", "page-error-code", "1001"],
            &["names"],
            &["names", "rename", "page-error-code"],
            &["diff"],
        ] {
            let mut lookup = case(
                &format!("{} ARGUMENT: {name}", words.join(" ")),
                code(),
                words,
            );
            lookup.former = code();
            lookup.arguments.push(text.clone());
            if words.len() == 3 {
                lookup.arguments.push(Text::fixed("NEW"));
            }
            lookup.repetitions = LENGTH;
            all.push(lookup);
        }
    }
    for (name, piece) in [
        ("lines", "error 1001 happened\n"),
        ("words", "error 1001 "),
        ("marks", "_._:"),
        ("names", "PageErrorCode.RUN_FAILED\n"),
        ("digits", "1"),
    ] {
        let mut log = case(&format!("explain -: {name}"), code(), &["explain", "-"]);
        log.former = code();
        log.input = Text::repeated("", piece, "\n");
        log.repetitions = 10 * LENGTH / piece.len();
        all.push(log);
    }
    all
}

fn many_files() -> Vec<Construct> {
    let pages = || {
        page(
            "docs-snapshot/p{}-error-code.html",
            Text::fixed(&format!("{CODE}<p>x</p>")),
        )
    };
    let other = || page(PAGE, Text::fixed(&format!("{CODE}<p>x</p>")));
    let with = |mut construct: Construct, former: Vec<File>, n: usize| {
        construct.former = former;
        construct.repetitions = n;
        construct
    };
    vec![
        with(case("pages", vec![pages()], &["check"]), vec![], 15),
        with(
            case("pages: orphans", vec![other()], &["check"]),
            vec![pages()],
            15,
        ),
        with(
            case(
                "pages: renamed",
                vec![
                    page("docs-snapshot/q{}-error-code.html", pages().text),
                    page("old/p{}-error-code.html", pages().text),
                ],
                &["diff", "old", "docs-snapshot"],
            ),
            vec![],
            15,
        ),
        with(
            case(
                "pages in folders",
                vec![page("docs-snapshot/f{}/p{}-error-code.html", pages().text)],
                &["check"],
            ),
            vec![],
            15,
        ),
        with(
            case(
                "pages empty",
                vec![page(
                    "docs-snapshot/p{}-error-code.html",
                    Text::fixed("<h1>x</h1>"),
                )],
                &["check"],
            ),
            vec![],
            60,
        ),
        with(
            case(
                "folders in the output",
                vec![other(), page("generated/f{}/a.txt", Text::fixed("x"))],
                &["check"],
            ),
            vec![],
            100,
        ),
    ]
}
