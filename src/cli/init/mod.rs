//! `arkerr init`: sets a project up in the current folder.

mod existing;
mod files;
mod repository;

use std::io;
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use clap::{Args, ValueEnum};

use super::print::{self, paint};
use super::{Context, Outcome};
use crate::config::Config;
use crate::escape::visible;
use crate::file::{self, MAX_TEXT};
use crate::output::{self, Change};
use crate::path;
use crate::problem::{CommandProblem, Locate as _, OutputProblem, Report};
use repository::Repository;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Add what checks the project in continuous integration, and for GitHub what keeps it up to
    /// date
    #[arg(long, value_enum, value_name = "HOST")]
    ci: Option<Host>,

    /// Add a hook of git that checks what is to be committed
    #[arg(long)]
    hook: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Host {
    Github,
    Gitlab,
}

/// What a file is for, which says how an existing one is compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Configuration,
    /// Lines, each of which stands for itself.
    Attributes,
    Text,
    /// A program that is started by its name.
    Program,
}

/// A file that there will be, unless there is one already.
#[derive(Debug)]
struct NewFile {
    /// Where it is, relative to the folder of the project.
    path: String,
    /// The folder that symlinks on the way must not leave.
    top: PathBuf,
    text: String,
    kind: FileKind,
}

impl NewFile {
    fn new(path: impl Into<String>, text: impl Into<String>, kind: FileKind) -> Self {
        Self {
            path: path.into(),
            top: PathBuf::new(),
            text: text.into(),
            kind,
        }
    }

    fn below(self, top: impl Into<PathBuf>) -> Self {
        let top = top.into();
        Self { top, ..self }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let config = Config::load(Path::new(""))?;
    let mut errors = Report::default();
    let files = planned(arguments, &config)?;
    let lines = files.iter().filter_map(|file| errors.collect(set_up(file)));
    let mut lines: String = lines.collect();
    if errors.is_empty() {
        lines += &next_steps(&config, arguments.ci.is_some(), context);
    }
    print::diagnostics(errors.diagnostics());
    context.report(&lines)?;
    Ok(context.outcome_of(errors.diagnostics()))
}

/// The files that there will be. What is not possible is rejected before anything is written.
fn planned(arguments: &Arguments, config: &Config) -> Result<Vec<NewFile>, Report> {
    let mut files = files::of_project(config);
    let repository = Repository::find();
    let place = repository.as_ref();
    let (up, folder) = place.map_or(("", "."), |own| (&own.up, &own.folder));
    if arguments.ci.is_some() && !files::can_be_named(folder) {
        let folder = folder.to_owned();
        return Err(CommandProblem::FolderInWorkflow { folder }.nowhere().into());
    }
    let of_host = arguments.ci.map(|host| files::of_host(host, up, folder));
    let of_host = of_host.unwrap_or_default();
    files.extend(of_host);
    if arguments.hook {
        let repository = repository.ok_or(CommandProblem::NoRepository.nowhere())?;
        let path = repository.hook()?;
        files.push(files::of_hook(&path, &repository.folder, config));
    }
    let places = files
        .iter()
        .map(|file| path::resolve(&file.top, Path::new(&file.path), &file.path));
    Report::gather(places)?;
    Ok(files)
}

/// Makes a file, unless it exists; returns the lines to report.
fn set_up(file: &NewFile) -> Result<String, Report> {
    let unreadable = |error: io::Error| OutputProblem::Unreadable {
        reason: error.to_string(),
    };
    let place = Path::new(&file.path);
    let old = file::read_own(&file.top, place, &file.path, MAX_TEXT, unreadable)?;
    if let Some(old) = old {
        return Ok(existing::kept(file, &file::text_to_compare(old)));
    }
    let mut change = Change::new_file(&file.top, &file.path, file.text.as_bytes())?;
    change.is_program = file.kind == FileKind::Program;
    output::write_files(&[change])?;
    let shown = visible(&file.path);
    Ok(format!("{} {shown}\n", paint(AnsiColor::Green, "created")))
}

/// What to do with the project now. Continuous integration has nothing to check in a new project.
fn next_steps(config: &Config, has_ci: bool, context: &Context) -> String {
    let arkerr = &context.arkerr;
    let (snapshots, output) = (visible(&config.snapshots), visible(&config.output));
    let mut text = format!(
        "
next steps:
  {arkerr} fetch --discover  list the pages with error codes that the site has
  {arkerr} fetch ID          save one of them in {snapshots}/
  {arkerr} import FILE       or take a page that you saved yourself
  {arkerr} generate          write constants and documentation to {output}/
"
    );
    if has_ci {
        text += &format!(
            "
CI passes once there is a page, `{arkerr} generate` has been run, and all of it is committed;
until then it fails
"
        );
    }
    text
}
