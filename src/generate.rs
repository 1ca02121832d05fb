//! The whole pipeline, which touches no disk: snapshots, settings and names give files, new names
//! and a report.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Page};
use crate::config::Config;
use crate::names::{Changes, Names};
use crate::naming;
use crate::pages::{self, Assembly, ReadSnapshot};
use crate::parse::Account;
use crate::problem::{Locate as _, ProjectProblem, Report};
use crate::render::{self, Files, Templates};

/// What is made of the inputs of a project.
pub(crate) struct Generated {
    /// The pages, with the identifiers given to them.
    pub(crate) catalog: Catalog,
    /// What became of the text of all pages.
    pub(crate) account: Account,
    /// What `names.toml` lacks, or should say otherwise.
    pub(crate) name_changes: Changes,
    /// The files of all targets.
    pub(crate) files: Files,
    /// The warnings.
    pub(crate) report: Report,
}

/// Runs the pipeline.
///
/// # Errors
/// A page cannot be read, lost its codes or got another name, a setting is about nothing, a name
/// cannot be given, or a template fails. All of it is reported, with the warnings.
pub(crate) fn generate(
    snapshots: Vec<ReadSnapshot>,
    config: &Config,
    names: &Names,
    templates: &Templates,
) -> Result<Generated, Report> {
    let mut report: Report = config.unused(&codes_by_id(&snapshots)).into();
    let prefixes = config.prefixes();
    let assembly = Assembly {
        config,
        names,
        prefixes: &prefixes,
        levels: config.lints.errors_only(),
    };
    let read = assembly.pages(snapshots);
    report.extend(read.report);
    report.extend(pages::find_renamed(&read.pages, &read.unread, names));
    let has_codes = read.pages.iter().any(|page| !page.codes.is_empty());
    if !has_codes && !report.has_errors() {
        report.push(ProjectProblem::NoCodes.at_file(&config.snapshots));
    }
    let mut report = report.check()?;

    let mut catalog = Catalog::new(read.pages);
    let name_changes = report.require(naming::assign(&mut catalog, names, &prefixes))?;
    report.extend(names.refuse_multiplied(&catalog));
    let mut report = report.check()?;
    let files = render::render(&catalog, &config.targets, templates, &config.snapshots);
    Ok(Generated {
        files: report.require(files)?,
        catalog,
        account: read.account,
        name_changes,
        report,
    })
}

/// The codes of each snapshot by its id; none where it could not be read.
fn codes_by_id<'a>(snapshots: &'a [ReadSnapshot]) -> BTreeMap<&'a str, Option<Vec<&'a str>>> {
    let codes = |page: &'a Page| page.codes.iter().map(|code| code.code.as_str()).collect();
    snapshots
        .iter()
        .map(|snapshot| (snapshot.source.id.as_str(), snapshot.page().map(codes)))
        .collect()
}
