//! Sections: a heading of the article with what follows it, and which of them have a code.

use ego_tree::NodeId;

use super::heading::{self, CodeHeading};
use super::label::{self, Style};
use crate::catalog::Block;

/// The heading of a page.
#[derive(Debug, Default)]
pub(crate) struct Title {
    pub(crate) text: String,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
}

/// A heading and what follows it, up to the next one.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) heading: Heading,
    pub(crate) body: Body,
}

/// A heading of the article.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) node: NodeId,
    pub(crate) level: u8,
    /// The level that a marker in its text states, see [`heading::split_mark`].
    pub(crate) mark: Option<u8>,
    pub(crate) text: String,
    pub(crate) anchor: Option<String>,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
    /// Whether it says that what it names is deprecated.
    pub(crate) deprecated: bool,
}

/// What follows a heading, or is before the first one.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The devices that are listed.
    pub(crate) devices: Vec<String>,
    /// The blocks, and where each begins.
    pub(crate) blocks: Vec<(NodeId, Block)>,
}

impl Body {
    pub(super) fn add_devices(&mut self, devices: Vec<String>) {
        for device in devices {
            // Some pages have the list and a line that says the same.
            if !self.devices.contains(&device) {
                self.devices.push(device);
            }
        }
    }

    /// Whether any block is the label of a field, or begins with one.
    pub(super) fn has_fields(&self, style: Style) -> bool {
        let mut blocks = self.blocks.iter();
        blocks.any(|(_, block)| label::begins_field(block, style))
    }
}

impl Section {
    /// The devices listed under the heading, else those that its attribute names.
    pub(super) fn devices(&self) -> Vec<String> {
        if self.body.devices.is_empty() {
            self.heading.devices.clone()
        } else {
            self.body.devices.clone()
        }
    }

    /// Whether the heading begins with a number as that of a code does.
    fn is_numbered(&self) -> bool {
        heading::find_code(&self.heading.text).is_some()
    }
}

/// The code in the heading of the first of some sections, which may be inside that of another code.
pub(super) fn first_code(
    sections: &[Section],
    style: Style,
    is_inside: bool,
) -> Option<CodeHeading<'_>> {
    let (section, after) = sections.split_first()?;
    let text = &section.heading.text;
    match heading::find_code(text) {
        Some(code) if is_chapter(&code, section, after, style) => None,
        // What is not a code by its look may be one by the fields that follow.
        None if section.body.has_fields(style) => heading::find_code_before_colon(text)
            .or_else(|| heading::find_symbol(text).filter(|_| !is_inside)),
        code => code,
    }
}

/// Whether a section has no field although its heading begins with a number as that of a code does:
/// a chapter, with a short number and no field in the cases below it, or the heading of several
/// codes, such as `100 系列错误码` above `100001 内部错误`.
fn is_chapter(code: &CodeHeading<'_>, section: &Section, after: &[Section], style: Style) -> bool {
    let is_below = |other: &&Section| other.heading.level > section.heading.level;
    let mut below = after.iter().take_while(is_below);
    let has_fields_below = || {
        let mut cases = below.clone().take_while(|case| !case.is_numbered());
        cases.any(|case| case.body.has_fields(style))
    };
    let may_be = heading::may_be_chapter(code.code) && !has_fields_below();
    !section.body.has_fields(style) && (may_be || below.next().is_some_and(Section::is_numbered))
}
