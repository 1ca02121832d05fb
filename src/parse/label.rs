//! Labels: the short paragraphs that name the field below them.

use super::inline;
use crate::catalog::{Block, Case, Language, Run};

/// What a label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Label {
    /// One of the four fields, in the language of its label.
    Known(Field, Language),
    /// Any other paragraph that is bold from end to end.
    Other(String),
}

impl Label {
    /// Whether it names one of the four fields.
    pub(super) fn is_known(&self) -> bool {
        self.field().is_some()
    }

    /// Whether the label, spelt as in `text`, can be nothing else than a label.
    fn is_unmistakable(&self, text: &str) -> bool {
        self.is_known() && is_unmistakable(text.trim_end_matches(MARKS).trim())
    }

    /// Which of the four fields it names.
    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::Known(field, _) => Some(*field),
            Self::Other(_) => None,
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
    /// Where the field stands in a case.
    pub(super) fn of(self, case: &mut Case) -> &mut Vec<Block> {
        match self {
            Self::Message => &mut case.message,
            Self::Description => &mut case.description,
            Self::Causes => &mut case.causes,
            Self::Steps => &mut case.steps,
        }
    }
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

/// More bytes than a label has, with the blanks and marks around it. Most text is no label, and
/// is told so by its length.
const LONGEST: usize = 48;

/// How a page sets its labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// In bold, as the site does.
    #[default]
    Bold,
    /// As plain paragraphs.
    Plain,
}

impl Style {
    /// The style of the page that has these blocks: bold where any known label is.
    pub(super) fn of<'a>(mut blocks: impl Iterator<Item = &'a Block>) -> Self {
        if blocks.any(|block| begins_field(block, Self::Bold)) {
            Self::Bold
        } else {
            Self::Plain
        }
    }
}

/// Whether a text is a known label.
pub(super) fn is_known(text: &str) -> bool {
    find(text).is_some()
}

/// The label that a text spells, in whatever case and with whatever punctuation after it.
pub(crate) fn find(text: &str) -> Option<Label> {
    if text.len() > LONGEST {
        return None;
    }
    let (field, language) = spelt(text.trim_end_matches(MARKS).trim_start())?;
    Some(Label::Known(field, language))
}

/// The field that a text names, in whatever case and with nothing around it.
pub(super) fn spelt(text: &str) -> Option<(Field, Language)> {
    let is_it = |spelling: &str| spelling.eq_ignore_ascii_case(text);
    let (_, field, language) = SPELLINGS.iter().find(|(spelling, ..)| is_it(spelling))?;
    Some((*field, *language))
}

/// The language of the labels among some texts; none where there are none, and the site's own
/// where there are as many of either.
pub(super) fn language_of<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Language> {
    let (mut chinese, mut english) = (0, 0);
    for text in texts.filter(|text| (3..=LONGEST).contains(&text.len())) {
        match find(text.trim()) {
            Some(Label::Known(_, Language::Zh)) => chinese += 1,
            Some(Label::Known(_, Language::En)) => english += 1,
            _ => {}
        }
    }
    (chinese + english > 0).then_some(match chinese >= english {
        true => Language::Zh,
        false => Language::En,
    })
}

/// Whether a line is a known label, so that the line breaks around it set it apart: in bold, or
/// in Chinese, which nobody takes for a word of a sentence.
pub(super) fn is_line(line: &[Run]) -> bool {
    let length: usize = line.iter().map(|run| run.text.len()).sum();
    if line.is_empty() || length > LONGEST {
        return false;
    }
    let text = inline::text_of(line);
    match find(&text) {
        Some(label) => is_bold(line) || label.is_unmistakable(&text),
        None => false,
    }
}

/// Splits a paragraph that begins with a known label and goes on with what the field says: the
/// label is bold and a colon follows it, or a blank where the label is Chinese.
pub(super) fn split(block: &Block) -> Option<(Label, Block)> {
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let plain = Run::default();
    let Some((first, rest)) = runs.split_first() else {
        let (label, after) = split_asterisks(text)?;
        return Some((label, beginning_with(after, &plain, &[])?));
    };
    if let Some((label, after)) = split_asterisks(&first.text) {
        return Some((label, beginning_with(after, &plain, rest)?));
    }
    if !first.bold {
        return None;
    }
    // The field is bold too.
    if let Some((label, after)) = first.text.split_once('：')
        && !after.trim().is_empty()
    {
        return Some((
            find(label)?,
            beginning_with(after.trim_start(), first, rest)?,
        ));
    }
    let label = find(&first.text)?;
    let (next, others) = rest.split_first()?;
    let has_colon = first.text.trim_end().ends_with([':', '：']);
    let after = next.text.trim_start();
    let is_apart = first.text.ends_with(' ') || after.len() < next.text.len();
    let text = match after.strip_prefix([':', '：']) {
        Some(after) => after.trim_start(),
        None if has_colon || is_apart && label.is_unmistakable(&first.text) => after,
        None => return None,
    };
    Some((label, beginning_with(text, next, others)?))
}

