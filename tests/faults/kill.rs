//! Runs that are killed before each of the steps in which they change something.

use super::common::{Project, strace, tools};
use super::{Case, first, import, init, large, page, rename, told, update};

/// Kills the run of a case before every step, looks at what is there, and runs it again.
#[track_caller]
fn assert_survives(case: &Case, assert_whole: impl Fn(&Case, &Project, &str)) {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let mut count = 0;
    for call in strace::CALLS {
        for nth in 1.. {
            let project = case.project();
            if strace::killed(&project, case.arguments, call, nth).is_none() {
                break;
            }
            let when = format!("killed before {call} {nth}");
            assert_whole(case, &project, &when);
            case.assert_mended(&project, &when);
            count += 1;
        }
    }
    eprintln!("arkerr {}: killed {count} times", case.arguments.join(" "));
    assert!(count > 0, "nothing was killed");
}

#[test]
fn an_update_of_the_outputs_is_mended_by_the_next() {
    assert_survives(&update(), Case::assert_whole);
}

#[test]
fn a_changelog_is_mended_by_the_next() {
    assert_survives(&told(), Case::assert_whole);
}

#[test]
fn the_first_outputs_are_mended_by_the_next() {
    assert_survives(&first(), Case::assert_whole);
}

/// There is one snapshot at all times, of the old page or the new one, so that the project can be
/// generated whatever happens.
#[test]
fn an_import_leaves_one_snapshot() {
    assert_survives(&import(), Case::assert_one_snapshot);
}

#[test]
fn a_new_name_is_there_or_not() {
    assert_survives(&rename(), Case::assert_whole);
}

#[test]
fn the_files_of_a_new_project_are_whole() {
    assert_survives(&init(), Case::assert_whole);
}

/// Many pages, each with a change: the run is killed here and there.
#[test]
fn a_large_update_is_mended_by_the_next() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let case = large();
    let mut count = 0;
    let renames = strace::RENAMES.map(|call| (call, 7));
    let others = [("write", 9)];
    for (call, step) in renames.into_iter().chain(others) {
        for nth in (1..).step_by(step) {
            let project = case.project();
            if strace::killed(&project, case.arguments, call, nth).is_none() {
                break;
            }
            let when = format!("killed before {call} {nth}");
            case.assert_whole(&project, &when);
            case.assert_mended(&project, &when);
            count += 1;
        }
    }
    assert!(count >= 10, "killed {count} times");
}

/// What a killed run has written of a new target is known again, although the page and the names
/// of files have changed in the meantime.
#[test]
fn a_killed_run_does_not_forget_what_it_has_written() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let case = first();
    let mut count = 0;
    for call in strace::RENAMES {
        for nth in 1.. {
            let project = case.project();
            if strace::killed(&project, case.arguments, call, nth).is_none() {
                break;
            }
            project.write(
                "docs-snapshot/a-error-code.html",
                page(101, "Another text."),
            );
            project.arkerr(&["generate"]).succeeded();
            project.arkerr_reads(&["check"]).succeeded();
            assert_eq!(project.read("generated/mine.txt"), "mine");
            count += 1;
        }
    }
    assert!(count > 0, "nothing was killed");
}
