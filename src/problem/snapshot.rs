//! Problems of a saved file that cannot be read as a page.

use super::{Describe, Description};

/// A problem of a saved file that cannot be read as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotProblem {
    /// A path that somebody named does not exist.
    Missing,
    /// A file or folder under a path cannot be read, for this reason.
    Unreadable(String),
    /// A snapshot cannot be read, for this reason.
    UnreadablePage(String),
    /// Files among the snapshots have names that no snapshot has.
    OtherFiles {
        /// The path of the first.
        first: String,
        /// How many there are.
        count: usize,
        /// What the names of snapshots end in.
        endings: String,
    },
    /// The file is a pointer of Git LFS.
    LfsPointer,
    /// The file has no text.
    Empty,
    /// The file is in none of the forms of a page.
    UnknownForm,
    /// The page has no text.
    NoText,
    /// The file ends within a tag or comment.
    EndsInMarkup,
    /// The file ends with elements of the page open.
    EndsInElement,
    /// The archive lacks the line that closes its parts.
    EndsInPart {
        /// That line.
        closing: String,
    },
    /// The bytes are not UTF-8, and nothing names another encoding.
    NotUtf8 {
        /// An encoding that the file names, which is unknown.
        unknown: Option<String>,
    },
    /// The bytes are not in the encoding that the file names.
    WrongEncoding(String),
    /// The file begins as JSON and is not valid JSON.
    BadJson {
        /// What the JSON parser says.
        message: String,
        /// Whether the text ends too early.
        is_cut_off: bool,
    },
    /// The answer of the document API reports an error.
    ApiError {
        /// Its code.
        code: String,
        /// What the site said.
        message: Option<String>,
    },
    /// The answer of the document API has no page.
    ApiNoContent {
        /// What it has instead: `` no `value` ``.
        found: String,
        /// What the site said.
        message: Option<String>,
    },
    /// The archive is not well-formed MIME, for this reason.
    BadMime(String),
    /// The archive has no HTML.
    NoHtmlPart {
        /// Its content type.
        content_type: String,
    },
    /// Elements are nested more than so many levels deep.
    TooDeep(usize),
    /// Parts of an archive are nested more than so many levels deep.
    PartsTooDeep(usize),
    /// The page has too much of something; the whole sentence.
    TooMuch(String),
    /// The file has more than so many MiB.
    TooLarge(u64),
}

