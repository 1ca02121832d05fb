//! Why the site gave no page, and what may be done about it.

use std::time::Duration;

use super::shown;
use crate::catalog::Language;
use crate::diagnostic::Diagnostic;

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
        Self::new("fetch-not-asked", "the site was not asked for it any more")
            .note(format!("another request failed: {}", self.reason))
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
