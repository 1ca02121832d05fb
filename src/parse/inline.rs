//! Inline text: gathers the pieces of paragraphs and collapses their white space.

use super::label;
use crate::catalog::{Block, Run};

/// What browsers and editors leave behind and nobody sees, and what cannot be in HTML.
const UNSEEN: [char; 3] = ['\u{200b}', '\u{feff}', '\0'];

/// Paragraphs in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The paragraphs of the lines so far; the next line belongs to the last one.
    paragraphs: Vec<Vec<Run>>,
    /// The line that is being read.
    line: Vec<Run>,
    /// White space that counts only if more text follows; it belongs to the run it began in.
    blank_pending: bool,
}

impl Lines {
    /// Adds text of the form that `form` has, whose own text does not matter.
    pub(super) fn push(&mut self, text: &str, form: &Run) {
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            self.blank_pending |= index > 0 && !self.line.is_empty();
            for piece in word.split(UNSEEN).filter(|piece| !piece.is_empty()) {
                self.push_visible(piece, form);
            }
        }
    }

    fn push_visible(&mut self, text: &str, form: &Run) {
        if std::mem::take(&mut self.blank_pending)
            && let Some(run) = self.line.last_mut()
        {
            run.text.push(' ');
        }
        append(&mut self.line, text, form);
    }

    /// Ends a line. One that is a label is a paragraph of its own: some pages have nothing but a line
    /// break between labels and fields.
    pub(super) fn end_line(&mut self) {
        self.blank_pending = false;
        let line = std::mem::take(&mut self.line);
        if label::is_line(&line) {
            self.paragraphs.extend([line, Vec::new()]);
        } else if let Some(open) = self.paragraphs.last_mut() {
            if let Some(last) = open.last_mut().filter(|_| !line.is_empty()) {
                last.text.push(' ');
            }
            for run in line {
                append(open, &run.text, &run);
            }
        } else {
            self.paragraphs.push(line);
        }
    }

    /// The paragraphs that the lines make; new ones begin.
    pub(super) fn take_paragraphs(&mut self) -> Vec<Block> {
        self.end_line();
        let paragraphs = std::mem::take(&mut self.paragraphs);
        paragraphs.into_iter().filter_map(paragraph).collect()
    }
}

fn append(runs: &mut Vec<Run>, text: &str, form: &Run) {
    match runs.last_mut().filter(|run| run.same_form(form)) {
        Some(run) => run.text.push_str(text),
        None => runs.push(Run {
            text: text.to_owned(),
            ..form.clone()
        }),
    }
}

/// A text as one line, as a paragraph of it would be.
pub(super) fn collapse(text: &str) -> String {
    let mut lines = Lines::default();
    lines.push(text, &Run::default());
    text_of_runs(&lines.line)
}

/// The text of some runs together.
pub(super) fn text_of_runs(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// A paragraph of these runs, unless they have no text.
pub(super) fn paragraph(mut runs: Vec<Run>) -> Option<Block> {
    let text = text_of_runs(&runs);
    if runs.iter().all(Run::is_plain) {
        runs.clear();
    }
    (!text.is_empty()).then_some(Block::Paragraph { text, runs })
}

/// Splits `**可能原因：**内存不足` at its second asterisks. It is meant to be bold, and to Markdown it
/// is not: there bold text cannot end between a mark and a letter.
pub(super) fn split_asterisks(block: &Block) -> Option<(&str, Block)> {
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let first = runs.first().map_or(text, |first| &first.text);
    let (bold, after) = first.strip_prefix("**")?.split_once("**")?;
    let form = runs.first().cloned().unwrap_or_default();
    let rest = runs.get(1..).unwrap_or_default();
    Some((bold, beginning_with(after.trim_start(), &form, rest)?))
}

/// The paragraph that begins with a text in some form and goes on with these runs.
pub(super) fn beginning_with(text: &str, form: &Run, rest: &[Run]) -> Option<Block> {
    let first = Run {
        text: text.to_owned(),
        ..form.clone()
    };
    let runs = std::iter::once(first).filter(|first| !first.text.is_empty());
    paragraph(runs.chain(rest.iter().cloned()).collect())
}

/// How many characters of a text count: white space and what nobody sees do not.
pub(super) fn count_visible(text: &str) -> usize {
    let is_visible = |c: &char| !c.is_whitespace() && !UNSEEN.contains(c);
    text.chars().filter(is_visible).count()
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
        let mut lines = Lines::default();
        lines.push("\n 请参考\u{a0}", &plain);
        lines.push("\u{3000}通用\u{200b}错误码 ", &link("https://a.b/"));
        lines.push(" 。\t", &plain);
        let run = |text: &str, form: Run| Run {
            text: text.to_owned(),
            ..form
        };
        assert_eq!(
            lines.take_paragraphs(),
            [Block::Paragraph {
                text: "请参考 通用错误码 。".to_owned(),
                runs: vec![
                    run("请参考 ", Run::default()),
                    run("通用错误码 ", link("https://a.b/")),
                    run("。", Run::default()),
                ],
            }]
        );
        assert_eq!(lines.take_paragraphs(), []);
    }

    #[test]
    fn text_of_one_plain_form_has_no_runs() {
        let mut lines = Lines::default();
        lines.push("运行超时，", &Run::default());
        lines.push("请重试。", &Run::default());
        assert_eq!(
            lines.take_paragraphs(),
            [Block::plain("运行超时，请重试。")]
        );
    }
}
