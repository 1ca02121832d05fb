//! Addresses of the web: what text has to look like to be a part of one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded in a part of an address: everything but letters, digits and `-._~`.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as a part of an address, percent-encoded.
pub(crate) fn encode_part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}
