//! The check as text: the diffs, and what brings the files up to date.

use anstyle::AnsiColor;

use super::finding::Kind;
use super::report::Report;
use crate::cli::names;
use crate::cli::print::{counted, paint};
use crate::diagnostic::any_error;
use crate::output::{Difference, Kind as FileKind};
use crate::project::Analysis;

/// The most lines shown of the diff of one file.
const LINES_PER_FILE: usize = 40;

/// The most lines shown of all diffs together.
const LINES_IN_ALL: usize = 400;

/// What came of the check, for people.
pub(super) fn text(analysis: &Analysis, report: &Report, mend: &str) -> String {
    let is_like_outputs = analysis.plan.is_empty() && analysis.names.difference.is_none();
    let mut text = match is_like_outputs {
        true => report_sync(analysis),
        false => report_drift(analysis, mend),
    };
    // The findings themselves are diagnostics, and have been printed.
    if let Some(uncompared) = report.uncompared() {
        text.push_str(&report_upstream(report.count(Kind::Upstream), uncompared));
    }
    text
}

/// A line about the site: how many pages have changed, where any was compared, and how many were
/// not compared.
fn report_upstream(changed: Option<usize>, uncompared: usize) -> String {
    let Some(changed) = changed else {
        return "upstream: no page could be compared with the site\n".to_owned();
    };
    let changed = match changed {
        0 => "no page has".to_owned(),
        1 => "1 page has".to_owned(),
        count => format!("{count} pages have"),
    };
    let uncompared = match uncompared {
        0 => String::new(),
        count => format!("; {count} could not be compared"),
    };
    format!("upstream: {changed} changed on the site{uncompared}\n")
}

fn report_sync(analysis: &Analysis) -> String {
    let beside = match any_error(&analysis.diagnostics) {
        true => ", but for the pages that cannot be read",
        false => "",
    };
    format!(
        "in sync{beside}: {}, {} on {}\n",
        counted(analysis.plan.unchanged, "file"),
        counted(analysis.catalog.code_count(), "code"),
        counted(analysis.catalog.pages.len(), "page"),
    )
}

fn report_drift(analysis: &Analysis, mend: &str) -> String {
    let plan = &analysis.plan;
    let mut text = names::renamed(&analysis.names);
    let mut lines_left = LINES_IN_ALL;
    let names = analysis.names.difference.iter();
    let names = names.map(|names| (names.path.clone(), names));
    let files = plan.files.iter();
    let files = files.map(|difference| (plan.shown(difference), difference));
    for (shown, difference) in names.chain(files) {
        text.push_str(&format!("{} {shown}\n", found(difference)));
        let diff = difference.unified_diff(&shown);
        text.push_str(&bounded(&diff, &mut lines_left));
    }
    text.push_str(&names::tally(&analysis.names));
    let [missing, changed, orphaned] = plan.counts();
    text.push_str(&format!(
        "drift: {} missing, {changed} changed, {orphaned} left over; {} up to date\n\
         to bring them up to date, run: {mend}\n",
        counted(missing, "file"),
        plan.unchanged,
    ));
    text
}

fn found(difference: &Difference) -> String {
    match difference.kind {
        FileKind::Missing { .. } => paint(AnsiColor::Green, "missing"),
        FileKind::Changed { .. } => paint(AnsiColor::Yellow, "changed"),
        FileKind::Orphaned { .. } => paint(AnsiColor::Red, "left over"),
    }
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
    let line = crate::text::visible(line);
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
            assert_eq!(report_upstream(changed, uncompared), expected);
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
