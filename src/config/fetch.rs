//! Reads what `arkerr.toml` says of the site that pages are fetched from.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;
use url::{Host, Url};

use super::reader::Reader;
use crate::catalog::Language;

/// Where the site answers for pages in Chinese.
const API: &str =
    "https://svc-drcn.developer.huawei.com/community/servlet/consumer/cn/documentPortal";

/// Where the site answers for pages in English, by what it says of itself.
const API_EN: &str =
    "https://svc-dre.developer.huawei.com/community/servlet/consumer/en/documentPortal";

/// How pages are fetched from the documentation site: the table `[fetch]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchSettings {
    /// The address of the document API for pages in Chinese, without a slash at its end.
    pub api: String,
    /// The address for pages in English.
    pub api_en: String,
    /// The catalogue of the site that has the pages.
    pub catalog: String,
    /// The language of pages of which there is no snapshot yet.
    pub language: Language,
    /// How long to wait from one request to the next.
    pub pause: Duration,
    /// How many requests may be under way at the same time.
    pub connections: usize,
    /// How often a request is made again that failed in a way that may pass.
    pub retries: u32,
    /// How long a request may take, until the last byte of its answer.
    pub timeout: Duration,
    /// How long all requests together may take.
    pub total: Duration,
    /// The most bytes of an answer, once it is unpacked.
    pub max_page_size: u64,
    /// The most pages that are fetched at once.
    pub max_pages: usize,
}

/// The table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    api: Option<Spanned<String>>,
    api_en: Option<Spanned<String>>,
    catalog: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    pause: Option<Spanned<i64>>,
    connections: Option<Spanned<i64>>,
    retries: Option<Spanned<i64>>,
    timeout: Option<Spanned<i64>>,
    total: Option<Spanned<i64>>,
    max_page_size: Option<Spanned<i64>>,
    max_pages: Option<Spanned<i64>>,
}

impl FetchSettings {
    /// The address of the document API for pages in a language.
    #[must_use]
    pub fn api(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.api,
            Language::En => &self.api_en,
        }
    }
}

/// What the site calls a language.
#[must_use]
pub fn site_language(language: Language) -> &'static str {
    match language {
        Language::Zh => "cn",
        Language::En => "en",
    }
}

/// The language that the site calls so.
#[must_use]
pub fn site_language_named(name: &str) -> Option<Language> {
    let languages = [Language::Zh, Language::En];
    languages
        .into_iter()
        .find(|language| site_language(*language) == name)
}

/// Whether a text may be what the site calls a page, and a file be called after it: letters,
/// digits, and `-_.` between them.
#[must_use]
pub fn is_page_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let begins_well = name.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    begins_well && name.len() <= MAX_NAME && name.chars().all(is_plain) && !name.ends_with('.')
}

/// The most bytes of a page's name; file systems take no more than 255 with an ending.
const MAX_NAME: usize = 200;

impl Reader {
    pub(super) fn read_fetch(&mut self, table: Table) -> FetchSettings {
        let api = self.read_api(table.api);
        let api_en = self.read_api(table.api_en);
        let seconds = |seconds: u64| Duration::from_secs(seconds);
        FetchSettings {
            // Who names a server of their own means it for all pages.
            api_en: api_en.unwrap_or_else(|| api.clone().unwrap_or_else(|| API_EN.to_owned())),
            api: api.unwrap_or_else(|| API.to_owned()),
            catalog: self.read_catalog(table.catalog),
            language: self.read_language(
                table.language,
                site_language_named,
                "the languages of the site are `cn` and `en`",
            ),
            pause: Duration::from_millis(self.read_number(table.pause, 500, 0..=60_000)),
            connections: self.read_number(table.connections, 2, 1..=8),
            retries: self.read_number(table.retries, 3, 0..=10),
            timeout: seconds(self.read_number(table.timeout, 30, 1..=600)),
            total: seconds(self.read_number(table.total, 900, 1..=86_400)),
            max_page_size: self.read_number(table.max_page_size, 16 << 20, 1..=256 << 20),
            max_pages: self.read_number(table.max_pages, 1_000, 1..=100_000),
        }
    }

    /// An address of the document API. Without TLS only this very machine is asked.
    fn read_api(&mut self, api: Option<Spanned<String>>) -> Option<String> {
        let api = api?;
        let url = Url::parse(api.get_ref()).ok();
        let url = url.filter(|url| url.query().is_none() && url.fragment().is_none());
        let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
        let is_right = url.as_ref().is_some_and(|url| match url.scheme() {
            "https" => url.has_host(),
            "http" => is_this_machine(url),
            _ => false,
        });
        if !is_right {
            self.refuse(
                api.span(),
                "this must be an https address without a user, `?` or `#`; http is for `localhost`, `127.0.0.1` and `[::1]` alone",
            );
        }
        url.map(|url| url.as_str().trim_end_matches('/').to_owned())
    }

    fn read_catalog(&mut self, catalog: Option<Spanned<String>>) -> String {
        let Some(catalog) = catalog else {
            return "harmonyos-references".to_owned();
        };
        if !catalog.get_ref().split('/').all(is_page_name) {
            self.refuse(
                catalog.span(),
                "a catalogue of the site is named in letters, digits, `-`, `_` and `.`",
            );
        }
        catalog.into_inner()
    }

