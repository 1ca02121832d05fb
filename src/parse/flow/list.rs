//! Lists: their items, and labels that Markdown takes for a part of the last one.

use scraper::ElementRef;

use super::FlowBuilder;
use crate::catalog::{Block, MAX_NUMBER, Run};
use crate::parse::{label, number_attribute};

impl FlowBuilder {
    pub(super) fn read_list(&mut self, element: ElementRef<'_>) {
        let mut items = self.items_of(element);
        if items.is_empty() {
            return;
        }
        let mut labels = Vec::new();
        while !self.is_apart
            && let Some(label) = take_last_label(&mut items)
        {
            labels.push(label);
        }
        let ordered = element.value().name() == "ol";
        let start = number_attribute(element, "start").filter(|_| ordered);
        let list = Block::List {
            ordered,
            start: start.unwrap_or(1).min(MAX_NUMBER),
            items,
        };
        for block in std::iter::once(list).chain(labels.into_iter().rev()) {
            self.push(element.id(), block);
        }
    }

    /// The items of a list. What is between them belongs to the item before.
    fn items_of(&mut self, list: ElementRef<'_>) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        for child in list.children() {
            let is_item = ElementRef::wrap(child).is_some_and(|child| child.value().name() == "li");
            let item = items.pop_if(|_| !is_item).unwrap_or_default();
            let item = self.read_apart(item, |builder| builder.read_node(child, &Run::default()));
            if !item.is_empty() {
                items.push(item);
            }
        }
        let without_nodes = |item: Vec<_>| item.into_iter().map(|(_, block)| block).collect();
        items.into_iter().map(without_nodes).collect()
    }
}

/// Takes a known label off the end of a list, where no empty line sets it apart.
fn take_last_label(items: &mut [Vec<Block>]) -> Option<Block> {
    let item = items.last_mut().filter(|item| item.len() > 1)?;
    match item.last_mut()? {
        Block::List { items, .. } => take_last_label(items),
        Block::Paragraph { runs, .. } if label::is_line(runs) => item.pop(),
        _ => None,
    }
}
