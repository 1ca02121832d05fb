//! Boilerplate: what the site puts around and between the text of an article, such as navigation,
//! buttons and icons, and what says nothing about error codes.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::heading;
use super::inline::count_visible;
use super::is_one_of;
use crate::catalog::Block;
use crate::snapshot::classes;

/// Elements without any text of the article: programs, styles and drawings.
const ELEMENTS: [&str; 6] = ["script", "style", "template", "noscript", "svg", "iframe"];

/// The classes of icons, of the buttons above code and tables, and of the hints that they show.
const BUTTONS: &str = "anchor-icon|highlight-div-header|screen-link-div|ai-button|handle-button|\
    handle-hover-tips|expand-box|expand-btn";

/// The classes of what is around the article, in any part of the page that somebody copied.
const SURROUNDINGS: &str = "anchor-list-box|ant-breadcrumb|doc-feedback|doc-header-footer|\
    headerTipOut|helpful-box|preAndNextLink|share-container|support-device-pre";

/// Elements that no button has.
const CONTENT: &str = "p|ul|ol|pre|table|blockquote|h1|h2|h3|h4|h5|h6";

/// Elements that nothing around an article has.
const ARTICLE_ONLY: &str = "pre|table|h2|h3|h4|h5|h6";

/// The longest text of buttons. Where an element that looks like one has more, it is read: a
/// class must not make the text of a page disappear.
const MAX_BUTTON_TEXT: usize = 40;

/// The captions of the buttons above code, where a converter ran them together.
const BUTTON_CAPTIONS: &str = "收起自动换行深色代码主题复制|自动换行深色代码主题复制";

/// The captions of the button above a table.
const TABLE_CAPTIONS: &str = "展开|Expand";

/// Whether an element with all its text is boilerplate.
pub(super) fn is_element(element: ElementRef<'_>) -> bool {
    if ELEMENTS.contains(&element.value().name()) {
        return !is_drawing_with_text(element);
    }
    classes(element).any(|class| {
        is_one_of(class, SURROUNDINGS) && !has_article_text(element)
            || is_one_of(class, BUTTONS) && is_small(element)
    })
}

/// Whether a node is part of boilerplate.
pub(super) fn is_inside(node: NodeRef<'_, Node>) -> bool {
    let mut above = node.ancestors().filter_map(ElementRef::wrap);
    above.any(is_element)
}

fn is_small(element: ElementRef<'_>) -> bool {
    let is_content = |inner: ElementRef<'_>| is_one_of(inner.value().name(), CONTENT);
    !element.descendent_elements().any(is_content)
        && element.text().map(count_visible).sum::<usize>() <= MAX_BUTTON_TEXT
}

/// Whether an element holds a heading with a code, or what else nothing around an article has.
fn has_article_text(element: ElementRef<'_>) -> bool {
    element
        .descendent_elements()
        .any(|inner| is_one_of(inner.value().name(), ARTICLE_ONLY) || heading::has_code(inner))
}

/// An icon has no text; a diagram may have some, and a reader sees it.
fn is_drawing_with_text(element: ElementRef<'_>) -> bool {
    let is_text = |inner: ElementRef<'_>| is_one_of(inner.value().name(), "text|foreignObject");
    element.value().name() == "svg" && element.descendent_elements().any(is_text)
}

/// Whether a paragraph is the captions of buttons that somebody's converter left behind.
pub(crate) fn is_button_caption(text: &str) -> bool {
    // Nearly no text is one: to see that is fast.
    text.trim_end().ends_with("制") && {
        let text: String = text.split_whitespace().collect();
        is_one_of(&text, BUTTON_CAPTIONS)
    }
}

/// The caption of a table's button, where a block right above the table is nothing else.
pub(super) fn table_caption(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } if is_one_of(text, TABLE_CAPTIONS) => Some(text),
        _ => None,
    }
}
