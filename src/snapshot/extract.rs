//! What the forms of a saved page have in common once they are opened: the HTML of the page.

/// The HTML of a page, taken out of the file that it came in.
#[derive(Debug, Default)]
pub(super) struct Extract {
    pub(super) html: String,
    /// What of the file holds it, such as `value.content.content`; none where it is the file.
    pub(super) part: Option<String>,
    /// The title that the file gives beside the HTML.
    pub(super) title: Option<String>,
    /// The address that the file says it was saved from.
    pub(super) url: Option<String>,
    /// When the file says that the page was updated.
    pub(super) updated: Option<String>,
    /// Where the HTML comes from: pairs of a byte of the HTML and the byte of the file's text that
    /// it was made of, both ascending. Empty where the HTML cannot be followed back, so that
    /// lines and columns are those of the HTML.
    pub(super) origins: Vec<(usize, usize)>,
}
