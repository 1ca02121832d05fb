//! The check as SARIF 2.1.0, for code scanning.

use std::collections::HashMap;
use std::hash::Hasher as _;

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use siphasher::sip::SipHasher13;

use super::finding::{Finding, Kind};
use super::report::{Report, Status};
use super::rules;
use crate::escape::url_part;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name of our fingerprints, with the number of the way in which they are made.
const FINGERPRINT: &str = "arkerrFinding/v1";

#[derive(Debug, Serialize)]
pub(super) struct Sarif<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    /// A column is a character, and not a unit of UTF-16.
    column_kind: &'static str,
    results: Vec<Found<'a>>,
    properties: Counts,
}

#[derive(Debug, Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Debug, Serialize)]
struct Driver<'a> {
    name: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    /// What is said about no file, which code scanning would refuse as a result.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Debug, Serialize)]
struct Notification<'a> {
    descriptor: Descriptor<'a>,
    level: &'static str,
    message: Message,
}

#[derive(Debug, Serialize)]
struct Descriptor<'a> {
    id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: IndexMap<&'static str, String>,
    properties: OfKind,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
}

#[derive(Debug, Serialize)]
struct OfKind {
    kind: Kind,
}

/// How many findings there are by kind; null where it was not looked for any.
#[derive(Debug, Serialize)]
struct Counts {
    counts: IndexMap<&'static str, Option<usize>>,
}

pub(super) fn sarif(report: &Report) -> Sarif<'_> {
    let located = report.findings.iter();
    let located = located.filter_map(|finding| Some((finding, finding.path.as_deref()?)));
    let ids: IndexSet<&str> = located.clone().map(|(finding, _)| finding.id).collect();
    let mut seen = HashMap::new();
    let results = located.map(|(finding, path)| {
        let index = ids.get_index_of(finding.id).unwrap_or_default();
        result(finding, path, index, fingerprint(finding, path, &mut seen))
    });
    let counts = Kind::ALL.map(|kind| (kind.name(), report.count(kind)));
    Sarif {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            invocations: [invocation(report)],
            column_kind: "unicodeCodePoints",
            results: results.collect(),
            properties: Counts {
                counts: counts.into_iter().collect(),
            },
            tool: Tool {
                driver: Driver {
                    name: "arkerr",
                    rules: ids.iter().map(|id| rule(id)).collect(),
                },
            },
        }],
    }
}

fn rule(id: &str) -> Rule<'_> {
    Rule {
        id,
        short_description: message(rules::summary(id)),
    }
}

fn invocation(report: &Report) -> Invocation<'_> {
    let elsewhere = report.findings.iter();
    let elsewhere = elsewhere.filter(|finding| finding.path.is_none());
    let notifications = elsewhere.map(|finding| Notification {
        descriptor: Descriptor { id: finding.id },
        level: finding.level.name(),
        message: message(&finding.text()),
    });
    Invocation {
        execution_successful: report.status != Status::Failure,
        tool_execution_notifications: notifications.collect(),
    }
}

fn result<'a>(finding: &'a Finding, path: &str, index: usize, print: String) -> Found<'a> {
    Found {
        rule_id: finding.id,
        rule_index: index,
        level: finding.level.name(),
        message: message(&finding.text()),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path) },
                region: finding.line.map(|start_line| Region {
                    start_line,
                    start_column: finding.column,
                }),
            },
        }],
        partial_fingerprints: [(FINGERPRINT, print)].into(),
        properties: OfKind { kind: finding.kind },
    }
}

/// A path as a reference of an address.
fn uri(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(url_part).collect();
    parts.join("/")
}

/// Text as a message. Braces would stand for arguments, and brackets before a parenthesis would be
/// a link: text of a page is to be neither.
fn message(text: &str) -> Message {
    let text = text.replace('{', "{{").replace('}', "}}");
    Message {
        text: text.replace("](", "] ("),
    }
}

/// A mark by which a finding is known again in another run. Its place in the file is no part of it:
/// the file may have moved on around it. Those that are alike otherwise are numbered.
fn fingerprint(finding: &Finding, path: &str, seen: &mut HashMap<u64, usize>) -> String {
    let mut hasher = SipHasher13::new();
    // How many names are missing is no part of it either: where more are, it is the same drift.
    let message = match finding.kind {
        Kind::Outputs | Kind::Names => "",
        Kind::Upstream | Kind::Errors | Kind::Warnings => &finding.message,
    };
    for part in [finding.kind.name(), finding.id, path, message] {
        hasher.write(part.as_bytes());
        hasher.write_u8(0);
    }
    let hash = hasher.finish();
    let number = seen.entry(hash).or_default();
    *number += 1;
    format!("{hash:016x}:{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address_and_text_stays_text() {
        assert_eq!(uri("../my app/a#b/错.rs"), "../my%20app/a%23b/%E9%94%99.rs");
        assert_eq!(
            message("[look](https://x) {0}").text,
            "[look] (https://x) {{0}}"
        );
    }
}
