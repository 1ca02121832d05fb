//! The title of a page: which heading it is.

use scraper::ElementRef;

use super::FlowBuilder;
use crate::budget::Budget;
use crate::parse::section::Title;
use crate::parse::{PageFacts, boilerplate, device, heading, inline};
use crate::snapshot::Document;

impl FlowBuilder {
    /// Reads the first likely title that is not an error code: some pages have those at level 1.
    pub(super) fn read_title(&mut self, document: &Document, facts: &PageFacts) {
        // What leads around the page, or out of it, may have a heading of its own.
        let mut likely = document
            .title_elements()
            .filter(|element| !boilerplate::is_inside(**element));
        let mut title = likely.find_map(|element| self.title_in(element));
        if title.is_none() {
            let text = one_line(document.stated.title.as_deref());
            let devices = Vec::new();
            title = text.map(|text| Title { text, devices });
        }
        if title.is_none() {
            let mut others = document.fallback_title_elements();
            title = others.find_map(|element| self.title_in(element));
        }
        if let Some(given) = one_line(facts.title.as_deref()) {
            title.get_or_insert_default().text = given;
        }
        self.flow.title = title;
    }

    fn title_in(&mut self, element: ElementRef<'_>) -> Option<Title> {
        // What is not the title is read again in its place.
        let mut glance = Self::default();
        glance.flow.budget = Budget::new(self.flow.budget.limit());
        let text = glance.line_in(element)?;
        if heading::find_code(&text).is_some() {
            return None;
        }
        self.flow = glance.flow;
        self.skipped.insert(element.id());
        Some(Title {
            text,
            devices: device::devices_of(element),
        })
    }
}

/// A title that is stated beside the article; none where it has no text.
fn one_line(title: Option<&str>) -> Option<String> {
    let line = title.map(inline::collapse)?;
    (!line.is_empty()).then_some(line)
}
