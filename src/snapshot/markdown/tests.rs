use proptest::prelude::*;
use scraper::Html;

use super::*;
use crate::snapshot::Document;

fn html(markdown: &str) -> String {
    open_markdown(markdown).html
}

/// Compares HTML without its line breaks: they are those of the Markdown.
#[track_caller]
fn assert_html(markdown: &str, expected: &str) {
    let joined = |html: &str| html.replace('\n', "");
    assert_eq!(joined(&html(markdown)), joined(expected));
}

#[test]
fn headings_of_every_look() {
    assert_html("# 扫码错误码", "<h1>扫码错误码</h1>\n");
    assert_html(
        "##  14800000  \r\n#### [h2]Failed {#id} ####\n",
        "<h2>14800000</h2>\n<h4>[h2]Failed {#id}</h4>\n",
    );
    assert_html(
        "### 16000076 APP\\_KEY 的值 & <x>\n标题\n---\n",
        "<h3>16000076 APP_KEY 的值 &amp; &lt;x&gt;</h3>\n<h2>标题</h2>\n",
    );
    assert_html(
        "## 1001 Invalid<sup>(deprecated)</sup>",
        "<h2>1001 Invalid<sup>(deprecated)</sup></h2>\n",
    );
}

#[test]
fn a_label_stands_apart_from_its_text() {
    let label = "<p><strong>错误信息</strong><br>";
    assert_html(
        "**错误信息**<br>Text",
        "<p><strong>错误信息</strong><br>Text</p>\n",
    );
    assert_html("**错误信息**<br>\nText", &format!("{label}<br>Text</p>\n"));
    assert_html("**错误信息**\nText", &format!("{label}Text</p>\n"));
    assert_html(
        "**错误信息** \r\nText\r\nmore",
        &format!("{label}Text<br>more</p>\n"),
    );
    assert_html("**错误信息**  \nText", &format!("{label}Text</p>\n"));
    assert_html(
        "**Cause**:\nText",
        "<p><strong>Cause</strong>:<br>Text</p>\n",
    );
}

#[test]
fn other_lines_of_a_paragraph_run_on() {
    assert_html("a\nb", "<p>a<br>b</p>\n");
    assert_html("a\\\nb  \nc", "<p>a<br>b<br>c</p>\n");
    assert_html(
        "**a\nb** c\n**d**\ne",
        "<p><strong>a<br>b</strong> c<br><strong>d</strong><br>e</p>\n",
    );
}

#[test]
fn a_list_may_follow_its_label_at_once() {
    assert_html(
        "**可能原因**\n- 内存不足\n- 磁盘已满\n",
        "<p><strong>可能原因</strong></p>\n<ul>\n<li>内存不足</li>\n<li>磁盘已满</li>\n</ul>\n",
    );
    assert_html(
        "**Solution**\n<!--RP1-->\n3. Retry\n\n   again\n",
        "<p><strong>Solution</strong></p>\n<!--RP1-->\n\
         <ol start=\"3\">\n<li><p>Retry</p>\n<p>again</p>\n</li>\n</ol>\n",
    );
    assert_html("1.内存异常。", "<p>1.内存异常。</p>\n");
}

#[test]
fn comments_pass_through_and_what_they_wrap_is_kept() {
    assert_html(
        "# T\n<!--Kit: x-->\n<!--Del-->\n## 1300007 已删除\n<!--DelEnd-->\n",
        "<h1>T</h1>\n<!--Kit: x-->\n<!--Del-->\n<h2>1300007 已删除</h2>\n<!--DelEnd-->\n",
    );
    assert_html("文本<!--RP2-->", "<p>文本<!--RP2--></p>\n");
    // Nothing but the end of the page may lie in a comment that is open: that tells of a cut.
    assert_html("a\n\n<!-- b", "<p>a</p>\n<!-- b");
    assert_html(
        "> <!-- b\n\nc",
        "<blockquote>\n&lt;!-- b\n</blockquote>\n<p>c</p>\n",
    );
}

#[test]
fn what_is_no_element_is_text() {
    assert_html(
        "Invalid <param> value of Array<string>, ${x} or {y}.",
        "<p>Invalid &lt;param&gt; value of Array&lt;string&gt;, ${x} or {y}.</p>\n",
    );
    assert_html(
        "缺少 <参数>，见 <name:type>、<https://a.b/?c&d> 或 <a@b.cn>",
        "<p>缺少 &lt;参数&gt;，见 &lt;name:type&gt;、<a href=\"https://a.b/?c&amp;d\">https://a.b/?c&amp;d</a> \
         或 <a href=\"mailto:a@b.cn\">a@b.cn</a></p>\n",
    );
    assert_html("<xxx>\n", "&lt;xxx&gt;\n");
    assert_html(
        "<div\nid=\"x\"><param>\n**a**\n</div>",
        "<div\nid=\"x\">&lt;param&gt;\n**a**\n</div>",
    );
    assert_html(
        "&lt;b&gt; \\<b> \"q\"",
        "<p>&lt;b&gt; &lt;b&gt; \"q\"</p>\n",
    );
}

