//! Importing pages: a saved page, in whatever form, becomes a canonical snapshot of the project.

use super::Project;
use super::filing::{self, Filing};
use crate::canonical;
use crate::catalog::{Language, Page};
use crate::file::{self, MAX_PAGE};
use crate::output::{self, Change};
use crate::pages::ReadSnapshot;
use crate::parse::{self, PageFacts};
use crate::path::{self, clash_key};
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report, any_error};
use crate::snapshot::{Document, Source, page_address, update_time};

/// What is known of a page that is imported, whatever the page itself says.
#[derive(Debug, Clone, Default)]
pub struct ImportFacts {
    /// The name that its snapshot gets, without an ending; else the last part of its address, else
    /// the name of its file.
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The language that it is in.
    pub language: Option<Language>,
    /// When it was updated: `2026-08-29 17:41`.
    pub updated: Option<String>,
}

/// A page that is ready to become a snapshot.
#[derive(Debug)]
pub struct Import {
    /// The name of the snapshot, without its ending.
    pub id: String,
    /// The path of the snapshot in the project, with forward slashes.
    pub path: String,
    /// The text of the snapshot.
    pub text: String,
    /// What is read in it.
    pub page: Page,
    /// When the page was updated, where that is known.
    pub updated: Option<String>,
    /// What there is to say about the page as it was saved: warnings alone.
    pub diagnostics: Vec<Diagnostic>,
    /// What becomes of the snapshot.
    pub status: ImportStatus,
    /// The path of the snapshot that this one takes the place of, and that is removed: it has
    /// another ending.
    pub replaces: Option<String>,
    /// Where the page may be kept as it was saved.
    pub original_path: String,
    /// What is read in the snapshot that there was, where it can be read.
    pub(crate) old_page: Option<Page>,
}

impl Import {
    /// The path of the snapshot that there was, if there was one: the new one may lie elsewhere.
    #[must_use]
    pub fn old_path(&self) -> &str {
        self.replaces.as_ref().unwrap_or(&self.path)
    }

    /// An error for a page that has no codes any more: most likely it was saved before it had
    /// loaded. `source` is where the page is from.
    pub(super) fn refuse_loss(&self, source: &str, is_fetched: bool) -> Result<(), Report> {
        let count = self.old_page.as_ref().map_or(0, |page| page.codes.len());
        if count == 0 || !self.page.codes.is_empty() {
            return Ok(());
        }
        let problem = ProjectProblem::CodesLostOnImport {
            snapshot: self.old_path().to_owned(),
            count,
            is_fetched,
        };
        Err(problem.at_file(source).into())
    }
}

/// What an import does to the snapshot of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportStatus {
    /// There is none yet.
    New,
    /// There is one with another text.
    Changed,
    /// It stays as it is, to the byte.
    Unchanged,
}

impl Project {
    /// Reads a saved page and makes a canonical snapshot of it. Nothing is written until
    /// [`Project::write_import`]. `source` is the path of the file, relative to the project, or
    /// `-` where there is none.
    ///
    /// # Errors
    /// The page cannot be read, has errors or no name, or lacks all codes that its snapshot has.
    pub fn import(
        &self,
        source: &str,
        bytes: Vec<u8>,
        facts: &ImportFacts,
    ) -> Result<Import, Report> {
        let document = decode(source, bytes, facts)?;
        let (mut sources, report) = self.own_sources_if_any();
        if self.root.join(&self.config.snapshots).is_file() {
            return Err(report);
        }
        let own = match facts.id {
            Some(_) => None,
            None => self.own_source(source, &sources),
        };
        let id = match &own {
            Some(own) => own.id.clone(),
            None => filing::page_id(source, document.stated.url.as_ref(), facts.id.as_deref())?,
        };
        sources.retain(|source| is_same_id(&source.id, &id));
        let others = self.read_snapshots(sources);
        let others: Vec<&ReadSnapshot> = others.iter().collect();
        let import = self.import_beside(&document, facts, id, &others, own.as_ref())?;
        import.refuse_loss(&document.source, false)?;
        Ok(import)
    }

    /// The snapshot of the project that a file is.
    fn own_source(&self, source: &str, sources: &[Source]) -> Option<Source> {
        let path = self.root.join(source);
        let is_it = |own: &&Source| path::is_same(&own.path, &path);
        sources.iter().find(is_it).cloned()
    }

