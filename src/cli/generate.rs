//! `arkerr generate`: carries the plan out.

use anstyle::AnsiColor;

use super::print::{self, counted, paint};
use super::{Context, Outcome};
use crate::diagnostic::Diagnostic;
use crate::plan::{Difference, Kind};
use crate::project::{Analysis, Project};

pub(super) fn run(context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let analysis = Project::open("")?.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    analysis.plan.carry_out().map_err(|error| vec![error])?;
    if !context.quiet {
        print::result(&report(&analysis))?;
        print::account(&analysis.account);
    }
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// A line for each file that changed, and a tally.
fn report(analysis: &Analysis) -> String {
    let plan = &analysis.plan;
    let mut text = String::new();
    for difference in &plan.differences {
        text.push_str(&format!(
            "{} {}\n",
            done(difference),
            plan.shown(difference)
        ));
    }
    let count = |is_kind: fn(&Kind) -> bool| plan.count(is_kind);
    text.push_str(&format!(
        "{} on {}: {} created, {} updated, {} deleted, {} unchanged\n",
        counted(analysis.catalog.code_count(), "code"),
        counted(analysis.catalog.pages.len(), "page"),
        counted(count(|kind| matches!(kind, Kind::Missing { .. })), "file"),
        count(|kind| matches!(kind, Kind::Changed { .. })),
        count(|kind| matches!(kind, Kind::LeftOver { .. })),
        plan.unchanged,
    ));
    text
}

fn done(difference: &Difference) -> String {
    match difference.kind {
        Kind::Missing { .. } => paint(AnsiColor::Green, "created"),
        Kind::Changed { .. } => paint(AnsiColor::Yellow, "updated"),
        Kind::LeftOver { .. } => paint(AnsiColor::Red, "deleted"),
    }
}