    /// A number within bounds.
    fn read_number<T: TryFrom<i64>>(
        &mut self,
        number: Option<Spanned<i64>>,
        default: T,
        bounds: RangeInclusive<i64>,
    ) -> T {
        let Some(number) = number else {
            return default;
        };
        let inside = Some(*number.get_ref()).filter(|number| bounds.contains(number));
        inside
            .and_then(|number| T::try_from(number).ok())
            .unwrap_or_else(|| {
                let (least, most) = (bounds.start(), bounds.end());
                self.refuse(
                    number.span(),
                    format!("this must be a number from {least} to {most}"),
                );
                default
            })
    }
}

/// Whether an address is of the machine that arkerr runs on.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn settings(text: &str) -> FetchSettings {
        Config::parse(text).expect("the settings are right").fetch
    }

    fn problems(text: &str) -> Vec<String> {
        let diagnostics = Config::parse(text).err().unwrap_or_default();
        diagnostics.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn without_a_table_the_site_is_asked_politely() {
        let settings = settings("");
        assert_eq!(settings.api(Language::Zh), API);
        assert_eq!(settings.api(Language::En), API_EN);
        assert_eq!(settings.catalog, "harmonyos-references");
        assert_eq!(settings.language, Language::Zh);
        assert_eq!(settings.pause, Duration::from_millis(500));
        assert_eq!((settings.connections, settings.retries), (2, 3));
        assert_eq!(settings.timeout, Duration::from_secs(30));
        assert_eq!(settings.total, Duration::from_secs(900));
        assert_eq!(
            (settings.max_page_size, settings.max_pages),
            (16 << 20, 1_000)
        );
    }

    #[test]
    fn everything_may_be_set() {
        let settings = settings(
            r#"
[fetch]
api = "http://[::1]:8080/portal/"
catalog = "harmonyos-references-V5"
language = "en"
pause = 0
connections = 8
retries = 0
timeout = 1
total = 86400
max_page_size = 1
max_pages = 1
"#,
        );
        assert_eq!(settings.api(Language::Zh), "http://[::1]:8080/portal");
        assert_eq!(settings.api(Language::En), "http://[::1]:8080/portal");
        assert_eq!(settings.language, Language::En);
        assert_eq!((settings.connections, settings.max_pages), (8, 1));
    }

    #[test]
    fn each_language_may_have_an_address() {
        let settings = settings("[fetch]\napi_en = 'https://en.example/portal'");
        assert_eq!(settings.api(Language::Zh), API);
        assert_eq!(settings.api(Language::En), "https://en.example/portal");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_its_line() {
        let text = r#"
[fetch]
api = "http://example.com/portal"
api_en = "https://example.com/?a"
catalog = "../x"
language = "zh"
pause = -1
connections = 9
retries = 11
timeout = 0
total = 86401
max_page_size = 0
max_pages = 0
"#;
        let address = "this must be an https address without a user, `?` or `#`; http is for `localhost`, `127.0.0.1` and `[::1]` alone";
        assert_eq!(
            problems(text),
            [
                format!("arkerr.toml:3:7: error[config]: {address}"),
                format!("arkerr.toml:4:10: error[config]: {address}"),
                "arkerr.toml:5:11: error[config]: a catalogue of the site is named in letters, digits, `-`, `_` and `.`".to_owned(),
                "arkerr.toml:6:12: error[config]: the languages of the site are `cn` and `en`".to_owned(),
                "arkerr.toml:7:9: error[config]: this must be a number from 0 to 60000".to_owned(),
                "arkerr.toml:8:15: error[config]: this must be a number from 1 to 8".to_owned(),
                "arkerr.toml:9:11: error[config]: this must be a number from 0 to 10".to_owned(),
                "arkerr.toml:10:11: error[config]: this must be a number from 1 to 600".to_owned(),
                "arkerr.toml:11:9: error[config]: this must be a number from 1 to 86400".to_owned(),
                "arkerr.toml:12:17: error[config]: this must be a number from 1 to 268435456".to_owned(),
                "arkerr.toml:13:13: error[config]: this must be a number from 1 to 100000".to_owned(),
            ]
        );
        assert_eq!(
            problems("[fetch]\napi = 'https://user@example.com'").len(),
            1
        );
        assert_eq!(problems("[fetch]\napi = 'file:///portal'").len(), 1);
        assert_eq!(problems("[fetch]\napi = 'portal'").len(), 1);
        assert_eq!(
            problems("[fetch]\npuase = 1"),
            [
                "arkerr.toml:2:1: error[config]: unknown field `puase`, expected one of `api`, `api_en`, `catalog`, `language`, `pause`, `connections`, `retries`, `timeout`, `total`, `max_page_size`, `max_pages`"
            ]
        );
    }

    #[test]
    fn names_of_pages_lead_to_no_other_folder() {
        for name in [
            "errorcode-scan",
            "_ark_ui_compile",
            "errorcode-V5",
            "a.b",
            "通用错误码",
        ] {
            assert!(is_page_name(name), "{name}");
        }
        let long = "a".repeat(201);
        for name in [
            "",
            ".",
            "..",
            "../x",
            "/x",
            "a/b",
            "a\\b",
            "C:x",
            "a b",
            "a\nb",
            "a\u{202e}b",
            "-x",
            ".x",
            "x.",
            "a?b",
            &long,
        ] {
            assert!(!is_page_name(name), "{name:?}");
        }
    }
}
