//! Blocks of program text, whose lines stay as they are.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use crate::catalog::Block;
use crate::snapshot::{attribute, classes};

/// Elements that are a line of their own: the site sets each line as an item of a list.
const LINES: [&str; 4] = ["li", "div", "p", "tr"];

/// Reads a `pre` without the elements that are left out; none where it has no text.
pub(super) fn read(
    element: ElementRef<'_>,
    is_left_out: impl Fn(ElementRef<'_>) -> bool,
) -> Option<Block> {
    let text = text(element, is_left_out).replace('\u{a0}', " ");
    let text = text.replace(['\u{200b}', '\u{feff}'], "");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n").trim_matches('\n').to_owned();
    (!text.is_empty()).then(|| Block::code(language(element), text))
}

fn text(element: ElementRef<'_>, is_left_out: impl Fn(ElementRef<'_>) -> bool) -> String {
    let mut text = String::new();
    // The element that is left out and has begun and not ended.
    let mut left_out = None;
    for edge in element.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let opens = matches!(edge, Edge::Open(_));
        if left_out.is_some() {
            left_out = left_out.filter(|outer| opens || *outer != node.id());
            continue;
        }
        if opens && ElementRef::wrap(node).is_some_and(&is_left_out) {
            left_out = Some(node.id());
            continue;
        }
        match node.value() {
            Node::Text(piece) if opens => text.push_str(piece),
            Node::Element(inner) if inner.name() == "br" && opens => text.push('\n'),
            // A line begins on a line of its own, and ends it even where it is empty.
            Node::Element(inner) if LINES.contains(&inner.name()) => {
                let at_line_start = text.is_empty() || text.ends_with('\n');
                text.push_str(if opens && at_line_start { "" } else { "\n" });
            }
            _ => {}
        }
    }
    text
}

fn language(element: ElementRef<'_>) -> Option<String> {
    const NOT_LANGUAGES: [&str; 4] = ["prettyprint", "linenums", "hljs", "screen"];
    let named = attribute(element, "hw-language");
    let class = || {
        let is_language =
            |class: &&str| !NOT_LANGUAGES.contains(class) && !class.starts_with("ng-");
        classes(element).find(is_language)
    };
    let language = named.or_else(class)?.to_lowercase();
    // What was put on a screen is what the site highlights as a shell.
    Some(match language.as_str() {
        "screen" => "shell".to_owned(),
        _ => language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn code(html: &str) -> Option<Block> {
        let html = Html::parse_fragment(html);
        let pre = html.root_element().child_elements().next();
        read(pre.expect("there is a pre"), |inner| {
            inner.value().name() == "h1"
        })
    }

    #[test]
    fn lines_stay_lines_however_they_are_set() {
        for html in [
            "<pre class='ts hljs'>\na {\n\n&nbsp; b\n}\n</pre>",
            "<pre class='ts'><ol class=linenums><li>a {</li><li></li><li>  b </li><li>}</li></ol></pre>",
            "<pre hw-language=TS>a {<br><br>&nbsp; b<br>}</pre>",
            "<pre class='ng-star ts'><div>a {</div>\n<div>  b</div>}</pre>",
        ] {
            let expected = Block::code(Some("ts".to_owned()), "a {\n\n  b\n}");
            assert_eq!(code(html), Some(expected), "{html}");
        }
        assert_eq!(code("<pre> \n</pre>"), None);
        assert_eq!(code("<pre><h1><p>a</h1></pre>"), None);
    }

    #[test]
    fn text_around_the_lines_is_kept() {
        let Some(Block::Code { code: text, .. }) =
            code("<pre>a<ol><li>b<ul><li>c</ul></ol>d</pre>")
        else {
            panic!("this is code");
        };
        assert_eq!(text.split_whitespace().collect::<String>(), "abcd");
    }
}
