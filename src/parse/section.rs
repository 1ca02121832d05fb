//! Sections: an article cut at its headings.

use super::flow::{Heading, Item};
use crate::catalog::Block;

/// A heading and what follows it, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The heading; none for what stands before the first one.
    pub(super) heading: Option<Heading>,
    /// The devices that are listed under the heading.
    pub(super) devices: Vec<String>,
    pub(super) blocks: Vec<Block>,
}

/// Cuts the flow of an article into sections; the first has no heading.
pub(super) fn cut(items: Vec<Item>) -> Vec<Section> {
    let mut sections = vec![];
    let mut section = Section::default();
    for item in items {
        match item {
            Item::Heading(heading) => {
                let next = Section {
                    heading: Some(heading),
                    ..Section::default()
                };
                sections.push(std::mem::replace(&mut section, next));
            }
            Item::Devices(devices) => section.devices.extend(devices),
            Item::Block(block) => section.blocks.push(block),
        }
    }
    sections.push(section);
    sections
}
