//! The title of a page: which heading it is.

use scraper::ElementRef;

use super::FlowBuilder;
use crate::parse::item::Title;
use crate::parse::{boilerplate, device, heading, inline};
use crate::snapshot::Document;

impl FlowBuilder<'_> {
    /// Reads the first likely title that is not an error code: some pages have those at level 1.
    pub(super) fn read_title(&mut self, document: &Document) {
        // What leads around the page, or out of it, may have a heading of its own.
        let mut likely = document
            .title_elements()
            .filter(|element| !boilerplate::is_inside(**element));
        self.flow.title = likely
            .find_map(|element| self.title_in(element))
            .or_else(|| stated(document))
            .or_else(|| {
                let mut others = document.fallback_title_elements();
                others.find_map(|element| self.title_in(element))
            });
    }

    fn title_in(&mut self, element: ElementRef<'_>) -> Option<Title> {
        // What is not the title is read again in its place.
        let mut glance = FlowBuilder::new(None);
        let text = glance.line_in(element)?;
        if heading::find_code(&text).is_some() {
            return None;
        }
        self.flow = glance.flow;
        self.skipped.insert(element.id());
        Some(Title {
            text,
            node: Some(element.id()),
            devices: device::devices_of(element),
        })
    }
}

/// The title that the file states beside the article.
fn stated(document: &Document) -> Option<Title> {
    let text = inline::collapse(document.stated.title.as_deref()?);
    (!text.is_empty()).then(|| Title {
        text,
        ..Title::default()
    })
}
