//! Items: what the flow of an article is made of.

use ego_tree::NodeId;

use crate::catalog::Block;

/// One thing in the flow of an article, and where it begins.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) node: NodeId,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Heading(Heading),
    Devices(Vec<String>),
    Block(Block),
}

/// The headings among some items.
pub(crate) fn headings_in(items: &mut [Item]) -> Vec<&mut Heading> {
    items
        .iter_mut()
        .filter_map(|item| match &mut item.content {
            Content::Heading(heading) => Some(heading),
            _ => None,
        })
        .collect()
}

/// A heading of the article.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) node: NodeId,
    pub(crate) level: u8,
    /// The level that a marker in its text states, see [`super::heading::split_mark`].
    pub(crate) mark: Option<u8>,
    pub(crate) text: String,
    pub(crate) anchor: Option<String>,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
    /// Whether it says that what it names is deprecated.
    pub(crate) deprecated: bool,
}

/// The heading of a page.
#[derive(Debug, Default)]
pub(crate) struct Title {
    pub(crate) text: String,
    /// The element that has it; none where the file states it beside the article.
    pub(crate) node: Option<NodeId>,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
}
