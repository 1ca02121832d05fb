//! The results of a check as JSON, for scripts.

use std::io::{self, Write};

use indexmap::IndexMap;
use serde::Serialize;

use super::results::{Finding, Results, Status};
use crate::json::pretty;

/// The number of the form that the JSON has; it grows when readers would break.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    status: Status,
    /// How many findings there are by category; null where it was not looked for any, or in vain.
    counts: IndexMap<&'static str, Option<usize>>,
    findings: &'a [Finding],
}

/// Writes the results.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let json = Json {
        schema: SCHEMA,
        status: results.status(),
        counts: results.counts(),
        findings: &results.findings,
    };
    writeln!(out, "{}", pretty(&json)?)
}
