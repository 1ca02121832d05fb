//! Refreshing snapshots: what to ask the site for, and whether its answer is the page that was
//! meant.

use std::collections::{BTreeSet, HashSet};

use super::{Import, ImportFacts, ImportStatus, Project, Saved};
use crate::bilingual::name_of;
use crate::catalog::{Language, Page};
use crate::config::{FetchSettings, site_language};
use crate::fetch::{Fetched, Request};
use crate::problem::{Diagnostic, Locate as _, Place, Problem, ProjectProblem};

impl Project {
    /// How pages are fetched.
    #[must_use]
    pub fn fetch_settings(&self) -> &FetchSettings {
        &self.config.fetch
    }

    /// What to ask the site for to refresh some pages, or all of which there are snapshots where
    /// `ids` is empty. A page is asked for in the languages in which it is saved, unless one is
    /// chosen.
    #[must_use]
    pub fn requests(
        &self,
        ids: &[String],
        chosen: Option<Language>,
        saved: &[Saved],
    ) -> Vec<Request> {
        let ids: Vec<&String> = match ids.is_empty() {
            true => saved.iter().map(|saved| &saved.id).collect(),
            false => ids.iter().collect(),
        };
        let mut seen = BTreeSet::new();
        let mut requests = Vec::new();
        for id in ids {
            let own = saved.iter().filter(|saved| saved.id == *id);
            let mut languages: Vec<Language> = match chosen {
                Some(language) => vec![language],
                None => own.map(|saved| self.language_of(saved)).collect(),
            };
            if languages.is_empty() {
                languages.push(self.config.fetch.language);
            }
            let all = languages.into_iter().map(|language| Request {
                id: id.clone(),
                language,
            });
            requests.extend(all.filter(|request| seen.insert(request.clone())));
        }
        requests
    }

    /// Makes a snapshot of an answer of the site, for [`Project::write_import`]. Nothing is
    /// written. `saved` are the snapshots that there are.
    ///
    /// # Errors
    /// There is no answer, or it cannot be imported, or is not the page that was asked for: it has
    /// no codes, or is in another language, or is another page altogether.
    pub fn refresh(&self, fetched: &Fetched, saved: &[Saved]) -> Result<Import, Vec<Diagnostic>> {
        let bytes = match &fetched.result {
            Ok(bytes) => bytes.clone(),
            Err(failure) => return Err(vec![failure.clone()]),
        };
        let source = source(fetched);
        let facts = ImportFacts {
            id: Some(fetched.id.clone()),
            ..ImportFacts::default()
        };
        let import = self.import(&source, bytes, &facts);
        let import = import.map_err(|found| found.into_iter().map(of_site).collect::<Vec<_>>())?;
        let old = saved.iter().find(|saved| saved.path == import.old_path());
        let old = old.and_then(|saved| saved.page.as_ref());
        let refusal = refuse_language(&import, fetched.language)
            .or_else(|| refuse_codeless(&import))
            .or_else(|| refuse_other(&import, old?));
        match refusal {
            Some(refusal) => Err(vec![refusal.at(Place::file(source))]),
            None => Ok(import),
        }
    }

    /// The snapshot of a page that was asked for, since there is one; where none is in the language
    /// that was asked for, one in another.
    pub(super) fn snapshot_of<'a>(
        &self,
        fetched: &Fetched,
        saved: &'a [Saved],
    ) -> Option<&'a Saved> {
        let own = || saved.iter().filter(|saved| saved.id == fetched.id);
        let in_language = own().find(|saved| self.language_of(saved) == fetched.language);
        in_language.or_else(|| own().next())
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

/// What people call an answer: `errorcode-scan (cn)`.
fn source(fetched: &Fetched) -> String {
    format!("{} ({})", fetched.id, site_language(fetched.language))
}

/// A finding about a saved page, as it is meant for an answer of the site.
fn of_site(found: Diagnostic) -> Diagnostic {
    let Problem::Project(ProjectProblem::CodesLostOnImport {
        snapshot, count, ..
    }) = found.problem
    else {
        return found;
    };
    let problem = ProjectProblem::CodesLostOnImport {
        snapshot,
        count,
        is_fetched: true,
    };
    Diagnostic {
        place: found.place,
        ..problem.nowhere()
    }
}

/// An error for a page in another language: the site answers in Chinese where it has no page in
/// English, and that would replace the Chinese one. A page in English alone may stand among those
/// in Chinese.
fn refuse_language(import: &Import, asked: Language) -> Option<Diagnostic> {
    let own = import.page.language;
    let is_fine = own == asked || (own == Language::En && import.status == ImportStatus::New);
    if is_fine {
        return None;
    }
    let (own, asked) = (name_of(own), name_of(asked));
    let message = format!("the page is in {own}, and was asked for in {asked}");
    Some(
        Diagnostic::error("fetch-language", message)
            .note("nothing was written for it")
            .help(format!("the site may have no such page in {asked}")),
    )
}

/// An error for a page without codes, of which there is no snapshot with codes.
fn refuse_codeless(import: &Import) -> Option<Diagnostic> {
    if !import.page.codes.is_empty() || import.status != ImportStatus::New {
        return None;
    }
    Some(
        Diagnostic::error("fetch-no-codes", "the page has no error codes")
            .note("nothing was written for it")
            .help("it may be a page that leads to others: `arkerr fetch --discover` lists them"),
    )
}

/// An error for a page that has neither the title nor any code of its snapshot.
fn refuse_other(import: &Import, old: &Page) -> Option<Diagnostic> {
    let page = &import.page;
    let codes: HashSet<&str> = old.codes.iter().map(|code| code.code.as_str()).collect();
    let shares_code = page
        .codes
        .iter()
        .any(|code| codes.contains(code.code.as_str()));
    if codes.is_empty() || shares_code || page.title == old.title {
        return None;
    }
    let message = format!(
        "the page \"{}\" is another one than that of the snapshot, \"{}\"",
        page.title, old.title
    );
    Some(
        Diagnostic::error("fetch-other-page", message)
            .note(format!("they have no code in common; `{}` stays as it is", old.source))
            .help("if the site has given the name to another page, move the snapshot away and fetch the page again"),
    )
}
