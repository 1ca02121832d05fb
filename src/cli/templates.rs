//! `arkerr templates`: shows the templates, and what they see.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::print::{self, Tabular, columns, counted};
use super::{Context, Outcome};
use crate::output::{self, Change};
use crate::path;
use crate::problem::{Locate as _, Report, TemplateProblem, display_path};
use crate::project::Project;
use crate::render::{ENDING, Target, Templates};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List all templates, whose they are and what is made of them
    List {
        /// How to print the list
        #[arg(long, value_enum, default_value = "table")]
        format: Tabular,
    },
    /// Print a template as it is in force; `builtin/NAME` is the built-in one
    Show {
        /// The name, as `arkerr templates list` gives it
        name: String,
    },
    /// Write built-in templates to a folder, to change them there; nothing is overwritten
    Export {
        /// The name of a template, or of a target, whose templates are all meant
        name: String,
        /// The folder, which `templates` in arkerr.toml names
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print what templates see: every variable with its type, and every filter
    Context {
        /// How to print it
        #[arg(long, value_enum, default_value = "markdown")]
        format: ContextFormat,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ContextFormat {
    Json,
    Markdown,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    match &arguments.command {
        Command::List { format } => list(*format)?,
        Command::Show { name } => show(name)?,
        Command::Export { name, folder } => export(name, folder, context)?,
        Command::Context { format } => match format {
            ContextFormat::Json => {
                print::file(include_str!("../../docs/template-context.schema.json"))?;
            }
            ContextFormat::Markdown => {
                print::file(include_str!("../../docs/template-context.md"))?;
            }
        },
    }
    Ok(Outcome::Done)
}

/// A template in the list.
#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    /// `built in`, `own`, or `shadows the built-in one`.
    origin: &'static str,
    /// The path of an own template.
    path: Option<String>,
    /// The files that are made of it, with words in braces as in arkerr.toml.
    files: Vec<String>,
}

fn list(format: Tabular) -> Result<(), Report> {
    let project = Project::open("")?;
    let templates = project.templates()?;
    let names = templates.names();
    let listed = names.map(|name| listed(name, &templates, &project.config.targets));
    let listed: Vec<Listed> = listed.collect();
    format.print(&listed, || table(&listed))
}

fn listed(name: &str, templates: &Templates, targets: &[Target]) -> Listed {
    let source = templates.source(name);
    let path = source.and_then(|source| source.path.clone());
    let files = targets.iter().flat_map(|target| {
        let rules = target.files.iter().filter(|rule| rule.template == name);
        rules.map(|rule| target.path_of(rule.path.as_str()))
    });
    Listed {
        origin: match &path {
            None => "built in",
            Some(_) if templates.is_shadowing(name) => "shadows the built-in one",
            Some(_) => "own",
        },
        files: files.collect(),
        name: name.to_owned(),
        path,
    }
}

fn table(listed: &[Listed]) -> String {
    let rows = listed.iter();
    columns(rows.map(|one| [&one.name, one.origin, &one.files.join(", ")].map(str::to_owned)))
}

fn show(name: &str) -> Result<(), Report> {
    let templates = Project::open("")?.templates()?;
    let source = templates.source(name).ok_or_else(|| unknown(name))?;
    print::file(&source.text)
}

fn unknown(name: &str) -> Report {
    let name = name.to_owned();
    TemplateProblem::NoTemplate { name }.nowhere().into()
}

/// Writes built-in templates; where one of the files is there already, none is written.
fn export(name: &str, folder: &Path, context: &Context) -> Result<(), Report> {
    let is_meant = |template: &&str| {
        let target = template.strip_prefix(name);
        *template == name || target.is_some_and(|rest| rest.starts_with('/'))
    };
    let names = Templates::embedded_names().into_iter().filter(is_meant);
    let files = names.map(|name| (name, folder.join(format!("{name}{ENDING}"))));
    let files: Vec<(&str, PathBuf)> = files.collect();
    if files.is_empty() {
        return Err(unknown(name));
    }
    let taken = files.iter().filter(|(_, path)| path.exists());
    let taken = taken.map(|(_, path)| TemplateProblem::FileExists.at_file(display_path(path)));
    taken.collect::<Report>().check()?;
    let bounds = path::bounds(Path::new(""), &display_path(folder));
    for (name, path) in &files {
        let path = display_path(path);
        let text = Templates::embedded(name).unwrap_or_default();
        output::write_files(&[Change::new_file(&bounds, &path, text.as_bytes())?])?;
        context.report(&format!("created {path}\n"))?;
    }
    let is_configured = Project::open("").is_ok_and(|project| project.config.templates.is_some());
    if !is_configured {
        context.status(&format!(
            "{} written; to use what is in the folder, put this into arkerr.toml: templates = \"{}\"",
            counted(files.len(), "template"),
            display_path(folder)
        ));
    }
    Ok(())
}