#[test]
fn code_is_text_whatever_it_looks_like() {
    assert_html(
        "调用 `on<T>(\"a\")` 与 `<!--x-->`",
        "<p>调用 <code>on&lt;T&gt;(\"a\")</code> 与 <code>&lt;!--x--&gt;</code></p>\n",
    );
    assert_html(
        "```TypeScript title\r\n# no heading\r\n\r\nlet a: <b>\r\n```\r\n",
        "<pre hw-language=\"TypeScript\"># no heading\n\nlet a: &lt;b&gt;\n</pre>\n",
    );
    assert_html("    a & b\n", "<pre>a &amp; b\n</pre>\n");
    assert_html(
        "1. 步骤\n\n    ```json\n    {}\n    ```\n2. next\n",
        "<ol>\n<li><p>步骤</p>\n<pre hw-language=\"json\">{}\n</pre>\n</li>\n\
         <li><p>next</p>\n</li>\n</ol>\n",
    );
}

#[test]
fn links_to_pages_beside_this_one_lose_their_path() {
    let link = |target: &str| {
        let html = html(&format!("[a]({target})"));
        let (_, rest) = html.split_once("href=\"").expect("there is a link");
        rest.split_once('"').expect("it ends").0.to_owned()
    };
    assert_eq!(
        link("../errorcode-universal.md#201-拒绝"),
        "errorcode-universal#201-拒绝"
    );
    assert_eq!(link("errorcode-universal.md"), "errorcode-universal");
    assert_eq!(link("./a/b.md\n"), "b");
    for other in [
        "https://a.b/c.md",
        "//a.b/c.md",
        "#x.md",
        "figures/x.png",
        ".md",
    ] {
        assert_eq!(link(other), other);
    }
    assert_html(
        "见[通用\n**错误码**](../../a-overview.md\n)。",
        "<p>见<a href=\"a-overview\">通用<br><strong>错误码</strong></a>。</p>\n",
    );
}

#[test]
fn an_image_has_plain_text_in_its_place() {
    assert_html(
        "![流程 *a* `b` <x>\n\"c\"<br>](figures/x.png \"t\")",
        "<p><img src=\"figures/x.png\" alt=\"流程 a b &lt;x&gt; &quot;c&quot;\"></p>\n",
    );
}

#[test]
fn tables_keep_every_cell() {
    assert_html(
        "|值|MSG|\n|:---|---|\n|1|a\\|b<br>c|\n|2|d|| e|\n|3|\n",
        "<table><thead><tr><th>值</th><th>MSG</th></tr></thead>\n<tbody>\
         <tr><td>1</td><td>a|b<br>c</td></tr>\n\
         <tr><td>2</td><td>d</td><td>e</td></tr>\n\
         <tr><td>3</td><td></td></tr>\n</tbody></table>\n",
    );
}

#[test]
fn a_quote_is_a_quote() {
    assert_html(
        "> **说明：**\n>\n> 仅限本模块。\n",
        "<blockquote>\n<p><strong>说明：</strong></p>\n<p>仅限本模块。</p>\n</blockquote>\n",
    );
}

#[test]
fn rules_and_emphasis_are_elements() {
    assert_html(
        "*a* ~~b~~ 'c'\n\n* * *\n",
        "<p><em>a</em> ~~b~~ 'c'</p>\n<hr>\n",
    );
}

#[test]
fn front_matter_tells_of_the_page_and_is_none_of_it() {
    let page = open_markdown(
        "---\r\ntitle: \" 错误码 \"\nsource: somewhere\nsource_url: https://a.b/c\n\
         canonical: https://d.e/\ntags: [x, 1]\n---\n# T\n",
    );
    assert_eq!(page.stated.title.as_deref(), Some("错误码"));
    let address = page.stated.url.map(String::from);
    assert_eq!(address.as_deref(), Some("https://a.b/c"));
    assert_eq!(page.html.trim_start(), "<h1>T</h1>");
    assert_eq!(page.part, None);
    for broken in ["title: [", "title: a: b", "tags:\n- x", "title: 200"] {
        let page = open_markdown(&format!("---\n{broken}\n...\nText"));
        assert_eq!(page.html.trim_start(), "<p>Text</p>");
        assert_eq!((page.stated.title, page.stated.url), (None, None));
    }
}

