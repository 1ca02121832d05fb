//! The results of a check for people: the diffs, and what brings the files up to date.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::results::{Category, Results};
use crate::escape::visible;
use crate::output::{Difference, Differences, Kind};
use crate::text::counted;

/// The most lines shown of the diff of one file.
const LINES_PER_FILE: usize = 40;

/// The most lines shown of all diffs together.
const LINES_IN_ALL: usize = 400;

/// How a project's files differ from what its snapshots give.
#[derive(Debug)]
pub(crate) struct Drift<'a> {
    pub(crate) outputs: &'a Differences,
    /// The change of `names.toml`.
    pub(crate) names: Option<&'a Difference>,
    /// Lines about names that a person has changed.
    pub(crate) renamed: String,
    /// Lines about what becomes of names.
    pub(crate) tally: String,
    pub(crate) codes: usize,
    pub(crate) pages: usize,
    /// How many pages could not be compared with the site; none if it was not looked at.
    pub(crate) uncompared: Option<usize>,
    /// The command that brings the files up to date.
    pub(crate) command: &'a str,
}

/// Writes the differences; the problems themselves are shown elsewhere.
pub(crate) fn write(drift: &Drift<'_>, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    if drift.outputs.is_empty() && drift.names.is_none() {
        let files = counted(drift.outputs.unchanged, "file");
        let (codes, pages) = (counted(drift.codes, "code"), counted(drift.pages, "page"));
        writeln!(out, "in sync: {files}, {codes} on {pages}")?;
    } else {
        write_drift(drift, out)?;
    }
    let Some(uncompared) = drift.uncompared else {
        return Ok(());
    };
    let changed = results.count(Category::Upstream);
    out.write_all(upstream(changed, uncompared).as_bytes())
}

fn write_drift(drift: &Drift<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outputs = drift.outputs;
    out.write_all(drift.renamed.as_bytes())?;
    let mut lines_left = LINES_IN_ALL;
    let names = drift.names.map(|names| (names.path.clone(), names));
    let files = outputs
        .files
        .iter()
        .map(|file| (outputs.shown_path(file), file));
    for (shown, file) in names.into_iter().chain(files) {
        writeln!(out, "{} {shown}", kind(file))?;
        let diff = bounded(&file.unified_diff(&shown), &mut lines_left);
        out.write_all(diff.as_bytes())?;
    }
    let [missing, changed, orphaned] = outputs.counts();
    let (missing, unchanged) = (counted(missing, "file"), outputs.unchanged);
    write!(
        out,
        "{}drift: {missing} missing, {changed} changed, {orphaned} left over; {unchanged} up to date\n\
         to bring them up to date, run: {}\n",
        drift.tally, drift.command,
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

fn kind(file: &Difference) -> String {
    match file.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, "missing"),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, "changed"),
        Kind::Orphaned { .. } => paint(AnsiColor::Red, "left over"),
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
