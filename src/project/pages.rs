//! The pages of a project: its snapshots, those in two languages put together, good and bad.

use std::collections::{BTreeMap, HashMap};

use super::Snapshot;
use crate::bilingual;
use crate::catalog::{Language, Page};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, any_error};
use crate::file;
use crate::lint::{self, Levels};
use crate::names::Names;
use crate::naming::{self, Prefixes};
use crate::parse::{Account, Parsed};

/// The pages of a project.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// The pages that were read without an error.
    pub(super) good: Vec<Page>,
    /// What is known of the others, which may be their ids alone.
    pub(super) bad: Vec<Page>,
    /// What became of the text of all that could be read.
    pub(super) account: Account,
    /// What was found, in the order of the snapshots.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What the lints need to know, apart from a page.
struct Lints<'a> {
    levels: Levels,
    names: &'a Names,
    prefixes: Prefixes,
}

impl Lints<'_> {
    fn check(&self, parsed: &Parsed) -> Vec<Diagnostic> {
        let page = &parsed.page;
        let nameless = naming::nameless(page, self.names, &self.prefixes, &self.levels);
        lint::check(page, &parsed.sources, &nameless, &self.levels)
    }
}

impl Pages {
    pub(super) fn of(snapshots: Vec<Snapshot>, config: &Config, names: &Names) -> Self {
        let mut pages = Self::default();
        // Some file systems do not tell letters of different case apart, so ids do not either.
        let mut by_id: BTreeMap<String, Vec<Snapshot>> = BTreeMap::new();
        for mut snapshot in snapshots {
            snapshot.diagnostics.extend(refuse_id(&snapshot));
            let id = config.page_id(&snapshot.source.id).to_lowercase();
            by_id.entry(id).or_default().push(snapshot);
        }
        let lints = Lints {
            levels: config.lints.errors_only(),
            names,
            prefixes: config.prefixes(),
        };
        for group in by_id.into_values() {
            pages.add(group, config, &lints);
        }
        pages
    }

    /// Adds the page that some snapshots show, each in its language.
    fn add(&mut self, group: Vec<Snapshot>, config: &Config, lints: &Lints<'_>) {
        let start = self.diagnostics.len();
        self.diagnostics.extend(refuse_second(&group));
        let mut id = None;
        let mut parsed: BTreeMap<Language, Parsed> = BTreeMap::new();
        for snapshot in group {
            id.get_or_insert_with(|| config.page_id(&snapshot.source.id).to_owned());
            self.diagnostics.extend(snapshot.diagnostics);
            if let Some(page) = snapshot.parsed {
                parsed.insert(page.page.language, page);
            }
        }
        let primary = parsed.remove(&config.language);
        let primary = primary.or_else(|| parsed.pop_first().map(|(_, page)| page));
        let merged = primary.map(|primary| parsed.into_values().fold(primary, bilingual::merge));
        let known = |id: String| {
            lints
                .names
                .known_page(&id)
                .map_or(id.clone(), str::to_owned)
        };
        let id = id.map(known);
        let Some(mut parsed) = merged else {
            self.bad.extend(id.map(stub));
            return;
        };
        if let Some(id) = id {
            parsed.page.id = id;
        }
        self.account += parsed.account;
        let found = lints.check(&parsed);
        self.diagnostics.extend(parsed.diagnostics);
        self.diagnostics.extend(found);
        match any_error(&self.diagnostics[start..]) {
            true => self.bad.push(parsed.page),
            false => self.good.push(parsed.page),
        }
    }
}

/// A page of which nothing is known but its id.
pub(super) fn stub(id: String) -> Page {
    Page {
        title: id.clone(),
        id,
        ..Page::default()
    }
}

/// An error for an id that cannot be part of a file name everywhere: outputs are named after it.
fn refuse_id(snapshot: &Snapshot) -> Option<Diagnostic> {
    let id = &snapshot.source.id;
    let is_unprintable = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
    let message = match id.contains(is_unprintable) {
        true => "the file name has characters that cannot be printed",
        false => "the file name is none that files may have on every system",
    };
    (!file::is_file_name(id)).then(|| {
        Diagnostic::error("page-id", message)
            .at(Place::file(&snapshot.source.shown))
            .help("name the file after the last part of the page's address")
    })
}

/// Errors for snapshots that would be one page and are not its text in two languages.
fn refuse_second(group: &[Snapshot]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut first_uses: HashMap<Option<Language>, &str> = HashMap::new();
    for snapshot in group {
        let language = snapshot.parsed.as_ref().map(|parsed| parsed.page.language);
        let shown = &snapshot.source.shown;
        let Some(first) = first_uses.insert(language, shown) else {
            continue;
        };
        let message = match language {
            Some(language) => format!(
                "two {} pages have the id `{}`",
                bilingual::name_of(language),
                snapshot.source.id
            ),
            None => format!("two pages have the id `{}`", snapshot.source.id),
        };
        diagnostics.push(
            Diagnostic::error("page-id", message)
                .at(Place::file(shown))
                .note(format!("the first is `{first}`"))
                .note("two files may be one page in Chinese and in English, told by its labels")
                .help("rename or delete one of the files"),
        );
    }
    diagnostics
}
