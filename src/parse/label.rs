//! Labels: the short paragraphs that name the field below them.

use crate::catalog::{Block, Language};

/// What a label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// One of the four fields, in the language of its label.
    Known(Field, Language),
    /// Any other paragraph that is bold from end to end.
    Other(String),
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

/// Reads a label: a paragraph that is one of the known spellings, bold or not, or that is bold
/// from end to end. A colon or full stop after it does not count.
pub(super) fn read(block: &Block) -> Option<Label> {
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let text = text.trim_end_matches([':', '：', '.', '。', ' ']);
    if text.is_empty() {
        return None;
    }
    let known = SPELLINGS
        .iter()
        .find(|(spelling, ..)| spelling.eq_ignore_ascii_case(text));
    if let Some((_, field, language)) = known {
        return Some(Label::Known(*field, *language));
    }
    // Punctuation behind the bold run does not make it less of a label.
    let all_bold = runs.iter().all(|run| {
        run.bold
            || run
                .text
                .trim_matches([':', '：', '.', '。', ' '])
                .is_empty()
    });
    (!runs.is_empty() && all_bold).then(|| Label::Other(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Run;

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
        assert_eq!(read(&Block::plain("错误信息")), message);
        assert_eq!(read(&bold("错误码信息", "：")), message);
        let steps = Some(Label::Known(Field::Steps, Language::En));
        assert_eq!(read(&Block::plain("Handling procedure:")), steps);
    }

    #[test]
    fn an_unknown_label_is_bold_throughout() {
        let label = Some(Label::Other("错误示例场景".to_owned()));
        assert_eq!(read(&bold("错误示例场景", "：")), label);
        assert_eq!(read(&bold("pimpl", " is null.")), None);
        assert_eq!(read(&Block::plain("错误示例场景")), None);
    }
}
