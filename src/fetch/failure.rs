//! Why the site gave no page, and what may be done about it.

use std::time::Duration;

use super::{Fetched, shown};
use crate::catalog::Language;
use crate::diagnostic::Diagnostic;

/// The name of the finding that a page was not even asked for.
const NOT_ASKED: &str = "fetch-not-asked";

/// What went wrong with some pages, in their order. Those that were not asked for, which may be
/// many, are told together.
#[must_use]
pub fn failures(fetched: &[Fetched]) -> Vec<Diagnostic> {
    let failed = fetched.iter().filter_map(|page| {
        let failure = page.result.as_ref().err()?;
        Some((failure.clone(), page.shown()))
    });
    told_together(failed)
}

/// What went wrong with some pages, as [`failures`] has it; with each failure comes its page.
#[must_use]
pub fn told_together(failed: impl IntoIterator<Item = (Diagnostic, String)>) -> Vec<Diagnostic> {
    let mut told: Vec<(Diagnostic, Vec<String>)> = Vec::new();
    for (failure, page) in failed {
        let is_same = |(other, _): &&mut (Diagnostic, Vec<String>)| {
            failure.id == NOT_ASKED && other.id == NOT_ASKED && other.notes == failure.notes
        };
        match told.iter_mut().find(is_same) {
            Some((_, pages)) => pages.push(page),
            None => told.push((failure, vec![page])),
        }
    }
    told.into_iter()
        .map(|(one, pages)| together(one, &pages))
        .collect()
}

/// One finding about some pages.
fn together(mut one: Diagnostic, pages: &[String]) -> Diagnostic {
    if pages.len() > 1 {
        one.place = None;
        let count = pages.len();
        one.message =
            format!("{count} pages were not fetched: the site was not asked for them any more");
        one.notes
            .push(format!("the pages are {}", pages.join(", ")));
    }
    one
}

/// Why a request came to nothing.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    id: &'static str,
    /// What happened, as the end of a sentence about the page.
    reason: String,
    notes: Vec<String>,
    help: Option<String>,
    /// Whether it is worth to ask again.
    pub(super) again: Again,
    /// Whether all other requests would fail in the same way.
    pub(super) is_general: bool,
}

/// Whether it is worth to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The answer would be the same.
    Never,
    /// The failure may pass.
    Later,
    /// The site asks for some time: all requests have to wait.
    After(Duration),
}

impl Failure {
    /// A failure that asking again would not mend.
    pub(super) fn new(id: &'static str, reason: impl Into<String>) -> Self {
        Self {
            id,
            reason: reason.into(),
            notes: Vec::new(),
            help: None,
            again: Again::Never,
            is_general: false,
        }
    }

    /// The same failure, which may pass.
    pub(super) fn passing(mut self) -> Self {
        self.again = Again::Later;
        self
    }

    /// The same failure, which other requests would meet too.
    pub(super) fn general(mut self) -> Self {
        self.is_general = true;
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same failure, and how often it was met.
    pub(super) fn asked(self, times: u32) -> Self {
        self.note(format!("the site was asked {times} times"))
    }

    /// The stable name of this kind of failure.
    #[cfg(test)]
    pub(super) fn id(&self) -> &'static str {
        self.id
    }

    /// A page that can have no name like this.
    pub(super) fn bad_name() -> Self {
        Self::new("fetch-name", "this is no name of a page")
            .note("a page is named in letters, digits, `-`, `_` and `.`, such as `core-vision-error-code`")
            .help("give the last part of the page's address")
    }

    /// What is left of the failure of a page for those that are not asked for because of it.
    pub(super) fn not_asked(&self) -> Self {
        Self::new(NOT_ASKED, "the site was not asked for it any more")
            .note(format!("another request failed: {}", self.reason))
    }

    /// A page for which there was no time left.
    pub(super) fn time_is_up(total: Duration) -> Self {
        let total = total.as_secs();
        Self::new(NOT_ASKED, "the site was not asked for it any more")
            .note(format!(
                "`total` of the table `[fetch]` is {total} s, and they were over"
            ))
            .help("fetch what is left by itself, or set `total` in arkerr.toml")
    }

    /// What is told of it about a page.
    pub(super) fn of_page(self, page: &str, language: Language) -> Diagnostic {
        let page = shown(page, language);
        self.told(format!("{page} was not fetched"))
    }

    /// What is told of it about the tree of pages.
    pub(super) fn of_tree(self) -> Diagnostic {
        self.told("the list of pages was not fetched".to_owned())
    }

    fn told(self, what: String) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.id, format!("{what}: {}", self.reason));
        diagnostic.notes = self.notes;
        diagnostic.help = self.help;
        diagnostic
    }
}
