//! The results of a check as SARIF 2.1.0, for code scanning.

use std::collections::HashMap;
use std::hash::Hasher as _;
use std::io::{self, Write};

use indexmap::IndexMap;
use serde::Serialize;
use siphasher::sip::SipHasher13;

use super::results::{Category, Finding, Results, Status};
use crate::escape::url_part;
use crate::json::pretty;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name of our fingerprints, with the number of the way in which they are made.
const FINGERPRINT: &str = "arkerrFinding/v1";

/// JSON whose members keep their order.
#[derive(Serialize)]
#[serde(untagged)]
enum Node {
    Bool(bool),
    Number(usize),
    Text(String),
    List(Vec<Node>),
    Object(IndexMap<&'static str, Node>),
    Counts(IndexMap<&'static str, Option<usize>>),
}

fn object<const N: usize>(members: [(&'static str, Node); N]) -> Node {
    Node::Object(members.into_iter().collect())
}

fn text_node(text: &str) -> Node {
    Node::Text(text.to_owned())
}

/// Writes the results as SARIF.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut rules = IndexMap::new();
    let mut seen = HashMap::new();
    let mut found = Vec::new();
    for finding in &results.findings {
        if let Some(path) = &finding.path {
            let rule = rules.entry(finding.id);
            let index = rule.index();
            rule.or_insert_with(|| rule_of(finding));
            let print = fingerprint(finding, path, &mut seen);
            found.push(result(finding, path, index, print));
        }
    }
    let rules = Node::List(rules.into_values().collect());
    let driver = object([("name", text_node("arkerr")), ("rules", rules)]);
    let run = object([
        ("tool", object([("driver", driver)])),
        ("invocations", Node::List(vec![invocation(results)])),
        // A column is a character, and not a unit of UTF-16.
        ("columnKind", text_node("unicodeCodePoints")),
        ("results", Node::List(found)),
        (
            "properties",
            object([("counts", Node::Counts(results.counts.clone()))]),
        ),
    ]);
    let sarif = object([
        ("$schema", text_node(SCHEMA)),
        ("version", text_node("2.1.0")),
        ("runs", Node::List(vec![run])),
    ]);
    writeln!(out, "{}", pretty(&sarif)?)
}

fn rule_of(finding: &Finding) -> Node {
    object([
        ("id", text_node(finding.id)),
        ("shortDescription", message(finding.summary)),
    ])
}

fn invocation(results: &Results) -> Node {
    let is_successful = results.status != Status::Failure;
    let mut members = IndexMap::from([("executionSuccessful", Node::Bool(is_successful))]);
    // Code scanning would refuse a result about no file.
    let findings = results.findings.iter();
    let notifications: Vec<Node> = findings
        .filter(|finding| finding.path.is_none())
        .map(|finding| {
            object([
                ("descriptor", object([("id", text_node(finding.id))])),
                ("level", text_node(finding.level.name())),
                ("message", message(&finding.full_message())),
            ])
        })
        .collect();
    if !notifications.is_empty() {
        members.insert("toolExecutionNotifications", Node::List(notifications));
    }
    Node::Object(members)
}

fn result(finding: &Finding, path: &str, rule: usize, print: String) -> Node {
    let artifact = object([("uri", Node::Text(uri(path)))]);
    let mut location = IndexMap::from([("artifactLocation", artifact)]);
    if let Some(line) = finding.line {
        let start = [("startLine", Some(line)), ("startColumn", finding.column)];
        let region = start.map(|(name, number)| Some((name, Node::Number(number?))));
        location.insert(
            "region",
            Node::Object(region.into_iter().flatten().collect()),
        );
    }
    let location = object([("physicalLocation", Node::Object(location))]);
    object([
        ("ruleId", text_node(finding.id)),
        ("ruleIndex", Node::Number(rule)),
        ("level", text_node(finding.level.name())),
        ("message", message(&finding.full_message())),
        ("locations", Node::List(vec![location])),
        (
            "partialFingerprints",
            object([(FINGERPRINT, Node::Text(print))]),
        ),
        (
            "properties",
            object([("kind", text_node(finding.category.name()))]),
        ),
    ])
}

/// A path as a reference of an address.
fn uri(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(url_part).collect();
    parts.join("/")
}

/// Text as a message. Braces would stand for arguments, and brackets before a parenthesis would be
/// a link: text of a page is to be neither.
fn message(text: &str) -> Node {
    object([("text", Node::Text(plain(text)))])
}

fn plain(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    text.replace("](", "] (")
}

/// A hash by which a finding is recognized in another run. Its place in the file is not part of it:
/// the file may have moved on around it. Those that are alike otherwise are numbered.
fn fingerprint(finding: &Finding, path: &str, seen: &mut HashMap<u64, usize>) -> String {
    let mut hasher = SipHasher13::new();
    // How many names are missing is not part of it either: where more are, it is the same drift.
    let message = match finding.category {
        Category::Outputs | Category::Names => "",
        Category::Upstream | Category::Errors | Category::Warnings => &finding.message,
    };
    for part in [finding.category.name(), finding.id, path, message] {
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
        assert_eq!(plain("[look](https://x) {0}"), "[look] (https://x) {{0}}");
    }
}
