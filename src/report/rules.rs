//! Summaries of the problems that have no variant of their own yet.

use crate::lint::Lint;
use crate::problem::{Describe as _, Diagnostic};

/// By id.
const SUMMARIES: &[(&str, &str)] = &[
    (
        "api-error",
        "an answer of the document API that is an error",
    ),
    (
        "api-no-content",
        "an answer of the document API without a page",
    ),
    ("bad-json", "a saved answer that is no whole JSON"),
    ("bad-mime", "a saved archive that is no MIME"),
    ("catalog", "records in the outputs that cannot be read"),
    ("changelog", "a changelog that cannot be read"),
    ("code-without-fields", "a code with nothing said about it"),
    ("codes-lost", "a page that had codes and has none any more"),
    ("config", "a setting in arkerr.toml that is wrong"),
    ("cut-off", "a saved page that breaks off"),
    ("directory", "a folder that cannot be worked in"),
    ("doubtful-label", "text that may be a label and may be none"),
    ("duplicate-code", "a code that a page lists twice"),
    ("empty", "a saved page with nothing in it"),
    (
        "fetch-bad-argument",
        "a request that the site does not understand",
    ),
    ("fetch-connection", "a site that cannot be reached"),
    ("fetch-cut-off", "an answer of the site that breaks off"),
    ("fetch-empty", "an answer of the site with nothing in it"),
    ("fetch-error", "an answer of the site that is an error"),
    (
        "fetch-language",
        "a page that the site has in another language",
    ),
    ("fetch-limit", "more pages than may be fetched"),
    ("fetch-name", "a page that cannot be asked for by its name"),
    (
        "fetch-no-codes",
        "a page of the site without any error code",
    ),
    ("fetch-no-json", "an answer of the site that is no JSON"),
    (
        "fetch-not-asked",
        "a page that was not asked for after others had failed",
    ),
    ("fetch-not-found", "a page that the site does not have"),
    (
        "fetch-other-page",
        "an answer of the site that is another page",
    ),
    ("fetch-protocol", "an answer that is none of HTTP"),
    (
        "fetch-redirect",
        "an address of the site that leads elsewhere",
    ),
    (
        "fetch-status",
        "an answer of the site with a status of HTTP that is no success",
    ),
    ("fetch-timeout", "an answer of the site that takes too long"),
    ("fetch-tls", "a site that is not trusted"),
    ("fetch-too-large", "an answer of the site that is too large"),
    (
        "fetch-tree",
        "an answer of the site without the list of pages",
    ),
    ("fields-without-code", "fields that belong to no code"),
    ("hidden-code", "a code in text that is not read as one"),
    ("input", "input that cannot be read"),
    (
        "lfs-pointer",
        "a file that stands for a saved page kept by Git LFS",
    ),
    (
        "missing-translation",
        "a code that a page has in one language only",
    ),
    ("names", "an entry of names.toml that is wrong"),
    ("names-changed", "names.toml is not what the snapshots give"),
    ("names-missing", "names.toml lacks names"),
    ("no-codes", "a page without any error code"),
    ("no-html-part", "a saved archive without a page"),
    ("no-snapshots", "a project without saved pages"),
    ("no-text", "a saved page without any text"),
    ("no-title", "a page without a title"),
    ("not-utf8", "a saved page that is not UTF-8"),
    ("other-files", "a file among the snapshots that is none"),
    ("output", "an output that cannot be read or written"),
    (
        "output-changed",
        "an output that is not what the snapshots give",
    ),
    (
        "output-left-over",
        "an output that nothing renders any more",
    ),
    ("output-missing", "an output that is not there"),
    ("outside-article", "a code outside the article of its page"),
    (
        "outside-project",
        "a link in the project that leads out of it",
    ),
    ("page-id", "two pages with one id"),
    ("page-name", "a page that no name can be made for"),
    (
        "page-renamed",
        "a page that seems to have another name than before",
    ),
    ("print", "a result that cannot be printed"),
    ("render", "two outputs with one path"),
    ("repeated-label", "a label that a code has twice"),
    ("template", "a template that is wrong"),
    ("too-deep", "a saved page that is nested too deep"),
    ("too-large", "a saved page that is too large"),
    (
        "too-much",
        "a saved page that has more of something than any real one",
    ),
    ("unaccounted-text", "text of a page that is in no record"),
    (
        "unknown-form",
        "a file in none of the forms of a saved page",
    ),
    ("unreadable", "a file or folder that cannot be read"),
    (
        "upstream-changed",
        "a page that has changed on the site since it was saved",
    ),
];

/// What the id of a problem means.
pub(super) fn summary(found: &Diagnostic) -> &'static str {
    let own = found.problem.describe().summary;
    if !own.is_empty() {
        return own;
    }
    let known = SUMMARIES.iter().find(|(known, _)| *known == found.id);
    let lint = || Lint::ALL.into_iter().find(|lint| lint.id() == found.id);
    match known {
        Some((_, summary)) => summary,
        None => lint().map_or(found.id, Lint::summary),
    }
}
