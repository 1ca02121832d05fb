//! Canonical snapshots: the HTML that the flow of a page is written as.
//!
//! What is written here is read by `flow` as any other page, and gives the flow that it was written
//! from. A block, a list item or a cell is a line; a paragraph is never cut into lines.

mod block;
mod html;
mod items;
#[cfg(test)]
mod tests;

use url::Url;

use super::boilerplate;
use super::device;
use super::heading;
use super::item::{Content, Heading, Item, Title};
use crate::catalog::Language;
use crate::snapshot::GENERATOR;
use html::{attribute, text};

/// What stands in the head of a canonical snapshot, the title aside.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) language: Language,
    pub(super) url: Option<Url>,
    pub(super) updated: Option<String>,
}

/// Writes a page.
pub(super) fn write(head: &Head, title: Option<Title>, items: Vec<Item>) -> String {
    let mut title = title;
    let heading = title.as_mut().filter(|title| can_be_heading(&title.text));
    let items = items::normalised(heading, items);
    let mut page = String::from("<!doctype html>\n");
    page.push_str(&format!(
        "<html lang=\"{}\">\n<head>\n",
        lang(head.language)
    ));
    push_head(head, title.as_ref(), &mut page);
    page.push_str("</head>\n<body>\n");
    if let Some(title) = title.filter(|title| can_be_heading(&title.text)) {
        push_title(&title, &mut page);
    }
    for item in &items {
        match &item.content {
            Content::Heading(heading) => push_heading(heading, &mut page),
            Content::Devices(devices) => push_devices(devices, &mut page),
            Content::Block(block) => block::push(block, &mut page),
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// The language that the root of a canonical snapshot names.
pub(super) fn language(lang: &str) -> Option<Language> {
    let languages = [Language::Zh, Language::En];
    languages.into_iter().find(|own| self::lang(*own) == lang)
}

fn lang(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

/// Whether the heading of the page may have this text: one that begins as an error code does would
/// be read as one, and the caption of a button as nothing.
fn can_be_heading(title: &str) -> bool {
    heading::find_code(title).is_none() && !boilerplate::is_button_caption(title)
}

fn push_head(head: &Head, title: Option<&Title>, page: &mut String) {
    page.push_str("<meta charset=\"utf-8\">\n");
    push_meta("generator", GENERATOR, page);
    if let Some(title) = title {
        page.push_str(&format!("<title>{}</title>\n", text(&title.text)));
    }
    if let Some(title) = title.filter(|title| !can_be_heading(&title.text)) {
        push_meta("title", &title.text, page);
    }
    if let Some(url) = &head.url {
        let url = attribute(url.as_str());
        page.push_str(&format!("<link rel=\"canonical\" href=\"{url}\">\n"));
    }
    if let Some(updated) = &head.updated {
        push_meta("updated", updated, page);
    }
}

fn push_meta(name: &str, content: &str, page: &mut String) {
    let content = attribute(content);
    page.push_str(&format!("<meta name=\"{name}\" content=\"{content}\">\n"));
}

fn push_title(title: &Title, page: &mut String) {
    let devices = device_type(&title.devices);
    page.push_str(&format!("<h1{devices}>{}</h1>\n", text(&title.text)));
}

/// A heading, with an empty line before it for those who read the file.
fn push_heading(heading: &Heading, page: &mut String) {
    let own = &heading.text;
    // A mark counts in any heading, and no heading of this level is taken for that of the page.
    let level = heading
        .level
        .max(if heading.mark.is_some() { 2 } else { 1 });
    page.push_str(&format!("\n<h{level}"));
    if let Some(anchor) = &heading.anchor {
        page.push_str(&format!(" id=\"{}\"", attribute(anchor)));
    }
    if heading.deprecated && !heading::says_deprecated(own) {
        page.push_str(&format!(" class=\"{}\"", heading::DEPRECATED));
    }
    page.push_str(&device_type(&heading.devices));
    page.push('>');
    if let Some(mark) = heading.mark {
        page.push_str(&format!("[h{mark}]"));
    }
    page.push_str(&format!("{}</h{level}>\n", text(own)));
}

/// The attribute that names the devices of a heading, which its own came from.
fn device_type(devices: &[String]) -> String {
    match device::to_attribute(devices) {
        Some(value) if !devices.is_empty() => {
            format!(" device-type=\"{}\"", attribute(&value))
        }
        _ => String::new(),
    }
}

fn push_devices(devices: &[String], page: &mut String) {
    page.push_str("<div class=\"device-list\">");
    for device in devices {
        let device = text(device);
        page.push_str(&format!(
            "<span class=\"support-device-item\">{device}</span>"
        ));
    }
    page.push_str("</div>\n");
}
