//! All that a check found, and what it looked at.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Serialize;

use crate::escape::visible;
use crate::problem::{Diagnostic, DriftProblem, Problem, Severity};

/// What a problem is about, so that a service can tell whose trouble it is; the most important
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Category {
    /// Something cannot be read.
    Errors,
    /// The site has changed since the snapshots were saved.
    Upstream,
    /// `names.toml` is not what the snapshots give.
    Names,
    /// An output is not what the snapshots give.
    Outputs,
    /// Something is worth a look.
    Warnings,
}

impl Category {
    /// All categories, in the order in which they are counted.
    pub(crate) const ALL: [Self; 5] = [
        Self::Outputs,
        Self::Names,
        Self::Upstream,
        Self::Errors,
        Self::Warnings,
    ];

    /// The category of a problem.
    pub(crate) fn new(found: &Diagnostic) -> Self {
        match &*found.problem {
            Problem::Drift(DriftProblem::UpstreamChanged { .. }) => Self::Upstream,
            Problem::Drift(DriftProblem::NamesChanged { .. }) => Self::Names,
            Problem::Drift(_) => Self::Outputs,
            _ if found.is_error() => Self::Errors,
            _ => Self::Warnings,
        }
    }

    /// The name that never changes.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::Names => "names",
            Self::Upstream => "upstream",
            Self::Errors => "errors",
            Self::Warnings => "warnings",
        }
    }

    /// Whether two things differ that should be alike; else something cannot be told at all.
    pub(super) fn is_drift(self) -> bool {
        matches!(self, Self::Outputs | Self::Names | Self::Upstream)
    }
}

/// How a check ended, the worst last; the exit status of the process says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    InSync,
    Drift,
    Failure,
}

/// A problem as it is shown to programs. Its texts can be shown as they are; its path cannot.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    #[serde(rename = "kind")]
    pub(super) category: Category,
    pub(super) level: Severity,
    pub(super) id: &'static str,
    #[serde(skip)]
    pub(super) summary: &'static str,
    pub(super) message: String,
    pub(super) path: Option<String>,
    pub(super) line: Option<usize>,
    /// The character in the line, from 1.
    pub(super) column: Option<usize>,
    pub(super) notes: Vec<String>,
    pub(super) help: Option<String>,
}

impl Finding {
    fn new(found: &Diagnostic, is_strict: bool, seen: impl Fn(&str) -> String) -> Self {
        let place = found.place.as_deref();
        let said = found.describe();
        let mut notes: Vec<String> = said.notes.iter().map(|note| visible(note)).collect();
        let mut position = found.position();
        // The lines of a part, once it is unpacked, are not those of the file.
        if let Some(part) = place.and_then(|place| place.part.as_deref()) {
            let at = position.take().map(|at| format!(", {at}"));
            let (part, at) = (visible(part), at.unwrap_or_default());
            notes.insert(0, format!("in a part of the file: {part}{at}"));
        }
        Self {
            category: Category::new(found),
            level: if is_strict {
                Severity::Error
            } else {
                said.severity
            },
            id: said.id,
            summary: said.summary,
            message: visible(&said.message),
            path: place.map(|place| seen(&place.path)),
            line: position.map(|position| position.line),
            column: position.and_then(|position| position.column),
            notes,
            help: said.help.as_deref().map(visible),
        }
    }

    /// What a check comes to that found it.
    fn status(&self) -> Status {
        match self.level {
            Severity::Warning => Status::InSync,
            Severity::Error if self.category.is_drift() => Status::Drift,
            Severity::Error => Status::Failure,
        }
    }

    /// All that it says, in lines.
    pub(super) fn full_message(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("\nnote: {note}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        self.message.clone() + &notes.chain(help).collect::<String>()
    }
}

/// The number of the form that the results have as JSON; it grows when readers would break.
const SCHEMA: u32 = 1;

/// How many findings there are by category; none if it was not looked for any, or in vain.
pub(super) type Counts = IndexMap<Category, Option<usize>>;

/// The files that were looked at, for each category that was.
pub(crate) type Checked = BTreeMap<Category, BTreeSet<String>>;

/// All that a check found, and what it looked at. As JSON it is for scripts.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    schema: u32,
    pub(crate) status: Status,
    pub(super) counts: Counts,
    pub(super) findings: Vec<Finding>,
    #[serde(skip)]
    checked: Checked,
}

impl Results {
    /// What was found, in this order: services show the first of many, so the most important are to
    /// come first. With `is_strict`, warnings are errors; `seen` gives each file the path under
    /// which a service finds it.
    pub(crate) fn new(
        problems: &[Diagnostic],
        mut checked: Checked,
        is_strict: bool,
        seen: impl Fn(&str) -> String,
    ) -> Self {
        checked.entry(Category::Errors).or_default();
        // Every file may have warnings; most have none, and nothing is gained by naming them.
        checked.entry(Category::Warnings).or_default();
        for files in checked.values_mut() {
            *files = files.iter().map(|file| seen(file)).collect();
        }
        let findings = problems.iter();
        let findings = findings.map(|found| Finding::new(found, is_strict, &seen));
        let findings: Vec<Finding> = findings.collect();
        let status = findings.iter().map(Finding::status).max();
        let count = |category| {
            let found = findings.iter().filter(|found| found.category == category);
            let is_checked = checked.contains_key(&category);
            (category, is_checked.then(|| found.count()))
        };
        Self {
            schema: SCHEMA,
            status: status.unwrap_or(Status::InSync),
            counts: Category::ALL.map(count).into(),
            findings,
            checked,
        }
    }

    /// The files that were looked at for findings of a category, each with its findings; those
    /// about no file come last, under `elsewhere`. None if it was not looked for any.
    pub(super) fn by_file<'a>(
        &'a self,
        category: Category,
        elsewhere: &'a str,
    ) -> Option<ByFile<'a>> {
        let files = self.checked.get(&category)?.iter();
        let mut found: ByFile<'_> = files.map(|file| ((false, &file[..]), Vec::new())).collect();
        for finding in self.findings.iter().filter(|one| one.category == category) {
            let file = finding.path.as_deref();
            let key = (file.is_none(), file.unwrap_or(elsewhere));
            found.entry(key).or_default().push(finding);
        }
        Some(found)
    }
}

/// Findings by their files. The key says first whether they are about no file.
pub(super) type ByFile<'a> = BTreeMap<(bool, &'a str), Vec<&'a Finding>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Locate as _;

    #[test]
    fn a_page_that_has_changed_on_the_site_is_drift_of_its_own() {
        let path = "docs-snapshot/scan-error-code.html";
        let (summary, changes) = ("1 code new".to_owned(), Vec::new());
        let changed = DriftProblem::UpstreamChanged { summary, changes }.at_file(path);
        let checked = [(Category::Upstream, [path.to_owned()].into())].into();
        let results = Results::new(&[changed], checked, false, str::to_owned);
        assert_eq!(results.status, Status::Drift);
        let files = results
            .by_file(Category::Upstream, "")
            .expect("it was looked for");
        assert_eq!(files[&(false, path)].len(), 1);
        let counts: Vec<_> = results.counts.into_values().collect();
        assert_eq!(counts, [None, None, Some(1), Some(0), Some(0)]);
    }
}
