//! Canonical snapshots: HTML with nothing of the site's own in it and a line for each block, so that
//! two of them differ where their pages do. Their records are those of the page they are made from.

mod block;
mod normal;
#[cfg(test)]
mod tests;

use std::iter;

use crate::escape::html_source;
use crate::parse::flow::page_flow;
use crate::parse::section::{Body, Heading, Title};
use crate::parse::{PageFacts, boilerplate, device, heading};
use crate::snapshot::{Document, GENERATOR};
use block::{attribute, block_html};

/// Writes a document as a canonical snapshot. The same content gives the same text, in whatever form
/// it was saved.
#[must_use]
pub fn write(document: &Document, facts: &PageFacts) -> String {
    let mut flow = page_flow(document, facts);
    let is_heading = flow.title.as_ref().is_some_and(can_be_heading);
    normal::normalise(&mut flow, is_heading);

    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        flow.language.tag()
    );
    page += &meta("generator", Some(GENERATOR));
    if let Some(Title { text, .. }) = &flow.title {
        page += &format!("<title>{}</title>\n", html_source(text));
        page += &meta("title", (!is_heading).then_some(text));
    }
    if let Some(url) = document.stated.url.as_ref().or(flow.url.as_ref()) {
        let href = attribute("href", Some(url.as_str()));
        page += &format!("<link rel=\"canonical\"{href}>\n");
    }
    page += &meta("updated", document.stated.updated.as_ref());
    page += "</head>\n<body>\n";
    if let Some(Title { text, devices }) = &flow.title
        && is_heading
    {
        let devices = device_type(devices);
        page += &format!("<h1{devices}>{}</h1>\n", html_source(text));
    }
    page += &body_html(&flow.preface);
    for section in &flow.sections {
        page += &section_heading(&section.heading);
        page += &body_html(&section.body);
    }
    page + "</body>\n</html>\n"
}

/// Whether the heading of the page may have this text: one that begins as an error code does would
/// be read as one, and the caption of a button as nothing.
fn can_be_heading(Title { text, .. }: &Title) -> bool {
    heading::find_code(text).is_none() && !boilerplate::is_button_caption(text)
}

fn meta(name: &str, content: Option<impl AsRef<str>>) -> String {
    content.map_or_else(String::new, |content| {
        let content = attribute("content", Some(content));
        format!("<meta name=\"{name}\"{content}>\n")
    })
}

/// A heading, with an empty line before it for those who read the file.
fn section_heading(heading: &Heading) -> String {
    // A mark counts in any heading, and no heading of this level is taken for that of the page.
    let lowest = if heading.mark.is_some() { 2 } else { 1 };
    let level = heading.level.max(lowest);
    let id = attribute("id", heading.anchor.as_ref());
    let is_marked = heading.deprecated && !heading::says_deprecated(&heading.text);
    let class = attribute("class", is_marked.then_some(heading::DEPRECATED));
    let devices = device_type(&heading.devices);
    let mark = heading
        .mark
        .map_or_else(String::new, |mark| format!("[h{mark}]"));
    let text = html_source(&heading.text);
    format!("\n<h{level}{id}{class}{devices}>{mark}{text}</h{level}>\n")
}

/// The attribute that names the devices of a heading.
fn device_type(devices: &[String]) -> String {
    attribute("device-type", device::to_attribute(devices))
}

fn body_html(body: &Body) -> String {
    let blocks = body.blocks.iter().map(|(_, block)| block_html(block));
    iter::once(device_list(&body.devices))
        .chain(blocks)
        .collect()
}

fn device_list(devices: &[String]) -> String {
    if devices.is_empty() {
        return String::new();
    }
    let item = |device: &String| {
        let name = html_source(device);
        format!("<span class=\"support-device-item\">{name}</span>")
    };
    let items: String = devices.iter().map(item).collect();
    format!("<div class=\"device-list\">{items}</div>\n")
}
