//! Inline text: gathers the pieces of a paragraph and collapses their white space.

use crate::catalog::{Block, Run};

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    runs: Vec<Run>,
    /// White space that counts only if more text follows; it belongs to the run it began in.
    blank_pending: bool,
}

impl Paragraph {
    /// Adds text of the form that `form` has, whose own text does not matter.
    pub(super) fn push(&mut self, text: &str, form: &Run) {
        // What neither collapses nor vanishes is added at once.
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if is_visible(c) {
                let end = rest.find(|c| !is_visible(c)).unwrap_or(rest.len());
                self.push_visible(&rest[..end], form);
                rest = &rest[end..];
            } else {
                if c.is_whitespace() {
                    self.push_blank();
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    /// Adds white space.
    pub(super) fn push_blank(&mut self) {
        self.blank_pending = !self.runs.is_empty();
    }

    fn push_visible(&mut self, text: &str, form: &Run) {
        if self.blank_pending {
            self.blank_pending = false;
            if let Some(run) = self.runs.last_mut() {
                run.text.push(' ');
            }
        }
        match self.runs.last_mut().filter(|run| run.same_form(form)) {
            Some(run) => run.text.push_str(text),
            None => self.runs.push(Run {
                text: text.to_owned(),
                ..form.clone()
            }),
        }
    }

    /// The runs so far; a new paragraph begins.
    pub(super) fn take(&mut self) -> Vec<Run> {
        self.blank_pending = false;
        std::mem::take(&mut self.runs)
    }
}

/// A text as one line, as a paragraph of it would be.
pub(super) fn collapse(text: &str) -> String {
    let mut line = Paragraph::default();
    line.push(text, &Run::default());
    text_of(&line.take())
}

/// The text of some runs together.
pub(super) fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// A paragraph of these runs, unless they have no text.
pub(super) fn paragraph(mut runs: Vec<Run>) -> Option<Block> {
    if let [run] = &mut runs[..]
        && run.is_plain()
    {
        return Some(Block::plain(std::mem::take(&mut run.text)));
    }
    let text = text_of(&runs);
    (!text.is_empty()).then_some(Block::Paragraph { text, runs })
}

/// Adds the next line of a paragraph to the lines before it.
pub(super) fn join_lines(lines: &mut Vec<Run>, next: Vec<Run>) {
    for (index, run) in next.into_iter().enumerate() {
        let Some(last) = lines.last_mut() else {
            lines.push(run);
            continue;
        };
        if index == 0 {
            last.text.push(' ');
        }
        match last.same_form(&run) {
            true => last.text.push_str(&run.text),
            false => lines.push(run),
        }
    }
}

/// Characters that browsers and editors leave behind and nobody sees, and the one that cannot be
/// in HTML.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}' | '\0')
}

/// Whether a character is neither white space nor invisible.
pub(super) fn is_visible(c: char) -> bool {
    match c {
        // Nearly all text of the pages: ASCII, and from Chinese punctuation to Chinese letters.
        '!'..='~' | '\u{3001}'..='\u{9fff}' => true,
        _ => !c.is_whitespace() && !is_invisible(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(url: &str) -> Run {
        Run {
            link: Some(url.to_owned()),
            ..Run::default()
        }
    }

    #[test]
    fn white_space_collapses_across_runs() {
        let plain = Run::default();
        let mut paragraph = Paragraph::default();
        paragraph.push("\n 请参考\u{a0}", &plain);
        paragraph.push("\u{3000}通用\u{200b}错误码 ", &link("https://a.b/"));
        paragraph.push(" 。\t", &plain);
        let run = |text: &str, form: Run| Run {
            text: text.to_owned(),
            ..form
        };
        assert_eq!(
            super::paragraph(paragraph.take()),
            Some(Block::Paragraph {
                text: "请参考 通用错误码 。".to_owned(),
                runs: vec![
                    run("请参考 ", Run::default()),
                    run("通用错误码 ", link("https://a.b/")),
                    run("。", Run::default()),
                ],
            })
        );
        assert_eq!(super::paragraph(paragraph.take()), None);
    }

    #[test]
    fn text_of_one_plain_form_has_no_runs() {
        let mut paragraph = Paragraph::default();
        paragraph.push("运行超时，", &Run::default());
        paragraph.push("请重试。", &Run::default());
        assert_eq!(
            super::paragraph(paragraph.take()),
            Some(Block::plain("运行超时，请重试。"))
        );
    }
}
