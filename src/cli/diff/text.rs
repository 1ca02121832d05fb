//! Changes as text for people: what differs is marked word by word.

use anstyle::AnsiColor;
use similar::ChangeTag;

use crate::changelog::{ChangeGroup, Piece, What, grouped, tally};
use crate::cli::print::paint;
use crate::diff::{Diff, Level};
use crate::escape::visible;

/// All changes, by pages, and what they come to.
pub(in crate::cli) fn text(diff: &Diff) -> String {
    let groups = grouped(&diff.changes);
    let mut text = String::new();
    let mut page = None;
    for group in &groups {
        if page.replace(group.page) != Some(group.page) {
            text.push_str(&format!("{}\n", visible(group.page)));
        }
        text.push_str(&format!("  {}\n", line(group)));
        for line in group.lines() {
            let line: String = line.iter().map(piece).collect();
            text.push_str(&format!("            {line}\n"));
        }
    }
    if !groups.is_empty() {
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

fn line(group: &ChangeGroup<'_>) -> String {
    let color = match group.level {
        Level::Breaking => AnsiColor::Red,
        Level::Notable => AnsiColor::Yellow,
        Level::Note => AnsiColor::Blue,
    };
    let parts = [
        paint(color, format!("{:8}", group.level.name())),
        group.heading(quoted),
        subjects(group),
        details(group),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("  ")
}

/// The codes that a group is about, with title and name where it is one; of a page its title.
fn subjects(group: &ChangeGroup<'_>) -> String {
    let count = match group.codes().len() {
        0 | 1 => String::new(),
        count => format!("{count} codes: "),
    };
    let case = group.case(quoted).map(|case| format!(", {case}"));
    let subjects = group.subjects(visible);
    format!("{count}{subjects}{}", case.unwrap_or_default())
}

/// What is told in the line itself.
fn details(group: &ChangeGroup<'_>) -> String {
    match &group.what {
        What::Devices { added, removed } => {
            let removed = removed.iter().map(|name| gone(name));
            let devices = removed.chain(added.iter().map(|name| come(name)));
            devices.collect::<Vec<_>>().join(" ")
        }
        What::Renamed(old, new) => {
            let names = [old.map(gone), new.map(come)].into_iter().flatten();
            names.collect::<Vec<_>>().join(" -> ")
        }
        What::From(page) => format!("from {}", visible(page)),
        What::Itself => group
            .first()
            .message
            .as_deref()
            .map_or_else(String::new, visible),
        What::Field(..) => String::new(),
    }
}

fn piece(Piece { tag, text }: &Piece) -> String {
    match tag {
        ChangeTag::Equal => visible(text),
        ChangeTag::Delete => gone(text),
        ChangeTag::Insert => come(text),
    }
}

fn gone(text: &str) -> String {
    paint(AnsiColor::Red, format!("[-{}-]", visible(text)))
}

fn come(text: &str) -> String {
    paint(AnsiColor::Green, format!("{{+{}+}}", visible(text)))
}

fn quoted(text: &str) -> String {
    format!("“{}”", visible(text))
}
