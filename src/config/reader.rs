//! Reads values with serde and collects what is wrong with them.

use std::ops::Range;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::FILE_NAME;
use crate::problem::{ConfigProblem, Locate, Place, Report, SourceText};

/// The most problems that are reported of one value.
const MOST_PROBLEMS: usize = 50;

/// Collects what is wrong with a configuration.
pub(super) struct Reader {
    pub(super) text: SourceText,
    pub(super) report: Report,
}

impl Reader {
    /// Reads a value. A key that is wrong is reported and left out, and the others are read again,
    /// so that all problems are reported at once.
    pub(super) fn read_value<T: DeserializeOwned>(
        &mut self,
        mut value: Spanned<DeValue<'_>>,
    ) -> Option<T> {
        for _ in 0..MOST_PROBLEMS {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(read) => return Some(read),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| value.span());
            self.refuse(span.clone(), error.message());
            if !leave_out(value.get_mut(), &span) {
                break;
            }
        }
        None
    }

    /// Rejects a text unless it is right.
    pub(super) fn require(
        &mut self,
        is_right: bool,
        text: &Spanned<String>,
        message: impl Into<String>,
    ) {
        if !is_right {
            self.refuse(text.span(), message);
        }
    }

    pub(super) fn refuse(&mut self, span: Range<usize>, message: impl Into<String>) {
        let place = Place::excerpt(FILE_NAME, &self.text, span);
        self.report
            .push(ConfigProblem::Invalid(message.into()).at(place));
    }
}

/// Removes the innermost key whose name or value is at a place. An item of a list is not removed
/// by itself, but with the list.
fn leave_out(value: &mut DeValue<'_>, place: &Range<usize>) -> bool {
    let DeValue::Table(table) = value else {
        return false;
    };
    let is_meant = |value: &Spanned<DeValue<'_>>| {
        let Range { start, end } = value.span();
        let is_around = start <= place.start && place.end <= end;
        value.span() == *place || is_around && value.get_ref().is_array()
    };
    let found = table
        .iter()
        .find(|(key, value)| key.span() == *place || is_meant(value));
    match found.map(|(key, _)| key.clone()) {
        Some(key) => table.remove(&key).is_some(),
        None => table
            .iter_mut()
            .any(|(_, value)| leave_out(value.get_mut(), place)),
    }
}

/// Reads a text that `check` accepts, for `deserialize_with`.
pub(super) fn checked_text<'de, D: Deserializer<'de>, T>(
    value: D,
    check: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<T, D::Error> {
    check(&String::deserialize(value)?).map_err(D::Error::custom)
}
