//! Problems of a saved file that cannot be read as a page.

use super::{Description, Rule, rule};

pub(super) const UNREADABLE: Rule = rule("unreadable", "a file or folder that cannot be read");
const CUT_OFF: Rule = rule("cut-off", "a saved page that breaks off");
const NOT_UTF8: Rule = rule("not-utf8", "a saved page that is not UTF-8");
const TOO_DEEP: Rule = rule("too-deep", "a saved page that is nested too deep");

/// What helps where a file was cut off.
const SAVE_AGAIN: &str = "it was cut off: save the page again";

problems! {
    /// A problem of a saved file that cannot be read as a page.
    pub enum SnapshotProblem in Snapshot {
        /// A path that somebody named does not exist.
        Missing => UNREADABLE.error("there is no such file or folder"),
        /// A file or folder under a path cannot be read.
        Unreadable(reason: String) => UNREADABLE.error(format!("it cannot be read: {reason}")),
        /// A snapshot cannot be read.
        UnreadablePage(reason: String) =>
            UNREADABLE.error(format!("the snapshot cannot be read: {reason}")),
        /// Files among the snapshots have names that no snapshot has; those end in `endings`.
        OtherFiles { first: String, count: usize, endings: String } =>
            rule("other-files", "a file among the snapshots that is none")
                .warning(match count {
                    1 => format!("`{first}` is no snapshot and was not read"),
                    _ => format!("{count} files are no snapshots and were not read, `{first}` the \
                                  first"),
                })
                .help(format!("the names of saved pages end in {endings}; keep other files \
                               elsewhere")),
        /// The file is a pointer of Git LFS.
        LfsPointer => rule("lfs-pointer", "a file that stands for a saved page kept by Git LFS")
            .error("this is a pointer of Git LFS, which stands for the page")
            .help("run `git lfs pull` to get the page itself; in CI, have the checkout do so"),
        /// The file has no text.
        Empty => rule("empty", "a saved page with nothing in it").error("the file is empty")
            .help("save the page again, or delete the file"),
        /// The file is in none of the forms of a page.
        UnknownForm => rule("unknown-form", "a file in none of the forms of a saved page")
            .error("the file is in none of the forms of a saved page")
            .note("a page is HTML, MHTML, Markdown with headings, or an answer of the document API")
            .help("save the page again from a browser, or move the file out of the snapshots"),
        /// The page has no text.
        NoText => rule("no-text", "a saved page without any text").error("the page has no text")
            .note("pages of the documentation are filled in by scripts")
            .help("save the page from a browser that shows its text"),
        /// The file ends within a tag or comment.
        EndsInMarkup => CUT_OFF.error("the file ends within a tag or comment")
            .help(SAVE_AGAIN),
        /// The file ends with elements of the page open.
        EndsInElement => CUT_OFF.error("the file ends before the elements of the page do")
            .help(SAVE_AGAIN),
        /// The archive lacks the line that closes its parts.
        EndsInPart { closing: String } => CUT_OFF.error("the file ends before its last part does")
            .note(format!("no line `{closing}` closes the parts"))
            .help(SAVE_AGAIN),
        /// The bytes are not UTF-8, and nothing names another encoding, or an unknown one.
        NotUtf8 { unknown: Option<String> } => NOT_UTF8
            .error("the file is not UTF-8 text")
            .notes(unknown.as_ref().map(|label| {
                format!("it says that it is `{label}`, which is not an encoding that arkerr knows")
            }))
            .help("save the page again as a web page in UTF-8, or convert the file"),
        /// The bytes are not in the encoding that the file names.
        WrongEncoding(label: String) => NOT_UTF8
            .error(format!("the file says that it is {label}, but is not"))
            .help("save the page again in UTF-8"),
        /// The file begins as JSON and is not valid JSON, by what the JSON parser says.
        BadJson { message: String, is_cut_off: bool } =>
            rule("bad-json", "a saved answer that is no whole JSON")
                .error(format!("the file is not valid JSON: {message}"))
                .help(if *is_cut_off {
                    "it may be cut off: save the answer again"
                } else {
                    "save the answer again, as the site gave it"
                }),
        /// The answer of the document API reports an error, with this message of the site.
        ApiError { code: String, message: Option<String> } => {
            let quote = message.iter().map(|message| format!(" \"{message}\"")).collect::<String>();
            rule("api-error", "an answer of the document API that is an error")
                .error(format!("the site answered with an error: {code}{quote}"))
                .help("save the answer again, with the name that the page has now")
        },
        /// The answer of the document API has no page, but `` no `value` ``.
        ApiNoContent { found: String, message: Option<String> } =>
            rule("api-no-content", "an answer of the document API without a page")
                .error(format!("the answer has {found}"))
                .notes(message.as_ref().map(|message| format!("the site said \"{message}\"")))
                .help("save the answer for a page of the documentation, or move the file out of \
                       the snapshots"),
        /// The archive is not well-formed MIME.
        BadMime(reason: String) => rule("bad-mime", "a saved archive that is no MIME")
            .error(format!("the file cannot be read as a web archive: {reason}"))
            .help("save the page again, as a web archive (MHTML) or as a web page"),
        /// The archive has no HTML.
        NoHtmlPart { content_type: String } =>
            rule("no-html-part", "a saved archive without a page")
                .error("the web archive holds no HTML")
                .note(format!("its Content-Type is `{content_type}`"))
                .help("save the page again, or move the file out of the snapshots"),
        /// Elements are nested more than so many levels deep.
        TooDeep(levels: usize) => TOO_DEEP
            .error(format!("elements are nested more than {levels} deep"))
            .note("no page of the documentation is nested like that")
            .help("save the page again from a browser"),
        /// Parts of an archive are nested more than so many levels deep.
        PartsTooDeep(levels: usize) => TOO_DEEP
            .error(format!("parts are nested more than {levels} deep"))
            .note("no browser saves a page like that"),
        /// The page has too much of something; the whole sentence.
        TooMuch(message: String) => too_much(message),
        /// The file has more than so many MiB.
        TooLarge(mib: u64) => rule("too-large", "a saved page that is too large")
            .error(format!("the file has more than {mib} MiB"))
            .note("no page of the documentation is as large as that, with all its pictures")
            .help("save the page again, or the part of it that holds the article"),
    }
}

/// A page with more of something than any real one.
pub(super) fn too_much(message: impl Into<String>) -> Description {
    rule(
        "too-much",
        "a saved page that has more of something than any real one",
    )
    .error(message)
    .note("no page of the documentation has anything like it")
    .help("save the page again from a browser, or the part of it that holds the article")
}
