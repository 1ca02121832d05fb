//! What `arkerr generate` changes about the documentation: told code by code, and kept in a
//! changelog.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use toml::value::Datetime;

use super::diff;
use crate::changelog::{self, Options};
use crate::diagnostic::{Diagnostic, Place, display_path};
use crate::diff::Diff;
use crate::file::{self, MAX_TEXT};
use crate::plan;
use crate::project::{Analysis, Project};

#[derive(Debug, Clone, Default, Args)]
pub(super) struct Changelog {
    /// Put what changes about the documentation at the top of this file of Markdown
    #[arg(long, value_name = "FILE", requires = "changelog_date")]
    changelog: Option<PathBuf>,

    /// The date over the changes, such as 2026-11-25
    #[arg(long, visible_alias = "date", value_name = "DATE", requires = "changelog", value_parser = date)]
    changelog_date: Option<String>,
}

/// A date as it is written in a changelog, which is how TOML writes one too.
fn date(text: &str) -> Result<String, &'static str> {
    match text.parse() {
        Ok(Datetime {
            date: Some(_),
            time: None,
            offset: None,
        }) => Ok(text.to_owned()),
        _ => Err("a date is written as 2026-11-25"),
    }
}

impl Changelog {
    /// Tells of the changes that an analysis makes, where `is_told`, and writes them into the
    /// changelog, where one is named. Gives what there is to print.
    pub(super) fn tell(
        &self,
        is_told: bool,
        project: &Project,
        analysis: &Analysis,
    ) -> Result<String, Vec<Diagnostic>> {
        if !is_told && self.changelog.is_none() {
            return Ok(String::new());
        }
        let diff = project.changes(analysis)?;
        let mut text = String::new();
        if is_told {
            text.push_str(&match &diff {
                Some(diff) => format!("{}\n", diff::text(diff)),
                None => {
                    "these are the first outputs, there is nothing to compare with\n\n".to_owned()
                }
            });
        }
        if let (Some(file), Some(date)) = (&self.changelog, &self.changelog_date) {
            let told = write(file, date, diff.as_ref())?;
            text.push_str(&format!("{}: {told}\n", display_path(file)));
        }
        Ok(text)
    }
}

/// Puts the changes at the top of the changelog; says what has become of it.
fn write(file: &Path, date: &str, diff: Option<&Diff>) -> Result<String, Vec<Diagnostic>> {
    let Some(diff) = diff else {
        return Ok("nothing to tell, these are the first outputs".to_owned());
    };
    if diff.changes.is_empty() {
        return Ok(changelog::tally(diff));
    }
    let old = read_old(file)?;
    let options = Options {
        heading: date,
        max_length: None,
    };
    let new = changelog::prepend(&old, &changelog::markdown(diff, &options));
    if new != old {
        plan::write_named_file(file, &new).map_err(|error| vec![error])?;
    }
    let step = diff.semver.name();
    Ok(format!("{}; semver: {step}", changelog::tally(diff)))
}

/// The text of the changelog; empty where there is none yet.
fn read_old(path: &Path) -> Result<String, Vec<Diagnostic>> {
    match file::read_text(path, MAX_TEXT) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => {
            let message = format!("the changelog cannot be read: {error}");
            let place = Place::file(display_path(path));
            Err(vec![Diagnostic::error("changelog", message).at(place)])
        }
    }
}
