//! `arkerr diff`: tells what has changed between two states of the documentation.

use anstyle::AnsiColor;
use clap::builder::{PossibleValue, RangedU64ValueParser};
use clap::{Args, ValueEnum};
use similar::ChangeTag;

use super::print::{self, Form, columns, paint};
use super::{Context, Outcome};
use crate::changelog::{ChangeGroup, Piece, What, grouped, markdown, summary};
use crate::diff::{ChangeId, Diff, FieldKind, Level};
use crate::escape::visible;
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
        return Ok(Outcome::Done);
    };
    let is_for_markdown = arguments.heading.is_some() || arguments.max_length.is_some();
    if is_for_markdown && !matches!(arguments.format, Format::Markdown) {
        return Err(CommandProblem::MarkdownOptions.nowhere().into());
    }
    let comparison = project.diff(old, new)?;
    print::diagnostics(&comparison.diagnostics);
    let diff = &comparison.diff;
    match arguments.format {
        Format::Json => print::json(diff)?,
        Format::Markdown => {
            let heading = arguments.heading.as_deref().unwrap_or(HEADING);
            let text = markdown(diff, heading, arguments.max_length);
            print::for_program(&text, Form::Plain)?;
        }
        Format::Text => print::result(&for_people(diff))?,
    }
    let is_reached = arguments.fail_on.is_some_and(|level| diff.reaches(level));
    let outcome = context.outcome_of(&comparison.diagnostics);
    Ok(outcome.max(Outcome::no_if(is_reached)))
}

/// A line for each kind of change: its id, its level and what it means; for fields, one each.
fn list(project: &Project) -> String {
    let levels = &project.config.changes;
    let row = |id: &str, level: Level, summary: &str| {
        [id, &format!("{:8}", level.name()), summary].map(str::to_owned)
    };
    let kinds = ChangeId::all().into_iter();
    let mut rows: Vec<_> = kinds
        .filter(|kind| *kind != ChangeId::FieldChanged)
        .map(|kind| row(kind.id(), levels.level(kind), kind.summary()))
        .collect();
    for field in FieldKind::all() {
        let id = format!("{}.{}", ChangeId::FieldChanged.id(), field.name());
        rows.push(row(&id, levels.field_level(field), field.summary()));
    }
    columns(rows.into_iter())
}

/// All changes, by pages, and what they come to.
pub(super) fn for_people(diff: &Diff) -> String {
    let groups = grouped(&diff.changes);
    let mut text = String::new();
    let mut page = None;
    for group in &groups {
        if page.replace(group.page) != Some(group.page) {
            text.push_str(&format!("{}\n", visible(group.page)));
        }
        text.push_str(&format!("  {}\n", line(group)));
        for line in group.lines() {
            let line: String = line.iter().map(piece).collect();
            text.push_str(&format!("            {line}\n"));
        }
    }
    if !groups.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!("{}\n", summary(diff)));
    if !diff.unread.is_empty() {
        let unread = visible(&diff.unread.join(", "));
        text.push_str(&format!(
            "not compared, since they cannot be read: {unread}\n"
        ));
    }
    text
}

fn line(group: &ChangeGroup<'_>) -> String {
    let color = match group.level {
        Level::Breaking => AnsiColor::Red,
        Level::Notable => AnsiColor::Yellow,
        Level::Note => AnsiColor::Blue,
    };
    let parts = [
        paint(color, format!("{:8}", group.level.name())),
        group.heading(quoted),
        subjects(group),
        details(group),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("  ")
}

/// The codes that a group is about, with title and name where it is one; of a page its title.
fn subjects(group: &ChangeGroup<'_>) -> String {
    let count = match group.codes().len() {
        0 | 1 => String::new(),
        count => format!("{count} codes: "),
    };
    let case = group.case(quoted).map(|case| format!(", {case}"));
    let subjects = group.subjects(visible);
    format!("{count}{subjects}{}", case.unwrap_or_default())
}

/// What is told in the line itself.
fn details(group: &ChangeGroup<'_>) -> String {
    match &group.what {
        What::Devices { added, removed } => replaced(removed, added, " "),
        What::Renamed(old, new) => replaced(old.as_slice(), new.as_slice(), " -> "),
        What::From(page) => format!("from {}", visible(page)),
        What::Itself => visible(group.first().message.as_deref().unwrap_or_default()),
        What::Field(..) => String::new(),
    }
}

/// Names that are gone, and those that have come.
fn replaced(old: &[&str], new: &[&str], between: &str) -> String {
    let old = old.iter().map(|name| gone(name));
    let names = old.chain(new.iter().map(|name| come(name)));
    names.collect::<Vec<_>>().join(between)
}

fn piece((tag, text): &Piece) -> String {
    match tag {
        ChangeTag::Equal => visible(text),
        ChangeTag::Delete => gone(text),
        ChangeTag::Insert => come(text),
    }
}

fn gone(text: &str) -> String {
    paint(AnsiColor::Red, format!("[-{}-]", visible(text)))
}

fn come(text: &str) -> String {
    paint(AnsiColor::Green, format!("{{+{}+}}", visible(text)))
}

fn quoted(text: &str) -> String {
    format!("“{}”", visible(text))
}
