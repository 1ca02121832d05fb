//! Refreshing snapshots: what to ask the site for, and whether its answer is the page that was
//! meant.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::{Import, ImportFacts, ImportStatus, Project, Saved};
use crate::catalog::{ErrorCode, Language, Page};
use crate::config::{FetchSettings, site_language};
use crate::fetch::{Fetched, Request};
use crate::problem::{Diagnostic, FetchProblem, Locate as _, Problem, ProjectProblem, Report};

impl Project {
    /// How pages are fetched.
    #[must_use]
    pub(crate) fn fetch_settings(&self) -> &FetchSettings {
        &self.config.fetch
    }

    /// What to ask the site for to refresh some pages, each in the language that is chosen for it,
    /// or else in those in which it is saved.
    #[must_use]
    pub(crate) fn requests(
        &self,
        pages: impl IntoIterator<Item = (String, Option<Language>)>,
        saved: &[Saved],
    ) -> Vec<Request> {
        let mut requests = IndexSet::new();
        for (id, chosen) in pages {
            let own = saved.iter().filter(|saved| saved.id == id);
            let mut languages = match chosen {
                Some(language) => vec![language],
                None => own.map(|saved| self.language_of(saved)).collect(),
            };
            if languages.is_empty() {
                languages.push(self.config.fetch.language);
            }
            requests.extend(languages.into_iter().map(|language| Request {
                id: id.clone(),
                language,
            }));
        }
        requests.into_iter().collect()
    }

    /// What to ask the site for to refresh all snapshots.
    #[must_use]
    pub(crate) fn requests_of_all(
        &self,
        chosen: Option<Language>,
        saved: &[Saved],
    ) -> Vec<Request> {
        self.requests(saved.iter().map(|saved| (saved.id.clone(), chosen)), saved)
    }

    /// Makes a snapshot of an answer of the site, for [`Project::write_import`]. Nothing is
    /// written. `saved` are the snapshots that there are. A page without codes is an error if it
    /// was named, and a warning if it was listed (`is_listed`).
    ///
    /// # Errors
    /// There is no answer, or it cannot be imported, or is not the page that was asked for: it has
    /// no codes, or is in another language, or is another page altogether.
    pub(crate) fn refresh(
        &self,
        fetched: &Fetched,
        saved: &[Saved],
        is_listed: bool,
    ) -> Result<Import, Report> {
        let bytes = match &fetched.result {
            Ok(bytes) => bytes.clone(),
            Err(failure) => return Err(failure.clone().nowhere().into()),
        };
        let Request { id, language } = &fetched.request;
        let source = format!("{id} ({})", site_language(*language));
        let facts = ImportFacts {
            id: Some(id.clone()),
            ..ImportFacts::default()
        };
        let import = self
            .import(&source, bytes, &facts)
            .map_err(|found| found.into_iter().map(of_site).collect::<Report>())?;
        let old = import.old(saved);
        let old = old.and_then(|saved| saved.page.as_ref());
        match problem(&import, *language, old, is_listed) {
            Some(problem) => Err(problem.at_file(source).into()),
            None => Ok(import),
        }
    }

    /// The snapshot of a page that was asked for, since there is one; where none is in the language
    /// that was asked for, one in another.
    pub(super) fn snapshot_of<'a>(
        &self,
        request: &Request,
        saved: &'a [Saved],
    ) -> Option<&'a Saved> {
        let own = || saved.iter().filter(|saved| saved.id == request.id);
        own()
            .find(|saved| self.language_of(saved) == request.language)
            .or_else(|| own().next())
    }

    /// The language of a snapshot; where it cannot be read, the folder that it lies in may tell.
    fn language_of(&self, saved: &Saved) -> Language {
        let is_in = |name: &str| saved.path.split('/').any(|folder| folder == name);
        match &saved.page {
            Some(page) => page.language,
            None if is_in("en") => Language::En,
            None if is_in("cn") || is_in("zh") => Language::Zh,
            None => self.config.fetch.language,
        }
    }
}

/// A finding about a saved page, as it is meant for an answer of the site.
fn of_site(mut found: Diagnostic) -> Diagnostic {
    if let Problem::Project(ProjectProblem::CodesLostOnImport { is_fetched, .. }) =
        &mut *found.problem
    {
        *is_fetched = true;
    }
    found
}

/// Why a page cannot become the snapshot that it was fetched for.
fn problem(
    import: &Import,
    asked: Language,
    old: Option<&Page>,
    is_listed: bool,
) -> Option<FetchProblem> {
    let page = &import.page;
    let is_new = import.status == ImportStatus::New;
    let own = page.language;
    // The site answers in Chinese where it has no page in English, and that would replace the
    // Chinese one. A page in English alone may stand among those in Chinese.
    if own != asked && !(own == Language::En && is_new) {
        return Some(FetchProblem::WrongLanguage { own, asked });
    }
    if page.codes.is_empty() && is_new {
        return Some(FetchProblem::NoCodes { is_listed });
    }
    let old = old.filter(|old| is_other_page(page, old))?;
    Some(FetchProblem::OtherPage {
        title: page.title.clone(),
        old_title: old.title.clone(),
        snapshot: old.source.clone(),
    })
}

/// Whether a page has neither the title nor any code of its snapshot.
fn is_other_page(page: &Page, old: &Page) -> bool {
    let codes: HashSet<&str> = old.codes.iter().map(|code| code.code.as_str()).collect();
    let is_shared = |code: &ErrorCode| codes.contains(code.code.as_str());
    !codes.is_empty() && page.title != old.title && !page.codes.iter().any(is_shared)
}
