//! `arkerr fetch`: brings the snapshots up to date with the documentation site.

mod discover;
mod save;

use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, ValueEnum};

use super::{Context, Outcome, language, print};
use crate::catalog::Language;
use crate::config::site_language_named;
use crate::fetch::Fetched;
use crate::problem::Report;
use crate::project::Project;
use crate::snapshot::page_address;

/// The host of the documentation site.
const HOST: &str = "developer.huawei.com";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The language to ask for; by default that of the snapshot, or the one in `arkerr.toml`
    #[arg(long, value_name = "LANGUAGE", value_parser = language(["cn", "en"]))]
    language: Option<Language>,

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    /// The pages that are named. The language of an address is that of its page.
    fn named_pages(&self) -> impl Iterator<Item = (String, Option<Language>)> {
        self.pages.iter().map(|page| match page_at(page) {
            Some((id, language)) => (id, Some(language)),
            None => (page.clone(), None),
        })
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let project = Project::open("")?;
    let saved = project.saved()?;
    if arguments.discover {
        return discover::run(arguments, context, &project, &saved);
    }
    let pages = arguments.named_pages().collect();
    let requests = project.requests(pages, arguments.language, &saved);
    let tally = save::run(&project, &requests, arguments.dry_run, false, context)?;
    Ok(tally.finish(arguments.dry_run, context))
}

/// Brings all snapshots up to date with the site, before the outputs are.
pub(super) fn refresh_all(context: &Context) -> Result<Outcome, Report> {
    let project = Project::open("")?;
    let requests = project.requests(Vec::new(), None, &project.saved()?);
    let tally = save::run(&project, &requests, false, false, context)?;
    Ok(context.outcome_of(tally.report.diagnostics()))
}

/// Does something that fetches so many pages. On a terminal it shows how far it has come.
pub(super) fn with_progress<T>(
    pages: usize,
    context: &Context,
    work: impl FnOnce(&(dyn Fn(&Fetched) + Sync)) -> T,
) -> T {
    const FEW: usize = 3;
    let is_shown = pages > FEW && !context.quiet;
    let fetched = AtomicUsize::new(0);
    let done = work(&|page| {
        let count = fetched.fetch_add(1, Ordering::Relaxed) + 1;
        if is_shown {
            print::progress(&format!("fetched {count}/{pages} {}", page.request.id));
        }
    });
    if is_shown {
        print::progress("");
    }
    done
}

/// What the site calls the page at an address, and its language; none where this is no address of
/// a page of the documentation site.
fn page_at(address: &str) -> Option<(String, Language)> {
    let url = page_address(address).filter(|url| url.host_str() == Some(HOST))?;
    let path: Vec<&str> = url.path().trim_matches('/').split('/').collect();
    let ["consumer", language, "doc", _, .., page] = path[..] else {
        return None;
    };
    Some((page.to_owned(), site_language_named(language)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_told_from_others() {
        let told = |address: &str| {
            let (page, language) = page_at(address)?;
            Some(format!("{page} {language:?}"))
        };
        let site = |path: &str| told(&format!("https://developer.huawei.com/consumer/{path}"));
        let scan = "doc/harmonyos-references/scan-error-code";
        for end in ["", "/", "#section1", "?a=b#c"] {
            let expected = Some("scan-error-code Zh".to_owned());
            assert_eq!(site(&format!("cn/{scan}{end}")), expected, "{end}");
        }
        assert_eq!(
            site(&format!("en/{scan}")).as_deref(),
            Some("scan-error-code En")
        );
        for path in ["cn", "cn/doc", "cn/doc/x", "cn/forum/a/b"] {
            assert_eq!(site(path), None, "{path}");
        }
        assert_eq!(site(&format!("fr/{scan}")), None);
        assert_eq!(
            told(&format!("https://example.com/consumer/cn/{scan}")),
            None
        );
        assert_eq!(told("scan-error-code"), None);
        assert_eq!(told("file:///consumer/cn/doc/a/b"), None);
    }
}
