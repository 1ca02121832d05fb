//! The language of a page: that of its labels, else that of its text.

use super::inline::count_visible;
use super::label;
use crate::catalog::Language;
use crate::snapshot::Document;
use crate::text::is_chinese;

/// The language of a page. `title` gives its title, for pages without labels, such as those of
/// tables and index pages.
pub(super) fn language_of(document: &Document, title: impl FnOnce() -> String) -> Language {
    let texts = || document.articles().flat_map(|article| article.text());
    if let Some(language) = label::language_of(texts()) {
        return language;
    }
    let (mut chinese, mut all) = (0, 0);
    for text in texts() {
        chinese += text.chars().filter(|c| is_chinese(*c)).count();
        all += count_visible(text);
    }
    // A Chinese letter says about as much as a syllable of English.
    if title().chars().any(is_chinese) || chinese * 10 > all {
        Language::Zh
    } else {
        Language::En
    }
}