    /// The import of a page with this id. `others` are the snapshots of the page that there are, in
    /// whatever language, and `own` is the one that is imported itself.
    pub(super) fn import_beside(
        &self,
        document: &Document,
        facts: &ImportFacts,
        id: String,
        others: &[&ReadSnapshot],
        own: Option<&Source>,
    ) -> Result<Import, Report> {
        // Where letters of different case are one, so are the names of files.
        let other = others.first().filter(|_| own.is_none());
        let id = other.map_or(id, |other| other.source.id.clone());
        let page_facts = PageFacts {
            title: facts.title.clone(),
            language: facts.language,
            ..self.facts(&id)
        };
        let parsed = parse::parse(document, page_facts.clone());
        if any_error(&parsed.diagnostics) {
            return Err(parsed.diagnostics.into());
        }
        let filing = Filing {
            project: self,
            id: &id,
            language: parsed.page.language,
            others,
        };
        let old = filing.old(own);
        let path = filing.path(old)?;
        let text = canonical::write(document, &page_facts);
        let page = self.read_back(&path, &text, &id, parsed.page)?;
        let old_path = old.map(|old| old.source.shown.as_str());
        Ok(Import {
            status: self.status(&path, &text, old_path),
            replaces: old_path.filter(|old| *old != path).map(str::to_owned),
            original_path: filing::original_path(&path, document.form),
            old_page: old.and_then(ReadSnapshot::page).cloned(),
            id,
            path,
            text,
            page,
            updated: document.stated.updated.clone(),
            diagnostics: parsed.diagnostics,
        })
    }

    fn status(&self, path: &str, text: &str, old_path: Option<&str>) -> ImportStatus {
        let Some(old_path) = old_path else {
            return ImportStatus::New;
        };
        let current = file::read_regular(&self.root.join(path), MAX_PAGE);
        if old_path == path && current.is_ok_and(|current| current == text.as_bytes()) {
            ImportStatus::Unchanged
        } else {
            ImportStatus::Changed
        }
    }

    /// Writes the snapshot of a page that was imported, and the page as it was saved, where
    /// `original` has its bytes.
    ///
    /// # Errors
    /// A file cannot be written, or would lie outside of the project, or the snapshot before it cannot
    /// be removed.
    pub fn write_import(&self, import: &Import, original: Option<&[u8]>) -> Result<(), Report> {
        let (root, text) = (&self.root, import.text.as_bytes());
        let mut changes = Vec::new();
        // What is canonical already is no original.
        if let Some(bytes) = original.filter(|original| *original != text) {
            changes.push(Change::project_file(root, &import.original_path, bytes)?);
        }
        let mut snapshot = Change::project_file(root, &import.path, text)?;
        if let Some(old) = &import.replaces {
            snapshot = snapshot.instead_of(root, old)?;
        }
        if import.status != ImportStatus::Unchanged {
            changes.push(snapshot);
        }
        output::write_files(&changes)
    }

    /// The page that a canonical snapshot holds, once it is seen to be the one that was saved.
    fn read_back(&self, path: &str, text: &str, id: &str, saved: Page) -> Result<Page, Report> {
        let source = saved.source.clone();
        let expected = Page {
            source: path.to_owned(),
            ..saved
        };
        let reason = match Document::decode(path, text.as_bytes().to_vec()) {
            Ok(document) if parse::parse(&document, self.facts(id)).page == expected => {
                return Ok(expected);
            }
            Ok(_) => "its records would not be those of the page".to_owned(),
            Err(refusal) => refusal.to_string(),
        };
        let problem = ProjectProblem::NotReadBack {
            reason,
            snapshots: self.config.snapshots.clone(),
        };
        Err(problem.at_file(source).into())
    }
}

/// Reads a page, with what is known of it in the place of what it says.
pub(super) fn decode(
    source: &str,
    bytes: Vec<u8>,
    facts: &ImportFacts,
) -> Result<Document, Report> {
    let mut document = Document::decode(filing::shown_source(source), bytes)?;
    if let Some(url) = &facts.url {
        document.stated.url = page_address(url);
    }
    if let Some(updated) = &facts.updated {
        let time = update_time(updated)
            .ok_or_else(|| ProjectProblem::BadUpdateTime(updated.clone()).nowhere())?;
        document.stated.updated = Some(time);
    }
    Ok(document)
}

/// Whether two ids are those of one page to some file systems.
pub(super) fn is_same_id(id: &str, other: &str) -> bool {
    clash_key(id) == clash_key(other)
}
