//! What a page states about itself beside its article: its address and when it was updated, and
//! what a canonical snapshot says of itself.

use scraper::{ElementRef, Html};
use url::Url;

use super::article::{attribute, has_class};

/// What names the program that wrote a canonical snapshot. A page of the site does not have it.
pub(crate) const GENERATOR: &str = "arkerr";

/// What a file states about its page, beside the article.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// The address that the page was saved from, or that it says it has.
    pub(crate) url: Option<Url>,
    /// When the page was updated, to the minute: `2026-08-29 17:41`.
    pub(crate) updated: Option<String>,
    /// The language that a canonical snapshot says it is in, as HTML names it.
    pub(crate) language: Option<String>,
    /// The title; of HTML pages, only canonical snapshots state one.
    pub(crate) title: Option<String>,
}

impl Stated {
    /// These statements, and others about what these say nothing of.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            url: self.url.or(other.url),
            updated: self.updated.or(other.updated),
            language: self.language.or(other.language),
            title: self.title.or(other.title),
        }
    }
}

/// Reads what an HTML page states about itself. The time of its update is what its head says, else
/// what it shows.
pub(super) fn read_statements(html: &Html) -> Stated {
    let meta = |name| in_head(html, "meta", ("name", name), "content");
    let is_canonical = meta("generator") == Some(GENERATOR);
    let of_canonical = |text: Option<&str>| text.filter(|_| is_canonical).map(str::to_owned);
    let canonical_link = in_head(html, "link", ("rel", "canonical"), "href");
    Stated {
        url: [saved_from(html), canonical_link]
            .into_iter()
            .flatten()
            .find_map(page_address),
        updated: meta("updated")
            .and_then(update_time)
            .or_else(|| shown_update_time(html)),
        language: of_canonical(attribute(html.root_element(), "lang")),
        title: of_canonical(meta("title")),
    }
}

/// What the head states in the attribute `content` of the first element that has another attribute.
fn in_head<'a>(
    html: &'a Html,
    name: &str,
    (key, value): (&str, &str),
    content: &str,
) -> Option<&'a str> {
    let is_head = |element: &ElementRef<'_>| element.value().name() == "head";
    let head = html.root_element().child_elements().find(is_head)?;
    let stating = head.child_elements().find(|element| {
        element.value().name() == name && attribute(*element, key) == Some(value)
    })?;
    attribute(stating, content)
}

/// The address of a page on the web, without what leads to a place in it.
pub(crate) fn page_address(address: &str) -> Option<Url> {
    let mut url = Url::parse(address.trim()).ok()?;
    url.set_fragment(None);
    url.set_query(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The first time in a text, to the minute: `2026-08-29 17:41`, whatever stands around it.
#[must_use]
pub fn update_time(text: &str) -> Option<String> {
    const SHAPE: &[u8] = b"0000-00-00 00:00";
    let has_shape = |time: &[u8]| {
        time.iter().zip(SHAPE).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b' ' => matches!(byte, b' ' | b'T'),
            shape => byte == shape,
        })
    };
    let mut times = text.as_bytes().windows(SHAPE.len());
    let time = times.find(|time| has_shape(time))?;
    Some(str::from_utf8(time).ok()?.replace('T', " "))
}

/// The time that the site shows above the article: `更新时间: 2026-08-29 17:41`.
fn shown_update_time(html: &Html) -> Option<String> {
    let is_info = |element: &ElementRef<'_>| has_class(*element, "doc-header-footer");
    let mut infos = html.root_element().descendent_elements().filter(is_info);
    infos.find_map(|info| update_time(&info.text().collect::<String>()))
}

/// The address that a browser, or what extends one, notes in a comment when it saves a page.
fn saved_from(html: &Html) -> Option<&str> {
    let outside = html.tree.root().children();
    let nodes = outside.chain(html.root_element().children());
    let mut comments = nodes.filter_map(|node| node.value().as_comment());
    comments.find_map(|comment| {
        let comment = comment.trim();
        // `saved from url=(0081)https://…`: the number is the length of the address.
        if let Some(noted) = comment.strip_prefix("saved from url=") {
            let (_, address) = noted.split_once(')')?;
            return Some(address);
        }
        let noted = comment.strip_prefix("Page saved with SingleFile")?;
        let mut lines = noted.lines().map(str::trim);
        lines.find_map(|line| line.strip_prefix("url:"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_found_to_the_minute() {
        let time = Some("2026-08-29 17:41".to_owned());
        assert_eq!(update_time("更新时间：2026-08-29 17:41"), time);
        assert_eq!(update_time("2026-08-29 17:41:59"), time);
        assert_eq!(update_time("2026-08-29T17:41:59+08:00"), time);
        assert_eq!(update_time("2026-08-29"), None);
        assert_eq!(update_time("错"), None);
    }

    #[test]
    fn what_a_page_states_is_read_and_a_language_of_the_site_is_not() {
        let head = "<link rel=canonical href='https://a.b/c'><meta name=title content=T>";
        let site = format!(
            "<html lang=en><head>{head}</head><body><div class=doc-header-footer>\
             <div class=dhf-left>更新时间: 2026-08-29 17:41</div></div>"
        );
        let html = Html::parse_document(&site);
        let stated = read_statements(&html);
        assert_eq!(stated.url.as_ref().map(Url::as_str), Some("https://a.b/c"));
        assert_eq!(stated.updated.as_deref(), Some("2026-08-29 17:41"));
        assert_eq!((stated.language, stated.title), (None, None));
        let own = format!(
            "<html lang=en><head>{head}<meta name=generator content=arkerr>\
             <meta name=updated content='2026-08-30 08:00'></head>\
             <body><p class=doc-header-footer>2026-08-29 17:41"
        );
        let stated = read_statements(&Html::parse_document(&own));
        assert_eq!(stated.updated.as_deref(), Some("2026-08-30 08:00"));
        assert_eq!(stated.language.as_deref(), Some("en"));
        assert_eq!(stated.title.as_deref(), Some("T"));
    }

    #[test]
    fn an_address_is_noted_in_a_comment() {
        let noted = |text: &str| {
            read_statements(&Html::parse_document(text))
                .url
                .map(String::from)
        };
        let address = Some("https://a.b/c".to_owned());
        assert_eq!(
            noted("<!-- saved from url=(0013)https://a.b/c --><p>x"),
            address
        );
        let single_file = "<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n \
            url: https://a.b/c \n saved date: Sat Aug 29 2026\n--><meta charset=utf-8><p>x";
        assert_eq!(noted(single_file), address);
        assert_eq!(noted("<!-- url: https://a.b/c --><p>x"), None);
    }
}
