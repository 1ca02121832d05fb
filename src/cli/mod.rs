//! The command line: takes the arguments, calls the rooms, prints, and picks the exit status.

mod changelog;
mod check;
mod completions;
mod diff;
mod explain;
#[cfg(feature = "fetch")]
mod fetch;
mod generate;
mod import;
mod init;
mod lint;
mod man;
mod names;
mod parse;
mod print;
mod search;
mod targets;
mod templates;
#[cfg(feature = "fetch")]
mod update;

use std::env::{args_os, current_dir, set_current_dir};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::catalog::Language;
use crate::escape::{shell_word, visible_line};
use crate::output::Lock;
use crate::parse::Account;
use crate::problem::{CommandProblem, Diagnostic, Locate as _, Report, any_error};

/// How a command ended, the worst last. The number is the exit status; bad arguments have that of a
/// failure too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything is in sync, or was brought in sync.
    Done = 0,
    /// The outputs differ from what the snapshots give, the documentation has changed as much as
    /// `--fail-on` says, or what was looked up is not there.
    No = 1,
    /// Something kept arkerr from telling, or from reading some of the pages. It has been printed.
    Failure = 2,
}

impl Outcome {
    fn no_if(is_no: bool) -> Self {
        if is_no { Self::No } else { Self::Done }
    }
}

/// What every command is told.
#[derive(Debug, Clone)]
struct Context {
    /// Whether to leave out everything but diagnostics.
    quiet: bool,
    /// Whether warnings are failures.
    strict: bool,
    /// The command without arguments, as the user would type it here: `arkerr`, or `arkerr -C app`.
    arkerr: String,
    /// The folder in which arkerr was started; empty where it is not known.
    started_in: PathBuf,
    /// The folder in which it works, which `--directory` names; empty where it is not known.
    works_in: PathBuf,
}

impl Context {
    /// The lock of a command that writes.
    fn lock_to_write(&self) -> Lock {
        Lock::exclusive(Path::new(""), || self.say_waiting())
    }

    /// The lock of a command that compares.
    fn lock_to_read(&self) -> Lock {
        Lock::shared(Path::new(""), || self.say_waiting())
    }

    /// A problem whose help has the command that fixes it as the user would type it here.
    fn with_command(&self, mut found: Diagnostic) -> Diagnostic {
        let description = found.describe();
        if let (Some(help), Some(fix)) = (description.help, description.fix) {
            found.help = Some(help.replace(&fix.to_string(), &self.command(fix.command())));
        }
        found
    }

    /// A command as the user would type it here.
    fn command(&self, command: &str) -> String {
        format!("{} {command}", self.arkerr)
    }

    fn say_waiting(&self) {
        self.status("waiting for another arkerr that is at work in this folder");
    }

    /// Prints a line about the work itself, unless there is to be none.
    fn status(&self, line: &str) {
        if !self.quiet {
            print::status(line);
        }
    }

    /// Prints a report for people, unless there is to be none.
    fn report(&self, text: &str) -> Result<(), Report> {
        if self.quiet {
            Ok(())
        } else {
            print::result(text)
        }
    }

    /// Prints what became of the text of the pages that were read.
    fn account(&self, account: &Account) {
        self.status(&format!(
            "read {}: {} in records, {} furniture, {} unaccounted",
            print::counted(account.read, "character"),
            account.in_records,
            account.furniture,
            account.unaccounted,
        ));
    }

    /// Prints what to do once snapshots or names have changed.
    fn suggest_generate(&self) {
        let generate = self.command("generate");
        self.status(&format!("to bring the outputs up to date, run: {generate}"));
    }

    /// How a command ended that had these things to say, and nothing else against it.
    fn outcome_of(&self, diagnostics: &[Diagnostic]) -> Outcome {
        if any_error(diagnostics) {
            return Outcome::Failure;
        }
        if self.strict && !diagnostics.is_empty() {
            let warnings = print::counted(diagnostics.len(), "warning");
            self.status(&format!("failed: {warnings}, and --strict"));
            return Outcome::Failure;
        }
        Outcome::Done
    }
}

/// What the options are called that every command has.
const EVERYWHERE: &str = "Options of every command";

/// Turns saved HarmonyOS error-code pages into constants and documentation for ArkTS, TypeScript,
/// Rust, C and other languages, and keeps them in sync.
#[derive(Debug, Parser)]
#[command(name = "arkerr", version, after_help = CHECK_HELP)]
struct Arguments {
    #[command(flatten, next_help_heading = EVERYWHERE)]
    color: colorchoice_clap::Color,

    /// Run as if arkerr had been started in this folder
    #[arg(short = 'C', long = "directory", global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    directory: Option<PathBuf>,

    /// Print no status lines and no report; errors, warnings and records only
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    quiet: bool,

    /// Fail on warnings, with status 2
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    strict: bool,

    #[command(subcommand)]
    command: Command,
}

const EXIT_HELP: &str = "\
Exit status: 0 done, 2 an error, or with --strict a warning";

const CHECK_HELP: &str = "\
Exit status: 0 in sync, 1 drift, 2 an error, or with --strict a warning";

const LOOKUP_HELP: &str = "\
Exit status: 0 found, 1 not found, 2 an error";

