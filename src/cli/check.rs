//! `arkerr check`: shows the plan and touches nothing.

use anstyle::AnsiColor;

use super::names;
use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::diagnostic::{Diagnostic, any_error};
use crate::plan::{Difference, Kind};
use crate::project::{Analysis, Project};

/// The most lines shown of the diff of one file.
const LINES_PER_FILE: usize = 40;

/// The most lines shown of all diffs together.
const LINES_IN_ALL: usize = 400;

pub(super) fn run(context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let analysis = Project::open("")?.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    let in_sync = analysis.plan.differences.is_empty() && analysis.names.difference.is_none();
    if !context.quiet {
        print::result(&if in_sync {
            report_sync(&analysis)
        } else {
            report_drift(&analysis, &context.mend)
        })?;
    }
    // What could not be read weighs more than what has drifted.
    Ok(match context.outcome_of(&analysis.diagnostics) {
        Outcome::InSync if !in_sync => Outcome::Drift,
        outcome => outcome,
    })
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
    let files = plan.differences.iter();
    let files = files.map(|difference| (plan.shown(difference), difference));
    for (shown, difference) in names.chain(files) {
        text.push_str(&format!("{} {shown}\n", found(difference)));
        let diff = difference.unified_diff(&shown);
        text.push_str(&bounded(&diff, &mut lines_left));
    }
    text.push_str(&names::tally(&analysis.names));
    let count = |is_kind: fn(&Kind) -> bool| plan.count(is_kind);
    text.push_str(&format!(
        "drift: {} missing, {} changed, {} left over; {} up to date\n\
         to bring them up to date, run: {mend}\n",
        counted(count(|kind| matches!(kind, Kind::Missing { .. })), "file"),
        count(|kind| matches!(kind, Kind::Changed { .. })),
        count(|kind| matches!(kind, Kind::LeftOver { .. })),
        plan.unchanged,
    ));
    text
}

fn found(difference: &Difference) -> String {
    match difference.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, "missing"),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, "changed"),
        Kind::LeftOver { .. } => paint(AnsiColor::Red, "left over"),
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