/// Splits `**可能原因：**内存不足`. It is meant to be bold, and to Markdown it is not: there bold text
/// cannot end between a mark and a letter.
fn split_asterisks(text: &str) -> Option<(Label, &str)> {
    let (label, after) = text.strip_prefix("**")?.split_once("**")?;
    let label = find(label).filter(|_| label.trim_end().ends_with([':', '：']))?;
    let after = after.trim();
    (!after.is_empty()).then_some((label, after))
}

/// The paragraph that begins with a text in some form and goes on with these runs.
fn beginning_with(text: &str, form: &Run, rest: &[Run]) -> Option<Block> {
    let first = Run {
        text: text.to_owned(),
        ..form.clone()
    };
    let runs = std::iter::once(first).filter(|first| !first.text.is_empty());
    inline::paragraph(runs.chain(rest.iter().cloned()).collect())
}

/// The label that a block seems to have and is not read as: it begins with one, or is a list or
/// a call-out that begins with one.
pub(super) fn doubtful(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } => {
            let text = text.trim_start_matches('*');
            let is_it = |spelling: &&str| {
                let rest = text.strip_prefix(*spelling);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：', '*']))
            };
            let mut spellings = SPELLINGS.iter().map(|(spelling, ..)| *spelling);
            spellings.find(|spelling| is_unmistakable(spelling) && is_it(spelling))
        }
        Block::List { items, .. } => items.iter().find_map(|item| doubtful(item.first()?)),
        Block::Note { blocks, .. } => doubtful(blocks.first()?),
        _ => None,
    }
}

/// Whether a label can be nothing else: all Chinese ones but `描述`, which is a word too.
fn is_unmistakable(spelling: &str) -> bool {
    !spelling.is_ascii() && spelling.chars().count() >= 4
}

/// Whether a block is the label of one of the four fields, or begins with one.
pub(super) fn begins_field(block: &Block, style: Style) -> bool {
    read(block, style).is_some_and(|label| label.is_known()) || split(block).is_some()
}

/// Marks that may follow a label.
const MARKS: [char; 5] = [':', '：', '.', '。', ' '];

fn is_bold(runs: &[Run]) -> bool {
    let is_bold = |run: &Run| run.bold || run.text.trim_matches(MARKS).is_empty();
    !runs.is_empty() && runs.iter().all(is_bold)
}

/// Reads a label: a paragraph that is bold from end to end, or, where labels are plain, one of
/// the known spellings. A colon or full stop after it does not count.
pub(super) fn read(block: &Block, style: Style) -> Option<Label> {
    let Block::Paragraph { text, runs } = block else {
        return None;
    };
    let is_bold = is_bold(runs);
    if !(is_bold || style == Style::Plain && text.len() <= LONGEST) {
        return None;
    }
    let text = text.trim_end_matches(MARKS);
    if text.is_empty() {
        return None;
    }
    let unknown = || is_bold.then(|| Label::Other(text.to_owned()));
    find(text).or_else(unknown)
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
    fn a_label_with_a_colon_may_stand_before_its_text() {
        let message = Label::Known(Field::Message, Language::Zh);
        for block in [bold("错误信息：", "x: y"), bold("错误信息", "：x: y")] {
            assert_eq!(split(&block), Some((message.clone(), Block::plain("x: y"))));
        }
        assert_eq!(
            split(&bold("错误信息", " x: y")),
            Some((message.clone(), Block::plain("x: y")))
        );
        assert_eq!(
            split(&Block::plain("**错误信息：**x: y")),
            Some((message, Block::plain("x: y")))
        );
        assert_eq!(split(&bold("Description", " of the error")), None);
        assert_eq!(split(&bold("错误信息", "的含义")), None);
        assert_eq!(split(&bold("pimpl", ": is null")), None);
        assert_eq!(split(&bold("错误信息", "：")), None);
    }

    #[test]
    fn an_unknown_label_is_bold_throughout() {
        let label = Some(Label::Other("错误示例场景".to_owned()));
        assert_eq!(read(&bold("错误示例场景", "："), Style::Bold), label);
        assert_eq!(read(&bold("pimpl", " is null."), Style::Bold), None);
        assert_eq!(read(&Block::plain("错误示例场景"), Style::Plain), None);
    }
}
