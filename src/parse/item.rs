//! Items: what the flow of an article is made of.

use ego_tree::NodeId;

use super::count::Seen;
use crate::catalog::Block;

/// One thing in the flow of an article.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where it begins.
    pub(crate) node: NodeId,
    /// How many characters of the article it was read from.
    pub(crate) characters: usize,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Heading(Heading),
    Devices(Vec<String>),
    Block(Block),
}

/// A heading of the article.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) node: NodeId,
    pub(crate) level: u8,
    /// The level that a mark in its text tells, see [`heading::split_mark`].
    pub(crate) mark: Option<u8>,
    pub(crate) text: String,
    pub(crate) anchor: Option<String>,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
    /// Whether it says that what it names is deprecated.
    pub(crate) deprecated: bool,
}

/// The flow of a document, with what the account of its text needs.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The first text whose link is one too many.
    pub(super) excess_link: Option<NodeId>,
    /// The first table whose cells span too many places.
    pub(super) excess_spans: Option<NodeId>,
    pub(super) title: Option<Title>,
    pub(super) items: Vec<Item>,
    /// The text nodes that were read or passed over as furniture.
    pub(super) seen: Seen,
    /// The characters that are furniture.
    pub(super) furniture: usize,
    /// Pieces that hold fewer characters than they were read from: where, and how many they lack.
    pub(super) lost: Vec<(NodeId, usize)>,
    /// Headings with codes where headings are text: in a list, a table or a call-out.
    pub(super) hidden_codes: Vec<(NodeId, String)>,
}

/// The heading of a page.
#[derive(Debug, Default)]
pub(crate) struct Title {
    pub(crate) text: String,
    /// The element that it was read from; none where the file states it beside the article.
    pub(crate) node: Option<NodeId>,
    /// How many characters of the page it was read from.
    pub(crate) characters: usize,
    /// The devices that its attribute names.
    pub(crate) devices: Vec<String>,
}
