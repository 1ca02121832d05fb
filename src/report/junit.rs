//! The results of a check as JUnit XML: a suite for each category, and in it a test case for each
//! file.

use std::io::{self, Write};

use super::results::{Category, Finding, Results};
use crate::escape::{html, visible};
use crate::problem::Severity;
use crate::text::counted;

/// What findings are about that are about no file.
const NO_FILE: &str = "arkerr";

/// Writes the results as JUnit XML.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let categories = Category::ALL.into_iter();
    let suites: Vec<Suite> = categories
        .filter_map(|category| Suite::new(results, category))
        .collect();
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    write!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="arkerr check" tests="{}" skipped="0" failures="{}" errors="{}">
{}</testsuites>
"#,
        sum(|suite| suite.cases.len()),
        sum(|suite| suite.failures),
        sum(|suite| suite.errors),
        suites.iter().map(Suite::xml).collect::<String>(),
    )
}

struct Suite<'a> {
    category: Category,
    /// The files, each with what was found in it.
    cases: Vec<(String, Vec<&'a Finding>)>,
    /// Where two things differ a test has failed.
    failures: usize,
    /// Where something could not be read a test could not be run.
    errors: usize,
}

impl<'a> Suite<'a> {
    /// The suite of a category; none where it was not looked for any.
    fn new(results: &'a Results, category: Category) -> Option<Self> {
        results.count(category)?;
        let found = |file: Option<&str>| -> Vec<&Finding> {
            let findings = results.in_category(category);
            findings
                .filter(|found| found.path.as_deref() == file)
                .collect()
        };
        let files = results.files(category).into_iter();
        let files = files.map(|file| (visible(file), found(Some(file))));
        let elsewhere = Some((NO_FILE.to_owned(), found(None)));
        let elsewhere = elsewhere.filter(|(_, found)| !found.is_empty());
        let cases: Vec<_> = files.chain(elsewhere).collect();
        let has_error = |found: &[&Finding]| found.iter().any(|one| one.level == Severity::Error);
        let unsuccessful = cases.iter().filter(|(_, found)| has_error(found)).count();
        let failures = if category.is_drift() { unsuccessful } else { 0 };
        Some(Self {
            category,
            cases,
            failures,
            errors: unsuccessful - failures,
        })
    }

    fn xml(&self) -> String {
        let (name, tests) = (self.category.name(), self.cases.len());
        let (errors, failures) = (self.errors, self.failures);
        // A file may have several findings, of which the suite itself counts one.
        let findings: usize = self.cases.iter().map(|(_, found)| found.len()).sum();
        let cases: String = self.cases.iter().map(|case| self.case(case)).collect();
        format!(
            r#"    <testsuite name="{name}" tests="{tests}" skipped="0" errors="{errors}" failures="{failures}">
        <properties>
            <property name="findings" value="{findings}"/>
        </properties>
{cases}    </testsuite>
"#
        )
    }

    fn case(&self, (file, found): &(String, Vec<&Finding>)) -> String {
        let content = if found.is_empty() {
            "/>".to_owned()
        } else {
            format!(
                ">\n            {}\n        </testcase>",
                self.content(found)
            )
        };
        let (file, category) = (escaped(file), self.category.name());
        format!("        <testcase name=\"{file}\" classname=\"arkerr.{category}\"{content}\n")
    }

    fn content(&self, found: &[&Finding]) -> String {
        let lines: Vec<String> = found.iter().map(|finding| line(finding)).collect();
        let text = lines.join("\n\n");
        let mut errors = found.iter().filter(|one| one.level == Severity::Error);
        let Some(first) = errors.next() else {
            return format!("<system-out>{}</system-out>", escaped(&text));
        };
        let element = if self.category.is_drift() {
            "failure"
        } else {
            "error"
        };
        let message = match errors.count() {
            0 => first.message.clone(),
            more => format!("{}, and {}", first.message, counted(more, "other finding")),
        };
        let (message, id, text) = (escaped(&message), first.id, escaped(&text));
        format!(r#"<{element} message="{message}" type="{id}">{text}</{element}>"#)
    }
}

/// A finding as compilers print it.
fn line(finding: &Finding) -> String {
    let path = finding.path.iter().map(|path| visible(path));
    let numbers = finding.line.into_iter().chain(finding.column);
    let place: String = path
        .chain(numbers.map(|number| number.to_string()))
        .map(|part| format!("{part}:"))
        .collect();
    let space = if place.is_empty() { "" } else { " " };
    let (level, id) = (finding.level.name(), finding.id);
    format!("{place}{space}{level}[{id}]: {}", finding.full_message())
}

fn escaped(text: &str) -> String {
    html(text).replace("&#39;", "&apos;")
}
