//! Blocks of program text, whose lines stay as they are.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::FlowBuilder;
use crate::catalog::Block;
use crate::parse::{boilerplate, heading};
use crate::snapshot::{attribute, classes};

impl FlowBuilder {
    pub(super) fn read_code(&mut self, element: ElementRef<'_>) {
        let mut text = String::new();
        self.gather_code(*element, &mut text);
        let code = without_empty_ends(&text);
        if code.is_empty() {
            return;
        }
        if let Some(heading) = heading::find_in_markdown(&code) {
            self.add_hidden(element.id(), heading, !self.is_apart);
        }
        self.push(element.id(), Block::code(language(element), code));
    }

    /// Adds the program text in a node. What is not a part of it is left out: boilerplate, and the
    /// title of the page, where nobody has ended a `pre` before it.
    fn gather_code(&mut self, node: NodeRef<'_, Node>, code: &mut String) {
        if let Node::Text(text) = node.value() {
            self.visit(node.id(), text);
            code.push_str(text);
        }
        let Some(element) = ElementRef::wrap(node) else {
            return;
        };
        if self.skipped.contains(&node.id()) {
            return;
        }
        if boilerplate::is_element(element) {
            return self.skip_boilerplate(element);
        }
        // A line begins on a line of its own, and ends it even where it is empty: the site sets
        // each line as an item of a list.
        let name = element.value().name();
        let is_line = matches!(name, "li" | "div" | "p" | "tr");
        if is_line && !(code.is_empty() || code.ends_with('\n')) {
            code.push('\n');
        }
        for child in node.children() {
            self.gather_code(child, code);
        }
        if is_line || name == "br" {
            code.push('\n');
        }
    }
}

/// Program text without what nobody sees, and without empty lines around it.
fn without_empty_ends(text: &str) -> String {
    let text = text
        .replace('\u{a0}', " ")
        .replace(['\u{200b}', '\u{feff}'], "");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The language that a `pre` names.
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
    let is_screen = language == "screen";
    Some(if is_screen { "shell".into() } else { language })
}

#[cfg(test)]
mod tests {
    use crate::catalog::Block;
    use crate::parse::parse_html;

    fn code(html: &str) -> Option<Block> {
        let page = parse_html(&format!("<p>x</p>{html}")).page;
        page.notes.into_iter().nth(1)
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
