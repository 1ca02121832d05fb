//! The results of a check as SARIF 2.1.0, for code scanning.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use super::results::{Category, Counts, Finding, Results, Status};
use crate::escape::url_part;
use crate::json::pretty;
use crate::problem::Severity;
use crate::text::mark_of;

/// Writes the results as SARIF.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", pretty(&Sarif::new(results))?)
}

/// The results of a check. What is no struct below has its members sorted by name.
#[derive(Serialize)]
struct Sarif<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: [Value; 1],
    column_kind: &'static str,
    results: Vec<LocatedFinding>,
    properties: BTreeMap<&'static str, &'a Counts>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LocatedFinding {
    rule_id: &'static str,
    rule_index: usize,
    level: Severity,
    message: Value,
    locations: [BTreeMap<&'static str, PhysicalLocation>; 1],
    partial_fingerprints: Value,
    properties: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Value,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    region: IndexMap<&'static str, usize>,
}

impl<'a> Sarif<'a> {
    fn new(results: &'a Results) -> Self {
        let mut rules = IndexMap::new();
        let mut seen = HashMap::new();
        let mut located = Vec::new();
        for finding in &results.findings {
            if let Some(path) = &finding.path {
                let rule = rules.entry(finding.id);
                let index = rule.index();
                rule.or_insert_with(
                    || json!({"id": finding.id, "shortDescription": message(finding.summary)}),
                );
                let print = fingerprint(finding, path, &mut seen);
                located.push(LocatedFinding::new(finding, path, index, &print));
            }
        }
        let rules: Vec<Value> = rules.into_values().collect();
        let run = Run {
            tool: json!({"driver": {"name": "arkerr", "rules": rules}}),
            invocations: [invocation(results)],
            // A column is a character, and not a unit of UTF-16.
            column_kind: "unicodeCodePoints",
            results: located,
            properties: [("counts", &results.counts)].into(),
        };
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [run],
        }
    }
}

impl LocatedFinding {
    fn new(finding: &Finding, path: &str, rule_index: usize, fingerprint: &str) -> Self {
        let region = [("startLine", finding.line), ("startColumn", finding.column)];
        let region = region.map(|(name, number)| Some((name, number?)));
        let location = PhysicalLocation {
            artifact_location: json!({"uri": uri(path)}),
            region: region.into_iter().flatten().collect(),
        };
        Self {
            rule_id: finding.id,
            rule_index,
            level: finding.level,
            message: message(&finding.full_message()),
            locations: [[("physicalLocation", location)].into()],
            // The name has the number of the way in which fingerprints are made.
            partial_fingerprints: json!({"arkerrFinding/v1": fingerprint}),
            properties: json!({"kind": finding.category}),
        }
    }
}

/// How the run ended, with what was found in no file: code scanning would refuse it as a result.
fn invocation(results: &Results) -> Value {
    let findings = results.findings.iter();
    let elsewhere = findings.filter(|finding| finding.path.is_none());
    let notifications = elsewhere.map(|finding| {
        json!({
            "descriptor": {"id": finding.id},
            "level": finding.level,
            "message": message(&finding.full_message()),
        })
    });
    let notifications: Vec<Value> = notifications.collect();
    let mut invocation = json!({"executionSuccessful": results.status != Status::Failure});
    if !notifications.is_empty() {
        invocation["toolExecutionNotifications"] = notifications.into();
    }
    invocation
}

/// A path as a reference of an address.
fn uri(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(url_part).collect();
    parts.join("/")
}

/// Text as a message. Braces would stand for arguments, and brackets before a parenthesis would be
/// a link: text of a page is to be neither.
fn message(text: &str) -> Value {
    json!({"text": plain(text)})
}

fn plain(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    text.replace("](", "] (")
}

/// A hash by which a finding is recognized in another run. Its place in the file is not part of it:
/// the file may have moved on around it. Those that are alike otherwise are numbered.
fn fingerprint(finding: &Finding, path: &str, seen: &mut HashMap<String, usize>) -> String {
    // How many names are missing is not part of it either: where more are, it is the same drift.
    let message = match finding.category {
        Category::Outputs | Category::Names => "",
        Category::Upstream | Category::Errors | Category::Warnings => &finding.message,
    };
    let parts = [finding.category.name(), finding.id, path, message];
    let mark = mark_of(parts.into_iter().flat_map(|part| [part, "\0"]));
    let number = seen.entry(mark.clone()).or_default();
    *number += 1;
    format!("{mark}:{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address_and_text_stays_text() {
        assert_eq!(uri("../my app/a#b/错.rs"), "../my%20app/a%23b/%E9%94%99.rs");
        assert_eq!(plain("[look](https://x) {0}"), "[look] (https://x) {{0}}");
    }
}
