//! Fetches pages from the documentation site: the bytes of its answers, and nothing is written.
//!
//! The site has an API of its own, in which its pages are loaded: `getDocumentById` answers with
//! a page, `getCatalogTree` with the tree of all of them. This module asks it, politely: a pause
//! between requests, few at a time, again after a while where a failure may pass, and never for
//! ever. Only the hosts of the settings are contacted, or the proxy that the environment names;
//! redirects are not followed, and certificates are always verified.

mod answer;
mod failure;
mod pace;
mod site;
mod tree;

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

use indexmap::IndexMap;

use crate::catalog::Language;
use crate::config::{FetchSettings, is_page_name, site_language};
use crate::problem::{
    Diagnostic, Failure, FailureKind, FetchProblem, Locate as _, Problem, Report,
};
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
    /// What was asked for.
    pub request: Request,
    /// The answer as the site gave it: JSON that reports no error; or why there is none.
    pub result: Result<Vec<u8>, FetchProblem>,
}

/// As diagnostics name the page and its language: `` `scan-error-code` (cn) ``.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.id, site_language(self.language))
    }
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
    let fetched: Vec<OnceLock<Fetched>> = requests.iter().map(|_| OnceLock::new()).collect();
    let work = || {
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(request) = requests.get(index)
        {
            done(fetched[index].get_or_init(|| page(&site, request)));
        }
    };
    thread::scope(|scope| {
        // A system may allow no further thread; this one does what is left.
        let mut more = 1..settings.connections.min(pages);
        let spawn = |_| Builder::new().spawn_scoped(scope, work).is_ok();
        let _ = more.all(spawn);
        work();
    });
    let results = fetched.into_iter().filter_map(OnceLock::into_inner);
    Ok(results.collect())
}

fn page(site: &Site<'_>, request: &Request) -> Fetched {
    let result = if is_page_name(&request.id) {
        let answer = site.page(&request.id, request.language);
        answer.map_err(|failure| FetchProblem::Failed {
            pages: vec![request.to_string()],
            failure,
        })
    } else {
        Err(FetchProblem::BadName(request.to_string()))
    };
    Fetched {
        request: request.clone(),
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
        .and_then(|bytes| tree::find_pages(&bytes))
        .map_err(|failure| {
            let pages = Vec::new();
            FetchProblem::Failed { pages, failure }.nowhere().into()
        })
}

/// The same problems for people: pages that the site was not asked for, which may be many, are one
/// problem for each reason.
#[must_use]
pub fn together(problems: impl IntoIterator<Item = Diagnostic>) -> Report {
    let mut report = Report::default();
    let mut not_asked: IndexMap<Failure, Vec<String>> = IndexMap::new();
    for problem in problems {
        match *problem.problem {
            Problem::Fetch(FetchProblem::Failed { pages, failure })
                if failure.kind == FailureKind::NotAsked =>
            {
                not_asked.entry(failure).or_default().extend(pages);
            }
            _ => report.push(problem),
        }
    }
    for (failure, pages) in not_asked {
        report.push(FetchProblem::Failed { pages, failure }.nowhere());
    }
    report
}
