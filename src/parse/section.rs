//! Sections: an article cut at its headings, and which of them have a code.

use std::collections::HashSet;

use ego_tree::NodeId;

use super::device;
use super::heading::{self, CodeHeading};
use super::item::{Content, Heading, Item};
use super::label::{self, Style};
use crate::catalog::{Block, CodeKind, ErrorCode};

/// A heading and what follows it, up to the next one.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// The heading; none for what is before the first one.
    pub(super) heading: Option<Heading>,
    /// The devices that are listed under the heading.
    pub(super) listed_devices: Vec<String>,
    /// The blocks, and where each begins.
    pub(super) blocks: Vec<(NodeId, Block)>,
}

/// Cuts the flow of an article into sections; the first has no heading.
pub(super) fn cut(items: Vec<Item>) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut open = Section::default();
    for Item { node, content } in items {
        match content {
            Content::Heading(heading) => {
                sections.push(std::mem::take(&mut open));
                open.heading = Some(heading);
            }
            Content::Devices(devices) => open.add_devices(devices),
            Content::Block(block) => match open.devices_in(&block) {
                Some(devices) => open.add_devices(devices),
                None => open.blocks.push((node, block)),
            },
        }
    }
    sections.push(open);
    sections
}

impl Section {
    fn add_devices(&mut self, devices: Vec<String>) {
        for device in devices {
            // Some pages have the list and a line that says the same.
            if !self.listed_devices.contains(&device) {
                self.listed_devices.push(device);
            }
        }
    }

    /// The devices in a line right below the heading.
    fn devices_in(&self, block: &Block) -> Option<Vec<String>> {
        match block {
            Block::Paragraph { text, .. } if self.blocks.is_empty() => device::names_in_line(text),
            _ => None,
        }
    }

    /// The devices listed under the heading, else those that its attribute names.
    pub(super) fn devices(&self) -> Vec<String> {
        match &self.heading {
            Some(heading) if self.listed_devices.is_empty() => heading.devices.clone(),
            _ => self.listed_devices.clone(),
        }
    }

    /// Whether any block is the label of a field, or begins with one.
    pub(super) fn has_fields(&self, style: Style) -> bool {
        let mut blocks = self.blocks.iter();
        blocks.any(|(_, block)| label::begins_field(block, style))
    }

    pub(super) fn level(&self) -> u8 {
        self.heading.as_ref().map_or(0, |heading| heading.level)
    }

    fn numbered_heading(&self) -> Option<CodeHeading<'_>> {
        heading::find_code(&self.heading.as_ref()?.text)
    }

    /// What the heading says of its code, and where; the section may be inside that of another
    /// code.
    pub(super) fn code(&self, style: Style, is_inside: bool) -> Option<(ErrorCode, NodeId)> {
        let heading = self.heading.as_ref()?;
        // What is not a code by its look may be one by the fields that follow.
        let by_fields = || {
            let symbol = || heading::find_symbol(&heading.text).filter(|_| !is_inside);
            let code = heading::find_code_before_colon(&heading.text).or_else(symbol)?;
            self.has_fields(style).then_some(code)
        };
        let stated = self.numbered_heading().or_else(by_fields)?;
        let code = ErrorCode {
            kind: CodeKind::Heading,
            code: stated.code.to_owned(),
            value: stated.value,
            title: stated.title.map(str::to_owned),
            deprecated: heading.deprecated,
            level: heading.level,
            anchor: heading.anchor.clone(),
            devices: self.devices(),
            ..ErrorCode::default()
        };
        Some((code, heading.node))
    }
}

/// The sections whose headings begin with a number as those of codes do, and that have no field:
/// chapters with a short number and no field in the cases below them, and headings of several
/// codes, such as `100 系列错误码` above `100001 内部错误`.
pub(super) fn chapters(sections: &[Section], style: Style) -> HashSet<usize> {
    let is_chapter = |index: &usize| {
        let section = &sections[*index];
        let Some(code) = section.numbered_heading() else {
            return false;
        };
        let is_below = |other: &&Section| other.level() > section.level();
        let mut below = sections[index + 1..].iter().take_while(is_below);
        let is_numbered = |section: &Section| section.numbered_heading().is_some();
        let has_fields_below = || {
            let mut cases = below.clone().take_while(|below| !is_numbered(below));
            cases.any(|case| case.has_fields(style))
        };
        let may_be = heading::may_be_chapter(code.code) && !has_fields_below();
        !section.has_fields(style) && (may_be || below.next().is_some_and(is_numbered))
    };
    (0..sections.len()).filter(is_chapter).collect()
}
