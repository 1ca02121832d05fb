//! Importing pages: a saved page, in whatever form, becomes a canonical snapshot of the project.

use super::Project;
#[cfg(feature = "fetch")]
use super::Saved;
use super::filing::{self, Filing};
use crate::canonical;
use crate::catalog::{Language, Page};
use crate::file::{self, MAX_PAGE};
use crate::output::{self, Change};
use crate::pages::ReadSnapshot;
use crate::parse::{self, PageFacts, Parsed};
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
}

impl Import {
    /// The path of the snapshot that there was, if there was one: the new one may lie elsewhere.
    #[must_use]
    pub fn old_path(&self) -> &str {
        self.replaces.as_ref().unwrap_or(&self.path)
    }

    /// That snapshot among those of the project.
    #[cfg(feature = "fetch")]
    pub(crate) fn old<'a>(&self, saved: &'a [Saved]) -> Option<&'a Saved> {
        saved.iter().find(|saved| saved.path == self.old_path())
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
        let mut document = Document::decode(filing::shown_source(source), bytes)?;
        state(&mut document, facts)?;
        let own = if facts.id.is_none() {
            self.own_source(source)
        } else {
            None
        };
        let id = match &own {
            Some(own) => own.id.clone(),
            None => filing::page_id(source, document.stated.url.as_ref(), facts.id.as_deref())?,
        };
        let others = self.snapshots_of(&id)?;
        // Where letters of different case are one, so are the names of files.
        let other = others.first().filter(|_| own.is_none());
        let id = other.map_or(id, |other| other.source.id.clone());
        let page_facts = PageFacts {
            title: facts.title.clone(),
            language: facts.language,
            ..self.facts(&id)
        };
        let parsed = parse::parse(&document, page_facts.clone());
        if any_error(&parsed.diagnostics) {
            return Err(parsed.diagnostics.into());
        }
        let text = canonical::write(&document, &page_facts);
        let filing = Filing {
            root: &self.root,
            config: &self.config,
            id: &id,
            language: parsed.page.language,
            others: &others,
        };
        self.filed(&document, parsed, text, &filing, own.as_ref())
    }

    /// The import of a page whose snapshot has this text.
    fn filed(
        &self,
        document: &Document,
        parsed: Parsed,
        text: String,
        filing: &Filing<'_>,
        own: Option<&Source>,
    ) -> Result<Import, Report> {
        let old = filing.old(own);
        let path = filing.path(old)?;
        refuse_loss(&parsed, old)?;
        let page = self.read_back(&path, &text, filing.id, parsed.page)?;
        let old_path = old.map(|old| old.source.shown.clone());
        let replaces = old_path.filter(|old| *old != path);
        let is_same = |path: &str| {
            let current = file::read_bytes(&self.root.join(path), MAX_PAGE);
            current.is_ok_and(|current| current == text.as_bytes())
        };
        Ok(Import {
            status: match old {
                None => ImportStatus::New,
                Some(_) if replaces.is_none() && is_same(&path) => ImportStatus::Unchanged,
                Some(_) => ImportStatus::Changed,
            },
            replaces,
            original_path: filing::original_path(&path, document.form),
            id: filing.id.to_owned(),
            path,
            text,
            page,
            updated: document.stated.updated.clone(),
            diagnostics: parsed.diagnostics,
        })
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

/// Puts what is known of a page in the place of what it says.
fn state(document: &mut Document, facts: &ImportFacts) -> Result<(), Report> {
    if let Some(url) = &facts.url {
        document.stated.url = page_address(url);
    }
    if let Some(updated) = &facts.updated {
        let time = update_time(updated)
            .ok_or_else(|| ProjectProblem::BadUpdateTime(updated.clone()).nowhere())?;
        document.stated.updated = Some(time);
    }
    Ok(())
}

/// An error for a page that has no codes any more: most likely it was saved before it had loaded.
fn refuse_loss(parsed: &Parsed, old: Option<&ReadSnapshot>) -> Result<(), Report> {
    let Some((old, page)) = old.and_then(|old| Some((old, old.page()?))) else {
        return Ok(());
    };
    if page.codes.is_empty() || !parsed.page.codes.is_empty() {
        return Ok(());
    }
    let problem = ProjectProblem::CodesLostOnImport {
        snapshot: old.source.shown.clone(),
        count: page.codes.len(),
        is_fetched: false,
    };
    Err(problem.at_file(&parsed.page.source).into())
}
