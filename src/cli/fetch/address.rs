//! Pages that are named by their whole address, as a browser shows it.

use url::Url;

use crate::catalog::Language;
use crate::config::site_language_named;

/// The host of the documentation site.
const HOST: &str = "developer.huawei.com";

/// What the site calls the page at an address, and its language; none where this is no address of
/// a page of the documentation site.
pub(super) fn page_at(address: &str) -> Option<(String, Language)> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str() != Some(HOST) {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let ["consumer", language, "doc", _, .., page] = path[..] else {
        return None;
    };
    Some((page.to_owned(), site_language_named(language)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_told_from_others() {
        let told = |address: &str| {
            let (page, language) = page_at(address)?;
            Some(format!("{page} {language:?}"))
        };
        let site = |path: &str| told(&format!("https://developer.huawei.com/consumer/{path}"));
        let scan = "doc/harmonyos-references/scan-error-code";
        for end in ["", "/", "#section1", "?a=b#c"] {
            let expected = Some("scan-error-code Zh".to_owned());
            assert_eq!(site(&format!("cn/{scan}{end}")), expected, "{end}");
        }
        assert_eq!(
            site(&format!("en/{scan}")).as_deref(),
            Some("scan-error-code En")
        );
        for path in ["cn", "cn/doc", "cn/doc/x", "cn/forum/a/b"] {
            assert_eq!(site(path), None, "{path}");
        }
        assert_eq!(site(&format!("fr/{scan}")), None);
        assert_eq!(
            told(&format!("https://example.com/consumer/cn/{scan}")),
            None
        );
        assert_eq!(told("scan-error-code"), None);
        assert_eq!(told("file:///consumer/cn/doc/a/b"), None);
    }
}
