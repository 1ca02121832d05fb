//! `arkerr fetch`: brings the snapshots up to date with the documentation site.

mod address;
mod discover;
mod progress;
mod save;

use clap::{Args, ValueEnum};

use super::language::SiteLanguage;
use super::{Context, Outcome};
use crate::catalog::Language;
use crate::diagnostic::Diagnostic;
use crate::escape::visible;
use crate::fetch::{self, Fetched, Request};
use crate::problem::Report as Error;
use crate::project::{Project, Saved};
use save::Saving;

/// What is said below the options.
pub(super) const HELP: &str = "\
Exit status: 0 all pages were fetched, 2 some were not, or an error, or with --strict a warning: then
the page is not saved; the other pages are";

#[derive(Debug, Default, Args)]
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

    /// List only pages below this kit, or another part of the site: those with this in a name
    /// above them
    #[arg(long, requires = "discover", value_name = "NAME")]
    kit: Option<String>,

    /// Fetch the pages that are listed
    #[arg(long, requires = "discover")]
    save: bool,

    /// How to print the list
    #[arg(long, value_enum, requires = "discover", default_value = "text")]
    format: Format,

    /// Pages, by the last part of their address or all of it; those of all snapshots where none is given
    #[arg(value_name = "ID")]
    pages: Vec<String>,

    /// Whether another command goes on with the snapshots.
    #[arg(skip)]
    is_first_step: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

impl Arguments {
    fn language(&self) -> Option<Language> {
        self.language.map(Language::from)
    }

    /// What to ask the site for. The language of an address is that of its page, unless another one
    /// is chosen.
    fn requests(&self, project: &Project, saved: &[Saved]) -> Vec<Request> {
        if self.pages.is_empty() {
            return project.requests(&[], self.language(), saved);
        }
        let mut requests: Vec<Request> = Vec::new();
        for page in &self.pages {
            let (id, language) = match address::page_at(page) {
                Some((id, language)) => (id, Some(language)),
                None => (page.clone(), None),
            };
            let language = self.language().or(language);
            for request in project.requests(&[id], language, saved) {
                if !requests.contains(&request) {
                    requests.push(request);
                }
            }
        }
        requests
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
    let requests = arguments.requests(&project, &saved);
    let fetched = fetch_pages(&project, &requests, context)?;
    let saving = Saving {
        project: &project,
        is_dry: arguments.dry_run,
        is_list: false,
        is_first_step: arguments.is_first_step,
    };
    saving.run(&fetched, context)
}

/// Brings all snapshots up to date with the site.
pub(super) fn refresh_all(context: &Context) -> Result<Outcome, Vec<Diagnostic>> {
    let arguments = Arguments {
        is_first_step: true,
        ..Arguments::default()
    };
    run(&arguments, context)
}

/// Fetches pages, and shows how far it has come.
fn fetch_pages(
    project: &Project,
    requests: &[Request],
    context: &Context,
) -> Result<Vec<Fetched>, Error> {
    with_progress(requests.len(), context, |done| {
        fetch::pages(project.fetch_settings(), requests, done)
    })
}

/// Does something that fetches so many pages, and shows how far it has come.
pub(super) fn with_progress<T>(
    pages: usize,
    context: &Context,
    work: impl FnOnce(&(dyn Fn(&Fetched) + Sync)) -> T,
) -> T {
    let bar = progress::bar(pages, context.quiet);
    let done = work(&|fetched| {
        bar.set_message(visible(&fetched.id));
        bar.inc(1);
    });
    bar.finish_and_clear();
    done
}
