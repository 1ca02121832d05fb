//! Items as a canonical snapshot has them: what pages say in more than one way is said in one.

use std::collections::HashSet;

use crate::catalog::Block;
use crate::parse::item::{Content, Heading, Item, Title};
use crate::parse::{device, heading, label};

/// The items of a page, with the devices that are listed below headings in the headings, and
/// marks of their levels in those headings that would be read wrongly without. `title` is the
/// heading of the page, where it has one.
pub(super) fn normalised(title: Option<&mut Title>, items: Vec<Item>) -> Vec<Item> {
    let has_title = title.is_some();
    let mut items = with_devices_in_headings(title, items);
    let headings = items.iter_mut().filter_map(|item| match &mut item.content {
        Content::Heading(heading) => Some(heading),
        _ => None,
    });
    mark_levels(headings.collect(), has_title);
    items
}

/// The site says the devices of a section twice, once in the heading; its API says them there
/// alone.
fn with_devices_in_headings(mut title: Option<&mut Title>, items: Vec<Item>) -> Vec<Item> {
    let are_movable: Vec<bool> = (0..items.len())
        .map(|index| is_only_list(&items[index..]))
        .collect();
    let mut kept: Vec<Item> = Vec::new();
    for (item, is_movable) in items.into_iter().zip(are_movable) {
        let listed = match &item.content {
            Content::Devices(listed) if is_movable => listed,
            _ => {
                kept.push(item);
                continue;
            }
        };
        let own = match kept.last_mut().map(|item| &mut item.content) {
            None => title.as_mut().map(|title| &mut title.devices),
            Some(Content::Heading(heading)) => devices_of(heading),
            Some(_) => None,
        };
        match own {
            Some(own) => own.clone_from(listed),
            None => kept.push(item),
        }
    }
    kept
}

/// Whether items begin with devices that an attribute can name, and nothing else below the same
/// heading names any.
fn is_only_list(items: &[Item]) -> bool {
    let Some((Content::Devices(devices), rest)) = items
        .split_first()
        .map(|(item, rest)| (&item.content, rest))
    else {
        return false;
    };
    let is_line = |item: &Item| match &item.content {
        Content::Block(Block::Paragraph { text, .. }) => device::names_in_line(text).is_some(),
        _ => false,
    };
    let section = rest
        .iter()
        .take_while(|item| !matches!(item.content, Content::Heading(_)));
    let mut others = section.filter(|item| matches!(item.content, Content::Devices(_)));
    others.next().is_none() && !rest.first().is_some_and(is_line) && can_be_attribute(devices)
}

/// The devices of a heading, unless it is a label, whose own do not count.
fn devices_of(heading: &mut Heading) -> Option<&mut Vec<String>> {
    let is_label = label::find(&heading.text).is_some();
    (!is_label).then_some(&mut heading.devices)
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
