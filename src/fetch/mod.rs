//! Fetches pages from the documentation site: the bytes of its answers, and nothing is written.
//!
//! The site has an API of its own, in which its pages are loaded: `getDocumentById` answers with
//! a page, `getCatalogTree` with the tree of all of them. This room asks it, politely: a pause
//! between requests, few at a time, again after a while where a failure may pass, and never for
//! ever. Only the hosts of the settings are contacted, or the proxy that the environment names;
//! redirects are not followed, and certificates are always verified.
//!
//! What an answer says about error codes is none of its business.

mod answer;
mod client;
mod failure;
mod pace;
mod site;
mod tree;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::catalog::Language;
use crate::config::{FetchSettings, is_page_name, site_language};
use crate::diagnostic::Diagnostic;
use crate::problem::Report as Error;
use failure::Failure;
use site::Site;

pub use failure::{failures, told_together};
pub use tree::{FoundPage, Tree};

/// A page to ask the site for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    /// What the site calls the page.
    pub id: String,
    /// The language to ask for.
    pub language: Language,
}

/// What came of asking for a page.
#[derive(Debug)]
pub struct Fetched {
    /// What the site calls the page.
    pub id: String,
    /// The language that was asked for.
    pub language: Language,
    /// The answer as the site gave it: JSON that reports no error; or why there is none.
    pub result: Result<Vec<u8>, Diagnostic>,
}

impl Fetched {
    /// The page and its language, as diagnostics name it: `` `scan-error-code` (cn) ``.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.id, self.language)
    }
}

/// Asks the site for some pages. The results have the order of the requests, whichever answer came
/// first; `done` is told of each as soon as it is there.
///
/// Where the site cannot be reached at all, or wants to be left alone, it is not asked for the
/// pages that are left.
///
/// # Errors
/// There are more pages than the settings allow; then nothing is asked for.
pub fn pages(
    settings: &FetchSettings,
    requests: &[Request],
    done: &(dyn Fn(&Fetched) + Sync),
) -> Result<Vec<Fetched>, Error> {
    if requests.len() > settings.max_pages {
        return Err(too_many(requests.len(), settings.max_pages).into());
    }
    let site = Site::new(settings);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut own = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(request) = requests.get(index) else {
                return own;
            };
            let fetched = page(&site, request);
            done(&fetched);
            own.push((index, fetched));
        }
    };
    let mut all = at_once(settings.connections.min(requests.len()), &work);
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, fetched)| fetched).collect())
}

/// Does some work in several threads, and gathers what they made.
fn at_once<T: Send>(threads: usize, work: &(dyn Fn() -> Vec<T> + Sync)) -> Vec<T> {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let made = threads.into_iter().map(|thread| thread.join());
        made.flat_map(|made| made.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// Asks the site for the tree of its pages, and finds those with error codes in it.
///
/// # Errors
/// The site cannot be asked, or its answer has no tree.
pub fn discover(settings: &FetchSettings, language: Language) -> Result<Tree, Error> {
    let site = Site::new(settings);
    let answer = site.tree(language).and_then(|bytes| tree::read(&bytes));
    answer.map_err(|failure| failure.of_tree().into())
}

fn page(site: &Site<'_>, request: &Request) -> Fetched {
    let Request { id, language } = request;
    let answer = match is_page_name(id) {
        true => site.page(id, *language),
        false => Err(Failure::bad_name()),
    };
    Fetched {
        id: id.clone(),
        language: *language,
        result: answer.map_err(|failure| failure.of_page(id, *language)),
    }
}

fn too_many(pages: usize, max: usize) -> Diagnostic {
    Diagnostic::error(
        "fetch-limit",
        format!("{pages} pages are more than may be fetched at once"),
    )
    .note(format!("`max_pages` of the table `[fetch]` is {max}"))
    .help("name some pages, or set `max_pages` in arkerr.toml")
}

/// A page and its language, as diagnostics name it: `` `scan-error-code` (cn) ``.
fn shown(id: &str, language: Language) -> String {
    format!("`{id}` ({})", site_language(language))
}
