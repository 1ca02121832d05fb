//! Items as a canonical snapshot has them: what pages say in more than one way is said in one.

use std::collections::HashSet;

use crate::catalog::Block;
use crate::parse::item::{Content, Heading, Item, Title, headings_in};
use crate::parse::{device, heading, label};

/// Puts the devices that are listed below headings into the headings, and marks of their levels
/// into those headings that would be read wrongly without. `title` is the heading of the page,
/// where it has one.
pub(super) fn normalise(title: Option<&mut Title>, items: &mut Vec<Item>) {
    let has_title = title.is_some();
    move_devices(title, items);
    mark_levels(headings_in(items), has_title);
}

/// Moves devices into the heading above them: the site says the devices of a section twice, once in
/// the heading; its API says them there alone.
fn move_devices(mut title: Option<&mut Title>, items: &mut Vec<Item>) {
    for at in (0..items.len()).rev() {
        if !is_only_list(&items[at..]) {
            continue;
        }
        let (above, below) = items.split_at_mut(at);
        let own = match above.last_mut().map(|item| &mut item.content) {
            None => title.as_mut().map(|title| &mut title.devices),
            // The own devices of a label do not count.
            Some(Content::Heading(heading)) if label::find_field(&heading.text).is_none() => {
                Some(&mut heading.devices)
            }
            Some(_) => None,
        };
        if let (Some(own), Content::Devices(listed)) = (own, &below[0].content) {
            own.clone_from(listed);
            items.remove(at);
        }
    }
}

/// Whether items begin with devices that an attribute can name, and nothing else below the same
/// heading names any.
fn is_only_list(items: &[Item]) -> bool {
    let Some((first, rest)) = items.split_first() else {
        return false;
    };
    let Content::Devices(devices) = &first.content else {
        return false;
    };
    let is_line = |item: &Item| match &item.content {
        Content::Block(Block::Paragraph { text, .. }) => device::names_in_line(text).is_some(),
        _ => false,
    };
    let mut section = rest
        .iter()
        .take_while(|item| !matches!(item.content, Content::Heading(_)));
    section.all(|item| !matches!(item.content, Content::Devices(_)))
        && !rest.first().is_some_and(is_line)
        && can_be_attribute(devices)
}

fn can_be_attribute(devices: &[String]) -> bool {
    let mut seen = HashSet::new();
    devices.iter().all(|device| seen.insert(device)) && device::to_attribute(devices).is_some()
}

/// Marks the levels of headings as the document API does, where their elements would not tell.
fn mark_levels(mut headings: Vec<&mut Heading>, has_title: bool) {
    for heading in &mut headings {
        let text = heading.text.as_str();
        let would_be_title = !has_title && heading.level == 1 && heading::find_code(text).is_none();
        let is_plain = heading::split_mark(text) == (None, text) && !would_be_title;
        heading.mark = (!is_plain).then(|| heading.level - 1);
    }
    let unmarked = headings.iter().filter(|heading| heading.mark.is_none());
    let top = unmarked.map(|heading| heading.level);
    if top.filter(|level| *level > 1).min() == Some(heading::SECTIONS_OF_API) {
        for heading in headings.into_iter().filter(|heading| heading.level > 1) {
            heading.mark = Some(heading.level - 1);
        }
    }
}
