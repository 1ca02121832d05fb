//! The language of a page: that of its labels, else that of its text.

use super::inline::count_visible;
use super::{PageFacts, label};
use crate::catalog::Language;
use crate::snapshot::Document;
use crate::text::is_chinese;

/// The language of a page: what somebody says, else what the page says of itself. `title` counts where
/// a page has no labels, such as those of tables and index pages.
pub(super) fn page_language(document: &Document, facts: &PageFacts, title: &str) -> Language {
    let stated = || Language::from_tag(document.stated.language.as_deref()?);
    if let Some(language) = facts.language.or_else(stated) {
        return language;
    }
    let texts = || document.articles().flat_map(|article| article.text());
    let labels = texts().filter_map(label::find_with_language);
    let languages: Vec<Language> = labels.map(|(_, language)| language).collect();
    let english = languages.iter().filter(|own| **own == Language::En).count();
    let is_chinese = if languages.is_empty() {
        title.chars().any(is_chinese) || has_chinese(texts())
    } else {
        // The site's own language, where there are as many labels of either.
        english * 2 <= languages.len()
    };
    if is_chinese {
        Language::Zh
    } else {
        Language::En
    }
}

/// Whether some texts are Chinese: a letter of it says about as much as a syllable of English.
fn has_chinese<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut chinese, mut all) = (0, 0);
    for text in texts {
        chinese += text.chars().filter(|c| is_chinese(*c)).count();
        all += count_visible(text);
    }
    chinese * 10 > all
}
