//! All that a check found, and what it looked at.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Site;
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
    /// None where the site was not looked at.
    upstream: Option<Upstream>,
}

/// How far a look at the site came.
#[derive(Debug)]
struct Upstream {
    /// The snapshots whose pages were compared.
    compared: BTreeSet<String>,
    /// How many pages were not.
    uncompared: usize,
}

impl Report {
    /// What came of an analysis, and of a look at the site where there was one.
    pub(super) fn new(analysis: &Analysis, site: Option<&Site>, context: &Context) -> Self {
        let paths = Paths::new(&context.started_in);
        let finding = |kind| {
            let (strict, paths) = (context.strict, &paths);
            move |diagnostic: &Diagnostic| Finding::new(kind, diagnostic, strict, paths)
        };
        let mut told = findings(&analysis.diagnostics, context, &paths);
        let failures = site.map_or(&[][..], |site| &site.failures);
        told.extend(findings(failures, context, &paths));
        let (mut findings, warnings): (Vec<_>, Vec<_>) = told
            .into_iter()
            .partition(|finding| finding.kind == Kind::Errors);
        let changed = site.map_or(&[][..], |site| &site.changed);
        findings.extend(changed.iter().map(finding(Kind::Upstream)));
        let names = drift::names(&analysis.names, &context.mend);
        findings.extend(names.iter().map(finding(Kind::Names)));
        let outputs = drift::outputs(&analysis.plan, &context.mend);
        findings.extend(outputs.iter().map(finding(Kind::Outputs)));
        findings.extend(warnings);
        Self {
            status: status(&findings),
            findings,
            checked: Some(Checked::new(analysis, site, &paths)),
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

    /// How many findings are of a kind; none where it was not looked for any, or in vain.
    pub(super) fn count(&self, kind: Kind) -> Option<usize> {
        let is_checked = match kind {
            Kind::Outputs | Kind::Names => self.checked.is_some(),
            // Of pages that were not compared nobody can say that none has changed.
            Kind::Upstream => self
                .upstream()
                .is_some_and(|upstream| !upstream.compared.is_empty()),
            Kind::Errors | Kind::Warnings => true,
        };
        is_checked.then(|| self.of(kind).count())
    }

    /// How many pages could not be compared with the site; none where it was not looked at.
    pub(super) fn uncompared(&self) -> Option<usize> {
        self.upstream().map(|upstream| upstream.uncompared)
    }

    fn upstream(&self) -> Option<&Upstream> {
        self.checked.as_ref()?.upstream.as_ref()
    }

    /// The files that were looked at for findings of a kind, those included that have some.
    pub(super) fn files(&self, kind: Kind) -> BTreeSet<&str> {
        let checked = self.checked.as_ref().and_then(|checked| match kind {
            Kind::Outputs => Some(&checked.outputs),
            Kind::Names => Some(&checked.names),
            Kind::Upstream => checked.upstream.as_ref().map(|upstream| &upstream.compared),
            Kind::Errors => Some(&checked.pages),
            // Every file may have warnings; most have none, and nothing is gained by naming them.
            Kind::Warnings => None,
        });
        let found = self.of(kind).filter_map(|finding| finding.path.as_ref());
        let files = checked.into_iter().flatten().chain(found);
        files.map(String::as_str).collect()
    }
}

impl Checked {
    fn new(analysis: &Analysis, site: Option<&Site>, paths: &Paths) -> Self {
        let pages = analysis.catalog.pages.iter();
        let pages = pages.flat_map(|page| {
            let translations = page.translations.values();
            let translations = translations.map(|translation| &translation.source);
            translations.chain([&page.source])
        });
        Self {
            outputs: analysis
                .plan
                .compared()
                .map(|path| paths.seen_from_start(&path))
                .collect(),
            names: [paths.seen_from_start(FILE_NAME)].into(),
            pages: seen(pages, paths),
            upstream: site.map(|site| Upstream {
                compared: seen(&site.compared, paths),
                uncompared: site.uncompared,
            }),
        }
    }
}

/// The paths of some files, as they are where arkerr was started.
fn seen<'a>(files: impl IntoIterator<Item = &'a String>, paths: &Paths) -> BTreeSet<String> {
    let files = files.into_iter();
    files.map(|path| paths.seen_from_start(path)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::project::Project;

    const PAGE: &str = "docs-snapshot/scan-error-code.html";

    /// A project whose outputs are up to date.
    fn in_sync() -> (tempfile::TempDir, Analysis) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let page = "<h1>Scan</h1><h2>401 Denied</h2><p>Error Message</p><p>Denied.</p>";
        std::fs::create_dir(folder.path().join("docs-snapshot")).expect("the folder can be made");
        std::fs::write(folder.path().join(PAGE), page).expect("the page can be written");
        let project = Project::open(folder.path()).expect("there is a project");
        let analysis = project.analyse().expect("the page can be read");
        project
            .carry_out(&analysis)
            .expect("the outputs can be written");
        let analysis = project.analyse().expect("the page can be read");
        (folder, analysis)
    }

    /// A look at the site that found some pages changed.
    fn site(changed: Vec<Diagnostic>) -> Site {
        Site {
            compared: vec![PAGE.to_owned()],
            changed,
            ..Site::default()
        }
    }

    fn context(strict: bool) -> Context {
        Context {
            quiet: false,
            strict,
            mend: "arkerr generate".to_owned(),
            #[cfg(feature = "fetch")]
            update: "arkerr update".to_owned(),
            started_in: std::env::current_dir().expect("there is a current folder"),
        }
    }

    #[test]
    fn a_page_that_has_changed_on_the_site_is_drift_of_its_own() {
        let (_folder, analysis) = in_sync();
        let changed = Diagnostic::error("upstream-changed", "the page has changed on the site");
        let site = site(vec![changed.at(Place::file(PAGE))]);
        let report = Report::new(&analysis, Some(&site), &context(false));
        assert_eq!(report.status, Status::Drift);
        assert!(report.has_drifted());
        let counts = Kind::ALL.map(|kind| report.count(kind));
        assert_eq!(counts, [Some(0), Some(0), Some(1), Some(0), Some(0)]);
        assert_eq!(report.findings[0].path.as_deref(), Some(PAGE));
        assert!(report.files(Kind::Upstream).contains(PAGE));
    }

    #[test]
    fn a_look_at_the_site_that_finds_nothing_is_told_from_none() {
        let (_folder, analysis) = in_sync();
        let looked = Report::new(&analysis, Some(&site(Vec::new())), &context(false));
        assert_eq!(looked.count(Kind::Upstream), Some(0));
        let not_looked = Report::new(&analysis, None, &context(false));
        assert_eq!(not_looked.count(Kind::Upstream), None);
        let in_vain = Site {
            uncompared: 1,
            ..Site::default()
        };
        let in_vain = Report::new(&analysis, Some(&in_vain), &context(false));
        assert_eq!(in_vain.count(Kind::Upstream), None);
        assert_eq!(in_vain.files(Kind::Upstream).len(), 0);
    }

    #[test]
    fn a_change_that_is_only_a_warning_fails_a_strict_check() {
        let (_folder, analysis) = in_sync();
        let changed = Diagnostic::warning("upstream-changed", "a comma has changed");
        let site = site(vec![changed]);
        let status = |strict| {
            let report = Report::new(&analysis, Some(&site), &context(strict));
            assert_eq!(report.has_drifted(), report.status == Status::Drift);
            report.status
        };
        assert_eq!([false, true].map(status), [Status::InSync, Status::Drift]);
    }
}