#[derive(Debug, Subcommand)]
enum Command {
    /// Set a project up in this folder: arkerr.toml, the folder of saved pages, .gitattributes
    #[command(after_help = "\
A file that is there already is kept as it is.

Exit status: 0 the files are there, 2 an error")]
    Init(init::Arguments),
    /// Bring the generated files up to date with the snapshots
    #[command(
        after_help = "Exit status: 0 up to date, 1 names.toml is not, with --locked, 2 an error, or with --strict a warning"
    )]
    Generate(generate::Arguments),
    /// Tell whether the generated files are up to date; write nothing
    #[command(after_help = CHECK_HELP)]
    Check(check::Arguments),
    /// Fetch all pages again, tell what has changed, and bring the generated files up to date
    #[cfg(feature = "fetch")]
    #[command(
        after_help = "Exit status: 0 up to date, 2 some pages could not be fetched or read; the others are done"
    )]
    Update(update::Arguments),
    /// Bring the snapshots up to date with the documentation site
    #[cfg(feature = "fetch")]
    #[command(after_help = "\
Exit status: 0 all pages were fetched, 2 some were not, or an error, or with --strict a warning: then
the page is not saved; the other pages are")]
    Fetch(fetch::Arguments),
    /// Make snapshots of saved pages, in a form that tells two saves apart line by line
    #[command(after_help = "\
Exit status: 0 imported, 2 an error, or with --strict a warning: then the page is not
imported; the other files are")]
    Import(import::Arguments),
    /// Tell what has changed between two states of the documentation, and whether it breaks anyone
    #[command(after_help = "\
Exit status: 0 compared, 1 a change of the level of --fail-on, 2 an error, such as a page that
cannot be read on either side; it is left out then")]
    Diff(diff::Arguments),
    /// Print the records of saved pages
    #[command(after_help = EXIT_HELP)]
    Parse(parse::Arguments),
    /// Tell what is odd about the documentation itself
    #[command(after_help = EXIT_HELP)]
    Lint(lint::Arguments),
    /// List the names of all codes, or rename one
    #[command(after_help = EXIT_HELP)]
    Names(names::Arguments),
    /// List the targets, and what may be chosen about them
    Targets(targets::Arguments),
    /// Show the templates that the outputs are made of
    #[command(after_help = EXIT_HELP)]
    Templates(templates::Arguments),
    /// Tell what codes mean
    #[command(after_help = LOOKUP_HELP)]
    Explain(explain::Arguments),
    /// Find the codes that are about something
    #[command(after_help = LOOKUP_HELP)]
    Search(search::Arguments),
    /// Print a script that completes the commands in a shell
    Completions(completions::Arguments),
    /// Print the manual page, or write those of all commands
    Man(man::Arguments),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    // A panic may quote what a page says.
    panic::set_hook(Box::new(|panic| print::status(&format!("arkerr {panic}"))));
    let arguments = match Arguments::try_parse_from(args_os()) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(error),
    };
    arguments.color.write_global();
    let directory = arguments.directory.as_deref();
    let started_in = current_dir().unwrap_or_default();
    let entered = directory.map_or(Ok(()), enter);
    let context = Context {
        quiet: arguments.quiet,
        strict: arguments.strict,
        arkerr: command_here(directory),
        started_in,
        works_in: current_dir().unwrap_or_default(),
    };
    let outcome = entered
        .and_then(|()| execute(&arguments.command, &context))
        .or_else(|report| match &arguments.command {
            Command::Check(arguments) => check::refuse(arguments, &context, report),
            _ => Err(report),
        })
        .unwrap_or_else(|report| {
            print::diagnostics(report.diagnostics());
            Outcome::Failure
        });
    ExitCode::from(outcome as u8)
}

/// Ends where the arguments are wrong, or ask for help. They are shown in one line, since they may be
/// names of files and branches.
fn refuse(error: clap::Error) -> ExitCode {
    let shown = args_os().map(|argument| visible_line(&argument.to_string_lossy()));
    let shown = Arguments::try_parse_from(shown).err();
    let shown = shown.filter(|shown| shown.kind() == error.kind());
    let text = shown.unwrap_or(error);
    let (is_error, status) = (text.use_stderr(), text.exit_code());
    let text = text.render().ansi().to_string();
    if is_error {
        print::message(&text);
    } else {
        // Whoever asked for help has gone away, if it cannot be printed.
        let _ = print::result(&text);
    }
    ExitCode::from(u8::try_from(status).unwrap_or(2))
}

fn execute(command: &Command, context: &Context) -> Result<Outcome, Report> {
    match command {
        Command::Init(arguments) => init::run(arguments, context),
        Command::Generate(arguments) => generate::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Diff(arguments) => diff::run(arguments, context),
        Command::Import(arguments) => import::run(arguments, context),
        Command::Parse(arguments) => parse::run(arguments, context),
        Command::Lint(arguments) => lint::run(arguments, context),
        #[cfg(feature = "fetch")]
        Command::Update(arguments) => update::run(arguments, context),
        #[cfg(feature = "fetch")]
        Command::Fetch(arguments) => fetch::run(arguments, context),
        Command::Names(arguments) => names::run(arguments, context),
        Command::Targets(arguments) => targets::run(arguments, context),
        Command::Templates(arguments) => templates::run(arguments, context),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Search(arguments) => search::run(arguments, context),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments, context),
    }
}

fn enter(directory: &Path) -> Result<(), Report> {
    set_current_dir(directory).map_err(|error| {
        let (path, reason) = (directory.display().to_string(), error.to_string());
        CommandProblem::Directory { path, reason }.nowhere().into()
    })
}

/// The command as the user would type it here, with the folder where one was given.
fn command_here(directory: Option<&Path>) -> String {
    match directory {
        Some(directory) => format!("arkerr -C {}", shell_word(&directory.to_string_lossy())),
        None => "arkerr".to_owned(),
    }
}

/// A language, as an option names it.
fn language(names: [&'static str; 2]) -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(names).map(|name| match name.as_str() {
        "en" => Language::En,
        _ => Language::Zh,
    })
}
