//! Real git repositories in temporary folders.

use std::path::Path;
use std::process::Command;

use crate::common::Project;

/// Runs git in a folder, without anybody's settings, and gives what it prints.
#[track_caller]
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=Test", "-c", "user.email=test@example.com"]);
    git.args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]);
    git.args([
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.hooksPath=/dev/null",
    ]);
    git.args(arguments).current_dir(folder);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = git.output().expect("git can be started");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Makes a repository of a project.
pub fn init(project: &Project) {
    git(&project.path(""), &["init", "--quiet"]);
}

/// Commits all there is.
pub fn commit(project: &Project, message: &str) {
    git(&project.path(""), &["add", "--all"]);
    git(
        &project.path(""),
        &["commit", "--quiet", "--allow-empty", "-m", message],
    );
}
