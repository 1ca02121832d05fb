//! Runs in which the system does not do what arkerr asks for, one call of it after another.

// Every test file compiles this module for itself and uses a part of it.
#![allow(dead_code)]

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

use tempfile::NamedTempFile;

use super::{Project, Run};

/// The calls that change something on a disk. What one does that makes a file can be seen before
/// the first call that writes to it. Not every machine has each of them.
pub const CALLS: [&str; 16] = [
    "write",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "fdatasync",
    "copy_file_range",
];

/// The calls that move a file; which of them is made depends on the machine.
pub const RENAMES: [&str; 3] = ["rename", "renameat", "renameat2"];

/// Runs arkerr in a project until it makes a call for the nth time, which kills it. None where it
/// has ended before, well.
pub fn killed(project: &Project, arguments: &[&str], call: &str, nth: usize) -> Option<()> {
    let what = format!("signal=SIGKILL:when={nth}");
    let (output, _) = run(project, arguments, call, &what, None);
    if output.status.signal() == Some(9) {
        return Some(());
    }
    assert!(output.status.success(), "{call} {nth}: {output:?}");
    None
}

/// Runs arkerr in a project where a call fails for the nth time, or with `+` from then on. None
/// where it has ended before.
pub fn failed(
    project: &Project,
    arguments: &[&str],
    call: &str,
    error: &str,
    nth: &str,
) -> Option<Run> {
    let what = format!("error={error}:when={nth}");
    let (output, log) = run(project, arguments, call, &what, None);
    log.contains("(INJECTED)").then(|| Run::of(&output))
}

/// Runs arkerr in a project where a call fails for one path, by which arkerr names it.
#[track_caller]
pub fn failed_at(
    project: &Project,
    arguments: &[&str],
    call: &str,
    error: &str,
    path: &str,
) -> Run {
    let (output, log) = run(
        project,
        arguments,
        call,
        &format!("error={error}"),
        Some(path),
    );
    assert!(log.contains("(INJECTED)"), "{call} {path}: {output:?}");
    Run::of(&output)
}

fn run(
    project: &Project,
    arguments: &[&str],
    call: &str,
    what: &str,
    path: Option<&str>,
) -> (Output, String) {
    let log = NamedTempFile::new().expect("a temporary file");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o"]).arg(log.path());
    strace.arg("-e").arg(format!("trace=?{call}"));
    strace.arg("-e").arg(format!("inject=?{call}:{what}"));
    if let Some(path) = path {
        strace.args(["-P", path]);
    } else if !what.starts_with("signal") {
        // Far quicker, but it knows nothing of paths and signals.
        strace.arg("--seccomp-bpf");
    }
    let arkerr = project.command(arguments);
    strace.arg(arkerr.get_program()).args(arkerr.get_args());
    strace.current_dir(project.path(""));
    for (name, value) in arkerr.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    // The nth call is counted in each thread on its own. With one thread for the work, the others
    // make few calls, and the nth is the same one in every run.
    strace.env("RAYON_NUM_THREADS", "1");
    let output = strace.output().expect("strace can be started");
    let log = fs::read_to_string(log.path()).expect("strace has written it");
    (output, log)
}
