//! Changes as Markdown: a section of a changelog, or the text of a pull request.
//!
//! Whatever a page says stands between backticks: it cannot become Markdown or HTML, and nobody is
//! notified because a page has a word with an `@`.

use super::entry::{Entry, What, entries, listed};
use super::tally;
use super::words::{Line, Piece};
use crate::diff::{Change, ChangeId, Diff, Field, Level};
use crate::escape::{markdown_code_span, markdown_fence, visible_line};
use crate::text::counted;

/// How many bytes a list of pages may have that stands before all changes.
const LONGEST_LIST: usize = 500;

/// How the Markdown is to be.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The heading of the section, without its marks.
    pub heading: &'a str,
    /// How many bytes it may have: where it would have more, texts are left out, then changes,
    /// and it says so.
    pub max_length: Option<usize>,
}

/// The changes as a section, the heaviest first.
#[must_use]
pub fn markdown(diff: &Diff, options: &Options<'_>) -> String {
    let head = head(diff, options.heading);
    let bullets = bullets(diff);
    let length = |with_texts: bool| {
        let bullets = bullets.iter();
        head.len()
            + bullets
                .map(|bullet| bullet.text(with_texts).len())
                .sum::<usize>()
    };
    let limit = options.max_length.unwrap_or(usize::MAX);
    let mut text = head.clone();
    if length(true) <= limit {
        text.extend(bullets.iter().map(|bullet| bullet.text(true)));
        return text;
    }
    let remark = "\nThe texts are too long to stand here; `arkerr diff` shows them.\n";
    text.push_str(remark);
    let mut left_out = 0;
    for bullet in &bullets {
        let text_of_it = bullet.text(false);
        // Room is kept for the last line.
        if left_out > 0 || text.len() + text_of_it.len() + 100 > limit {
            left_out += bullet.changes;
        } else {
            text.push_str(&text_of_it);
        }
    }
    if left_out > 0 {
        text.push_str(&format!("\nAnd {}.\n", counted(left_out, "more change")));
    }
    text
}

fn head(diff: &Diff, heading: &str) -> String {
    let step = diff.semver.name();
    let mut head = format!(
        "## {heading}\n\nSemver step: **{step}** ({}).\n",
        tally(diff)
    );
    if !diff.unread.is_empty() {
        head.push_str(&format!(
            "\nNot compared, since they cannot be read: {}.\n",
            unread(&diff.unread)
        ));
    }
    head
}

/// The pages that could not be compared, by their ids, or how many there are.
fn unread(pages: &[String]) -> String {
    let named: Vec<String> = pages.iter().map(|page| span(page)).collect();
    let named = named.join(", ");
    match named.len() > LONGEST_LIST {
        true => counted(pages.len(), "page"),
        false => named,
    }
}

/// A piece of the list: what stands before it, the line, and what differs in the text.
struct Bullet {
    /// A heading or the name of a page.
    above: String,
    line: String,
    texts: String,
    changes: usize,
}

impl Bullet {
    fn text(&self, with_texts: bool) -> String {
        let texts = if with_texts { self.texts.as_str() } else { "" };
        format!("{}{}{texts}", self.above, self.line)
    }
}

fn bullets(diff: &Diff) -> Vec<Bullet> {
    let entries = entries(&diff.changes);
    let mut bullets = Vec::new();
    for level in Level::ALL {
        let mut above = format!("\n### {}\n\n", heading(level));
        let mut page = None;
        for entry in entries.iter().filter(|entry| entry.level == level) {
            if page.replace(entry.page) != Some(entry.page) {
                above.push_str(&format!("- {}\n", span(entry.page)));
            }
            bullets.push(Bullet {
                above: std::mem::take(&mut above),
                line: format!("  - {}\n", line(entry)),
                texts: texts(entry),
                changes: entry.changes.len(),
            });
        }
    }
    bullets
}

fn heading(level: Level) -> &'static str {
    match level {
        Level::Breaking => "Breaking",
        Level::Notable => "Notable",
        Level::Note => "Notes",
    }
}

