//! `arkerr fetch --discover`: the pages with error codes that the site has.

use std::collections::BTreeSet;

use anstyle::AnsiColor;
use serde::Serialize;

use super::super::print::{self, counted, paint};
use super::super::{Context, Outcome};
use super::save::Saving;
use super::{Arguments, Format};
use crate::catalog::Language;
use crate::escape::visible;
use crate::fetch::{self, FoundPage, Request};
use crate::problem::{Diagnostic, Report};
use crate::project::{Project, Saved};

/// The most kits that are named where another one was asked for.
const KITS_TOLD: usize = 20;

/// A page as JSON.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    kit: Option<&'a str>,
    path: &'a [String],
    /// The snapshots of it, in whatever language.
    snapshots: Vec<&'a str>,
}

pub(super) fn run(
    arguments: &Arguments,
    context: &Context,
    project: &Project,
    saved: &[Saved],
) -> Result<Outcome, Vec<Diagnostic>> {
    let settings = project.fetch_settings();
    let language = arguments.language().unwrap_or(settings.language);
    let tree = fetch::discover(settings, language)?;
    print::diagnostics(&tree.diagnostics);
    let wanted = arguments.kit.as_deref();
    let pages = tree.pages.iter();
    let pages: Vec<&FoundPage> = pages
        .filter(|page| wanted.is_none_or(|wanted| is_below(page, wanted)))
        .collect();
    if let Some(wanted) = wanted
        && pages.is_empty()
    {
        return Err(vec![no_such_part(wanted, &tree)]);
    }
    list(arguments.format, &pages, saved)?;
    tell(&tree, pages.len(), context);
    let outcome = context.outcome_of(&tree.diagnostics);
    if !arguments.save || pages.is_empty() {
        return Ok(outcome);
    }
    let saving = Saving {
        project,
        is_dry: arguments.dry_run,
        is_list: true,
        is_first_step: false,
    };
    Ok(match save(&saving, &pages, language, context)? {
        Outcome::InSync => outcome,
        failure => failure,
    })
}

/// Fetches the pages that were listed, and saves them.
fn save(
    saving: &Saving<'_>,
    pages: &[&FoundPage],
    language: Language,
    context: &Context,
) -> Result<Outcome, Vec<Diagnostic>> {
    let requests = pages.iter().map(|page| Request {
        id: page.id.clone(),
        language,
    });
    let requests: Vec<Request> = requests.collect();
    let fetched = super::fetch_pages(saving.project, &requests, context)?;
    saving.run(&fetched, context)
}

/// Whether a page belongs to a part of the site: whether that is in a name above it. Its own name
/// tells nothing: many pages are called after what their codes are for.
fn is_below(page: &FoundPage, part: &str) -> bool {
    let part = part.to_lowercase();
    let mut names = page.path.iter();
    names.any(|name| name.to_lowercase().contains(&part))
}

/// An error for a part of the site that no page with error codes is below, with the kits that
/// there are.
fn no_such_part(part: &str, tree: &fetch::Tree) -> Diagnostic {
    let kits = tree.pages.iter().filter_map(FoundPage::kit);
    let kits: BTreeSet<&str> = kits.filter(|kit| is_above_any(kit, tree)).collect();
    let message = format!("the site has no page with error codes below `{part}`");
    let error = Diagnostic::error("fetch-kit", message)
        .help("`arkerr fetch --discover` lists all pages, with what is above them");
    if kits.is_empty() {
        return error;
    }
    let told: Vec<&str> = kits.iter().copied().take(KITS_TOLD).collect();
    let more = match kits.len() - told.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    error.note(format!("the kits are {}{more}", told.join(", ")))
}

/// Whether a kit is above a page, and no page itself alone.
fn is_above_any(kit: &str, tree: &fetch::Tree) -> bool {
    let mut pages = tree.pages.iter();
    pages.any(|page| page.path.iter().any(|name| name == kit))
}

fn list(format: Format, pages: &[&FoundPage], saved: &[Saved]) -> Result<(), Report> {
    let listed = pages.iter().map(|page| Listed {
        id: &page.id,
        title: &page.title,
        kit: page.kit(),
        path: &page.path,
        snapshots: saved
            .iter()
            .filter(|saved| saved.id == page.id)
            .map(|saved| saved.path.as_str())
            .collect(),
    });
    match format {
        Format::Json => print::json(&listed.collect::<Vec<_>>()),
        Format::Text => print::result(&listed.map(|page| line(&page)).collect::<String>()),
    }
}

/// Two lines for a page: what it is called, whether it is saved, and where it stands.
fn line(page: &Listed<'_>) -> String {
    let is_saved = match page.snapshots.is_empty() {
        true => String::new(),
        false => format!("  {}", paint(AnsiColor::Green, "saved")),
    };
    let path = page.path.iter().map(String::as_str);
    let path: Vec<&str> = path.chain([page.title]).collect();
    format!(
        "{}{is_saved}\n    {}\n",
        paint(AnsiColor::Cyan, visible(page.id)),
        visible(&path.join(" > ")),
    )
}

fn tell(tree: &fetch::Tree, listed: usize, context: &Context) {
    if context.quiet {
        return;
    }
    let hidden = match tree.hidden {
        0 => String::new(),
        hidden => format!(", and {hidden} that the site hides"),
    };
    print::status(&format!(
        "{} listed, of {} with error codes among {}{hidden}",
        counted(listed, "page"),
        tree.pages.len(),
        counted(tree.nodes, "node"),
    ));
}
