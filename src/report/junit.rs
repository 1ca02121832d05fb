//! The results of a check as JUnit XML: a suite for each category, and in it a test case for each
//! file.

use std::fmt;
use std::io::{self, Write};

use super::results::{Category, Finding, Results};
use crate::escape::visible;
use crate::problem::Severity;
use crate::text::counted;

/// What findings are about that are about no file.
const NO_FILE: &str = "arkerr";

/// Writes the results.
pub(crate) fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let categories = Category::ALL.into_iter();
    let suites: Vec<Suite> = categories
        .filter_map(|category| Suite::new(results, category))
        .collect();
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="arkerr check" tests="{}" skipped="0" failures="{}" errors="{}">"#,
        sum(|suite| suite.cases.len()),
        sum(|suite| suite.failures()),
        sum(|suite| suite.errors()),
    )?;
    suites.iter().try_for_each(|suite| suite.write(out))?;
    writeln!(out, "</testsuites>")
}

struct Suite<'a> {
    category: Category,
    findings: usize,
    /// The files, each with what was found in it.
    cases: Vec<(String, Vec<&'a Finding>)>,
}

impl<'a> Suite<'a> {
    /// The suite of a category; none where it was not looked for any.
    fn new(results: &'a Results, category: Category) -> Option<Self> {
        let findings = results.count(category)?;
        let mut files: Vec<Option<&str>> = results.files(category).into_iter().map(Some).collect();
        if results.of(category).any(|finding| finding.path.is_none()) {
            files.push(None);
        }
        let cases = files.into_iter().map(|file| {
            let found = results
                .of(category)
                .filter(|finding| finding.path.as_deref() == file);
            (visible(file.unwrap_or(NO_FILE)), found.collect())
        });
        Some(Self {
            category,
            findings,
            cases: cases.collect(),
        })
    }

    /// Where two things differ a test has failed; where something could not be read it could not be
    /// run, which is an error.
    fn failures(&self) -> usize {
        if self.category.is_drift() {
            self.unsuccessful()
        } else {
            0
        }
    }

    fn errors(&self) -> usize {
        self.unsuccessful() - self.failures()
    }

    fn unsuccessful(&self) -> usize {
        let cases = self.cases.iter();
        cases
            .filter(|(_, found)| found.iter().any(|one| one.level == Severity::Error))
            .count()
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (name, tests) = (self.category.name(), self.cases.len());
        let (errors, failures, findings) = (self.errors(), self.failures(), self.findings);
        // A file may have several findings, of which the suite itself counts one.
        write!(
            out,
            r#"    <testsuite name="{name}" tests="{tests}" skipped="0" errors="{errors}" failures="{failures}">
        <properties>
            <property name="findings" value="{findings}"/>
        </properties>
"#
        )?;
        for (file, found) in &self.cases {
            let start = format!(
                r#"        <testcase name="{}" classname="arkerr.{name}""#,
                Escaped(file)
            );
            if found.is_empty() {
                writeln!(out, "{start}/>")?;
            } else {
                writeln!(
                    out,
                    "{start}>\n            {}\n        </testcase>",
                    self.content(found)
                )?;
            }
        }
        writeln!(out, "    </testsuite>")
    }

    fn content(&self, found: &[&Finding]) -> String {
        let lines: Vec<String> = found.iter().map(|finding| line(finding)).collect();
        let text = lines.join("\n\n");
        let errors: Vec<_> = found
            .iter()
            .filter(|one| one.level == Severity::Error)
            .collect();
        let Some(first) = errors.first() else {
            return format!("<system-out>{}</system-out>", Escaped(&text));
        };
        let element = if self.category.is_drift() {
            "failure"
        } else {
            "error"
        };
        let message = match errors.len() - 1 {
            0 => first.message.clone(),
            more => format!("{}, and {}", first.message, counted(more, "other finding")),
        };
        let (message, id, text) = (Escaped(&message), first.id, Escaped(&text));
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
    format!("{place}{space}{level}[{id}]: {}", finding.text())
}

/// Text in XML, which has no control characters any more.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&apos;"),
            c => write!(f, "{c}"),
        })
    }
}
