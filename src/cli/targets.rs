//! `arkerr targets`: lists the targets, and what may be chosen about them.

use std::fmt::Write as _;

use anstyle::AnsiColor;
use clap::{Args, ValueEnum};

use super::print::{self, paint};
use super::{Context, Outcome};
use crate::problem::Report;
use crate::project::Project;
use crate::render::target::{Description, OptionValue};
use crate::render::{Target, reference};

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
        Format::Markdown => print::result(&reference::targets())?,
        Format::Text => print::result(&text(&Project::open("")?.config.targets))?,
    }
    Ok(Outcome::InSync)
}

fn text(targets: &[Target]) -> String {
    let mut text = String::new();
    let descriptions = Description::all();
    for description in &descriptions {
        let target = targets
            .iter()
            .find(|target| target.name == description.name);
        push_target(&mut text, description.name, &description.about, target);
        for (layout, about) in &description.layouts {
            let is_chosen = target.is_some_and(|target| {
                target.options.get("layout") == Some(&OptionValue::Text(layout.clone()))
            });
            let mark = if is_chosen { '*' } else { ' ' };
            let _ = writeln!(text, "  {mark} layout {layout}: {about}");
        }
    }
    let is_own = |target: &&Target| !descriptions.iter().any(|known| known.name == target.name);
    for target in targets.iter().filter(is_own) {
        push_target(
            &mut text,
            &target.name,
            "added in arkerr.toml",
            Some(target),
        );
    }
    text
}

fn push_target(text: &mut String, name: &str, about: &str, target: Option<&Target>) {
    let state = match target {
        Some(_) => paint(AnsiColor::Green, "on "),
        None => paint(AnsiColor::BrightBlack, "off"),
    };
    let _ = writeln!(text, "{state} {name}: {about}");
    let options = target.iter().flat_map(|target| &target.options);
    for (option, value) in options.filter(|(option, _)| *option != "layout") {
        let value = serde_json::to_string(value).unwrap_or_default();
        let _ = writeln!(text, "    {option} = {}", crate::escape::visible(&value));
    }
}
