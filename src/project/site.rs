//! Snapshots and the documentation site: what to ask it for, whether its answer is the page that
//! was meant, and how that differs from the snapshot.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::compare::Upstream;
use super::import::{decode, is_same_id};
use super::{Import, ImportFacts, ImportStatus, Project, filing};
use crate::catalog::{Catalog, Language, Page};
use crate::changelog::{grouped, summary};
use crate::config::site_language;
use crate::diff::{self, Diff, Side};
use crate::fetch::{self, Fetched, Request};
use crate::pages::ReadSnapshot;
use crate::problem::{Diagnostic, DriftProblem, FetchProblem, Locate as _, Place, Report};

impl Project {
    /// What to ask the site for to refresh some pages, by their ids, or all that are saved where
    /// none is named: each in the chosen language, else in the one that it is named with, else in
    /// those in which it is saved.
    #[must_use]
    pub(crate) fn requests(
        &self,
        mut pages: Vec<(String, Option<Language>)>,
        chosen: Option<Language>,
        saved: &[ReadSnapshot],
    ) -> Vec<Request> {
        if pages.is_empty() {
            pages.extend(saved.iter().map(|saved| (saved.source.id.clone(), None)));
        }
        let requests = pages.into_iter().flat_map(|(id, named)| {
            let own = saved.iter().filter(|saved| saved.source.id == id);
            let mut languages: Vec<Language> = match chosen.or(named) {
                Some(language) => vec![language],
                None => own.map(|saved| self.language_of(saved)).collect(),
            };
            if languages.is_empty() {
                languages.push(self.config.fetch.language);
            }
            languages.into_iter().map(move |language| Request {
                id: id.clone(),
                language,
            })
        });
        requests.collect::<IndexSet<_>>().into_iter().collect()
    }

    /// The language of a snapshot; where it cannot be read, the folder that it lies in may tell.
    fn language_of(&self, saved: &ReadSnapshot) -> Language {
        let is_in = |name: &str| saved.source.shown.split('/').any(|folder| folder == name);
        match saved.language() {
            Some(language) => language,
            None if is_in("en") => Language::En,
            None if is_in("cn") || is_in("zh") => Language::Zh,
            None => self.config.fetch.language,
        }
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
        saved: &[ReadSnapshot],
        is_listed: bool,
    ) -> Result<Import, Report> {
        let Fetched { request, result } = fetched;
        let bytes = result.clone().map_err(FetchProblem::nowhere)?;
        let source = format!("{} ({})", request.id, site_language(request.language));
        let facts = ImportFacts::default();
        let document = decode(&source, bytes, &facts)?;
        let id = filing::page_id(&source, None, Some(&request.id))?;
        let others = saved.iter();
        let others = others.filter(|saved| is_same_id(&saved.source.id, &id));
        let others: Vec<&ReadSnapshot> = others.collect();
        let import = self.import_beside(&document, &facts, id, &others, None)?;
        import.refuse_loss(&source, true)?;
        match refusal(&import, request.language, is_listed) {
            Some(problem) => Err(problem.at_file(source).into()),
            None => Ok(import),
        }
    }

    /// Asks the site for the pages of some snapshots and compares them. `saved` are the snapshots,
    /// `requests` is what to ask for, see [`Project::requests`]; `done` is called with each answer
    /// as soon as it is there. Nothing is written.
    ///
    /// # Errors
    /// There are more pages than may be fetched.
    pub(crate) fn upstream(
        &self,
        saved: &[ReadSnapshot],
        requests: &[Request],
        done: &(dyn Fn(&Fetched) + Sync),
    ) -> Result<Upstream, Report> {
        let fetched = fetch::pages(&self.config.fetch, requests, done)?;
        let mut upstream = Upstream::default();
        for page in &fetched {
            let compared = self
                .refresh(page, saved, false)
                .and_then(|import| self.compare_import(&import, &mut upstream));
            if let Err(failures) = compared {
                // Where no snapshot is in the language that was asked for, one in another.
                let own = saved
                    .iter()
                    .filter(|saved| saved.source.id == page.request.id);
                let own = own.min_by_key(|saved| self.language_of(saved) != page.request.language);
                let at_snapshot = failures.into_iter().map(|one| at_snapshot(one, page, own));
                upstream.failures.extend(at_snapshot);
            }
        }
        upstream.uncompared = fetched.len() - upstream.compared.len();
        upstream.told = fetch::together(upstream.failures.iter().cloned());
        Ok(upstream)
    }

    /// Compares a page with its snapshot; one that cannot be read is reported elsewhere.
    fn compare_import(&self, import: &Import, upstream: &mut Upstream) -> Result<(), Report> {
        let path = import.old_path().to_owned();
        if import.status == ImportStatus::New {
            return Err(FetchProblem::NoSnapshot(path).nowhere().into());
        }
        let Some(old) = &import.old_page else {
            return Ok(());
        };
        let side = |page: &Page| {
            let id = import.id.clone();
            Side::unnamed(Catalog::new(vec![Page { id, ..page.clone() }]))
        };
        let diff = diff::diff(&side(old), &side(&import.page), &self.config.changes);
        if !diff.changes.is_empty() {
            upstream.changed.push(changed_page(&diff).at_file(&path));
        }
        upstream.compared.push(path);
        Ok(())
    }
}

/// Why a page cannot become the snapshot that it was fetched for.
fn refusal(import: &Import, asked: Language, is_listed: bool) -> Option<FetchProblem> {
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
    let old = import
        .old_page
        .as_ref()
        .filter(|old| is_other_page(page, old))?;
    Some(FetchProblem::OtherPage {
        title: page.title.clone(),
        old_title: old.title.clone(),
        snapshot: old.source.clone(),
    })
}

/// Whether a page has neither the title nor any code of its snapshot.
fn is_other_page(page: &Page, old: &Page) -> bool {
    let old_codes: HashSet<&str> = old.codes.iter().map(|code| code.code.as_str()).collect();
    let mut codes = page.codes.iter().map(|code| code.code.as_str());
    !old_codes.is_empty() && page.title != old.title && !codes.any(|code| old_codes.contains(code))
}

/// A page that has changed since it was saved, with what has changed in it.
fn changed_page(diff: &Diff) -> DriftProblem {
    let changes = grouped(&diff.changes).into_iter();
    DriftProblem::UpstreamChanged {
        summary: summary(diff),
        changes: changes.map(|group| group.summary()).collect(),
    }
}

/// A failure of a page, at its snapshot: what the site answers is no file that anybody could open.
fn at_snapshot(mut failure: Diagnostic, page: &Fetched, own: Option<&ReadSnapshot>) -> Diagnostic {
    // A failure to fetch names its page already.
    if page.result.is_ok() {
        let problem = FetchProblem::NotCompared {
            page: page.request.to_string(),
            position: failure.position(),
            problem: failure.problem,
        };
        failure.problem = Box::new(problem.into());
    }
    failure.place = own.map(|own| Box::new(Place::file(&own.source.shown)));
    failure
}
