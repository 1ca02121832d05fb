//! `arkerr fetch`: brings the snapshots up to date with the documentation site.

mod discover;
mod progress;
mod save;

use clap::{Args, ValueEnum};

use super::{Context, Outcome};
use crate::catalog::Language;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::fetch::{self, Fetched, Request};
use crate::project::Project;
use crate::text::visible;
use save::Saving;

/// What is said below the options.
pub(super) const HELP: &str = "\
Exit status: 0 all pages were fetched, 2 some were not, or an error";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The language to ask for; by default that of the snapshot, or the one in `arkerr.toml`
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<SiteLanguage>,

    /// Fetch, and tell what would change; write nothing
    #[arg(long)]
    dry_run: bool,

    /// List the pages with error codes that the site has
    #[arg(long, conflicts_with = "pages")]
    discover: bool,

    /// List only pages below this kit, or another part of the site
    #[arg(long, requires = "discover", value_name = "NAME")]
    kit: Option<String>,

    /// Fetch the pages that are listed
    #[arg(long, requires = "discover")]
    save: bool,

    /// How to print the list
    #[arg(long, value_enum, requires = "discover", default_value = "text")]
    format: Format,

    /// Pages, by the last part of their address; those of all snapshots where none is given
    #[arg(value_name = "ID")]
    pages: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SiteLanguage {
    Cn,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    fn language(&self) -> Option<Language> {
        self.language.map(|language| match language {
            SiteLanguage::Cn => Language::Zh,
            SiteLanguage::En => Language::En,
        })
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let project = Project::open("")?;
    let saved = project.saved()?;
    if arguments.discover {
        return discover::run(arguments, context, &project, &saved);
    }
    if saved.is_empty() && arguments.pages.is_empty() {
        let refusal = Diagnostic::error("no-snapshots", "there are no snapshots to fetch again");
        return Err(vec![refusal.help(
            "name a page, as in `arkerr fetch core-vision-error-code`; \
             `arkerr fetch --discover` lists the pages that there are",
        )]);
    }
    let requests = project.requests(&arguments.pages, arguments.language(), &saved);
    let fetched = fetch_pages(&project, &requests, context)?;
    let saving = Saving {
        project: &project,
        saved: &saved,
        is_dry: arguments.dry_run,
        is_list: false,
    };
    saving.run(&fetched, context)
}

/// Fetches pages, and shows how far it has come.
fn fetch_pages(
    project: &Project,
    requests: &[Request],
    context: &Context,
) -> Result<Vec<Fetched>, Error> {
    let bar = progress::bar(requests.len(), context.quiet);
    let fetched = fetch::pages(project.fetch_settings(), requests, &|fetched| {
        bar.set_message(visible(&fetched.id));
        bar.inc(1);
    });
    bar.finish_and_clear();
    fetched
}
