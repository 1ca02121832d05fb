//! What a saved page may have at most. Real pages stay far below; a hostile one is refused before
//! it can exhaust the stack, the memory or somebody's patience.

use crate::diagnostic::{Diagnostic, Place};
use crate::file::MAX_PAGE;

/// How deep the elements of an article may be nested. Real pages have about a dozen levels; what
/// walks the tree, and the JSON that is made of it, are spared anything like a thousand.
pub(super) const MAX_DEPTH: usize = 64;

/// How deep the elements of a whole document may be nested: as deep as browsers go. The HTML parser
/// looks through all elements that are open at each tag, so that its work would grow with the
/// square of the depth.
pub(super) const MAX_OPEN: usize = 512;

/// The most elements, texts and comments of a document. The longest error-code pages have some
/// 10,000, whole pages of the site a few times as many.
pub(super) const MAX_NODES: usize = 1_000_000;

/// The most attributes of an element. Real ones have a dozen; the HTML parser compares each with all
/// before it.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// The most parts of a web archive: pictures, fonts and styles. Pages have some hundred.
pub(super) const MAX_PARTS: usize = 10_000;

/// The most encoded words of a header, such as the title of a page in Chinese. Titles have some ten;
/// the work of the parser grows with their square.
pub(super) const MAX_WORDS: usize = 64;

/// What a document has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    Depth,
    Nodes,
    Attributes,
}

impl Excess {
    /// The error for it, at the place where it was too much.
    pub(super) fn refusal(self, place: Place) -> Diagnostic {
        match self {
            Self::Depth => too_deep(MAX_OPEN, place),
            Self::Nodes => too_much(format!(
                "the page has more than {MAX_NODES} elements and texts"
            ))
            .at(place),
            Self::Attributes => too_much(format!(
                "an element has more than {MAX_ATTRIBUTES} attributes"
            ))
            .at(place),
        }
    }
}

/// The error for elements that are nested more than so many levels deep.
pub(super) fn too_deep(levels: usize, place: Place) -> Diagnostic {
    Diagnostic::error(
        "too-deep",
        format!("elements are nested more than {levels} deep"),
    )
    .at(place)
    .note("no page of the documentation is nested like that")
    .help("save the page again from a browser")
}

/// The error for a page that has too much of something.
pub(super) fn too_much(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("too-much", message)
        .note("no page of the documentation has anything like it")
        .help("save the page again from a browser, or the part of it that holds the article")
}

/// The error for a file with too many bytes.
pub(super) fn too_large(place: Place) -> Diagnostic {
    let message = format!("the file has more than {} MiB", MAX_PAGE >> 20);
    Diagnostic::error("too-large", message)
        .at(place)
        .note("no page of the documentation is as large as that, with all its pictures")
        .help("save the page again, or the part of it that holds the article")
}
