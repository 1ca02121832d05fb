//! Labels: the short paragraphs that name the field below them.

use super::inline;
use crate::catalog::Language::{self, En, Zh};
use crate::catalog::{Block, Case, Run};
use Field::{Causes, Description, Message, Steps};

/// A paragraph that names what follows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// Which of the four fields it names; none for any other paragraph that is bold from end to end.
    pub(super) field: Option<Field>,
    /// The paragraph as it is written.
    pub(super) text: String,
}

impl Label {
    /// The label of one of the four fields, if a text is one.
    pub(super) fn known(text: &str) -> Option<Self> {
        Some(Self {
            field: Some(find_field(text)?),
            text: text.to_owned(),
        })
    }

    /// The part of a case that it names.
    pub(super) fn blocks_in<'a>(&self, case: &'a mut Case) -> &'a mut Vec<Block> {
        match self.field {
            Some(field) => field.blocks_in(case),
            None => {
                let name = self.text.trim_end_matches(MARKS);
                case.extra.entry(name.to_owned()).or_default()
            }
        }
    }
}

/// The four fields that the documentation gives a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Message,
    Description,
    Causes,
    Steps,
}

impl Field {
    /// The part of a case that is the field.
    pub(super) fn blocks_in(self, case: &mut Case) -> &mut Vec<Block> {
        match self {
            Message => &mut case.message,
            Description => &mut case.description,
            Causes => &mut case.causes,
            Steps => &mut case.steps,
        }
    }
}

/// Every spelling of a label that has been seen; English ones are compared without case.
const SPELLINGS: [(Field, Language, &str); 21] = [
    (Message, Zh, "错误信息"),
    (Message, Zh, "错误码信息"),
    (Description, Zh, "错误描述"),
    (Description, Zh, "描述"),
    (Causes, Zh, "可能原因"),
    (Causes, Zh, "可能的原因"),
    (Steps, Zh, "处理步骤"),
    (Message, En, "error message"),
    (Message, En, "message"),
    (Message, En, "error information"),
    (Description, En, "description"),
    (Description, En, "error description"),
    (Description, En, "symptom"),
    (Causes, En, "possible causes"),
    (Causes, En, "possible cause"),
    (Causes, En, "causes"),
    (Causes, En, "cause"),
    (Steps, En, "solution"),
    (Steps, En, "solutions"),
    (Steps, En, "procedure"),
    (Steps, En, "handling procedure"),
];

/// More bytes than a label has, with the blanks and marks around it: most text is longer.
const LONGEST: usize = 48;

/// Marks that may follow a label.
const MARKS: [char; 5] = [':', '：', '.', '。', ' '];

/// How a page sets its labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// In bold, as the site does.
    #[default]
    Bold,
    /// As plain paragraphs.
    Plain,
}

/// The field whose label a text is, in any case and with any punctuation after it.
pub(crate) fn find_field(text: &str) -> Option<Field> {
    find_with_language(text).map(|(field, _)| field)
}

/// The field whose label a text is, and the language of the label.
pub(super) fn find_with_language(text: &str) -> Option<(Field, Language)> {
    if text.len() > LONGEST {
        return None;
    }
    find_exact_field(text.trim().trim_end_matches(MARKS))
}

/// The field that a text names, in any case and with nothing around it.
pub(super) fn find_exact_field(text: &str) -> Option<(Field, Language)> {
    let found = SPELLINGS
        .iter()
        .find(|(.., spelling)| spelling.eq_ignore_ascii_case(text));
    found.map(|&(field, language, _)| (field, language))
}

/// Whether a line is a known label, so that the line breaks around it set it apart: in bold, or
/// in Chinese, which nobody takes for a word of a sentence.
pub(super) fn is_line(line: &[Run]) -> bool {
    let length: usize = line.iter().map(|run| run.text.len()).sum();
    if length > LONGEST {
        return false;
    }
    let text = inline::text_of_runs(line);
    find_field(&text).is_some() && (is_bold(line) || is_unmistakable(&text))
}

/// Splits a paragraph that begins with a known label and goes on with what the field says: the
/// label is bold and a colon follows it, or a blank where the label is Chinese.
pub(super) fn split_label(block: &Block) -> Option<(Field, Block)> {
    if let Some((label, rest)) = inline::split_asterisks(block)
        && label.trim_end().ends_with([':', '：'])
        && let Some(field) = find_field(label)
    {
        return Some((field, rest));
    }
    let Block::Paragraph { runs, .. } = block else {
        return None;
    };
    let (first, rest) = runs.split_first().filter(|(first, _)| first.bold)?;
    // The field is bold too.
    if let Some((label, after)) = first.text.split_once('：')
        && !after.trim().is_empty()
    {
        let text = inline::beginning_with(after.trim_start(), first, rest)?;
        return Some((find_field(label)?, text));
    }
    let field = find_field(&first.text)?;
    let (next, others) = rest.split_first()?;
    let has_colon = first.text.trim_end().ends_with([':', '：']);
    let after = next.text.trim_start();
    let is_apart = first.text.ends_with(' ') || after.len() < next.text.len();
    let text = match after.strip_prefix([':', '：']) {
        Some(after) => after.trim_start(),
        None if has_colon || is_apart && is_unmistakable(&first.text) => after,
        None => return None,
    };
    Some((field, inline::beginning_with(text, next, others)?))
}

