//! What `arkerr.toml` says about the site that pages are fetched from: the table `[fetch]`.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use url::{Host, Url};

use super::reader::checked_text;
use crate::catalog::Language;

/// Where the site answers for pages in Chinese.
const API: &str =
    "https://svc-drcn.developer.huawei.com/community/servlet/consumer/cn/documentPortal";

/// Where the site answers for pages in English, by what it says of itself.
const API_EN: &str =
    "https://svc-dre.developer.huawei.com/community/servlet/consumer/en/documentPortal";

/// How pages are fetched from the documentation site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FetchSettings {
    /// The address of the document API for pages in Chinese, without a slash at its end.
    #[serde(deserialize_with = "api")]
    pub api: String,
    /// The address for pages in English.
    #[serde(default, deserialize_with = "api")]
    pub api_en: String,
    /// The catalogue of the site that has the pages.
    #[serde(deserialize_with = "catalog")]
    pub catalog: String,
    /// The language of pages of which there is no snapshot yet.
    #[serde(deserialize_with = "language")]
    pub language: Language,
    /// Milliseconds from one request to the next.
    #[serde(deserialize_with = "number::<0, 60_000, _, _>")]
    pub pause: u64,
    /// How many requests may be under way at the same time.
    #[serde(deserialize_with = "number::<1, 8, _, _>")]
    pub connections: usize,
    /// How often a request is made again that failed in a way that may pass.
    #[serde(deserialize_with = "number::<0, 10, _, _>")]
    pub retries: u32,
    /// Seconds that a request may take, until the last byte of its answer.
    #[serde(deserialize_with = "number::<1, 600, _, _>")]
    pub timeout: u64,
    /// Seconds that all requests together may take.
    #[serde(deserialize_with = "number::<1, 86_400, _, _>")]
    pub total: u64,
    /// The most bytes of an answer, once it is unpacked.
    #[serde(deserialize_with = "number::<1, 268_435_456, _, _>")]
    pub max_page_size: u64,
    /// The most pages that are fetched at once.
    #[serde(deserialize_with = "number::<1, 100_000, _, _>")]
    pub max_pages: usize,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            api: API.to_owned(),
            api_en: API_EN.to_owned(),
            catalog: "harmonyos-references".to_owned(),
            language: Language::Zh,
            pause: 500,
            connections: 2,
            retries: 3,
            timeout: 30,
            total: 900,
            max_page_size: 16 << 20,
            max_pages: 1_000,
        }
    }
}

impl FetchSettings {
    /// The address of the document API for pages in a language.
    pub fn api(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.api,
            Language::En => &self.api_en,
        }
    }

    /// The same settings, with an address for pages in English. A server that is set for pages in
    /// Chinese has those in English too, if no other one is set.
    pub(super) fn with_api_en(mut self) -> Self {
        if self.api_en.is_empty() {
            let is_site = self.api == API;
            self.api_en = if is_site { API_EN } else { &self.api }.to_owned();
        }
        self
    }
}

/// What the site calls a language.
pub fn site_language(language: Language) -> &'static str {
    match language {
        Language::Zh => "cn",
        Language::En => "en",
    }
}

/// The language that the site calls so.
pub fn site_language_named(name: &str) -> Option<Language> {
    [Language::Zh, Language::En]
        .into_iter()
        .find(|language| site_language(*language) == name)
}

/// The most bytes of a page's name; file systems take no more than 255 with an ending.
const MAX_NAME: usize = 200;

/// Whether a text may be what the site calls a page, and a file be called after it: letters,
/// digits, and `-_.` between them.
pub fn is_page_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let begins_well = name.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    begins_well && name.len() <= MAX_NAME && name.chars().all(is_plain) && !name.ends_with('.')
}

/// An address of the document API. Without TLS only this machine is asked.
fn api<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    checked_text(value, |address| {
        let url = Url::parse(address).ok().filter(is_api).ok_or("this must be an https address without a user, `?` or `#`; http is for `localhost`, `127.0.0.1` and `[::1]` alone")?;
        Ok(url.as_str().trim_end_matches('/').to_owned())
    })
}

fn is_api(url: &Url) -> bool {
    let is_this_machine = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match url.scheme() {
        "https" => is_plain && url.has_host(),
        "http" => is_plain && is_this_machine,
        _ => false,
    }
}

fn catalog<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    checked_text(value, |path| {
        let is_path = path.split('/').all(is_page_name);
        is_path
            .then(|| path.to_owned())
            .ok_or("a catalogue of the site is named in letters, digits, `-`, `_` and `.`")
    })
}

fn language<'de, D: Deserializer<'de>>(value: D) -> Result<Language, D::Error> {
    checked_text(value, |name| {
        site_language_named(name).ok_or("the languages of the site are `cn` and `en`")
    })
}

/// A number within bounds.
fn number<'de, const LEAST: i64, const MOST: i64, D: Deserializer<'de>, T: TryFrom<i64>>(
    value: D,
) -> Result<T, D::Error> {
    Some(i64::deserialize(value)?)
        .filter(|number| (LEAST..=MOST).contains(number))
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| D::Error::custom(format!("this must be a number from {LEAST} to {MOST}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn settings(text: &str) -> FetchSettings {
        Config::parse(text).expect("the settings are right").fetch
    }

    fn problems(text: &str) -> Vec<String> {
        let report = Config::parse(text).err().unwrap_or_default();
        report.into_iter().map(|found| found.to_string()).collect()
    }

    #[test]
    fn without_a_table_the_site_is_asked_politely() {
        let settings = settings("");
        assert_eq!(settings.api(Language::Zh), API);
        assert_eq!(settings.api(Language::En), API_EN);
        assert_eq!(settings.catalog, "harmonyos-references");
        assert_eq!(settings.language, Language::Zh);
        assert_eq!((settings.connections, settings.retries), (2, 3));
        assert_eq!(
            (settings.pause, settings.timeout, settings.total),
            (500, 30, 900)
        );
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
