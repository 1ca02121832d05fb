//! The runs of a paragraph as Markdown.

use std::ops::Range;

use crate::catalog::Run;
use crate::escape::{
    is_web_address, markdown_code_span, markdown_link, markdown_piece, markdown_piece_with_links,
    visible_line,
};

/// A paragraph that is made of runs, as one line of Markdown.
pub(super) fn runs(runs: &[Run]) -> String {
    let texts = runs.iter().map(|run| (run, visible_line(&run.text)));
    // What shows nothing keeps no marks apart.
    let texts: Vec<(&Run, String)> = texts.filter(|(_, text)| !text.is_empty()).collect();
    let whole: String = texts.iter().map(|(_, text)| text.as_str()).collect();
    // Marks of the same kind side by side would run together. Code has no other marks.
    let marks = |run: &Run| (run.bold && !run.code, run.code);
    let has_same_marks = |(a, _): &(&Run, String), (b, _): &(&Run, String)| {
        marks(a) == marks(b) && web_link(a) == web_link(b)
    };
    let mut markdown = String::with_capacity(whole.len());
    let mut end = 0;
    for group in texts.chunk_by(has_same_marks) {
        let start = end;
        end += group.iter().map(|(_, text)| text.len()).sum::<usize>();
        markdown.push_str(&marked(group[0].0, &whole, start..end));
    }
    markdown.trim().to_owned()
}

/// Where a run leads, if that is an address of the web.
fn web_link(run: &Run) -> Option<&str> {
    run.link.as_deref().filter(|link| is_web_address(link))
}

/// A piece of a paragraph in the marks of a run.
fn marked(run: &Run, whole: &str, piece: Range<usize>) -> String {
    // Blanks stay outside of marks, which would not work beside them.
    let plain = &whole[piece.clone()];
    let start = piece.start + plain.len() - plain.trim_start().len();
    let end = start + plain.trim().len();
    if start == end {
        return plain.to_owned();
    }
    let core = start..end;
    let link = web_link(run);
    let is_code = run.code && (link.is_none() || can_be_code_in_link(plain));
    let mut marked = match (is_code, link) {
        (true, _) => markdown_code_span(&whole[core.clone()]),
        // Some readers take two escaped backticks in a link for code.
        (false, Some(_)) => markdown_piece(whole, core.clone()).replace("\\`", "&#96;"),
        (false, None) => markdown_piece_with_links(whole, core.clone()),
    };
    if run.bold && !run.code && marks_work(&marked) {
        marked = format!("**{marked}**");
    }
    if let Some(url) = link {
        marked = markdown_link(&marked, url);
    }
    format!(
        "{}{marked}{}",
        &whole[piece.start..start],
        &whole[end..piece.end]
    )
}

/// Whether code can be the text of a link. A paragraph that begins with `` [`]: `` defines a link and
/// shows nothing, and some readers look for the end of a link in code with backticks.
fn can_be_code_in_link(code: &str) -> bool {
    !code.contains("]:") && !code.contains('`')
}

/// Whether asterisks around a piece of Markdown are sure to be read as marks: not where it begins or
/// ends with punctuation, such as that around an address.
fn marks_work(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text.chars().next()) && is_word(text.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_run_into_the_text_beside_them() {
        let run = |text: &str| Run {
            text: text.to_owned(),
            ..Run::default()
        };
        let code = |text: &str| Run {
            code: true,
            ..run(text)
        };
        let bold = |text: &str| Run {
            bold: true,
            ..run(text)
        };
        let linked = |text: &str| Run {
            link: Some("https://a.b/".to_owned()),
            ..run(text)
        };
        let raised = |run: Run| Run {
            superscript: true,
            ..run
        };
        for (source, markdown) in [
            (vec![run("C:\\"), code("<b>")], r"C:\\`<b>`"),
            (vec![run("C:\\"), linked("d\\")], r"C:\\[d\\](https://a.b/)"),
            (vec![code("a`b`c"), raised(code("<i>"))], "`` a`b`c<i> ``"),
            (
                vec![
                    code("x."),
                    Run {
                        bold: true,
                        ..code(".y")
                    },
                    run("z"),
                ],
                "`x..y`z",
            ),
            (
                vec![run("Look!"), linked("here")],
                r"Look\![here](https://a.b/)",
            ),
            (
                vec![Run {
                    code: true,
                    ..linked("]: x")
                }],
                r"[\]: x](https://a.b/)",
            ),
            (vec![run("Look!")], "Look!"),
            (vec![run("A &"), bold("lt;")], r"A \&lt;"),
            (vec![run("1"), bold(". x")], r"1\. x"),
            (vec![bold("a"), raised(bold("b")), run("c")], "**ab**c"),
            (vec![bold("http://a.b/c"), run("d")], "<http://a.b/c>d"),
            (
                vec![run("see "), run("https://a.b/c."), linked("https://d.e")],
                r"see <https://a.b/c>.[https\://d.e](https://a.b/)",
            ),
        ] {
            assert_eq!(runs(&source), markdown, "{source:?}");
        }
    }
}
