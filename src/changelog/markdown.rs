//! Changes as Markdown: a section of a changelog, or the text of a pull request.
//!
//! Whatever a page says stands between backticks: it cannot become Markdown or HTML, and nobody is
//! notified because a page has a word with an `@`.

use similar::ChangeTag;

use super::group::{ChangeGroup, What, grouped};
use super::tally;
use super::words::Line;
use crate::diff::{Diff, Level};
use crate::escape::{markdown_code_span, markdown_fence, visible_line};
use crate::text::counted;

/// How many bytes a list of pages may have that stands before all changes.
const LONGEST_LIST: usize = 500;

/// The changes as a section, the heaviest first. Where it would have more than `max_length` bytes,
/// texts are left out, then changes, and it says so.
pub fn markdown(diff: &Diff, heading: &str, max_length: Option<usize>) -> String {
    let head = head(diff, heading);
    let bullets = bullets(diff);
    let mut text = head.clone();
    for bullet in &bullets {
        text.extend([bullet.line.as_str(), &bullet.texts]);
    }
    let Some(limit) = max_length.filter(|limit| text.len() > *limit) else {
        return text;
    };
    text = head + "\nThe texts are too long to stand here; `arkerr diff` shows them.\n";
    let mut left_out = 0;
    for bullet in &bullets {
        // Room is kept for the last line.
        if left_out > 0 || text.len() + bullet.line.len() + 100 > limit {
            left_out += bullet.changes;
        } else {
            text.push_str(&bullet.line);
        }
    }
    if left_out > 0 {
        text.push_str(&format!("\nAnd {}.\n", counted(left_out, "more change")));
    }
    text
}

fn head(diff: &Diff, heading: &str) -> String {
    let step = diff.semver;
    let tally = tally(diff);
    let mut head = format!("## {heading}\n\nSemver step: **{step}** ({tally}).\n");
    if !diff.unread.is_empty() {
        let spans = diff.unread.iter().map(|page| span(page));
        let mut pages = spans.collect::<Vec<_>>().join(", ");
        if pages.len() > LONGEST_LIST {
            pages = counted(diff.unread.len(), "page");
        }
        head.push_str(&format!(
            "\nNot compared, since they cannot be read: {pages}.\n"
        ));
    }
    head
}

/// A piece of the list.
struct Bullet {
    /// The line, below the heading and the page where it is the first of them.
    line: String,
    /// What differs in the text.
    texts: String,
    /// How many changes it tells of.
    changes: usize,
}

fn bullets(diff: &Diff) -> Vec<Bullet> {
    let groups = grouped(&diff.changes);
    let mut bullets = Vec::new();
    for (level, heading) in Level::ALL.into_iter().zip(["Breaking", "Notable", "Notes"]) {
        let mut above = format!("\n### {heading}\n\n");
        let mut page = None;
        for group in groups.iter().filter(|group| group.level == level) {
            if page.replace(group.page) != Some(group.page) {
                above.push_str(&format!("- {}\n", span(group.page)));
            }
            bullets.push(Bullet {
                line: format!("{}  - {}\n", std::mem::take(&mut above), line(group)),
                texts: texts(group),
                changes: group.changes.len(),
            });
        }
    }
    bullets
}

/// The line of a group, without its mark.
fn line(group: &ChangeGroup<'_>) -> String {
    let details = match &group.what {
        What::Devices { added, removed } => {
            let added = added.iter().map(|name| format!(" +{}", span(name)));
            let removed = removed.iter().map(|name| format!(" -{}", span(name)));
            added.chain(removed).collect()
        }
        What::Renamed(Some(old), Some(new)) => format!(", {} → {}", span(old), span(new)),
        What::Renamed(Some(old), None) => format!(", -{}", span(old)),
        What::Renamed(None, new) => format!(", +{}", span(new.unwrap_or_default())),
        What::From(page) => format!(" from {}", span(page)),
        What::Field(..) | What::Itself => String::new(),
    };
    let case = group.case(span).map(|case| format!(" {case}"));
    let message = &group.first().message;
    let said = message.iter().map(|message| format!(", {}", span(message)));
    let mut line = format!("{}{details}", group.heading(span));
    let subjects = group.subjects(span);
    if !subjects.is_empty() {
        line.push_str(&format!(": {subjects}"));
        line.extend(case.into_iter().chain(said));
    }
    line
}

/// What differs in the text of a group, as a block of code.
fn texts(group: &ChangeGroup<'_>) -> String {
    let rows: Vec<String> = group.lines().iter().flat_map(rows).collect();
    if rows.is_empty() {
        return String::new();
    }
    let fence = markdown_fence(&rows.concat());
    let code: String = rows.iter().map(|row| format!("    {row}\n")).collect();
    format!("    {fence}diff\n{code}    {fence}\n")
}

/// A line as the old side has it and as the new one has it, each where it has it.
fn rows(line: &Line) -> Vec<String> {
    let row = |(sign, other): (char, ChangeTag)| {
        let pieces = line.iter().filter(|(tag, _)| *tag != other);
        let texts: Vec<&str> = pieces.map(|(_, text)| text.as_str()).collect();
        (!texts.is_empty()).then(|| format!("{sign} {}", visible_line(&texts.concat())))
    };
    let sides = [('-', ChangeTag::Insert), ('+', ChangeTag::Delete)];
    sides.into_iter().filter_map(row).collect()
}

/// Text of a page between backticks; nothing where there is no text.
fn span(text: &str) -> String {
    match visible_line(text) {
        line if line.is_empty() => line,
        line => markdown_code_span(&line),
    }
}
