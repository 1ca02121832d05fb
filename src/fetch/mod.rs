//! Fetches pages from the documentation site: the bytes of its answers, and nothing is written.
//!
//! The site has an API of its own, in which its pages are loaded: `getDocumentById` answers with
//! a page, `getCatalogTree` with the tree of all of them. This module asks it, politely: a pause
//! between requests, few at a time, again after a while where a failure may pass, and never for
//! ever. Only the hosts of the settings are contacted, or the proxy that the environment names;
//! redirects are not followed, and certificates are always verified.

mod answer;
mod pace;
mod refusal;
mod site;
mod tree;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::catalog::Language;
use crate::config::{FetchSettings, is_page_name, site_language};
use crate::problem::{Diagnostic, FailureKind, FetchProblem, Locate as _, Problem, Report};
use site::Site;

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
    pub result: Result<Vec<u8>, FetchProblem>,
}

impl Request {
    /// The page and its language, as diagnostics name it: `` `scan-error-code` (cn) ``.
    fn shown(&self) -> String {
        shown(&self.id, self.language)
    }
}

impl Fetched {
    /// The page and its language, as diagnostics name it: `` `scan-error-code` (cn) ``.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.id, self.language)
    }
}

fn shown(id: &str, language: Language) -> String {
    format!("`{id}` ({})", site_language(language))
}

/// Asks the site for some pages. The results have the order of the requests, whichever answer came
/// first; `done` is called with each as soon as it is there.
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
) -> Result<Vec<Fetched>, Report> {
    let (pages, max) = (requests.len(), settings.max_pages);
    if pages > max {
        return Err(FetchProblem::TooMany { pages, max }.nowhere().into());
    }
    let site = Site::new(settings);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut own = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(request) = requests.get(index)
        {
            let fetched = page(&site, request);
            done(&fetched);
            own.push((index, fetched));
        }
        own
    };
    let mut all: Vec<(usize, Fetched)> = thread::scope(|scope| {
        let threads = settings.connections.min(pages);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, fetched)| fetched).collect())
}

fn page(site: &Site<'_>, request: &Request) -> Fetched {
    let result = if is_page_name(&request.id) {
        let answer = site.page(&request.id, request.language);
        answer.map_err(|failure| FetchProblem::Failed {
            pages: vec![request.shown()],
            failure,
        })
    } else {
        Err(FetchProblem::BadName(request.shown()))
    };
    Fetched {
        id: request.id.clone(),
        language: request.language,
        result,
    }
}

/// Asks the site for the tree of its pages, and finds those with error codes in it.
///
/// # Errors
/// The site cannot be asked, or its answer has no tree.
pub fn discover(settings: &FetchSettings, language: Language) -> Result<Tree, Report> {
    let answer = Site::new(settings).tree(language);
    answer
        .and_then(|bytes| tree::read(&bytes))
        .map_err(|failure| {
            let pages = Vec::new();
            FetchProblem::Failed { pages, failure }.nowhere().into()
        })
}

/// The same problems for people: pages that the site was not asked for, which may be many, are one
/// problem for each reason.
#[must_use]
pub fn together(problems: impl IntoIterator<Item = Diagnostic>) -> Report {
    let mut together: Vec<Diagnostic> = Vec::new();
    for problem in problems {
        let same = together
            .iter_mut()
            .find_map(|other| joined(other, &problem).map(|joined| (other, joined)));
        match same {
            Some((other, joined)) => *other = joined.nowhere(),
            None => together.push(problem),
        }
    }
    together.into()
}

/// Two problems as one, if they are about pages that were not asked for, for one reason.
fn joined(first: &Diagnostic, second: &Diagnostic) -> Option<FetchProblem> {
    match (&first.problem, &second.problem) {
        (
            Problem::Fetch(FetchProblem::Failed { pages, failure }),
            Problem::Fetch(FetchProblem::Failed {
                pages: more,
                failure: same,
            }),
        ) if failure == same && failure.kind == FailureKind::NotAsked => {
            Some(FetchProblem::Failed {
                pages: [&pages[..], more].concat(),
                failure: failure.clone(),
            })
        }
        _ => None,
    }
}
