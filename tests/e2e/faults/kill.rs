//! Runs that are killed at some of the steps in which they change something.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use super::{Case, TEMPORARY, Tree, import, large, told, update};
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
    assert_survives_with(case, steps, Case::assert_whole);
}

#[track_caller]
fn assert_survives_with(
    case: &Case,
    steps: &[(&str, usize)],
    assert_whole: impl Fn(&Case, &Project, &str),
) {
    let mut count = 0;
    for (call, step) in steps {
        for nth in (1..).step_by(*step) {
            let project = case.project();
            if !is_killed(&project, case.arguments, call, nth) {
                break;
            }
            let when = format!("killed before {call} {nth}");
            assert_whole(case, &project, &when);
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

/// There is one snapshot at all times, of the old page or the new one, whatever it is called.
#[test]
fn running_again_finishes_an_import() {
    let steps = [&RENAMES[..], &[("unlink", 1), ("unlinkat", 1)]].concat();
    let snapshots = |tree: &Tree| -> Vec<Vec<u8>> {
        let files = tree.iter();
        let files = files.filter(|(path, _)| path.starts_with("docs-snapshot/"));
        let files = files.filter(|(path, _)| !path.contains(TEMPORARY));
        files.map(|(_, bytes)| bytes.clone()).collect()
    };
    assert_survives_with(&import(), &steps, |case, project, when| {
        let [before, after, now] = [&case.before, &case.after, &project.tree()].map(snapshots);
        assert!(now == before || now == after, "{when}: {}", now.len());
    });
}
