//! Runs in which the system refuses one of the steps: the disk is full, or broken, or not to be
//! written.

use super::common::{Project, Run, strace, tools};
use super::{Case, first, import, init, page, rename, told, tree, update};

const FULL: (&str, &str) = ("ENOSPC", "No space left on device");
const BROKEN: (&str, &str) = ("EIO", "Input/output error");
const REFUSED: (&str, &str) = ("EACCES", "Permission denied");

/// Has every step of the run of a case fail, one in each run, looks at what is there, and runs it
/// again. The errors take turns.
#[track_caller]
fn assert_survives(case: &Case, assert_whole: impl Fn(&Case, &Project, &str) -> bool) {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let mut count = 0;
    for call in strace::CALLS {
        for nth in 1.. {
            let (error, text) = [FULL, BROKEN, REFUSED][count % 3];
            let project = case.project();
            let run = strace::failed(&project, case.arguments, call, error, &nth.to_string());
            let Some(run) = run else {
                break;
            };
            let when = format!("{error} at {call} {nth}: {run:#?}");
            let is_done = assert_whole(case, &project, &when);
            match run.status {
                // What cannot be told to anybody, such as where the report cannot be written, is
                // done all the same.
                0 => assert!(is_done, "{when}"),
                _ => assert_told(&run, text, &when),
            }
            case.assert_mended(&project, &when);
            count += 1;
        }
    }
    eprintln!("arkerr {}: {count} calls failed", case.arguments.join(" "));
    assert!(count > 0, "nothing failed");
}

/// The run says what cannot be done, where, and why.
#[track_caller]
fn assert_told(run: &Run, text: &str, when: &str) {
    assert_eq!(run.status, 2, "{when}");
    assert!(run.stderr.contains("error["), "{when}");
    assert!(run.stderr.contains(text), "{when}");
}

#[test]
fn an_update_of_the_outputs_is_done_or_not() {
    assert_survives(&update(), Case::is_done);
}

/// A changelog does not tell of what there is not, and nothing changes that it does not tell of.
#[test]
fn a_changelog_is_written_with_the_outputs_or_not() {
    assert_survives(&told(), Case::is_done);
}

#[test]
fn the_first_outputs_are_written_or_not() {
    assert_survives(&first(), Case::is_done);
}

#[test]
fn a_page_is_imported_or_not() {
    assert_survives(&import(), |case, project, when| {
        case.assert_one_snapshot(project, when);
        tree(project) == case.after
    });
}

#[test]
fn a_name_is_changed_or_not() {
    assert_survives(&rename(), Case::is_done);
}

/// The files of a new project have nothing to do with each other.
#[test]
fn each_file_of_a_new_project_is_written_or_not() {
    assert_survives(&init(), Case::is_done);
}

/// What is full stays full: nothing more can be written.
#[test]
fn a_disk_that_stays_full_keeps_all_as_it_was() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let case = update();
    let mut count = 0;
    for call in ["write", "mkdir", "mkdirat", "fdatasync"] {
        for nth in 1.. {
            let (project, from) = (case.project(), format!("{nth}+"));
            let run = strace::failed(&project, case.arguments, call, FULL.0, &from);
            let Some(run) = run else {
                break;
            };
            let when = format!("from {call} {nth}: {run:#?}");
            let is_done = case.is_done(&project, &when);
            assert!(is_done || run.status == 2, "{when}");
            case.assert_mended(&project, &when);
            count += 1;
        }
    }
    assert!(count > 0, "nothing failed");
}

/// Files that cannot be opened, to be read or to be made: libraries, pages, outputs, new texts.
#[test]
fn whatever_cannot_be_opened_leaves_whole_files() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let case = update();
    let mut count = 0;
    for nth in (1..).step_by(3) {
        let (error, _) = [FULL, BROKEN, REFUSED][nth % 3];
        let project = case.project();
        let nth = nth.to_string();
        let Some(run) = strace::failed(&project, case.arguments, "openat", error, &nth) else {
            break;
        };
        let when = format!("{error} at openat {nth}: {run:#?}");
        // Where one page cannot be read, the others are done; another test sees to that.
        if !run.stderr.contains("error[unreadable]") {
            case.assert_whole(&project, &when);
        }
        case.assert_mended(&project, &when);
        count += 1;
    }
    assert!(count > 10, "failed {count} times");
}

#[test]
fn a_file_that_cannot_be_moved_is_named_with_the_reason() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let case = update();
    let place = "generated/rust/mod.rs";
    let mut runs = strace::RENAMES.into_iter().flat_map(|call| {
        let case = &case;
        (1..100).map_while(move |nth: usize| {
            let project = case.project();
            let nth = nth.to_string();
            let run = strace::failed(&project, &["generate"], call, FULL.0, &nth)?;
            Some((project, run))
        })
    });
    let found = runs.find(|(_, run)| run.stderr.contains(place));
    let (project, run) = found.expect("the file is moved");
    assert_eq!(
        run.stderr,
        "error[output]: cannot write `generated/rust/mod.rs`\n\
         --> generated/rust/mod.rs\n \
         = note: No space left on device (os error 28)\n \
         = note: every file is whole; the next run that succeeds brings all of them up to date\n \
         = help: make room on the disk, and run the command again\n\n"
    );
    case.assert_whole(&project, "after it");
}

/// A page that was there when the folder was read, and is not when it is.
#[test]
fn a_snapshot_that_vanishes_keeps_its_files() {
    if !tools::are_here(&["strace"]) {
        return;
    }
    let project = Project::empty();
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.write("docs-snapshot/b-error-code.html", page(102, "It failed."));
    project.arkerr(&["generate"]).succeeded();
    project.write(
        "docs-snapshot/b-error-code.html",
        page(102, "It has failed."),
    );
    let before = project.tree();

    let path = "docs-snapshot/a-error-code.html";
    let run = strace::failed_at(&project, &["generate"], "openat", "ENOENT", path);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(run.stderr.contains("error[unreadable]"), "{}", run.stderr);
    assert!(run.stderr.contains(path), "{}", run.stderr);
    let after = project.tree();
    for (file, bytes) in &before {
        let stem = file.to_lowercase().replace(['-', '_'], "");
        if stem.contains("aerrorcode") {
            assert_eq!(after.get(file), Some(bytes), "{file}");
        }
    }
    let module = project.read("generated/rust/b_error_code.rs");
    assert!(module.contains("It has failed."), "{module}");

    project.arkerr(&["generate"]).succeeded();
    assert_eq!(project.arkerr(&["check"]).status, 0);
}
