//! `arkerr fetch --discover`: the pages with error codes that the site has.

use std::collections::BTreeSet;

use anstyle::AnsiColor;
use serde::Serialize;

use super::super::print::{self, counted, paint};
use super::super::{Context, Outcome};
use super::{Arguments, Format, save};
use crate::escape::visible;
use crate::fetch::{self, FoundPage, Request, Tree};
use crate::pages::ReadSnapshot;
use crate::problem::{FetchProblem, Locate as _, Report};
use crate::project::Project;

/// A page, and the snapshots of it, in whatever language.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    page: &'a FoundPage,
    snapshots: Vec<&'a str>,
}

pub(super) fn run(
    arguments: &Arguments,
    context: &Context,
    project: &Project,
    saved: &[ReadSnapshot],
) -> Result<Outcome, Report> {
    let settings = &project.config.fetch;
    let language = arguments.language.unwrap_or(settings.language);
    let tree = fetch::discover(settings, language)?;
    print::diagnostics(tree.warnings.diagnostics());
    let pages = wanted_pages(&tree, arguments.kit.as_deref())?;
    let listed: Vec<Listed<'_>> = pages.iter().map(|page| listed(page, saved)).collect();
    match arguments.format {
        Format::Json => print::json(&listed)?,
        Format::Text => print::result(&listed.iter().map(line).collect::<String>())?,
    }
    context.status(&summary(&tree, pages.len()));
    let outcome = context.outcome_of(tree.warnings.diagnostics());
    if !arguments.save || pages.is_empty() {
        return Ok(outcome);
    }
    let ids = pages.iter().map(|page| page.id.clone());
    let requests: Vec<Request> = ids.map(|id| Request { id, language }).collect();
    let tally = save::run(project, &requests, arguments.dry_run, true, context)?;
    Ok(tally.finish(arguments.dry_run, context).max(outcome))
}

/// The pages below a part of the site, or all. The names above a page tell; its own name does not:
/// many pages are called after what their codes are for.
fn wanted_pages<'a>(tree: &'a Tree, part: Option<&str>) -> Result<Vec<&'a FoundPage>, Report> {
    let Some(part) = part else {
        return Ok(tree.pages.iter().collect());
    };
    let wanted = part.to_lowercase();
    let is_wanted = |name: &String| name.to_lowercase().contains(&wanted);
    let is_below = |page: &&FoundPage| page.path.iter().any(is_wanted);
    let below: Vec<&FoundPage> = tree.pages.iter().filter(is_below).collect();
    if !below.is_empty() {
        return Ok(below);
    }
    let kits: BTreeSet<&str> = tree.pages.iter().filter_map(FoundPage::kit_above).collect();
    let kits = kits.into_iter().map(str::to_owned).collect();
    let part = part.to_owned();
    Err(FetchProblem::NoSuchPart { part, kits }.nowhere().into())
}

fn listed<'a>(page: &'a FoundPage, saved: &'a [ReadSnapshot]) -> Listed<'a> {
    let sources = saved.iter().map(|saved| &saved.source);
    let snapshots = sources.filter(|source| source.id == page.id);
    let snapshots = snapshots.map(|source| source.shown.as_str()).collect();
    Listed { page, snapshots }
}

/// Two lines for a page: what it is called, whether it is saved, and where it stands.
fn line(Listed { page, snapshots }: &Listed<'_>) -> String {
    let id = paint(AnsiColor::Cyan, visible(&page.id));
    let path = [&page.path[..], std::slice::from_ref(&page.title)].concat();
    let path = visible(&path.join(" > "));
    if snapshots.is_empty() {
        return format!("{id}\n    {path}\n");
    }
    format!("{id}  {}\n    {path}\n", paint(AnsiColor::Green, "saved"))
}

fn summary(tree: &Tree, listed: usize) -> String {
    let hidden = match tree.hidden {
        0 => String::new(),
        hidden => format!(", and {hidden} that the site hides"),
    };
    format!(
        "{} listed, of {} with error codes among {}{hidden}",
        counted(listed, "page"),
        tree.pages.len(),
        counted(tree.nodes, "node"),
    )
}
