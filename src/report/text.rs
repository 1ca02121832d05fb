//! The results of a check for people: the diffs, and what brings the files up to date.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::escape::visible;
use crate::output::{Difference, Kind};
use crate::project::{Analysis, Upstream};
use crate::text::counted;

/// The most lines shown of the diff of one file.
const LINES_PER_FILE: usize = 40;

/// The most lines shown of all diffs together.
const LINES_IN_ALL: usize = 400;

/// Writes the differences, which `command` brings up to date; the problems themselves are shown elsewhere.
pub(crate) fn write(analysis: &Analysis, command: &str, out: &mut dyn Write) -> io::Result<()> {
    let (outputs, names) = (&analysis.outputs, &analysis.names);
    if outputs.is_empty() && names.difference.is_none() {
        let files = counted(outputs.unchanged, "file");
        return writeln!(out, "in sync: {files}, {}", codes_on_pages(analysis));
    }
    write!(out, "{}", names.renamed)?;
    let mut lines_left = LINES_IN_ALL;
    for (shown, file) in analysis.differences() {
        let status = kind(file, ["missing", "changed", "left over"]);
        let diff = bounded(&file.unified_diff(&shown), &mut lines_left);
        write!(out, "{status} {shown}\n{diff}")?;
    }
    let [missing, changed, orphaned] = outputs.counts();
    let (missing, unchanged) = (counted(missing, "file"), outputs.unchanged);
    let tally = names.tally();
    writeln!(
        out,
        "{tally}drift: {missing} missing, {changed} changed, {orphaned} left over; {unchanged} up to date\n\
         to bring them up to date, run: {command}",
    )
}

/// How many codes there are, and on how many pages.
pub(crate) fn codes_on_pages(analysis: &Analysis) -> String {
    let codes = counted(analysis.catalog.code_count(), "code");
    let pages = counted(analysis.catalog.pages.len(), "page");
    format!("{codes} on {pages}")
}

/// Writes a line about the site: how many pages have changed, where any was compared, and how many
/// were not compared.
pub(crate) fn write_upstream(site: &Upstream, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "upstream: {}", upstream(site))
}

fn upstream(site: &Upstream) -> String {
    if site.compared.is_empty() {
        return "no page could be compared with the site".to_owned();
    }
    let changed = match site.changed.len() {
        0 => "no page has".to_owned(),
        1 => "1 page has".to_owned(),
        count => format!("{count} pages have"),
    };
    let uncompared = match site.uncompared {
        0 => String::new(),
        count => format!("; {count} could not be compared"),
    };
    format!("{changed} changed on the site{uncompared}")
}

/// One of three words for a file that is missing, changed or orphaned.
pub(crate) fn kind(file: &Difference, words: [&str; 3]) -> String {
    match file.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, words[0]),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, words[1]),
        Kind::Orphaned { .. } => paint(AnsiColor::Red, words[2]),
    }
}

/// A text in a colour.
pub(crate) fn paint(color: AnsiColor, text: impl Display) -> String {
    let style = Style::new().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
}

/// As much of a diff as may be shown, and how much was cut.
fn bounded(diff: &str, lines_left: &mut usize) -> String {
    let total = diff.lines().count();
    let shown = total.min(LINES_PER_FILE).min(*lines_left);
    *lines_left -= shown;
    let mut text = String::new();
    for line in diff.lines().take(shown) {
        text.push_str(&painted(line));
        text.push('\n');
    }
    if shown < total {
        text.push_str(&format!("… {} cut\n", counted(total - shown, "line")));
    }
    text.push('\n');
    text
}

fn painted(line: &str) -> String {
    let line = visible(line);
    match line.as_bytes().first() {
        Some(b'+') => paint(AnsiColor::Green, line),
        Some(b'-') => paint(AnsiColor::Red, line),
        Some(b'@') => paint(AnsiColor::Cyan, line),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{DriftProblem, Locate as _};

    #[test]
    fn pages_that_were_not_compared_are_not_said_to_be_unchanged() {
        for (compared, changed, uncompared, expected) in [
            (0, 0, 3, "no page could be compared with the site"),
            (1, 0, 0, "no page has changed on the site"),
            (2, 1, 0, "1 page has changed on the site"),
            (
                3,
                3,
                2,
                "3 pages have changed on the site; 2 could not be compared",
            ),
        ] {
            let site = Upstream {
                compared: vec!["a.html".to_owned(); compared],
                changed: vec![DriftProblem::OutputMissing.nowhere(); changed],
                uncompared,
                ..Upstream::default()
            };
            assert_eq!(upstream(&site), expected);
        }
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let diff = " line\n".repeat(50);
        let mut lines_left = 45;
        let text = bounded(&diff, &mut lines_left);
        assert_eq!(text.lines().count(), 42, "{text}");
        assert!(text.ends_with("… 10 lines cut\n\n"), "{text}");
        assert!(bounded(&diff, &mut lines_left).ends_with("… 45 lines cut\n\n"));
        assert_eq!(lines_left, 0);
    }
}