impl Describe for SnapshotProblem {
    fn describe(&self) -> Description {
        match self {
            Self::Missing => unreadable("there is no such file or folder".to_owned()),
            Self::Unreadable(reason) => unreadable(format!("it cannot be read: {reason}")),
            Self::UnreadablePage(reason) => {
                unreadable(format!("the snapshot cannot be read: {reason}"))
            }
            Self::OtherFiles {
                first,
                count,
                endings,
            } => Description::warning(
                "other-files",
                "a file among the snapshots that is none",
                match count {
                    1 => format!("`{first}` is no snapshot and was not read"),
                    n => {
                        format!("{n} files are no snapshots and were not read, `{first}` the first")
                    }
                },
            )
            .help(format!(
                "the names of saved pages end in {endings}; keep other files elsewhere"
            )),
            Self::LfsPointer => Description::error(
                "lfs-pointer",
                "a file that stands for a saved page kept by Git LFS",
                "this is a pointer of Git LFS, which stands for the page",
            )
            .help("run `git lfs pull` to get the page itself; in CI, have the checkout do so"),
            Self::Empty => Description::error(
                "empty",
                "a saved page with nothing in it",
                "the file is empty",
            )
            .help("save the page again, or delete the file"),
            Self::UnknownForm => Description::error(
                "unknown-form",
                "a file in none of the forms of a saved page",
                "the file is in none of the forms of a saved page",
            )
            .note("a page is HTML, MHTML, Markdown with headings, or an answer of the document API")
            .help("save the page again from a browser, or move the file out of the snapshots"),
            Self::NoText => Description::error(
                "no-text",
                "a saved page without any text",
                "the page has no text",
            )
            .note("pages of the documentation are filled in by scripts")
            .help("save the page from a browser that shows its text"),
            Self::EndsInMarkup => cut_off("the file ends within a tag or comment"),
            Self::EndsInElement => cut_off("the file ends before the elements of the page do"),
            Self::EndsInPart { closing } => cut_off("the file ends before its last part does")
                .note(format!("no line `{closing}` closes the parts")),
            Self::NotUtf8 { unknown } => {
                let description = not_utf8("the file is not UTF-8 text".to_owned())
                    .help("save the page again as a web page in UTF-8, or convert the file");
                match unknown {
                    Some(label) => description.note(format!(
                        "it says that it is `{label}`, which is not an encoding that arkerr knows"
                    )),
                    None => description,
                }
            }
            Self::WrongEncoding(label) => {
                not_utf8(format!("the file says that it is {label}, but is not"))
                    .help("save the page again in UTF-8")
            }
            Self::BadJson {
                message,
                is_cut_off,
            } => Description::error(
                "bad-json",
                "a saved answer that is no whole JSON",
                format!("the file is not valid JSON: {message}"),
            )
            .help(if *is_cut_off {
                "it may be cut off: save the answer again"
            } else {
                "save the answer again, as the site gave it"
            }),
            Self::ApiError { code, message } => {
                let quote = message.as_ref().map(|message| format!(" \"{message}\""));
                let quote = quote.unwrap_or_default();
                Description::error(
                    "api-error",
                    "an answer of the document API that is an error",
                    format!("the site answered with an error: {code}{quote}"),
                )
                .help("save the answer again, with the name that the page has now")
            }
            Self::ApiNoContent { found, message } => {
                let description = Description::error(
                    "api-no-content",
                    "an answer of the document API without a page",
                    format!("the answer has {found}"),
                )
                .help(
                    "save the answer for a page of the documentation, or move the file out of the snapshots",
                );
                match message {
                    Some(message) => description.note(format!("the site said \"{message}\"")),
                    None => description,
                }
            }
            Self::BadMime(reason) => Description::error(
                "bad-mime",
                "a saved archive that is no MIME",
                format!("the file cannot be read as a web archive: {reason}"),
            )
            .help("save the page again, as a web archive (MHTML) or as a web page"),
            Self::NoHtmlPart { content_type } => Description::error(
                "no-html-part",
                "a saved archive without a page",
                "the web archive holds no HTML",
            )
            .note(format!("its Content-Type is `{content_type}`"))
            .help("save the page again, or move the file out of the snapshots"),
            Self::TooDeep(levels) => {
                too_deep(format!("elements are nested more than {levels} deep"))
                    .note("no page of the documentation is nested like that")
                    .help("save the page again from a browser")
            }
            Self::PartsTooDeep(levels) => {
                too_deep(format!("parts are nested more than {levels} deep"))
                    .note("no browser saves a page like that")
            }
            Self::TooMuch(message) => Description::error(
                "too-much",
                "a saved page that has more of something than any real one",
                message,
            )
            .note("no page of the documentation has anything like it")
            .help("save the page again from a browser, or the part of it that holds the article"),
            Self::TooLarge(mib) => Description::error(
                "too-large",
                "a saved page that is too large",
                format!("the file has more than {mib} MiB"),
            )
            .note("no page of the documentation is as large as that, with all its pictures")
            .help("save the page again, or the part of it that holds the article"),
        }
    }
}

fn unreadable(message: String) -> Description {
    Description::error(
        "unreadable",
        "a file or folder that cannot be read",
        message,
    )
}

fn cut_off(message: &str) -> Description {
    Description::error("cut-off", "a saved page that breaks off", message)
        .help("it was cut off: save the page again")
}

fn not_utf8(message: String) -> Description {
    Description::error("not-utf8", "a saved page that is not UTF-8", message)
}

fn too_deep(message: String) -> Description {
    Description::error("too-deep", "a saved page that is nested too deep", message)
}
