//! What `arkerr generate` changes about the documentation: told code by code, and kept in a
//! changelog.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use toml::value::Datetime;

use super::diff;
use crate::changelog;
use crate::diff::Diff;
use crate::file;
use crate::output::{self, Difference};
use crate::problem::{CommandProblem, Report, display_path};
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

/// What there is to tell of changes.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What there is to print, once the changes are made.
    pub(super) text: String,
    /// What there is to write into the changelog, together with the outputs that it tells of.
    pub(super) changelog: Option<Difference>,
}

impl Changelog {
    /// Tells of the changes that an analysis makes, where `is_told`, and for the changelog, where
    /// one is named. Nothing is written.
    pub(super) fn tell(
        &self,
        is_told: bool,
        project: &Project,
        analysis: &Analysis,
    ) -> Result<Told, Report> {
        let mut told = Told::default();
        if !is_told && self.changelog.is_none() {
            return Ok(told);
        }
        let diff = project.changes(analysis)?;
        if is_told {
            let none = "these are the first outputs, there is nothing to compare with\n";
            told.text = diff.as_ref().map_or(none.to_owned(), diff::for_people) + "\n";
        }
        if let (Some(file), Some(date)) = (&self.changelog, &self.changelog_date) {
            let summary = match &diff {
                Some(diff) if diff.changes.is_empty() => changelog::tally(diff),
                Some(diff) => {
                    told.changelog = added(file, date, diff)?;
                    changelog::summary(diff)
                }
                None => "nothing to tell, these are the first outputs".to_owned(),
            };
            told.text += &format!("{}: {summary}\n", display_path(file));
        }
        Ok(told)
    }
}

/// How the changelog differs from one with the changes at its top.
fn added(file: &Path, date: &str, diff: &Diff) -> Result<Option<Difference>, Report> {
    let path = path_here(file);
    let unreadable = |error: io::Error| CommandProblem::Changelog(error.to_string());
    let old = file::read_own_text(Path::new(""), &path, unreadable)?;
    let section = changelog::markdown(diff, date, None);
    let new = changelog::prepend(old.as_deref().unwrap_or_default(), &section);
    Ok(output::project_file(&path, old.as_deref(), new))
}

/// The path of a file as seen from the current folder, where it lies below it. A file elsewhere is
/// meant; below, somebody else may have put a link in its place.
fn path_here(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    display_path(file.strip_prefix(here).unwrap_or(file))
}
