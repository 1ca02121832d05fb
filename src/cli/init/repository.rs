//! Where a project lies in a repository of git.

use std::process::{Command, Stdio};

use crate::problem::{CommandProblem, Locate as _, Report};

/// The repository around the folder of a project.
#[derive(Debug)]
pub(super) struct Repository {
    /// The way from the project up to the root of the work tree: empty, or `../`.
    pub(super) up: String,
    /// The way from that root to the project: `.`, or `apps/scan`.
    pub(super) folder: String,
}

impl Repository {
    /// The repository of the current folder; none where there is none, or no git.
    pub(super) fn find() -> Option<Self> {
        let folder = git(&["rev-parse", "--show-prefix"])?;
        Some(Self {
            up: git(&["rev-parse", "--show-cdup"])?,
            folder: match folder.trim_end_matches('/') {
                "" => ".".to_owned(),
                folder => folder.to_owned(),
            },
        })
    }

    /// Where git looks for the hook that it runs before a commit.
    pub(super) fn hook(&self) -> Result<String, Report> {
        let hooks = git(&["rev-parse", "--git-path", "hooks"]);
        let hooks = hooks.ok_or(CommandProblem::UnknownHooks.nowhere())?;
        if hooks == "/dev/null" {
            return Err(CommandProblem::HooksAreOff.at_file(hooks).into());
        }
        Ok(format!("{}/pre-commit", hooks.replace('\\', "/")))
    }
}

/// What git says, without the end of its line; none where it fails.
fn git(arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.args(arguments).stdin(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim_end_matches(['\r', '\n']).to_owned())
}
