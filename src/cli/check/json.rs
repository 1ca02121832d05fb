//! The check as JSON, for scripts.

use indexmap::IndexMap;
use serde::Serialize;

use super::finding::{Finding, Kind};
use super::report::{Report, Status};

/// The number of the form that the JSON has; it grows when readers would break.
const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct Json<'a> {
    schema: u32,
    status: Status,
    /// How many findings there are by kind; null where it was not looked for any, or in vain.
    counts: IndexMap<&'static str, Option<usize>>,
    findings: &'a [Finding],
}

pub(super) fn json(report: &Report) -> Json<'_> {
    let counts = Kind::ALL.map(|kind| (kind.name(), report.count(kind)));
    Json {
        schema: SCHEMA,
        status: report.status,
        counts: counts.into_iter().collect(),
        findings: &report.findings,
    }
}
