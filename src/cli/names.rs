//! `arkerr names`: lists the names of all codes, and renames one.

use clap::{Args, Subcommand};

use super::print::{self, Tabular, columns};
use super::{Context, Outcome};
use crate::names::{Entry, FILE_NAME, Item, Key, Names};
use crate::naming::Listed;
use crate::output;
use crate::problem::{Locate as _, NamesProblem, Report};
use crate::project::Project;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// How to print the names
    #[arg(long, value_enum, default_value = "table")]
    format: Tabular,

    /// The pages whose names to list, by their ids; all where none is given
    #[arg(value_name = "PAGE")]
    pages: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Change a name in names.toml; `arkerr generate` then brings the outputs up to date
    Rename(RenameArguments),
    /// Record new names in names.toml and write nothing else, where a build script makes the outputs
    Record,
}

#[derive(Debug, Args)]
struct RenameArguments {
    /// The id of the page, as `arkerr names` shows it
    page: String,

    /// The number or symbol of the code; `enum` for the page itself
    #[arg(allow_negative_numbers = true)]
    code: String,

    /// The new name: `RUN_TIMED_OUT`, or `RunTimedOut` where its shape in Rust matters
    new: String,

    /// Keep the old name as a deprecated one in all outputs
    #[arg(long)]
    alias: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    match &arguments.command {
        Some(Command::Rename(arguments)) => rename(arguments, context),
        Some(Command::Record) => record(context),
        None => list(arguments, context),
    }
}

fn list(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let project = Project::open("")?;
    let analysis = project.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    let mut names = project.names(&analysis);
    let wanted = &arguments.pages;
    let is_listed = |page: &&String| names.iter().any(|name| name.page == **page);
    if let Some(page) = wanted.iter().find(|page| !is_listed(page)) {
        let page = page.clone();
        return Err(NamesProblem::UnknownPage { page }.nowhere().into());
    }
    names.retain(|name| wanted.is_empty() || wanted.contains(&name.page));
    arguments.format.print(&names, || table(&names))?;
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// A line for each name, in columns: page, code, name, origin, and what else there is to say.
fn table(names: &[Listed]) -> String {
    let widths = names.iter().map(|name| name.code.chars().count());
    let width = widths.max().unwrap_or_default();
    columns(names.iter().map(|name| {
        let today = name.today.as_ref().filter(|today| **today != name.name);
        let remarks = [
            name.retired.then(|| "retired".to_owned()),
            (!name.aliases.is_empty()).then(|| format!("was {}", name.aliases.join(", "))),
            today.map(|today| format!("today {today}")),
        ];
        [
            name.page.clone(),
            format!("{:>width$}", name.code),
            name.name.clone(),
            format!("{:7}", name.origin.name()),
            remarks.into_iter().flatten().collect::<Vec<_>>().join("; "),
        ]
    }))
}

/// Records what `generate` would record.
fn record(context: &Context) -> Result<Outcome, Report> {
    let lock = context.lock_to_write();
    let project = Project::open("")?;
    let analysis = project.analyse()?;
    print::diagnostics(&analysis.diagnostics);
    project.record_names(&analysis)?;
    drop(lock);
    let mut tally = analysis.names.tally();
    if tally.is_empty() {
        tally = format!("{FILE_NAME} is up to date\n");
    }
    context.report(&tally)?;
    Ok(context.outcome_of(&analysis.diagnostics))
}

/// Renames one code or page in the file, and touches nothing else.
fn rename(arguments: &RenameArguments, context: &Context) -> Result<Outcome, Report> {
    let lock = context.lock_to_write();
    let names = Names::load("".as_ref())?;
    let generate = context.command("generate");
    let (key, old) = find(&names, &arguments.page, &arguments.code)
        .ok_or_else(|| refusal(&names, arguments, &generate))?;
    let new = crate::names::renamed(&names, key, &arguments.new, arguments.alias)?;
    if old.name == new.name {
        print::result(&format!("{} {} is called so\n", key.page, key.item))?;
        return Ok(Outcome::Done);
    }
    let text = names.with(&[(key.clone(), new.clone())].into());
    let file = output::project_file(FILE_NAME, Some(names.file_text()), text);
    output::write("".as_ref(), file.as_slice(), None)?;
    drop(lock);
    let alias = if arguments.alias {
        ", the old name is a deprecated alias"
    } else {
        ""
    };
    let [old, new] = key.item.spellings_apart(&old.name, &new.name);
    context.report(&format!(
        "renamed {} {}: {old} -> {new}{alias}\nto bring the outputs up to date, run: {generate}\n",
        key.page, key.item,
    ))?;
    Ok(Outcome::Done)
}

/// What of the file a person means: a code, `enum`, or a code by its constant.
fn find<'a>(names: &'a Names, page: &'a str, code: &str) -> Option<(&'a Key, &'a Entry)> {
    let item = Item::named(code);
    let is_meant = |(key, _): &(&Key, &Entry)| key.item == item;
    let has_constant =
        |(key, entry): &(&Key, &Entry)| key.item != Item::Enum && entry.name.constant == code;
    let mut entries = names.entries_of(page);
    let meant = entries.find(is_meant);
    meant.or_else(|| names.entries_of(page).find(has_constant))
}

/// The error for a code that has no name.
fn refusal(names: &Names, arguments: &RenameArguments, record: &str) -> Report {
    let page = arguments.page.clone();
    let problem = if names.entries_of(&page).next().is_some() {
        let code = arguments.code.clone();
        NamesProblem::CodeWithoutName { page, code }
    } else {
        let record = record.to_owned();
        NamesProblem::PageWithoutNames { page, record }
    };
    problem.at_file(FILE_NAME).into()
}
