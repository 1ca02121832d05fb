//! Changes as text for people: what differs is marked word by word.

use anstyle::AnsiColor;

use crate::changelog::{Entry, Line, Piece, What, entries, listed, tally};
use crate::cli::print::paint;
use crate::diff::{ChangeId, Diff, Level, Value};
use crate::escape::visible;

/// All changes, by pages, and what they come to.
pub(super) fn text(diff: &Diff) -> String {
    let entries = entries(&diff.changes);
    let mut text = String::new();
    let mut page = None;
    for entry in &entries {
        if page.replace(entry.page) != Some(entry.page) {
            text.push_str(&format!("{}\n", visible(entry.page)));
        }
        text.push_str(&format!("  {}\n", line(entry)));
        text.push_str(&texts(entry));
    }
    if !entries.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!(
        "{}; semver: {}\n",
        tally(diff),
        diff.semver.name()
    ));
    if !diff.unread.is_empty() {
        let unread = visible(&diff.unread.join(", "));
        text.push_str(&format!(
            "not compared, since they cannot be read: {unread}\n"
        ));
    }
    text
}

fn line(entry: &Entry<'_>) -> String {
    let mut line = format!("{}  {}", level(entry.level), visible(&entry.heading()));
    let details = details(entry);
    for part in [subjects(entry), details] {
        if !part.is_empty() {
            line.push_str(&format!("  {part}"));
        }
    }
    line
}

fn level(level: Level) -> String {
    let color = match level {
        Level::Breaking => AnsiColor::Red,
        Level::Notable => AnsiColor::Yellow,
        Level::Note => AnsiColor::Blue,
    };
    paint(color, format!("{:8}", level.name()))
}

/// The codes that an entry is about, with title and name where it is one; of a page its title.
fn subjects(entry: &Entry<'_>) -> String {
    let codes = entry.codes();
    match codes.as_slice() {
        [] => {
            let title = entry.first().title.as_deref();
            title.map(visible).unwrap_or_default()
        }
        [code] => subject(code, entry),
        codes => {
            let (count, case) = (codes.len(), case(entry));
            let codes = listed(codes, str::to_owned);
            visible(&format!("{count} codes: {codes}{case}"))
        }
    }
}

fn subject(code: &str, entry: &Entry<'_>) -> String {
    let change = entry.first();
    let mut subject = code.to_owned();
    if let Some(title) = &change.title {
        subject.push_str(&format!(" {title}"));
    }
    if let Some(name) = &change.name {
        subject.push_str(&format!(" ({name})"));
    }
    subject.push_str(&case(entry));
    visible(&subject)
}

fn case(entry: &Entry<'_>) -> String {
    let case = entry.case(|title| format!("“{title}”"));
    case.map_or(String::new(), |case| format!(", {case}"))
}

/// What is told in the line itself.
fn details(entry: &Entry<'_>) -> String {
    // An old name may be gone, or there, without another in its place.
    let old_and_new = |old: &str, new: &str| match (old, new) {
        (old, "") => gone(old),
        ("", new) => come(new),
        (old, new) => format!("{} -> {}", gone(old), come(new)),
    };
    match &entry.what {
        What::Devices { added, removed } => {
            let removed = removed.iter().map(|name| gone(name));
            let devices: Vec<String> = removed.chain(added.iter().map(|name| come(name))).collect();
            devices.join(" ")
        }
        What::Header { old, new } => old_and_new(old, new),
        What::Field { .. } => String::new(),
        What::Change(_) => {
            let change = entry.first();
            let first = |value: &Value| value.lines().first().copied().unwrap_or("").to_owned();
            match change.id {
                ChangeId::CodeAdded | ChangeId::CodeReturned => {
                    change.message.as_deref().map(visible).unwrap_or_default()
                }
                ChangeId::PageRenamed | ChangeId::IdentifierChanged => {
                    old_and_new(&first(&change.old), &first(&change.new))
                }
                ChangeId::CodeMoved => format!("from {}", visible(&first(&change.old))),
                _ => String::new(),
            }
        }
    }
}

/// What differs in the text of an entry, a line for each line of it.
fn texts(entry: &Entry<'_>) -> String {
    let lines = entry.lines().into_iter();
    let lines = lines.map(|line| match line {
        Line::Old(text) => gone(&text),
        Line::New(text) => come(&text),
        Line::Changed(pieces) => pieces.iter().map(piece).collect(),
    });
    lines.map(|line| format!("            {line}\n")).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Same(text) => visible(text),
        Piece::Old(text) => gone(text),
        Piece::New(text) => come(text),
    }
}

fn gone(text: &str) -> String {
    paint(AnsiColor::Red, format!("[-{}-]", visible(text)))
}

fn come(text: &str) -> String {
    paint(AnsiColor::Green, format!("{{+{}+}}", visible(text)))
}
