//! Problems of answers of the documentation site.

use std::time::Duration;

use super::{Describe, Description, Position, Problem, first_of};
use crate::bilingual::name_of;
use crate::catalog::Language;

/// What a page may be called.
const PAGE_NAMES: &str =
    "a page is named in letters, digits, `-`, `_` and `.`, such as `core-vision-error-code`";

/// A problem of answers of the documentation site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchProblem {
    /// Pages, or the list of all pages, that were not fetched.
    Failed {
        /// The pages and their languages; none for the list of pages.
        pages: Vec<String>,
        /// Why.
        failure: Failure,
    },
    /// More pages than `max_pages` allows.
    TooMany {
        /// How many.
        pages: usize,
        /// How many are allowed.
        max: usize,
    },
    /// A page, with its language, that cannot have this name.
    BadName(String),
    /// A page that cannot have the name that the list of pages has for it.
    BadNameInList {
        /// The name, or the beginning of it.
        name: String,
        /// The title, likewise.
        title: String,
    },
    /// The project has no page to fetch again.
    NothingToFetch,
    /// A page in another language than it was asked for in.
    WrongLanguage {
        /// The language of the page.
        own: Language,
        /// The language that was asked for.
        asked: Language,
    },
    /// A page without codes.
    NoCodes {
        /// Whether it was found in the list of pages, and not named.
        is_listed: bool,
    },
    /// A page that has neither the title nor any code of its snapshot.
    OtherPage {
        /// Its title.
        title: String,
        /// The title of the snapshot.
        old_title: String,
        /// The path of the snapshot.
        snapshot: String,
    },
    /// A page that cannot be compared with its snapshot.
    NotCompared {
        /// The page, with its language.
        page: String,
        /// Where the problem is in the answer of the site.
        position: Option<Position>,
        /// What keeps it from being compared.
        problem: Box<Problem>,
    },
    /// A page that would become this snapshot, which does not exist.
    NoSnapshot(String),
    /// A part of the site that no page with error codes is below.
    NoSuchPart {
        /// What was asked for.
        part: String,
        /// The kits that have pages with error codes.
        kits: Vec<String>,
    },
}

/// Why the site gave no page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// What happened, as the end of a sentence about the page.
    pub cause: String,
    /// What else helps to understand it.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<&'static str>,
    /// Whether it is worth to ask again.
    pub may_pass: bool,
    /// How long the site wants to be left alone before it is asked again.
    pub wait: Option<Duration>,
    /// Whether all other requests would fail in the same way.
    pub is_general: bool,
}

/// A kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// No answer came over the network, or not all of it, or not from the site.
    Network,
    /// The answer is an error, or is not a page.
    Answer,
    /// The site was not asked, since other requests had failed or there was no time left.
    NotAsked,
}

#[cfg(feature = "fetch")]
impl Failure {
    pub(crate) fn new(kind: FailureKind, cause: impl Into<String>) -> Self {
        Self {
            kind,
            cause: cause.into(),
            notes: Vec::new(),
            help: None,
            may_pass: false,
            wait: None,
            is_general: false,
        }
    }

    pub(crate) fn passing(mut self) -> Self {
        self.may_pass = true;
        self
    }

