//! Call-outs: which elements are one, and what their captions are.

use scraper::ElementRef;

use super::{inline, is_one_of};
use crate::catalog::Block;
use crate::snapshot::{attribute, classes, has_class};

/// The captions of call-outs, as they are in a paragraph of their own.
const CAPTIONS: &str = "说明|注意|警告|须知|危险|提示|\
    note|notice|caution|warning|danger|tip|info|important";

/// The captions that the site shows for the kinds of call-out that an icon's file is named after.
const KINDS: [(&str, &str, &str); 5] = [
    ("note", "说明", "Note"),
    ("notice", "须知", "Notice"),
    ("caution", "注意", "Caution"),
    ("warning", "警告", "Warning"),
    ("danger", "危险", "Danger"),
];

/// Whether an element is a call-out, in any of the site's generations or in Markdown.
pub(super) fn is_note(element: ElementRef<'_>) -> bool {
    let is_note = |class| is_one_of(class, "hw-editor-tip|note|icon-panel");
    element.value().name() == "blockquote" || classes(element).any(is_note)
}

/// The element that holds the caption of a call-out and nothing else.
pub(super) fn caption_element(note: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_panel = |inner: &ElementRef<'_>| has_class(*inner, "content-panel");
    let panel = note.child_elements().find(is_panel);
    let in_panel = panel.into_iter().flat_map(|panel| panel.child_elements());
    note.child_elements()
        .chain(in_panel)
        .find(|inner| classes(*inner).any(|class| is_one_of(class, "title|notetitle")))
}

/// The caption that a call-out's icon stands for: `note_3.0-zh-cn.png` is a `说明`.
pub(super) fn caption_of_icon(note: ElementRef<'_>) -> Option<String> {
    let is_image = |inner: &ElementRef<'_>| inner.value().name() == "img";
    let mut images = note.descendent_elements().filter(is_image);
    let caption = images.find_map(|image| icon_caption(attribute(image, "src")?))?;
    Some(caption.to_owned())
}

/// Whether an image of a call-out is its icon.
pub(super) fn is_icon(block: &Block) -> bool {
    match block {
        Block::Image { alt, url } => alt.is_empty() && icon_caption(url).is_some(),
        _ => false,
    }
}

/// The caption that the file of an icon is named after; none where it is named after no kind of
/// call-out.
fn icon_caption(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next()?;
    let file = path.rsplit('/').next()?.to_ascii_lowercase();
    let (kind, rest) = file.split_once('_')?;
    let (_, chinese, english) = KINDS.iter().find(|(name, ..)| *name == kind)?;
    let is_english = rest.contains("en-us");
    Some(if is_english { english } else { chinese })
}

/// Takes the caption off the text of a call-out whose first paragraph it is, or begins with.
pub(super) fn take_caption(blocks: &mut Vec<Block>) -> Option<String> {
    let first = blocks.first()?;
    if let Some((caption, rest)) = inline::split_asterisks(first)
        && is_caption(caption)
    {
        let caption = format!("**{caption}**");
        blocks[0] = rest;
        return Some(caption);
    }
    match first {
        Block::Paragraph { text, .. } if is_caption(text) => {
            let caption = text.clone();
            blocks.remove(0);
            Some(caption)
        }
        _ => None,
    }
}

fn is_caption(text: &str) -> bool {
    is_one_of(&without_colon(text).to_ascii_lowercase(), CAPTIONS)
}

/// A caption without the colon that some pages put after it, and without asterisks around it.
pub(super) fn without_colon(caption: &str) -> &str {
    caption
        .trim_matches(['*', ' '])
        .trim_end_matches([':', '：', '*', ' '])
}
