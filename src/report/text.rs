//! The results of a check for people: the diffs, and what brings the files up to date.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::results::{Category, Results};
use crate::escape::visible;
use crate::output::{Difference, Kind};
use crate::project::Analysis;
use crate::text::counted;

/// The most lines shown of the diff of one file.
const LINES_PER_FILE: usize = 40;

/// The most lines shown of all diffs together.
const LINES_IN_ALL: usize = 400;

/// The differences; the problems themselves are shown elsewhere. `uncompared` is how many pages
/// could not be compared with the site, if it was looked at; `command` brings the files up to date.
pub(crate) fn write(
    analysis: &Analysis,
    results: &Results,
    uncompared: Option<usize>,
    command: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    if analysis.outputs.is_empty() && analysis.names.difference.is_none() {
        write_in_sync(analysis, out)?;
    } else {
        write_diffs(analysis, command, out)?;
    }
    match uncompared {
        Some(uncompared) => write!(
            out,
            "{}",
            upstream(results.count(Category::Upstream), uncompared)
        ),
        None => Ok(()),
    }
}

fn write_in_sync(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let files = counted(analysis.outputs.unchanged, "file");
    let codes = counted(analysis.catalog.code_count(), "code");
    let pages = counted(analysis.catalog.pages.len(), "page");
    writeln!(out, "in sync: {files}, {codes} on {pages}")
}

fn write_diffs(analysis: &Analysis, command: &str, out: &mut dyn Write) -> io::Result<()> {
    let (outputs, names) = (&analysis.outputs, &analysis.names);
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

/// A line about the site: how many pages have changed, where any was compared, and how many were
/// not compared.
fn upstream(changed: Option<usize>, uncompared: usize) -> String {
    let changed = match changed {
        None => return "upstream: no page could be compared with the site\n".to_owned(),
        Some(0) => "no page has".to_owned(),
        Some(1) => "1 page has".to_owned(),
        Some(count) => format!("{count} pages have"),
    };
    let uncompared = match uncompared {
        0 => String::new(),
        count => format!("; {count} could not be compared"),
    };
    format!("upstream: {changed} changed on the site{uncompared}\n")
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

    #[test]
    fn pages_that_were_not_compared_are_not_said_to_be_unchanged() {
        for (changed, uncompared, expected) in [
            (None, 3, "no page could be compared with the site"),
            (Some(0), 0, "no page has changed on the site"),
            (Some(1), 0, "1 page has changed on the site"),
            (
                Some(3),
                2,
                "3 pages have changed on the site; 2 could not be compared",
            ),
        ] {
            let expected = format!("upstream: {expected}\n");
            assert_eq!(upstream(changed, uncompared), expected);
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