/// The label that a block seems to have and is not read as: it begins with one, or is a list or
/// a call-out that begins with one.
pub(super) fn doubtful(block: &Block) -> Option<&'static str> {
    match block {
        Block::Paragraph { text, .. } => {
            let text = text.trim_start_matches('*');
            let begins_with = |spelling: &str| {
                let rest = text.strip_prefix(spelling);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：', '*']))
            };
            let mut spellings = SPELLINGS.iter().map(|(.., spelling)| *spelling);
            spellings.find(|spelling| begins_with(spelling) && is_unmistakable(spelling))
        }
        Block::List { items, .. } => items.iter().find_map(|item| doubtful(item.first()?)),
        Block::Note { blocks, .. } => doubtful(blocks.first()?),
        _ => None,
    }
}

/// Whether a known label can be nothing else: all Chinese ones but `描述`, which is a word too.
fn is_unmistakable(label: &str) -> bool {
    let label = label.trim_end_matches(MARKS).trim();
    !label.is_ascii() && label.chars().count() >= 4
}

/// Whether a block is the label of one of the four fields, or begins with one.
pub(super) fn begins_field(block: &Block, style: Style) -> bool {
    let label = find_label(block, style);
    label.is_some_and(|label| label.field.is_some()) || split_label(block).is_some()
}

fn is_bold(runs: &[Run]) -> bool {
    let is_bold = |run: &Run| run.bold || run.text.trim_matches(MARKS).is_empty();
    !runs.is_empty() && runs.iter().all(is_bold)
}

/// The label that a block is: a paragraph that is bold from end to end, or, where labels are
/// plain, one of the known spellings. A colon or full stop after it does not count.
pub(super) fn find_label(block: &Block, style: Style) -> Option<Label> {
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let is_bold = is_bold(runs);
    let is_blank = text.trim_end_matches(MARKS).is_empty();
    let field = (is_bold || style == Style::Plain)
        .then(|| find_field(text))
        .flatten();
    let is_label = field.is_some() || is_bold && !is_blank;
    is_label.then(|| Label {
        field,
        text: text.clone(),
    })
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
        for (block, style, field) in [
            (bold("错误码信息", "："), Style::Bold, Message),
            (Block::plain("错误信息"), Style::Plain, Message),
            (Block::plain("Handling procedure:"), Style::Plain, Steps),
        ] {
            let label = find_label(&block, style).expect("it is a label");
            assert_eq!(label.field, Some(field));
        }
    }

    #[test]
    fn a_message_that_looks_like_a_label_is_none_where_labels_are_bold() {
        let blocks = [bold("Error Message", ""), Block::plain("Message")];
        assert!(begins_field(&blocks[0], Style::Bold));
        assert_eq!(find_label(&blocks[1], Style::Bold), None);
    }

    #[test]
    fn a_label_with_a_colon_may_stand_before_its_text() {
        for block in [bold("错误信息：", "x: y"), bold("错误信息", "：x: y")] {
            assert_eq!(split_label(&block), Some((Message, Block::plain("x: y"))));
        }
        assert_eq!(
            split_label(&bold("错误信息", " x: y")),
            Some((Message, Block::plain("x: y")))
        );
        assert_eq!(
            split_label(&Block::plain("**错误信息：**x: y")),
            Some((Message, Block::plain("x: y")))
        );
        assert_eq!(split_label(&bold("Description", " of the error")), None);
        assert_eq!(split_label(&bold("错误信息", "的含义")), None);
        assert_eq!(split_label(&bold("pimpl", ": is null")), None);
        assert_eq!(split_label(&bold("错误信息", "：")), None);
    }

    #[test]
    fn an_unknown_label_is_bold_throughout() {
        let mut case = Case::default();
        let label = find_label(&bold("错误示例场景", "："), Style::Bold);
        label.expect("it is a label").blocks_in(&mut case);
        assert_eq!(case.extra.keys().collect::<Vec<_>>(), ["错误示例场景"]);
        assert_eq!(find_label(&bold("pimpl", " is null."), Style::Bold), None);
        assert_eq!(
            find_label(&Block::plain("错误示例场景"), Style::Plain),
            None
        );
    }
}
