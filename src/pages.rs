//! Pages of a project: its snapshots, with those in two languages put together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::bilingual;
use crate::catalog::{Language, Page};
use crate::config::Config;
use crate::diff::{self, ByCodes};
use crate::lint::{self, Levels};
use crate::names::{Key, Names};
use crate::naming::{self, Prefixes};
use crate::parse::{Account, Parsed};
use crate::path::{clash_key, is_file_name};
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report, any_error};
use crate::snapshot::Source;

/// A snapshot, and what was read in it.
#[derive(Debug)]
pub(crate) struct ReadSnapshot {
    pub(crate) source: Source,
    /// Its records, or why the file is not a page.
    pub(crate) parsed: Result<Parsed, Report>,
}

impl ReadSnapshot {
    /// The language of the page; none where it cannot be read.
    pub(crate) fn language(&self) -> Option<Language> {
        Some(self.page()?.language)
    }

    /// The records of the page; none where it cannot be read.
    pub(crate) fn page(&self) -> Option<&Page> {
        self.parsed.as_ref().ok().map(|parsed| &parsed.page)
    }

    /// What was found in it.
    pub(crate) fn problems(self) -> Vec<Diagnostic> {
        match self.parsed {
            Ok(parsed) => parsed.diagnostics,
            Err(report) => report.into(),
        }
    }
}

/// The pages of a project.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// The pages without an error.
    pub(crate) pages: Vec<Page>,
    /// The ids of the others.
    pub(crate) unread: BTreeSet<String>,
    /// What became of the text of all that could be read.
    pub(crate) account: Account,
    /// What was found, in the order of the snapshots.
    pub(crate) report: Report,
}

/// Puts the snapshots of each page together.
pub(crate) struct Assembly<'a> {
    pub(crate) config: &'a Config,
    pub(crate) names: &'a Names,
    pub(crate) prefixes: &'a Prefixes,
    /// Which lints are looked for.
    pub(crate) levels: Levels,
}

impl Assembly<'_> {
    /// The pages that some snapshots show.
    pub(crate) fn pages(&self, snapshots: Vec<ReadSnapshot>) -> Pages {
        let mut by_id: BTreeMap<String, Vec<ReadSnapshot>> = BTreeMap::new();
        for snapshot in snapshots {
            let id = clash_key(self.config.page_id(&snapshot.source.id));
            by_id.entry(id).or_default().push(snapshot);
        }
        let mut pages = Pages::default();
        for group in by_id.into_values() {
            self.add(group, &mut pages);
        }
        pages
    }

    /// Adds the page that some snapshots show, each in its language.
    fn add(&self, group: Vec<ReadSnapshot>, pages: &mut Pages) {
        let id = self.page_id(&group);
        let mut found = refuse_second(&group);
        let mut merged = self.merge(group, &mut found);
        if let Some(parsed) = &mut merged {
            parsed.page.id.clone_from(&id);
            pages.account += parsed.account;
            let lints = self.lint(parsed);
            found.append(&mut parsed.diagnostics);
            found.extend(lints);
            found.extend(self.refuse_emptied(&parsed.page));
        }
        match merged.filter(|_| !any_error(&found)) {
            Some(parsed) => pages.pages.push(parsed.page),
            None => drop(pages.unread.insert(id)),
        }
        pages.report.extend(found);
    }

    /// The page in all its languages, the project's own first; none where no snapshot can be read.
    fn merge(&self, group: Vec<ReadSnapshot>, found: &mut Vec<Diagnostic>) -> Option<Parsed> {
        let mut by_language: BTreeMap<Language, Parsed> = BTreeMap::new();
        for snapshot in group {
            found.extend(refuse_file_name(&snapshot.source));
            match snapshot.parsed {
                Ok(parsed) => drop(by_language.insert(parsed.page.language, parsed)),
                Err(report) => found.extend(report),
            }
        }
        let own = by_language.remove(&self.config.language).into_iter();
        own.chain(by_language.into_values())
            .reduce(bilingual::merge)
    }

    /// The id of a page, in the case of letters in which names.toml knows it.
    fn page_id(&self, group: &[ReadSnapshot]) -> String {
        let first = group.first().map_or("", |snapshot| &snapshot.source.id);
        let id = self.config.page_id(first);
        self.names.known_page(id).unwrap_or(id).to_owned()
    }

    fn lint(&self, parsed: &Parsed) -> Vec<Diagnostic> {
        let page = &parsed.page;
        let nameless = naming::nameless(page, self.names, self.prefixes, &self.levels);
        lint::check(page, &parsed.sources, &nameless, &self.levels)
    }

    /// An error for a page that lost all its codes: most likely it was saved before it had loaded.
    fn refuse_emptied(&self, page: &Page) -> Option<Diagnostic> {
        let count = self.names.codes_of(&page.id).len();
        let is_emptied = page.codes.is_empty() && count > 0;
        is_emptied.then(|| ProjectProblem::CodesLost(count).at_file(&page.source))
    }
}

/// An error for an id that cannot be part of a file name everywhere: outputs are named after it.
fn refuse_file_name(source: &Source) -> Option<Diagnostic> {
    if is_file_name(&source.id) {
        return None;
    }
    let is_unprintable = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
    let problem = if source.id.contains(is_unprintable) {
        ProjectProblem::UnprintableFileName
    } else {
        ProjectProblem::BadFileName
    };
    Some(problem.at_file(&source.shown))
}

/// Errors for snapshots that would be one page and are not its text in two languages.
fn refuse_second(group: &[ReadSnapshot]) -> Vec<Diagnostic> {
    let mut first_uses: HashMap<Option<Language>, &Source> = HashMap::new();
    let second = group.iter().filter_map(|snapshot| {
        let language = snapshot.language();
        let Source { id, shown, .. } = &snapshot.source;
        let first = first_uses.insert(language, &snapshot.source)?;
        let problem = ProjectProblem::SecondPage {
            language,
            id: id.clone(),
            first: first.shown.clone(),
            first_id: first.id.clone(),
        };
        Some(problem.at_file(shown))
    });
    second.collect()
}

/// Errors for new pages that have the codes of one whose snapshot is gone: all its constants would
/// move to another enum, which only a person can want. So it is while a new page shows no codes, or
/// cannot be read.
pub(crate) fn find_renamed(
    pages: &[Page],
    unread: &BTreeSet<String>,
    names: &Names,
) -> Vec<Diagnostic> {
    let is_new = |id: &str| names.get(&Key::page(id)).is_none();
    let present = pages.iter().map(|page| &page.id).chain(unread);
    let gone = names.pages_without(&present.map(String::as_str).collect());
    let empty = pages.iter().filter(|page| page.codes.is_empty());
    let mut without_codes = empty.map(|page| &page.id).chain(unread);
    let mut found = Vec::new();
    if let Some(new) = without_codes.find(|id| is_new(id)) {
        found.extend(gone.keys().map(|old| {
            let problem = ProjectProblem::PageGone { new: new.clone() };
            problem.at(names.place(&Key::page(old)))
        }));
    }
    let by_codes = ByCodes::new(gone.iter().map(|(old, codes)| (*old, codes)));
    for page in pages.iter().filter(|page| is_new(&page.id)) {
        let alike = by_codes.alike(&diff::items(page)).into_iter();
        if let Some((old, shared)) = alike.max_by_key(|(_, shared)| *shared) {
            let problem = ProjectProblem::PageRenamed {
                new: page.id.clone(),
                old: old.to_owned(),
                shared,
            };
            found.push(problem.at_file(&page.source));
        }
    }
    found
}
