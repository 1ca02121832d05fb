//! `arkerr update`: all that there is to do when the documentation has changed.

use clap::Args;

use super::{Context, Outcome, changelog, fetch, generate};
use crate::problem::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    changelog: changelog::Changelog,
}

/// Fetches all pages, reports what has changed, and brings the outputs up to date. One failed fetch
/// does not stop the rest.
pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let fetched = fetch::refresh_all(context)?;
    context.report("\n")?;
    let arguments = generate::Arguments {
        locked: false,
        changes: true,
        changelog: arguments.changelog.clone(),
    };
    let generated = generate::run(&arguments, context)?;
    if fetched == Outcome::Done {
        return Ok(generated);
    }
    // A page with warnings is no failure, or, with --strict, not saved either. What stands above
    // about changes is silent about pages that were not saved.
    context.status("some pages were not saved, see above; they are as they were");
    Ok(fetched)
}
