//! Runs that are killed at some of the steps in which they change something.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use super::{Case, import, large, told, update};
use crate::common::Project;

/// Runs arkerr in a project until it makes one of these calls for the nth time, which kills it.
/// Gives whether it was killed.
fn is_killed(project: &Project, arguments: &[&str], call: &str, nth: usize) -> bool {
    let arkerr = project.command(arguments);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null"]);
    strace.arg("-e").arg(format!("trace=?{call}"));
    strace
        .arg("-e")
        .arg(format!("inject=?{call}:signal=SIGKILL:when={nth}"));
    strace
        .arg(arkerr.get_program())
        .args(arguments)
        .current_dir(project.path(""));
    // Calls are counted in each thread by itself.
    strace.env("RAYON_NUM_THREADS", "1");
    let output = strace
        .output()
        .expect("the tests need strace: https://strace.io");
    assert!(
        output.status.success() || output.status.signal() == Some(9),
        "{output:?}"
    );
    !output.status.success()
}

/// Kills the run of a case at every `step`th of these calls, and runs it again.
#[track_caller]
fn assert_survives(case: &Case, steps: &[(&str, usize)]) {
    let mut count = 0;
    for (call, step) in steps {
        for nth in (1..).step_by(*step) {
            let project = case.project();
            if !is_killed(&project, case.arguments, call, nth) {
                break;
            }
            let when = format!("killed before {call} {nth}");
            case.assert_whole(&project, &when);
            case.assert_finished(&project, &when);
            count += 1;
        }
    }
    assert!(count > 1, "killed {count} times");
}

/// Which of the calls moves a file depends on the machine.
const RENAMES: [(&str, usize); 3] = [("rename", 1), ("renameat", 1), ("renameat2", 1)];

#[test]
fn running_again_finishes_an_update() {
    assert_survives(&update(), &RENAMES);
    assert_survives(&update(), &[("write", 4), ("unlink", 1), ("unlinkat", 1)]);
}

#[test]
fn running_again_finishes_a_large_update() {
    assert_survives(&large(), &RENAMES.map(|(call, _)| (call, 17)));
}

#[test]
fn running_again_finishes_a_changelog() {
    assert_survives(&told(), &RENAMES);
}

#[test]
fn running_again_finishes_an_import() {
    assert_survives(
        &import(),
        &[&RENAMES[..], &[("unlink", 1), ("unlinkat", 1)]].concat(),
    );
}
