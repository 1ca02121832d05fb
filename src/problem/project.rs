//! Problems of a project as a whole: its pages, revisions and imports.

use super::{Describe, Description};
use crate::bilingual::name_of;
use crate::catalog::Language;
use crate::names::toml_key;
use crate::snapshot::endings;

/// A problem of a project as a whole: its pages, revisions and imports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectProblem {
    /// The folder of snapshots is a file.
    SnapshotsAreAFile,
    /// The project's folder of snapshots, which is this one, has none.
    NoSnapshots(String),
    /// The paths that were named have no snapshots.
    NoSnapshotsInPaths,
    /// No page has a code.
    NoCodes,
    /// A page had so many codes in `names.toml` and has none now.
    CodesLost(usize),
    /// An imported page has no codes, and the snapshot that it would replace has some.
    CodesLostOnImport {
        /// The path of the snapshot.
        snapshot: String,
        /// How many codes it has.
        count: usize,
        /// Whether the page is an answer of the site.
        is_fetched: bool,
    },
    /// A new page has the codes of one that has no snapshot any more.
    PageRenamed {
        /// The id of the new page.
        new: String,
        /// The id of the page that is gone.
        old: String,
        /// How many of its codes have names.
        shared: usize,
    },
    /// A page has no snapshot any more, and this new one shows no codes: it may be the same.
    PageGone {
        /// The id of the new page.
        new: String,
    },
    /// A file name with characters that cannot be printed.
    UnprintableFileName,
    /// A file name that some systems refuse.
    BadFileName,
    /// Two snapshots are the same page in the same language.
    SecondPage {
        /// The language; none where a snapshot cannot be read.
        language: Option<Language>,
        /// The id of both.
        id: String,
        /// The path of the first.
        first: String,
    },
    /// A snapshot cannot have this name.
    BadSnapshotName(String),
    /// A page from the standard input does not say what it is called.
    NoSnapshotName,
    /// The path of the new snapshot belongs to the page in another language.
    PathTaken {
        /// The path.
        path: String,
        /// The id of the page.
        id: String,
        /// The language of the snapshot at the path; none where it cannot be read.
        other: Option<Language>,
        /// The language of the page to import.
        language: Language,
    },
    /// What was written as a snapshot is read as another page.
    NotReadBack {
        /// Why.
        reason: String,
        /// The folder of snapshots.
        snapshots: String,
    },
    /// Not a time of an update.
    BadUpdateTime(String),
    /// A page whose enum cannot be named.
    PageName {
        /// The id of the page.
        id: String,
        /// Why.
        reason: PageNameReason,
    },
    /// Not a path and not a git revision.
    NotARevision {
        /// What was given.
        given: String,
        /// What git said.
        git: Option<String>,
        /// Whether the clone lacks earlier revisions.
        is_shallow: bool,
    },
    /// An entry of a revision that is a link or another repository.
    RevisionEntry(&'static str),
    /// A revision cannot be read.
    Revision(String),
    /// No target writes the records that changes are compared with.
    NoCatalogTarget,
    /// A catalogue cannot be used.
    Catalog(String),
}

/// Why a page's enum cannot be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageNameReason {
    /// Its id has no Latin letter or digit.
    NoLatin,
    /// The name would be too long.
    TooLong(String),
    /// Another page has the name.
    Taken {
        /// The name.
        name: String,
        /// The id of the other page.
        by: String,
    },
}

