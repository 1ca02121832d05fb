//! All that a check found, and what it looked at.

use std::collections::BTreeSet;

use serde::Serialize;

use super::drift;
use super::finding::{Finding, Kind, Level};
use super::paths::Paths;
use crate::cli::Context;
use crate::diagnostic::Diagnostic;
use crate::names::FILE_NAME;
use crate::project::Analysis;

/// How a check ended; the exit status of the process says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    InSync,
    Drift,
    Failure,
}

/// All that a check found, and what it looked at.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) status: Status,
    /// What keeps anything from being told comes first, since services show the first of many.
    pub(super) findings: Vec<Finding>,
    /// None where the analysis was stopped.
    checked: Option<Checked>,
}

/// The files that were looked at, as their paths are where arkerr was started.
#[derive(Debug)]
struct Checked {
    outputs: BTreeSet<String>,
    names: BTreeSet<String>,
    pages: BTreeSet<String>,
    is_upstream_checked: bool,
}

impl Report {
    /// What came of an analysis, and of a look at the site where there was one.
    pub(super) fn new(
        analysis: &Analysis,
        upstream: Option<&[Diagnostic]>,
        context: &Context,
    ) -> Self {
        let paths = Paths::new(&context.started_in);
        let finding = |kind| {
            let (strict, paths) = (context.strict, &paths);
            move |diagnostic: &Diagnostic| Finding::new(kind, diagnostic, strict, paths)
        };
        let (errors, warnings): (Vec<_>, Vec<_>) = findings(&analysis.diagnostics, context, &paths)
            .into_iter()
            .partition(|finding| finding.kind == Kind::Errors);
        let mut findings = errors;
        findings.extend(upstream.into_iter().flatten().map(finding(Kind::Upstream)));
        let names = drift::names(&analysis.names, &context.mend);
        findings.extend(names.iter().map(finding(Kind::Names)));
        let outputs = drift::outputs(&analysis.plan, &context.mend);
        findings.extend(outputs.iter().map(finding(Kind::Outputs)));
        findings.extend(warnings);
        Self {
            status: status(&findings),
            findings,
            checked: Some(Checked::new(analysis, upstream.is_some(), &paths)),
        }
    }

    /// What stopped an analysis.
    pub(super) fn stopped(diagnostics: &[Diagnostic], context: &Context) -> Self {
        Self {
            status: Status::Failure,
            findings: findings(diagnostics, context, &Paths::new(&context.started_in)),
            checked: None,
        }
    }

    /// Whether something differs that should be alike.
    pub(super) fn has_drifted(&self) -> bool {
        let drift = |finding: &Finding| finding.kind.is_drift() && finding.level == Level::Error;
        self.findings.iter().any(drift)
    }

    /// The findings of a kind, in their order.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.kind == kind)
    }

    /// How many findings are of a kind; none where it was not looked for any.
    pub(super) fn count(&self, kind: Kind) -> Option<usize> {
        let is_checked = match kind {
            Kind::Outputs | Kind::Names => self.checked.is_some(),
            Kind::Upstream => {
                let checked = self.checked.as_ref();
                checked.is_some_and(|checked| checked.is_upstream_checked)
            }
            Kind::Errors | Kind::Warnings => true,
        };
        is_checked.then(|| self.of(kind).count())
    }

    /// The files that were looked at for findings of a kind, those included that have some.
    pub(super) fn files(&self, kind: Kind) -> BTreeSet<&str> {
        let checked = self.checked.as_ref().and_then(|checked| match kind {
            Kind::Outputs => Some(&checked.outputs),
            Kind::Names => Some(&checked.names),
            Kind::Upstream | Kind::Errors => Some(&checked.pages),
            // Every file may have warnings; most have none, and nothing is gained by naming them.
            Kind::Warnings => None,
        });
        let found = self.of(kind).filter_map(|finding| finding.path.as_ref());
        let files = checked.into_iter().flatten().chain(found);
        files.map(String::as_str).collect()
    }
}

impl Checked {
    fn new(analysis: &Analysis, is_upstream_checked: bool, paths: &Paths) -> Self {
        let pages = analysis.catalog.pages.iter();
        let pages = pages.flat_map(|page| {
            let translations = page.translations.values();
            let translations = translations.map(|translation| &translation.source);
            translations.chain([&page.source])
        });
        let outputs = analysis.plan.compared();
        Self {
            outputs: outputs
                .iter()
                .map(|path| paths.seen_from_start(path))
                .collect(),
            names: [paths.seen_from_start(FILE_NAME)].into(),
            pages: pages.map(|path| paths.seen_from_start(path)).collect(),
            is_upstream_checked,
        }
    }
}

/// What an analysis said.
fn findings(diagnostics: &[Diagnostic], context: &Context, paths: &Paths) -> Vec<Finding> {
    let finding = |diagnostic: &Diagnostic| {
        let kind = match diagnostic.is_error() {
            true => Kind::Errors,
            false => Kind::Warnings,
        };
        Finding::new(kind, diagnostic, context.strict, paths)
    };
    diagnostics.iter().map(finding).collect()
}

/// What could not be read weighs more than what has drifted.
fn status(findings: &[Finding]) -> Status {
    let errors = findings.iter();
    let errors = errors.filter(|finding| finding.level == Level::Error);
    let (drift, failures): (Vec<_>, Vec<_>) = errors.partition(|finding| finding.kind.is_drift());
    match (drift.is_empty(), failures.is_empty()) {
        (true, true) => Status::InSync,
        (false, true) => Status::Drift,
        (_, false) => Status::Failure,
    }
}
