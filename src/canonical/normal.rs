//! What pages say in more than one way, as a canonical snapshot says it.

use crate::parse::flow::Flow;
use crate::parse::section::{Body, Section};
use crate::parse::{device, heading, label};

/// Puts the devices that are listed below headings into the headings, and marks of their levels
/// into those headings that would be read wrongly without. `has_title` says whether the title of the
/// page is one.
pub(super) fn normalise(flow: &mut Flow, has_title: bool) {
    if let Some(title) = flow.title.as_mut().filter(|_| has_title) {
        move_devices(&mut flow.preface, &mut title.devices);
    }
    for Section { heading, body } in &mut flow.sections {
        // The own devices of a label do not count.
        if label::find_field(&heading.text).is_none() {
            move_devices(body, &mut heading.devices);
        }
    }
    mark_levels(&mut flow.sections, has_title);
}

/// Moves listed devices into the heading above them: the site says the devices of a section twice,
/// once in the heading; its API says them there alone.
fn move_devices(body: &mut Body, own: &mut Vec<String>) {
    if device::to_attribute(&body.devices).is_some() {
        *own = std::mem::take(&mut body.devices);
    }
}

/// Marks the levels of headings as the document API does, where their elements would not tell.
fn mark_levels(sections: &mut [Section], has_title: bool) {
    for Section { heading, .. } in sections.iter_mut() {
        let text = heading.text.as_str();
        let would_be_title = !has_title && heading.level == 1 && heading::find_code(text).is_none();
        let is_plain = heading::split_mark(text).is_none() && !would_be_title;
        heading.mark = (!is_plain).then(|| heading.level - 1);
    }
    if heading::are_sections_of_api(sections) {
        let headings = sections.iter_mut().map(|section| &mut section.heading);
        for heading in headings.filter(|heading| heading.level > 1) {
            heading.mark = Some(heading.level - 1);
        }
    }
}