impl Describe for ProjectProblem {
    fn describe(&self) -> Description {
        match self {
            Self::SnapshotsAreAFile => no_snapshots("the folder of snapshots is a file")
                .help("move the file, or name another folder as `snapshots` in arkerr.toml"),
            Self::NoSnapshots(folder) => no_snapshots("there are no snapshots").help(format!(
                "save an error-code page of the documentation as `{folder}/NAME.html`, where NAME is \
                 the last part of its address, or have `arkerr import` make a snapshot of a page that lies elsewhere"
            )),
            Self::NoSnapshotsInPaths => no_snapshots("there are no snapshots")
                .help(format!("a saved page in a folder ends in {}", endings())),
            Self::NoCodes => Description::error(
                "no-codes",
                "a page without any error code",
                "no page has any error code",
            )
            .help("save the pages again once they have loaded in the browser"),
            Self::CodesLost(count) => codes_lost(format!(
                "the page had codes ({count}) and has none any more"
            ))
            .help("save the page again when it has loaded; if its codes are gone for good, delete the snapshot"),
            Self::CodesLostOnImport { snapshot, count, is_fetched } => codes_lost(format!(
                "the page has no codes, and its snapshot has {count}"
            ))
            .note(format!("`{snapshot}` stays as it is"))
            .help(if *is_fetched {
                "look at the page in a browser; if its codes are gone for good, delete its snapshot and fetch it again".to_owned()
            } else {
                format!("save the page again when it has loaded; if its codes are gone for good, delete `{snapshot}` and import the page again")
            }),
            Self::PageRenamed { new, old, shared } => page_renamed(format!(
                "the page has the codes of `{old}`, which has no snapshot any more"
            ))
            .note(format!("{shared} of them have names in names.toml"))
            .note(format!(
                "if the site has renamed the page, say so in arkerr.toml, and all names stay:\n[pages.{}]\nslug = {new:?}",
                toml_key(old)
            ))
            .help("if it is another page, generate once without its snapshot, so that the old names retire"),
            Self::PageGone { new } => page_renamed(format!(
                "the page has no snapshot any more, and `{new}`, which is new, shows no codes"
            ))
            .note("the one may be the other under a new name")
            .help("save the new page again, or generate once without its snapshot"),
            Self::UnprintableFileName => page_id("the file name has characters that cannot be printed")
                .help("name the file after the last part of the page's address"),
            Self::BadFileName => page_id("the file name is none that files may have on every system")
                .help("name the file after the last part of the page's address"),
            Self::SecondPage { language, id, first } => {
                let pages = language.map_or("pages".to_owned(), |language| {
                    format!("{} pages", name_of(language))
                });
                page_id(format!("two {pages} have the id `{id}`"))
                    .note(format!("the first is `{first}`"))
                    .note("two files may be one page in Chinese and in English, told by its labels")
                    .help("rename or delete one of the files")
            }
            Self::BadSnapshotName(id) => page_id(format!("`{id}` cannot be the name of a snapshot"))
                .help("give the last part of the page's address with --id"),
            Self::NoSnapshotName => page_id("the page does not say what it is called")
                .help("give the last part of its address with --id, or the address with --url"),
            Self::PathTaken { path, id, other, language } => {
                let other = other.map_or("unreadable", name_of);
                page_id(format!("`{path}` is the {other} page `{id}`"))
                    .note(format!("the page to import is the {} one", name_of(*language)))
                    .help("move that file, or give another name with --id")
            }
            Self::NotReadBack { reason, snapshots } => import(format!(
                "the page cannot be written as a snapshot: {reason}"
            ))
            .note("arkerr reads what it has written, and compares it with the page")
            .help(format!(
                "please report the page; until then, keep it as it was saved in `{snapshots}`"
            )),
            Self::BadUpdateTime(time) => import(format!("`{time}` is no time of an update"))
                .help("give it as `2026-08-29 17:41`"),
            Self::PageName { id, reason } => page_name(reason).help(format!(
                "name the file after the last part of the page's address, such as \
                 `core-vision-error-code.html`, or add a line to names.toml: {}.enum = \"…ErrorCode\"",
                toml_key(id)
            )),
            Self::NotARevision { given, git, is_shallow } => {
                let mut description = revision(format!(
                    "`{given}` is no file or folder, and no git revision of this project"
                ))
                .help("name a folder or file of snapshots, a catalog.json, or a revision such as HEAD~1");
                description.notes.extend(git.clone());
                if *is_shallow {
                    description = description.note(
                        "this is a shallow clone, which lacks earlier revisions; \
                         `git fetch --unshallow` gets them",
                    );
                }
                description
            }
            Self::RevisionEntry(what) => revision(format!(
                "this is {what} in the revision, which is not followed"
            ))
            .help("check the revision out elsewhere, and compare with that folder"),
            Self::Revision(message) => revision(message.clone()),
            Self::NoCatalogTarget => catalog(
                "without the target `json` nobody knows what the pages said before".to_owned(),
            )
            .help("switch the target on in arkerr.toml, or compare with `arkerr diff`"),
            Self::Catalog(message) => {
                catalog(message.clone()).help("run arkerr generate to write it anew")
            }
        }
    }
}

fn no_snapshots(message: &str) -> Description {
    Description::error("no-snapshots", "a project without saved pages", message)
}

fn codes_lost(message: String) -> Description {
    let summary = "a page that had codes and has none any more";
    Description::error("codes-lost", summary, message)
}

fn page_renamed(message: String) -> Description {
    let summary = "a page that seems to have another name than before";
    Description::error("page-renamed", summary, message)
}

fn page_id(message: impl Into<String>) -> Description {
    Description::error("page-id", "two pages with one id", message)
}

fn import(message: String) -> Description {
    Description::error("import", "a page that cannot be imported", message)
}

fn page_name(reason: &PageNameReason) -> Description {
    let message = match reason {
        PageNameReason::NoLatin => {
            "the file name has no Latin letter or digit to name the page by".to_owned()
        }
        PageNameReason::TooLong(name) => {
            format!("the page would be called `{name}`, which is too long a name")
        }
        PageNameReason::Taken { name, by } => {
            format!("the page would be called `{name}`, as `{by}` is")
        }
    };
    Description::error("page-name", "a page that no name can be made for", message)
}

fn revision(message: String) -> Description {
    Description::error("revision", "a revision that cannot be read", message)
}

fn catalog(message: String) -> Description {
    Description::error(
        "catalog",
        "records in the outputs that cannot be read",
        message,
    )
}
