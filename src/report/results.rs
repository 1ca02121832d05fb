//! All that a check found, and what it looked at.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::Serialize;

use crate::escape::visible;
use crate::problem::{Diagnostic, DriftProblem, Problem, Severity};

/// What a problem is about, so that a service can tell whose trouble it is; the most important
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    fn new(found: &Diagnostic, is_strict: bool) -> Self {
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
            path: place.map(|place| place.path.clone()),
            line: position.map(|position| position.line),
            column: position.and_then(|position| position.column),
            notes,
            help: said.help.as_deref().map(visible),
        }
    }

    /// What a check comes to that found it.
    fn status(&self) -> Status {
        if self.level == Severity::Warning {
            Status::InSync
        } else if self.category.is_drift() {
            Status::Drift
        } else {
            Status::Failure
        }
    }

    /// All that it says, in lines.
    pub(super) fn full_message(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("\nnote: {note}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        let rest: String = notes.chain(help).collect();
        format!("{}{rest}", self.message)
    }
}

/// The number of the form that the results have as JSON; it grows when readers would break.
const SCHEMA: u32 = 1;

/// All that a check found, and what it looked at. As JSON it is for scripts.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    schema: u32,
    pub(crate) status: Status,
    /// How many findings there are by category; none if it was not looked for any, or in vain.
    pub(super) counts: IndexMap<&'static str, Option<usize>>,
    pub(super) findings: Vec<Finding>,
    /// The files that were looked at, for each category that was.
    #[serde(skip)]
    checked: BTreeMap<Category, BTreeSet<String>>,
}

impl Results {
    /// What was found, the most important first, since services show the first of many. With
    /// `is_strict`, warnings are errors.
    pub(crate) fn new(
        problems: &[Diagnostic],
        mut checked: BTreeMap<Category, BTreeSet<String>>,
        is_strict: bool,
    ) -> Self {
        checked.entry(Category::Errors).or_default();
        // Every file may have warnings; most have none, and nothing is gained by naming them.
        checked.entry(Category::Warnings).or_default();
        let findings = problems.iter().map(|found| Finding::new(found, is_strict));
        let mut results = Self {
            schema: SCHEMA,
            status: Status::InSync,
            counts: IndexMap::new(),
            findings: findings.collect(),
            checked,
        };
        results.counts = Category::ALL
            .map(|one| (one.name(), results.count(one)))
            .into();
        results.status = results
            .findings
            .iter()
            .map(Finding::status)
            .max()
            .unwrap_or(Status::InSync);
        results
    }

    /// The findings of a category, in their order.
    pub(super) fn in_category(&self, category: Category) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.category == category)
    }

    /// How many findings are in a category; none if it was not looked for any, or in vain.
    pub(super) fn count(&self, category: Category) -> Option<usize> {
        let is_checked = self.checked.contains_key(&category);
        is_checked.then(|| self.in_category(category).count())
    }

    /// The files that were looked at for findings of a category, and those that have some.
    pub(super) fn files(&self, category: Category) -> BTreeSet<&str> {
        let checked = self.checked.get(&category).into_iter().flatten();
        let found = self.in_category(category);
        let found = found.filter_map(|finding| finding.path.as_ref());
        checked.chain(found).map(String::as_str).collect()
    }
}

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
        let results = Results::new(&[changed], checked, false);
        assert_eq!(results.status, Status::Drift);
        assert!(results.files(Category::Upstream).contains(path));
        let counts: Vec<_> = results.counts.into_values().collect();
        assert_eq!(counts, [None, None, Some(1), Some(0), Some(0)]);
    }
}