    pub(crate) fn general(mut self) -> Self {
        self.is_general = true;
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}

impl Failure {
    fn describe(&self, pages: &[String]) -> Description {
        let rule = match self.kind {
            FailureKind::Network => NETWORK,
            FailureKind::Answer => ANSWER,
            FailureKind::NotAsked => NOT_ASKED,
        };
        let cause = &self.cause;
        let message = match pages {
            [] => format!("the list of pages was not fetched: {cause}"),
            [page] => format!("{page} was not fetched: {cause}"),
            pages => format!("{} pages were not fetched: {cause}", pages.len()),
        };
        let mut description = error(rule, message);
        description.notes.clone_from(&self.notes);
        if pages.len() > 1 {
            description = description.note(format!("the pages are {}", pages.join(", ")));
        }
        description.help = self.help.map(str::to_owned);
        description
    }
}

impl Describe for FetchProblem {
    fn describe(&self) -> Description {
        match self {
            Self::Failed { pages, failure } => failure.describe(pages),
            Self::TooMany { pages, max } => {
                error(LIMIT, format!("{pages} pages are more than may be fetched at once"))
                    .note(format!("`max_pages` of the table `[fetch]` is {max}"))
                    .help("name some pages, or set `max_pages` in arkerr.toml")
            }
            Self::BadName(page) => {
                error(NAME, format!("{page} was not fetched: this is no name of a page"))
                    .note(PAGE_NAMES)
                    .help("give the last part of the page's address")
            }
            Self::BadNameInList { name, title } => {
                warning(NAME, format!("`{name}` is no name of a page and was passed over"))
                    .note(format!("the list of pages has it as \"{title}\""))
                    .note(PAGE_NAMES)
            }
            Self::NothingToFetch => error(NO_SNAPSHOTS, "there are no snapshots to fetch again")
                .help(
                    "name a page, as in `arkerr fetch core-vision-error-code`; \
                     `arkerr fetch --discover` lists the pages that there are",
                ),
            Self::WrongLanguage { own, asked } => {
                let (own, asked) = (name_of(*own), name_of(*asked));
                error(LANGUAGE, format!("the page is in {own}, and was asked for in {asked}"))
                    .note("nothing was written for it")
                    .help(format!("the site may have no such page in {asked}"))
            }
            Self::NoCodes { is_listed: true } => warning(NO_CODES, "the page has no error codes")
                .note("nothing was written for it"),
            Self::NoCodes { is_listed: false } => error(NO_CODES, "the page has no error codes")
                .note("nothing was written for it")
                .help("it may be a page that leads to others: `arkerr fetch --discover` lists them"),
            Self::OtherPage { title, old_title, snapshot } => error(
                OTHER_PAGE,
                format!("the page \"{title}\" is another one than that of the snapshot, \"{old_title}\""),
            )
            .note(format!("they have no code in common; `{snapshot}` stays as it is"))
            .help("if the site has given the name to another page, move the snapshot away and fetch the page again"),
            Self::NotCompared { page, position, problem } => {
                let mut description = problem.describe();
                description.message = format!("{page} was not compared: {}", description.message);
                let at = position.map(|at| format!("it is at {at} in the answer of the site"));
                description.notes.splice(0..0, at);
                description
            }
            Self::NoSnapshot(path) => {
                error(OTHER_PAGE, format!("the answer is no page of a snapshot: it would become `{path}`"))
                    .help("look at the page in a browser; it may be there in another language only")
            }
            Self::NoSuchPart { part, kits } => {
                let problem = error(KIT, format!("the site has no page with error codes below `{part}`"))
                    .help("`arkerr fetch --discover` lists all pages, with what is above them");
                if kits.is_empty() {
                    problem
                } else {
                    problem.note(format!("the kits are {}", first_of(kits).join(", ")))
                }
            }
        }
    }
}

/// An id, and what it means.
type Rule = (&'static str, &'static str);

const NETWORK: Rule = ("fetch-network", "an answer of the site that did not come");
const ANSWER: Rule = ("fetch-answer", "an answer of the site that is not a page");
const NOT_ASKED: Rule = (
    "fetch-not-asked",
    "a page that was not asked for after others had failed",
);
const LIMIT: Rule = ("fetch-limit", "more pages than may be fetched");
const NAME: Rule = ("fetch-name", "a page that cannot be asked for by its name");
const NO_SNAPSHOTS: Rule = ("no-snapshots", "a project without saved pages");
const LANGUAGE: Rule = (
    "fetch-language",
    "a page that the site has in another language",
);
const NO_CODES: Rule = (
    "fetch-no-codes",
    "a page of the site without any error code",
);
const OTHER_PAGE: Rule = (
    "fetch-other-page",
    "an answer of the site that is another page",
);
const KIT: Rule = ("fetch-kit", "a part of the site without error codes");

fn error((id, summary): Rule, message: impl Into<String>) -> Description {
    Description::error(id, summary, message)
}

fn warning((id, summary): Rule, message: impl Into<String>) -> Description {
    Description::warning(id, summary, message)
}