/// The line of an entry, without its mark.
fn line(entry: &Entry<'_>) -> String {
    let mut line = match &entry.what {
        What::Field {
            field: Field::Extra(label),
            ..
        } if !label.is_empty() => entry.in_language(&span(label)),
        What::Field {
            field: Field::Column(header),
            ..
        } => entry.in_language(&format!("column {}", span(header))),
        _ => entry.heading(),
    };
    match &entry.what {
        What::Devices { added, removed } => {
            let signed = |sign, names: &[&str]| -> Vec<String> {
                names
                    .iter()
                    .map(|name| format!("{sign}{}", span(name)))
                    .collect()
            };
            let mut devices = signed('+', added);
            devices.extend(signed('-', removed));
            line.push_str(&format!(" {}", devices.join(" ")));
        }
        What::Header { old, new } => line.push_str(&format!(", {} → {}", span(old), span(new))),
        What::Field { .. } => {}
        What::Change(_) => line.push_str(&from_to(entry.first())),
    }
    let subjects = subjects(entry);
    if !subjects.is_empty() {
        line.push_str(&format!(": {subjects}"));
    }
    line
}

/// What something was called and is called, for changes that are about that.
fn from_to(change: &Change) -> String {
    let names = match change.id {
        ChangeId::PageRenamed | ChangeId::IdentifierChanged => [&change.old, &change.new],
        ChangeId::CodeMoved => {
            let from = change.old.lines();
            return format!(" from {}", span(from.first().unwrap_or(&"")));
        }
        _ => return String::new(),
    };
    let [old, new] = names.map(|name| span(name.lines().first().unwrap_or(&"")));
    // An old name may be gone, or there, without another in its place.
    match (old.as_str(), new.as_str()) {
        (old, "") => format!(", -{old}"),
        ("", new) => format!(", +{new}"),
        (old, new) => format!(", {old} → {new}"),
    }
}

/// The codes that an entry is about; of a page its title.
fn subjects(entry: &Entry<'_>) -> String {
    let codes = entry.codes();
    let first = entry.first();
    let case = entry.case(span).map(|case| format!(" {case}"));
    let case = case.unwrap_or_default();
    let title = first.title.as_deref().map(span);
    let code = match codes.as_slice() {
        [] => return title.unwrap_or_default(),
        [code] => code,
        codes => return format!("{}{case}", listed(codes, span)),
    };
    let name = first.name.as_deref();
    let name = name.map(|name| format!("({})", span(name)));
    let mut subject = span(code);
    for part in [title, name].into_iter().flatten() {
        subject.push_str(&format!(" {part}"));
    }
    subject.push_str(&case);
    if let Some(message) = &first.message {
        subject.push_str(&format!(", {}", span(message)));
    }
    subject
}

/// What differs in the text of an entry, as a block of code.
fn texts(entry: &Entry<'_>) -> String {
    let rows = rows(entry.lines());
    if rows.is_empty() {
        return String::new();
    }
    let fence = markdown_fence(&rows.concat());
    let mut text = format!("    {fence}diff\n");
    for row in rows {
        text.push_str(&format!("    {row}\n"));
    }
    text.push_str(&format!("    {fence}\n"));
    text
}

fn rows(lines: Vec<Line>) -> Vec<String> {
    let mut rows = Vec::new();
    for line in lines {
        match line {
            Line::Old(text) => rows.push(row('-', &text)),
            Line::New(text) => rows.push(row('+', &text)),
            Line::Changed(pieces) => {
                let side = |leave_out: fn(&Piece) -> bool| -> String {
                    let pieces = pieces.iter().filter(|piece| !leave_out(piece));
                    pieces.map(Piece::text).collect()
                };
                rows.push(row('-', &side(|piece| matches!(piece, Piece::New(_)))));
                rows.push(row('+', &side(|piece| matches!(piece, Piece::Old(_)))));
            }
        }
    }
    rows
}

fn row(sign: char, text: &str) -> String {
    format!("{sign} {}", visible_line(text))
}

/// Text of a page between backticks; nothing where there is no text.
fn span(text: &str) -> String {
    match visible_line(text) {
        line if line.is_empty() => line,
        line => markdown_code_span(&line),
    }
}
