//! The documentation site: its two questions, and how patiently they are asked.

use std::sync::OnceLock;

use serde_json::json;

use super::answer;
use super::client::Client;
use super::failure::{Again, Failure};
use super::pace::{Pace, TimeIsUp};
use crate::catalog::Language;
use crate::config::{FetchSettings, site_language};

/// The site, for as long as it is asked things.
#[derive(Debug)]
pub(super) struct Site<'a> {
    settings: &'a FetchSettings,
    client: Client,
    pace: Pace,
    /// Why it is not asked any more.
    stopped: OnceLock<Failure>,
}

impl<'a> Site<'a> {
    pub(super) fn new(settings: &'a FetchSettings) -> Self {
        Self {
            settings,
            client: Client::new(settings.max_page_size),
            pace: Pace::new(settings.pause, settings.total),
            stopped: OnceLock::new(),
        }
    }

    /// The answer with a page.
    pub(super) fn page(&self, id: &str, language: Language) -> Result<Vec<u8>, Failure> {
        let question = json!({
            "objectId": id,
            "version": "",
            "catalogName": self.settings.catalog,
            "language": site_language(language),
        });
        let bytes = self.ask(language, "getDocumentById", &question.to_string())?;
        answer::refuse_error(&bytes)?;
        Ok(bytes)
    }

    /// The answer with the tree of pages.
    pub(super) fn tree(&self, language: Language) -> Result<Vec<u8>, Failure> {
        let question = json!({
            "catalogName": self.settings.catalog,
            "language": site_language(language),
        });
        let bytes = self.ask(language, "getCatalogTree", &question.to_string())?;
        answer::refuse_error(&bytes)?;
        Ok(bytes)
    }

    /// Asks, and asks again where that may help, as long as there is time.
    fn ask(&self, language: Language, method: &str, question: &str) -> Result<Vec<u8>, Failure> {
        let address = format!("{}/{method}", self.settings.api(language));
        let mut retries = 0;
        loop {
            let turn = self.pace.wait_for_turn();
            if let Some(failure) = self.stopped.get() {
                return Err(failure.not_asked());
            }
            let left = turn.map_err(|TimeIsUp| Failure::time_is_up(self.settings.total))?;
            let timeout = left.min(self.settings.timeout);
            let failure = match self.client.post(&address, question, timeout) {
                Ok(bytes) => return Ok(bytes),
                Err(failure) => failure,
            };
            let failure = match retries {
                0 => failure,
                _ => failure.asked(retries + 1),
            };
            if failure.again == Again::Never || retries == self.settings.retries {
                return Err(self.ended(failure));
            }
            self.wait(failure, retries)?;
            retries += 1;
        }
    }

    /// Waits before the same is asked again.
    fn wait(&self, failure: Failure, retries: u32) -> Result<(), Failure> {
        let waited = match failure.again {
            Again::After(wait) => self.pace.hold(wait),
            _ => self.pace.wait_for_retry(retries),
        };
        waited.map_err(|TimeIsUp| {
            let failure = match failure.again {
                Again::After(wait) => failure.note(format!(
                    "the site wants to be left alone for {} s",
                    wait.as_secs()
                )),
                _ => failure,
            };
            let total = self.settings.total.as_secs();
            self.ended(failure.note(format!(
                "it was not asked again, since `total` of the table `[fetch]` is {total} s"
            )))
        })
    }

    /// A failure for good; where all other requests would meet it, they are not made.
    fn ended(&self, failure: Failure) -> Failure {
        if failure.is_general {
            let _ = self.stopped.set(failure.clone());
        }
        failure
    }
}
