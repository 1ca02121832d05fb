//! Sections: an article cut at its headings.

use ego_tree::NodeId;

use super::device;
use super::heading::{self, CodeHeading};
use super::item::{Content, Heading, Item};
use crate::catalog::Block;

/// A heading and what follows it, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The heading; none for what stands before the first one.
    pub(super) heading: Option<Heading>,
    /// The devices that are listed under the heading.
    pub(super) devices: Vec<String>,
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
        for device in devices {
            if !self.devices.contains(&device) {
                self.devices.push(device);
            }
        }
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
