//! Sections: an article cut at its headings.

use std::collections::HashSet;

use ego_tree::NodeId;
use indexmap::IndexSet;

use super::device;
use super::heading::{self, CodeHeading};
use super::item::{Content, Heading, Item};
use super::label::{self, Style};
use super::report::Reporter;
use crate::catalog::Block;
use crate::diagnostic::Diagnostic;

/// A heading and what follows it, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The heading; none for what stands before the first one.
    pub(super) heading: Option<Heading>,
    /// The devices that are listed under the heading.
    pub(super) devices: IndexSet<String>,
    pub(super) pieces: Vec<Piece>,
    /// How many characters of the article the heading and the devices were read from.
    pub(super) characters: usize,
}

/// A block of a section.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it begins.
    pub(super) node: NodeId,
    /// How many characters of the article it was read from.
    pub(super) characters: usize,
    pub(super) block: Block,
}

/// Cuts the flow of an article into sections; the first has no heading.
pub(super) fn cut(items: Vec<Item>) -> Vec<Section> {
    let mut sections = vec![];
    let mut section = Section::default();
    for item in items {
        let Item {
            node, characters, ..
        } = item;
        match item.content {
            Content::Heading(heading) => {
                let next = Section {
                    heading: Some(heading),
                    characters,
                    ..Section::default()
                };
                sections.push(std::mem::replace(&mut section, next));
            }
            Content::Devices(devices) => section.add_devices(devices, characters),
            Content::Block(block) => match section.devices_in(&block) {
                Some(devices) => section.add_devices(devices, characters),
                None => section.pieces.push(Piece {
                    node,
                    characters,
                    block,
                }),
            },
        }
    }
    sections.push(section);
    sections
}

impl Section {
    /// The code in the heading.
    pub(super) fn code(&self) -> Option<CodeHeading<'_>> {
        heading::read(&self.heading.as_ref()?.text)
    }

    fn add_devices(&mut self, devices: Vec<String>, characters: usize) {
        // Some pages have the list and a line that says the same.
        self.devices.extend(devices);
        self.characters += characters;
    }

    /// The devices in a line right below the heading.
    fn devices_in(&self, block: &Block) -> Option<Vec<String>> {
        match block {
            Block::Paragraph { text, .. } if self.pieces.is_empty() => device::of_line(text),
            _ => None,
        }
    }
}

/// The sections whose headings begin with a number as those of codes do, and that have no field:
/// chapters with a short number and no field in the cases below them, and headings of several
/// codes, such as `100 系列错误码` above `100001 内部错误`.
pub(super) fn chapters(sections: &[Section], style: Style) -> HashSet<usize> {
    let mut chapters = HashSet::new();
    for (index, section) in sections.iter().enumerate() {
        let code = section
            .code()
            .filter(|_| !has_fields(&section.pieces, style));
        let Some((heading, code)) = section.heading.as_ref().zip(code) else {
            continue;
        };
        let is_below = |below: &&Section| {
            let below = below.heading.as_ref();
            below.is_some_and(|below| below.level > heading.level)
        };
        let below = sections[index + 1..].iter().take_while(is_below);
        let is_above_codes = below
            .clone()
            .next()
            .is_some_and(|next| next.code().is_some());
        let has_fields_below = || {
            let mut cases = below.clone().take_while(|below| below.code().is_none());
            cases.any(|case| has_fields(&case.pieces, style))
        };
        if is_above_codes || heading::may_be_chapter(code.code) && !has_fields_below() {
            chapters.insert(index);
        }
    }
    chapters
}

/// Whether any of some blocks is the label of a field, or begins with one.
pub(super) fn has_fields(pieces: &[Piece], style: Style) -> bool {
    pieces
        .iter()
        .any(|piece| label::begins_field(&piece.block, style))
}

/// Reports a heading of Markdown with a code that stands in a block of program text.
pub(super) fn report_hidden(piece: &Piece, reporter: &mut Reporter<'_>) {
    let Block::Code { code, .. } = &piece.block else {
        return;
    };
    if let Some(heading) = heading::in_markdown(code) {
        let message = format!("a block of program text holds the heading “{heading}”");
        reporter.report(
            Diagnostic::warning("hidden-code", message)
                .note("it is kept as program text")
                .help("a fence that is not closed takes in all that follows it"),
            piece.node,
        );
    }
}