#[test]
fn rules_are_not_taken_for_front_matter() {
    assert_html("---\n\na\n\n---\n", "<hr>\n<p>a</p>\n<hr>\n");
    assert_html("a\n\n---\nb\n\n---\n", "<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n");
    assert_html("---\na: b\n", "<hr>\n<p>a: b</p>\n");
    for text in [
        "## 1002 Lost",
        "- x",
        "a b",
        "错误信息：x",
        "a: b\n## 1002 Lost",
    ] {
        let page = open_markdown(&format!("---\n{text}\n---\n\nText"));
        assert!(page.html.contains("<hr>"), "{}", page.html);
    }
}

#[test]
fn markdown_is_told_from_html() {
    for markdown in [
        "# 标题",
        "\n<!--Kit: x-->\n<!-- y -->\ntext\n## 200 x",
        "标题\n===",
        "---\ntitle: x\n---\ntext",
        "<a name=x></a>\n# T\n\ntext",
        "<div>\n\n# T\n\n</div>",
        "> quote\n\n### 1001\n\n<p>a</p>",
    ] {
        assert!(is_markdown(markdown), "{markdown}");
    }
    for other in [
        "",
        "only text\n#no heading",
        "```\n# in a fence\n```",
        "<h1>T</h1>\n\n# no",
        "<div>\n\n# no\n\n<P >x</P></div>",
        "<!doctype html>\n\n# no",
        "<!-- saved -->\n<html>\n\n# no",
        "<!-- open\n# no",
        "<div>\n\nT\n---\n",
    ] {
        assert!(!is_markdown(other), "{other}");
    }
}

#[test]
fn what_is_in_a_line_stays_in_it() {
    let text = "---\ntitle: x\n---\n# 标题\n\n> - <b>甲</b>\n>   `乙`\n\n<div>\n<p>丙</p></div>\n\n\
        | 丁 |\n|-|\n| 戊 |\n\n- 己\n\n  ```\n  庚\n  ```\n- 辛\n\n![壬\n](x)\n癸\n";
    let html = html(text);
    let line_of = |text: &str, word: char| text.lines().position(|line| line.contains(word));
    for word in "标甲乙丙丁戊己庚辛壬癸".chars() {
        assert_eq!(
            line_of(&html, word),
            line_of(text, word),
            "{word} in {html}"
        );
    }
}

/// Pieces of text that mean something to Markdown, or almost do.
fn markdown_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "#",
        "## ",
        "\n",
        "\n\n",
        "\r\n",
        "> ",
        "- ",
        "1. ",
        "**",
        "*",
        "_",
        "`",
        "```",
        "|",
        "|-|",
        "---",
        "===",
        "<",
        ">",
        "</",
        "<b>",
        "<xxx>",
        "<br/>",
        "<div>",
        "<p",
        "<!--",
        "-->",
        "\"",
        "'",
        "=",
        "[",
        "](",
        ")",
        "![",
        ":",
        "&",
        "&lt;",
        "\\",
        "    ",
        "\t",
        " ",
        "错误信息",
        "é",
        "phone",
        "a",
        "\0",
        "\u{feff}",
        "http://",
        ".md",
        "title:",
        "...",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in prop_oneof![markdown_like(), any::<String>()]) {
        is_markdown(&text);
        let page = open_markdown(&text);
        let _ = Document::decode("a.html", page.html.into_bytes());
    }

    #[test]
    fn every_word_is_there_once(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", "# ", "> ", "- ", "2. ", "**", "*", "_", "`", "|", "|\n|-|\n|", " | ",
            "---\n", "<b>", "</b>", "<xxx>", "<div>", "<", ">", "&", "\\", "    ", " ", "：",
            "\n<script>", "</script>", "\n<style>", "\n<![CDATA[", "]]>", "\n<?", "?>", "\n<!x ",
            "<pre>", "</pre>", "<a href='x'>", "</a>", "<img src=x>", "<br>", "</br>", "<b/>", "<p>",
            "</p>", "</div>", "<h2>", "</h2>", "<summary>", "<table>", "</table>", "<thead>", "<tr>",
            "<td>", "<li>", "</li>", "<svg>", "<title>", "<textarea>", "<select>", "<plaintext>",
            "&lt;", "&#60;", "[", "]", "(", "!", "~", "\0", "\r", "\r\n", "\\\n", "\n-", "\n\n    ",
        ]), 0..40)
    ) {
        let mut text = "开始 ".to_owned();
        for (index, piece) in pieces.iter().enumerate() {
            text.push_str(&format!("{piece}w{index}w"));
        }
        let shown: String = Html::parse_document(&html(&text)).root_element().text().collect();
        for index in 0..pieces.len() {
            let word = format!("w{index}w");
            prop_assert_eq!(shown.matches(&word).count(), 1, "{} in {:?}", word, shown);
        }
    }
}
