//! `arkerr diff`: tells what has changed between two states of the documentation.

mod text;

pub(super) use text::text;

use clap::builder::{PossibleValue, RangedU64ValueParser};
use clap::{Args, ValueEnum};

use super::print;
use super::{Context, Outcome};
use crate::changelog::markdown;
use crate::diff::{ChangeId, FieldKind, Level};
use crate::problem::{CommandProblem, Locate as _, Report};
use crate::project::Project;

/// The heading of the Markdown, where nothing else is said.
const HEADING: &str = "Changes of the error codes";

/// How many bytes Markdown has at least that says what there is to look at.
const SHORTEST: u64 = 1000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// The heading of the Markdown
    #[arg(long, value_name = "TEXT")]
    heading: Option<String>,

    /// How many bytes the Markdown may have, such as 60000 for a pull request; where it would have
    /// more, texts are left out first
    #[arg(long, value_name = "BYTES", value_parser = RangedU64ValueParser::<usize>::new().range(SHORTEST..))]
    max_length: Option<usize>,

    /// End with status 1 where there is a change of this level, or of one above it
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// List what may change, with the level that it has here, and compare nothing
    #[arg(long)]
    list: bool,

    /// The earlier state: a folder or file of snapshots, a catalog.json, the folder of another
    /// project, or a git revision of this one, such as HEAD~1 or v1.2
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    old: Option<String>,

    /// The later state, in one of the same forms
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    new: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Markdown,
    Text,
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Breaking => "A constant disappears, or changes its value or name",
            Self::Notable => "There is something to look at: a new code, another message",
            Self::Note => "Anything has changed",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Outcome, Report> {
    let project = Project::open("")?;
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else {
        print::result(&list(&project))?;
        return Ok(Outcome::InSync);
    };
    refuse_misplaced(arguments)?;
    let comparison = project.diff(old, new)?;
    print::diagnostics(&comparison.diagnostics);
    let diff = &comparison.diff;
    match arguments.format {
        Format::Json => print::json(diff)?,
        Format::Markdown => {
            let heading = arguments.heading.as_deref().unwrap_or(HEADING);
            print::raw(&markdown(diff, heading, arguments.max_length))?;
        }
        Format::Text => print::result(&text(diff))?,
    }
    let is_reached = arguments.fail_on.is_some_and(|level| diff.reaches(level));
    Ok(match context.outcome_of(&comparison.diagnostics) {
        Outcome::InSync if is_reached => Outcome::Changed,
        outcome => outcome,
    })
}

/// An error for options that mean nothing in the format.
fn refuse_misplaced(arguments: &Arguments) -> Result<(), Report> {
    let is_given = arguments.heading.is_some() || arguments.max_length.is_some();
    if !is_given || matches!(arguments.format, Format::Markdown) {
        return Ok(());
    }
    Err(CommandProblem::MarkdownOptions.nowhere().into())
}

/// A line for each kind of change: its id, its level and what it means; for fields, one each.
fn list(project: &Project) -> String {
    let levels = &project.config.changes;
    let kinds = ChangeId::ALL.into_iter();
    let kinds = kinds.filter(|kind| *kind != ChangeId::FieldChanged);
    let kinds = kinds.map(|kind| (kind.id().to_owned(), levels.level(kind), kind.summary()));
    let fields = FieldKind::ALL.into_iter().map(|field| {
        let id = format!("{}.{}", ChangeId::FieldChanged.id(), field.name());
        (id, levels.field_level(field), field.summary())
    });
    let rows: Vec<_> = kinds.chain(fields).collect();
    let width = rows
        .iter()
        .map(|(id, ..)| id.len())
        .max()
        .unwrap_or_default();
    let rows = rows.iter();
    rows.map(|(id, level, summary)| format!("{id:width$}  {:8}  {summary}\n", level.name()))
        .collect()
}
