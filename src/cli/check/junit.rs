//! The check as JUnit XML: a suite for each kind of finding, and in it a test case for each file.

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::finding::{Finding, Kind, Level};
use super::report::Report;
use crate::cli::print::counted;
use crate::diagnostic::Diagnostic;
use crate::escape::visible;

/// What findings are about that are about no file.
const NO_FILE: &str = "arkerr";

pub(super) fn junit(report: &Report) -> Result<String, Vec<Diagnostic>> {
    let mut document = quick_junit::Report::new("arkerr check");
    for kind in Kind::ALL {
        if let Some(count) = report.count(kind) {
            document.add_test_suite(suite(report, kind, count));
        }
    }
    document.to_string().map_err(|error| {
        let message = format!("the result cannot be printed: {error}");
        vec![Diagnostic::error("print", message)]
    })
}

fn suite(report: &Report, kind: Kind, count: usize) -> TestSuite {
    let mut suite = TestSuite::new(kind.name());
    // A file may have several findings, of which the suite itself counts one.
    suite.add_property(("findings", count.to_string().as_str()));
    let files = report.files(kind);
    let mut subjects: Vec<Option<&str>> = files.into_iter().map(Some).collect();
    if report.of(kind).any(|finding| finding.path.is_none()) {
        subjects.push(None);
    }
    for subject in subjects {
        let findings = report.of(kind);
        let findings = findings.filter(|finding| finding.path.as_deref() == subject);
        let name = visible(subject.unwrap_or(NO_FILE));
        suite.add_test_case(case(kind, &name, &findings.collect::<Vec<_>>()));
    }
    suite
}

/// A file with what was found in it. Where two things differ the test has failed; where something
/// could not be read it could not be run, which is an error.
fn case(kind: Kind, name: &str, findings: &[&Finding]) -> TestCase {
    let text: Vec<String> = findings.iter().map(|finding| line(finding)).collect();
    let text = text.join("\n\n");
    let errors: Vec<&&Finding> = findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .collect();
    let Some(first) = errors.first() else {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        if !text.is_empty() {
            case.set_system_out(text);
        }
        case.set_classname(classname(kind));
        return case;
    };
    let mut status = TestCaseStatus::non_success(match kind.is_drift() {
        true => NonSuccessKind::Failure,
        false => NonSuccessKind::Error,
    });
    let message = match errors.len() - 1 {
        0 => first.message.clone(),
        more => format!("{}, and {}", first.message, counted(more, "other finding")),
    };
    status.set_type(first.id);
    status.set_message(message);
    status.set_description(text);
    let mut case = TestCase::new(name, status);
    case.set_classname(classname(kind));
    case
}

fn classname(kind: Kind) -> String {
    format!("arkerr.{}", kind.name())
}

/// A finding as compilers print it.
fn line(finding: &Finding) -> String {
    let path = finding.path.iter().map(|path| visible(path));
    let numbers = finding.line.into_iter().chain(finding.column);
    let place: Vec<String> = path
        .chain(numbers.map(|number| number.to_string()))
        .collect();
    let place = match place.is_empty() {
        true => String::new(),
        false => format!("{}: ", place.join(":")),
    };
    format!(
        "{place}{}[{}]: {}",
        finding.level.name(),
        finding.id,
        finding.text()
    )
}
