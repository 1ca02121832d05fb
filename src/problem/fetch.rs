//! Problems of answers of the documentation site.

use std::time::Duration;

use super::project::NO_SNAPSHOTS;
use super::{Description, Position, Problem, Rule, first_of, rule};
use crate::bilingual::language_name;
use crate::catalog::Language;

/// What a page may be called.
const PAGE_NAMES: &str =
    "a page is named in letters, digits, `-`, `_` and `.`, such as `core-vision-error-code`";

const NAME: Rule = rule("fetch-name", "a page that cannot be asked for by its name");
const NO_CODES: Rule = rule(
    "fetch-no-codes",
    "a page of the site without any error code",
);
const OTHER_PAGE: Rule = rule(
    "fetch-other-page",
    "an answer of the site that is another page",
);

problems! {
    /// A problem of answers of the documentation site.
    pub enum FetchProblem in Fetch {
        /// Pages with their languages, or where there are none the list of all pages, that were
        /// not fetched.
        Failed { pages: Vec<String>, failure: Failure } => failure.describe(pages),
        /// More pages than `max_pages` allows.
        TooMany { pages: usize, max: usize } =>
            rule("fetch-limit", "more pages than may be fetched")
                .error(format!("{pages} pages are more than may be fetched at once"))
                .note(format!("`max_pages` of the table `[fetch]` is {max}"))
                .help("name some pages, or set `max_pages` in arkerr.toml"),
        /// A page, with its language, that cannot have this name.
        BadName(page: String) => NAME
            .error(format!("{page} was not fetched: this is no name of a page"))
            .note(PAGE_NAMES)
            .help("give the last part of the page's address"),
        /// A page that cannot have the name that the list of pages has for it. Both may be the
        /// beginning only.
        BadNameInList { name: String, title: String } => NAME
            .warning(format!("`{name}` is no name of a page and was passed over"))
            .note(format!("the list of pages has it as \"{title}\""))
            .note(PAGE_NAMES),
        /// The project has no page to fetch again.
        NothingToFetch => NO_SNAPSHOTS.error("there are no snapshots to fetch again")
            .help("name a page, as in `arkerr fetch core-vision-error-code`; `arkerr fetch \
                   --discover` lists the pages that there are"),
        /// A page in another language than it was asked for in.
        WrongLanguage { own: Language, asked: Language } => {
            let (own, asked) = (language_name(*own), language_name(*asked));
            rule("fetch-language", "a page that the site has in another language")
                .error(format!("the page is in {own}, and was asked for in {asked}"))
                .note("nothing was written for it")
                .help(format!("the site may have no such page in {asked}"))
        },
        /// A page without codes, which was found in the list of pages or else named.
        NoCodes { is_listed: bool } => if *is_listed {
            NO_CODES.warning("the page has no error codes").note("nothing was written for it")
        } else {
            NO_CODES.error("the page has no error codes")
                .note("nothing was written for it")
                .help("it may be a page that leads to others: `arkerr fetch --discover` lists them")
        },
        /// A page that has neither the title nor any code of its snapshot.
        OtherPage { title: String, old_title: String, snapshot: String } => OTHER_PAGE
            .error(format!("the page \"{title}\" is another one than that of the snapshot, \
                            \"{old_title}\""))
            .note(format!("they have no code in common; `{snapshot}` stays as it is"))
            .help("if the site has given the name to another page, move the snapshot away and \
                   fetch the page again"),
        /// A page that cannot be compared with its snapshot; where in the answer of the site the
        /// reason is.
        NotCompared { page: String, position: Option<Position>, problem: Box<Problem> } => {
            let mut description = problem.describe();
            description.message = format!("{page} was not compared: {}", description.message);
            let at = position.map(|at| format!("it is at {at} in the answer of the site"));
            description.notes.splice(0..0, at);
            description
        },
        /// A page that would become this snapshot, which does not exist.
        NoSnapshot(path: String) => OTHER_PAGE
            .error(format!("the answer is no page of a snapshot: it would become `{path}`"))
            .help("look at the page in a browser; it may be there in another language only"),
        /// A part of the site that no page with error codes is below; the kits that have some.
        NoSuchPart { part: String, kits: Vec<String> } =>
            rule("fetch-kit", "a part of the site without error codes")
                .error(format!("the site has no page with error codes below `{part}`"))
                .notes(kits.first().map(|_| format!("the kits are {}", first_of(kits).join(", "))))
                .help("`arkerr fetch --discover` lists all pages, with what is above them"),
    }
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
        let (id, summary) = match self.kind {
            FailureKind::Network => ("fetch-network", "an answer of the site that did not come"),
            FailureKind::Answer => ("fetch-answer", "an answer of the site that is not a page"),
            FailureKind::NotAsked => (
                "fetch-not-asked",
                "a page that was not asked for after others had failed",
            ),
        };
        let cause = &self.cause;
        let message = match pages {
            [] => format!("the list of pages was not fetched: {cause}"),
            [page] => format!("{page} was not fetched: {cause}"),
            pages => format!("{} pages were not fetched: {cause}", pages.len()),
        };
        let all = (pages.len() > 1).then(|| format!("the pages are {}", pages.join(", ")));
        Description {
            help: self.help.map(str::to_owned),
            ..rule(id, summary)
                .error(message)
                .notes(self.notes.iter().cloned().chain(all))
        }
    }
}
