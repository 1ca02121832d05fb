//! `arkerr templates`: shows the templates, and what they see.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::print::{self, counted};
use super::{Context, Outcome};
use crate::output::{self, Change};
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem, display_path};
use crate::project::Project;
use crate::render::{ENDING, Target, Templates, reference};

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
        format: ListFormat,
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
enum ListFormat {
    Json,
    Table,
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
                let schemas = reference::schemas().into_iter();
                print::json(&schemas.collect::<indexmap::IndexMap<_, _>>())?;
            }
            ContextFormat::Markdown => print::result(&reference::markdown()?)?,
        },
    }
    Ok(Outcome::InSync)
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

fn list(format: ListFormat) -> Result<(), Report> {
    let project = Project::open("")?;
    let templates = project.templates()?;
    let listed: Vec<Listed> = templates
        .names()
        .map(|name| listed(name, &templates, &project.config.targets))
        .collect();
    match format {
        ListFormat::Json => print::json(&listed)?,
        ListFormat::Table => print::result(&table(&listed))?,
    }
    Ok(())
}

fn listed(name: &str, templates: &Templates, targets: &[Target]) -> Listed {
    let path = templates
        .source(name)
        .and_then(|source| source.path.clone());
    let files = targets.iter().flat_map(|target| {
        let rules = target.files.iter().filter(|rule| rule.template == name);
        rules.map(|rule| match target.folder.as_str() {
            "" => rule.path.as_str().to_owned(),
            folder => format!("{folder}/{}", rule.path.as_str()),
        })
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
    let width = |of: fn(&Listed) -> &str| {
        let widths = listed.iter().map(|listed| of(listed).chars().count());
        widths.max().unwrap_or_default()
    };
    let names = width(|listed| &listed.name);
    let origins = width(|listed| listed.origin);
    let line = |listed: &Listed| {
        let line = format!(
            "{:names$}  {:origins$}  {}",
            listed.name,
            listed.origin,
            listed.files.join(", ")
        );
        format!("{}\n", crate::escape::visible(line.trim_end()))
    };
    listed.iter().map(line).collect()
}

fn show(name: &str) -> Result<(), Report> {
    let templates = Project::open("")?.templates()?;
    let source = templates.source(name).ok_or_else(|| unknown(name))?;
    print::raw(&source.text)
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
    let names: Vec<&str> = Templates::embedded_names()
        .into_iter()
        .filter(is_meant)
        .collect();
    if names.is_empty() {
        return Err(unknown(name));
    }
    let path = |name: &str| folder.join(format!("{name}{ENDING}"));
    let paths = names.iter().map(|name| path(name));
    let taken: Vec<Diagnostic> = paths
        .filter(|path| path.exists())
        .map(|path| TemplateProblem::FileExists.at_file(display_path(&path)))
        .collect();
    if !taken.is_empty() {
        return Err(taken.into());
    }
    for name in &names {
        let path = display_path(&path(name));
        let text = Templates::embedded(name).unwrap_or_default();
        output::write_files(&[Change::new_file(&path, text.as_bytes())])?;
        if !context.quiet {
            print::result(&format!("created {path}\n"))?;
        }
    }
    let is_configured = Project::open("").is_ok_and(|project| project.config.templates.is_some());
    if !context.quiet && !is_configured {
        print::status(&format!(
            "{} written; to use what is in the folder, put this into arkerr.toml: templates = \"{}\"",
            counted(names.len(), "template"),
            display_path(folder)
        ));
    }
    Ok(())
}
