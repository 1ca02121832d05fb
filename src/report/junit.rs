//! The results of a check as JUnit XML: a suite for each category, and in it a test case for each
//! file.

use std::io::{self, Write};

use super::results::{ByFile, Category, Finding, Results};
use crate::escape::{html, visible};
use crate::problem::Severity;
use crate::text::counted;

/// What findings are about that are about no file.
const NO_FILE: &str = "arkerr";

/// Writes the results as JUnit XML.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut suites = String::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for category in Category::ALL {
        let Some(cases) = results.by_file(category, NO_FILE) else {
            continue;
        };
        let is_unsuccessful = |found: &&Vec<&Finding>| found.iter().any(|one| is_error(one));
        let unsuccessful = cases.values().filter(is_unsuccessful).count();
        // Where two things differ a test has failed; where something could not be read it could
        // not be run.
        let (failed, not_run) = if category.is_drift() {
            (unsuccessful, 0)
        } else {
            (0, unsuccessful)
        };
        tests += cases.len();
        failures += failed;
        errors += not_run;
        suites += &suite(category, &cases, failed, not_run);
    }
    writeln!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="arkerr check" tests="{tests}" skipped="0" failures="{failures}" errors="{errors}">
{suites}</testsuites>"#
    )
}

fn is_error(finding: &Finding) -> bool {
    finding.level == Severity::Error
}

fn suite(category: Category, cases: &ByFile<'_>, failures: usize, errors: usize) -> String {
    let (name, tests) = (category.name(), cases.len());
    // A file may have several findings, of which the suite itself counts one.
    let findings: usize = cases.values().map(Vec::len).sum();
    let cases = cases.iter();
    let cases: String = cases
        .map(|((_, file), found)| case(category, file, found))
        .collect();
    format!(
        r#"    <testsuite name="{name}" tests="{tests}" skipped="0" errors="{errors}" failures="{failures}">
        <properties>
            <property name="findings" value="{findings}"/>
        </properties>
{cases}    </testsuite>
"#
    )
}

fn case(category: Category, file: &str, found: &[&Finding]) -> String {
    let end = match result(category, found) {
        Some(result) => format!(">\n            {result}\n        </testcase>"),
        None => "/>".to_owned(),
    };
    let (file, category) = (escaped(file), category.name());
    format!("        <testcase name=\"{file}\" classname=\"arkerr.{category}\"{end}\n")
}

/// The element that says what was found in a file; none where nothing was.
fn result(category: Category, found: &[&Finding]) -> Option<String> {
    let lines: Vec<String> = found.iter().map(|finding| line(finding)).collect();
    let text = escaped(&lines.join("\n\n"));
    let mut errors = found.iter().filter(|one| is_error(one));
    let Some(first) = errors.next() else {
        return (!found.is_empty()).then(|| format!("<system-out>{text}</system-out>"));
    };
    let element = if category.is_drift() {
        "failure"
    } else {
        "error"
    };
    let more = match errors.count() {
        0 => String::new(),
        more => format!(", and {}", counted(more, "other finding")),
    };
    let (message, id) = (escaped(&first.message), first.id);
    Some(format!(
        r#"<{element} message="{message}{more}" type="{id}">{text}</{element}>"#
    ))
}

/// A finding as compilers print it.
fn line(finding: &Finding) -> String {
    let path = finding.path.as_deref().map(visible).into_iter();
    let numbers = finding.line.into_iter().chain(finding.column);
    let place = path.chain(numbers.map(|number| number.to_string()));
    let place: String = place.map(|part| part + ":").collect();
    let space = if place.is_empty() { "" } else { " " };
    let (level, id) = (finding.level.name(), finding.id);
    format!("{place}{space}{level}[{id}]: {}", finding.full_message())
}

fn escaped(text: &str) -> String {
    html(text).replace("&#39;", "&apos;")
}
