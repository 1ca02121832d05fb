//! Counting: how much text there is. White space and characters without width do not count.

use ego_tree::NodeId;

use super::inline::is_visible;
use crate::catalog::{Block, walk};

/// How many characters of a text count.
pub(super) fn count(text: &str) -> usize {
    text.chars().filter(|c| is_visible(*c)).count()
}

/// How many characters the records hold where a block is one of them.
pub(super) fn count_block(block: &Block) -> usize {
    let mut characters = 0;
    walk(std::slice::from_ref(block), &mut |block| match block {
        Block::Paragraph { text, .. } | Block::Code { text, .. } => characters += count(text),
        Block::Note { title, .. } => characters += title.as_deref().map_or(0, count),
        Block::List { .. } | Block::Table { .. } | Block::Image { .. } => {}
    });
    characters
}

/// The text nodes that the reading of an article has come by.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<NodeId>);

impl Seen {
    pub(super) fn add(&mut self, node: NodeId) {
        self.0.push(node);
    }

    /// The nodes in the order in which they came into being.
    pub(super) fn sorted(mut self) -> Vec<NodeId> {
        self.0.sort_unstable();
        self.0
    }
}
