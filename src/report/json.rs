//! The results of a check as JSON, for scripts.

use std::io::{self, Write};

use super::results::Results;
use crate::json::pretty;

/// Writes the results as JSON.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", pretty(results)?)
}
