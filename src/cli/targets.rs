//! `arkerr targets`: lists the targets, and what may be chosen about them.

use anstyle::AnsiColor;
use clap::{Args, ValueEnum};

use super::print::{self, paint};
use super::{Context, Outcome};
use crate::escape::visible;
use crate::problem::Report;
use crate::project::Project;
use crate::render::Target;
use crate::render::target::{Description, OptionValue};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to print them: those of this project as text, or all built-in ones as documentation
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Markdown,
    Text,
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Outcome, Report> {
    match arguments.format {
        Format::Markdown => print::file(include_str!("../../docs/targets.md"))?,
        Format::Text => print::result(&list(&Project::open("")?.config.targets))?,
    }
    Ok(Outcome::Done)
}

fn list(targets: &[Target]) -> String {
    let descriptions = Description::all();
    let mut text = String::new();
    for description in &descriptions {
        let target = targets
            .iter()
            .find(|target| target.name == description.name);
        text += &lines(description.name, &description.about, target);
        let chosen = target.and_then(|target| target.options.get("layout"));
        for (layout, about) in &description.layouts {
            let is_chosen = chosen == Some(&OptionValue::Text(layout.clone()));
            let mark = if is_chosen { '*' } else { ' ' };
            text += &format!("  {mark} layout {layout}: {about}\n");
        }
    }
    let is_own = |target: &&Target| !descriptions.iter().any(|known| known.name == target.name);
    let own = targets.iter().filter(is_own);
    text.extend(own.map(|target| lines(&target.name, "added in arkerr.toml", Some(target))));
    text
}

/// A line for a target, and one for each of its options.
fn lines(name: &str, about: &str, target: Option<&Target>) -> String {
    let state = match target {
        Some(_) => paint(AnsiColor::Green, "on "),
        None => paint(AnsiColor::BrightBlack, "off"),
    };
    let mut lines = format!("{state} {name}: {about}\n");
    let options = target.iter().flat_map(|target| &target.options);
    for (option, value) in options.filter(|(option, _)| *option != "layout") {
        let value = serde_json::to_string(value).unwrap_or_default();
        lines += &format!("    {option} = {}\n", visible(&value));
    }
    lines
}
