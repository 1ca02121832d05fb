//! Labels: the short paragraphs that name the field below them.

use crate::catalog::{Block, Language, Run};

/// What a label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// One of the four fields, in the language of its label.
    Known(Field, Language),
    /// Any other paragraph that is bold from end to end.
    Other(String),
}

impl Label {
    /// Whether it names one of the four fields.
    pub(super) fn is_known(&self) -> bool {
        matches!(self, Self::Known(..))
    }
}

/// The four fields that the documentation gives a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Message,
    Description,
    Causes,
    Steps,
}

/// Every spelling of a label that has been seen; English ones are compared without case.
const SPELLINGS: [(&str, Field, Language); 21] = [
    ("错误信息", Field::Message, Language::Zh),
    ("错误码信息", Field::Message, Language::Zh),
    ("错误描述", Field::Description, Language::Zh),
    ("描述", Field::Description, Language::Zh),
    ("可能原因", Field::Causes, Language::Zh),
    ("可能的原因", Field::Causes, Language::Zh),
    ("处理步骤", Field::Steps, Language::Zh),
    ("error message", Field::Message, Language::En),
    ("message", Field::Message, Language::En),
    ("error information", Field::Message, Language::En),
    ("description", Field::Description, Language::En),
    ("error description", Field::Description, Language::En),
    ("symptom", Field::Description, Language::En),
    ("possible causes", Field::Causes, Language::En),
    ("possible cause", Field::Causes, Language::En),
    ("causes", Field::Causes, Language::En),
    ("cause", Field::Causes, Language::En),
    ("solution", Field::Steps, Language::En),
    ("solutions", Field::Steps, Language::En),
    ("procedure", Field::Steps, Language::En),
    ("handling procedure", Field::Steps, Language::En),
];

/// How a page sets its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In bold, as the site does: a plain paragraph is never a label.
    Bold,
    /// As plain paragraphs.
    Plain,
}

impl Style {
    /// The style of the page that has these blocks: bold where any known label is.
    pub(super) fn of<'a>(mut blocks: impl Iterator<Item = &'a Block>) -> Self {
        let is_known = |block| read(block, Self::Bold).is_some_and(|label| label.is_known());
        if blocks.any(is_known) {
            Self::Bold
        } else {
            Self::Plain
        }
    }
}

/// Reads a label: a paragraph that is bold from end to end, or, where labels are plain, one of
/// the known spellings. A colon or full stop after it does not count.
pub(super) fn read(block: &Block, style: Style) -> Option<Label> {
    const MARKS: [char; 5] = [':', '：', '.', '。', ' '];
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let is_bold = |run: &Run| run.bold || run.text.trim_matches(MARKS).is_empty();
    let is_bold = !runs.is_empty() && runs.iter().all(is_bold);
    let text = text.trim_end_matches(MARKS);
    if text.is_empty() || !(is_bold || style == Style::Plain) {
        return None;
    }
    let known = SPELLINGS
        .iter()
        .find(|(spelling, ..)| spelling.eq_ignore_ascii_case(text));
    match known {
        Some((_, field, language)) => Some(Label::Known(*field, *language)),
        None => is_bold.then(|| Label::Other(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(text: &str, rest: &str) -> Block {
        let run = |text: &str, bold| Run {
            text: text.to_owned(),
            bold,
            ..Run::default()
        };
        Block::Paragraph {
            text: format!("{text}{rest}"),
            runs: vec![run(text, true), run(rest, false)],
        }
    }

    #[test]
    fn known_labels_in_both_languages() {
        let message = Some(Label::Known(Field::Message, Language::Zh));
        assert_eq!(read(&bold("错误码信息", "："), Style::Bold), message);
        assert_eq!(read(&Block::plain("错误信息"), Style::Plain), message);
        let steps = Some(Label::Known(Field::Steps, Language::En));
        assert_eq!(
            read(&Block::plain("Handling procedure:"), Style::Plain),
            steps
        );
    }

    #[test]
    fn a_message_that_looks_like_a_label_is_none_where_labels_are_bold() {
        let blocks = [bold("Error Message", ""), Block::plain("Message")];
        let style = Style::of(blocks.iter());
        assert_eq!(style, Style::Bold);
        assert_eq!(read(&blocks[1], style), None);
    }

    #[test]
    fn an_unknown_label_is_bold_throughout() {
        let label = Some(Label::Other("错误示例场景".to_owned()));
        assert_eq!(read(&bold("错误示例场景", "："), Style::Bold), label);
        assert_eq!(read(&bold("pimpl", " is null."), Style::Bold), None);
        assert_eq!(read(&Block::plain("错误示例场景"), Style::Plain), None);
    }
}
