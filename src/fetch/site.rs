//! The documentation site: its two questions, and how patiently they are asked.

use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::StatusCode;
use ureq::http::header::{ORIGIN, REFERER};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::pace::Pace;
use super::{answer, failure};
use crate::catalog::Language;
use crate::config::{FetchSettings, site_language};
use crate::problem::{Failure, FailureKind};

/// What arkerr calls itself to the site, and where to read about it.
const USER_AGENT: &str = concat!(
    "arkerr/",
    env!("CARGO_PKG_VERSION"),
    " (+https://crates.io/crates/arkerr)"
);

/// The site whose pages load their text from the API. It is part of every request that the pages
/// make.
const SITE: &str = "https://developer.huawei.com";

/// The site, for as long as it is asked things.
#[derive(Debug)]
pub(super) struct Site<'a> {
    settings: &'a FetchSettings,
    agent: Agent,
    pace: Pace,
    /// Why it is not asked any more.
    stopped: OnceLock<Failure>,
}

impl<'a> Site<'a> {
    pub(super) fn new(settings: &'a FetchSettings) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .tls_config(TlsConfig::builder().root_certs(roots()).build())
            .user_agent(USER_AGENT)
            .accept("application/json")
            .build();
        Self {
            settings,
            agent: config.into(),
            pace: Pace::new(
                Duration::from_millis(settings.pause),
                Duration::from_secs(settings.total),
            ),
            stopped: OnceLock::new(),
        }
    }

    /// The answer with a page.
    pub(super) fn page(&self, id: &str, language: Language) -> Result<Vec<u8>, Failure> {
        let question = json!({"objectId": id, "version": ""});
        self.ask(language, "getDocumentById", question)
    }

    /// The answer with the tree of pages.
    pub(super) fn tree(&self, language: Language) -> Result<Vec<u8>, Failure> {
        self.ask(language, "getCatalogTree", json!({}))
    }

    /// Asks, and asks again where that may help, as long as there is time.
    fn ask(
        &self,
        language: Language,
        method: &str,
        mut question: Value,
    ) -> Result<Vec<u8>, Failure> {
        question["catalogName"] = self.settings.catalog.as_str().into();
        question["language"] = site_language(language).into();
        let address = format!("{}/{method}", self.settings.api(language));
        let mut retries = 0;
        loop {
            let turn = self.pace.wait_for_turn();
            if let Some(failure) = self.stopped.get() {
                return Err(not_asked().note(format!("another request failed: {}", failure.cause)));
            }
            let left = turn.ok_or_else(|| self.time_is_up())?;
            let mut failure = match self.post(&address, &question.to_string(), left) {
                Ok(bytes) => return answer::refuse_error(&bytes).map(|()| bytes),
                Err(failure) => failure,
            };
            if retries > 0 {
                failure = failure.note(format!("the site was asked {} times", retries + 1));
            }
            if failure.may_pass && retries < self.settings.retries {
                let wait = failure.wait.unwrap_or_else(|| self.pace.backoff(retries));
                if self.pace.hold(wait) {
                    retries += 1;
                    continue;
                }
                failure = failure.note(format!(
                    "it was not asked again in {} s, since `total` of the table `[fetch]` is {} s",
                    wait.as_secs(),
                    self.settings.total
                ));
            }
            // All other requests would fail in the same way.
            if failure.is_general {
                let _ = self.stopped.set(failure.clone());
            }
            return Err(failure);
        }
    }

    /// Sends JSON to an address, and returns what is answered, unpacked.
    fn post(&self, address: &str, json: &str, left: Duration) -> Result<Vec<u8>, Failure> {
        let timeout = left.min(Duration::from_secs(self.settings.timeout));
        let answer = self
            .agent
            .post(address)
            .content_type("application/json")
            .header(ORIGIN, SITE)
            .header(REFERER, format!("{SITE}/"))
            .config()
            .timeout_global(Some(timeout))
            .build()
            .send(json)
            .map_err(|error| failure::connection(&error, address))?;
        if answer.status() != StatusCode::OK {
            return Err(failure::status(answer.status(), answer.headers(), address));
        }
        let max_size = self.settings.max_page_size;
        answer
            .into_body()
            .into_with_config()
            .limit(max_size)
            .read_to_vec()
            .map_err(|error| failure::body(&error, max_size))
    }

    fn time_is_up(&self) -> Failure {
        let total = self.settings.total;
        not_asked()
            .note(format!(
                "`total` of the table `[fetch]` is {total} s, and they were over"
            ))
            .help("fetch what is left by itself, or set `total` in arkerr.toml")
    }
}

fn not_asked() -> Failure {
    Failure::new(FailureKind::NotAsked, "the site was not asked any more")
}

/// The certificates that the system trusts; those of Mozilla, where it has none.
fn roots() -> RootCerts {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return RootCerts::WebPki;
    }
    found
        .iter()
        .map(|found| Certificate::from_der(found).to_owned())
        .collect::<Vec<_>>()
        .into()
}
