//! Problems of a project as a whole: its pages, revisions and imports.

use super::parse::NO_CODES;
use super::{Fix, Rule, rule};
use crate::bilingual::language_name;
use crate::catalog::Language;
use crate::names::toml_key;
use crate::snapshot::endings;

pub(super) const NO_SNAPSHOTS: Rule = rule("no-snapshots", "a project without saved pages");
const CODES_LOST: Rule = rule("codes-lost", "a page that had codes and has none any more");
const PAGE_RENAMED: Rule = rule(
    "page-renamed",
    "a page that seems to have another name than before",
);
pub(super) const PAGE_ID: Rule = rule("page-id", "two pages with one id");
const IMPORT: Rule = rule("import", "a page that cannot be imported");
const REVISION: Rule = rule("revision", "a revision that cannot be read");
pub(super) const CATALOG: Rule = rule("catalog", "records in the outputs that cannot be read");

problems! {
    /// A problem of a project as a whole: its pages, revisions and imports.
    pub enum ProjectProblem in Project {
        /// The folder of snapshots is a file.
        SnapshotsAreAFile => NO_SNAPSHOTS.error("the folder of snapshots is a file")
            .help("move the file, or name another folder as `snapshots` in arkerr.toml"),
        /// The project's folder of snapshots, which is this one, has none.
        NoSnapshots(folder: String) => NO_SNAPSHOTS.error("there are no snapshots")
            .help(format!("save an error-code page of the documentation as `{folder}/NAME.html`, \
                           where NAME is the last part of its address, or have `arkerr import` \
                           make a snapshot of a page that lies elsewhere")),
        /// The paths that were named have no snapshots.
        NoSnapshotsInPaths => NO_SNAPSHOTS.error("there are no snapshots")
            .help(format!("a saved page in a folder ends in {}", endings())),
        /// No page has a code.
        NoCodes => NO_CODES.error("no page has any error code")
            .help("save the pages again once they have loaded in the browser"),
        /// A page had so many codes in `names.toml` and has none now.
        CodesLost(count: usize) => CODES_LOST
            .error(format!("the page had codes ({count}) and has none any more"))
            .help("save the page again when it has loaded; if its codes are gone for good, delete \
                   the snapshot"),
        /// An imported page, or a fetched one, has no codes, and the snapshot that it would
        /// replace has some.
        CodesLostOnImport { snapshot: String, count: usize, is_fetched: bool } => CODES_LOST
            .error(format!("the page has no codes, and its snapshot has {count}"))
            .note(format!("`{snapshot}` stays as it is"))
            .help(if *is_fetched {
                "look at the page in a browser; if its codes are gone for good, delete its \
                 snapshot and fetch it again".to_owned()
            } else {
                format!("save the page again when it has loaded; if its codes are gone for good, \
                         delete `{snapshot}` and import the page again")
            }),
        /// A new page has the codes of one that has no snapshot any more; `shared` of them have
        /// names.
        PageRenamed { new: String, old: String, shared: usize } => PAGE_RENAMED
            .error(format!("the page has the codes of `{old}`, which has no snapshot any more"))
            .note(format!("{shared} of them have names in names.toml"))
            .note(format!(
                "if the site has renamed the page, say so in arkerr.toml, and all names stay:\n\
                 [pages.{}]\nslug = {new:?}",
                toml_key(old)
            ))
            .help("if it is another page, generate once without its snapshot, so that the old \
                   names retire"),
        /// A page has no snapshot any more, and this new one shows no codes: it may be the same.
        PageGone { new: String } => PAGE_RENAMED
            .error(format!("the page has no snapshot any more, and `{new}`, which is new, shows no \
                            codes"))
            .note("the one may be the other under a new name")
            .help("save the new page again, or generate once without its snapshot"),
        /// A file name with characters that cannot be printed.
        UnprintableFileName => PAGE_ID.error("the file name has characters that cannot be printed")
            .help("name the file after the last part of the page's address"),
        /// A file name that some systems refuse.
        BadFileName => PAGE_ID.error("the file name is none that files may have on every system")
            .help("name the file after the last part of the page's address"),
        /// Two snapshots are the same page in the same language; there is none where a snapshot
        /// cannot be read.
        SecondPage { language: Option<Language>, id: String, first: String, first_id: String } => {
            let pages = match language {
                Some(language) => format!("{} pages", language_name(*language)),
                None => "pages".to_owned(),
            };
            PAGE_ID.error(format!("two {pages} have the id `{id}`"))
                .note(format!("the first is `{first}`"))
                .notes((id != first_id).then(|| {
                    "their names are one where case and the encoding of accents do not count".to_owned()
                }))
                .note("two files may be one page in Chinese and in English, told by its labels")
                .help("rename or delete one of the files")
        },
        /// A snapshot cannot have this name.
        BadSnapshotName(id: String) => PAGE_ID
            .error(format!("`{id}` cannot be the name of a snapshot"))
            .help("give the last part of the page's address with --id"),
        /// A page from the standard input does not say what it is called.
        NoSnapshotName => PAGE_ID.error("the page does not say what it is called")
            .help("give the last part of its address with --id, or the address with --url"),
        /// The path of the new snapshot belongs to the page in another language.
        PathTaken { path: String, id: String, other: Language, language: Language } =>
            PAGE_ID
                .error(format!("`{path}` is the {} page `{id}`", language_name(*other)))
                .note(format!("the page to import is the {} one", language_name(*language)))
                .help("move that file, or give another name with --id"),
        /// What was written as a snapshot is read as another page.
        NotReadBack { reason: String, snapshots: String } => IMPORT
            .error(format!("the page cannot be written as a snapshot: {reason}"))
            .note("arkerr reads what it has written, and compares it with the page")
            .help(format!("please report the page; until then, keep it as it was saved in \
                           `{snapshots}`")),
        /// Not a time of an update.
        BadUpdateTime(time: String) => IMPORT.error(format!("`{time}` is no time of an update"))
            .help("give it as `2026-08-29 17:41`"),
        /// A page whose enum cannot be named.
        PageName { id: String, reason: PageNameReason } =>
            rule("page-name", "a page that no name can be made for")
                .error(match reason {
                    PageNameReason::NoLatin =>
                        "the file name has no Latin letter or digit to name the page by".to_owned(),
                    PageNameReason::TooLong(name) =>
                        format!("the page would be called `{name}`, which is too long a name"),
                    PageNameReason::Taken { name, by } =>
                        format!("the page would be called `{name}`, as `{by}` is"),
                })
                .help(format!(
                    "name the file after the last part of the page's address, such as \
                     `core-vision-error-code.html`, or add a line to names.toml: \
                     {}.enum = \"…ErrorCode\"",
                    toml_key(id)
                )),
        /// Not a path and not a git revision, and what git said. A shallow clone lacks revisions.
        NotARevision { given: String, git: Option<String>, is_shallow: bool } => REVISION
            .error(format!("`{given}` is no file or folder, and no git revision of this project"))
            .notes(git.clone())
            .notes(is_shallow.then(|| {
                "this is a shallow clone, which lacks earlier revisions; \
                 `git fetch --unshallow` gets them"
                    .to_owned()
            }))
            .help("name a folder or file of snapshots, a catalog.json, or a revision such as \
                   HEAD~1"),
        /// A path that is a git revision too.
        PathAndRevision { given: String } => REVISION
            .error(format!("`{given}` is both a path and a git revision"))
            .help(format!("write `./{given}` for the path, or `{given}^0` for the revision")),
        /// An entry of a revision that is a link or another repository.
        RevisionEntry(what: &'static str) => REVISION
            .error(format!("this is {what} in the revision, which is not followed"))
            .help("check the revision out elsewhere, and compare with that folder"),
        /// A revision cannot be read.
        Revision(message: String) => REVISION.error(message),
        /// No target writes the records that changes are compared with.
        NoCatalogTarget => CATALOG
            .error("without the target `json` nobody knows what the pages said before")
            .help("switch the target on in arkerr.toml, or compare with `arkerr diff`"),
        /// A catalogue cannot be used.
        Catalog(message: String) =>
            CATALOG.error(message).fix(Fix::Generate, "run {} to write it anew"),
    }
}

/// Why a page's enum cannot be named.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what the messages name")]
pub enum PageNameReason {
    /// Its id has no Latin letter or digit.
    NoLatin,
    /// The name would be too long.
    TooLong(String),
    /// Another page has the name.
    Taken { name: String, by: String },
}
