//! Files that are not what arkerr has written, or not what it saw a moment ago.

use std::fs;

use super::common::Project;
use super::page;

const MODULE: &str = "generated/rust/a_error_code.rs";

fn generated() -> Project {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.arkerr(&["generate"]).succeeded();
    project
}

#[test]
fn only_generate_overwrites_what_was_edited_and_it_says_so() {
    let project = generated();
    let text = project.read(MODULE);
    project.write(MODULE, text.replace("It failed.", "It failed, alas."));
    for command in [
        &["check"][..],
        &["parse"],
        &["lint"],
        &["names"],
        &["explain", "101"],
        &["diff", "docs-snapshot", "docs-snapshot"],
    ] {
        project.arkerr_reads(command);
    }
    let check = project.arkerr(&["check"]);
    assert_eq!(check.status, 1);
    assert!(
        check.stdout.contains("-    /// It failed, alas."),
        "{}",
        check.stdout
    );

    let run = project.arkerr(&["generate"]).succeeded();
    assert!(
        run.stdout.starts_with(&format!("updated {MODULE}\n")),
        "{}",
        run.stdout
    );
    assert_eq!(project.read(MODULE), text);
}

/// Why a run of the library that looks at a project, and then at what was done to it, ends.
#[track_caller]
fn refusal(project: &Project, meanwhile: impl FnOnce()) -> String {
    project.write(
        "docs-snapshot/a-error-code.html",
        page(101, "It has failed."),
    );
    project.write(
        "docs-snapshot/b-error-code.html",
        page(102, "It was denied."),
    );
    let opened = arkerr::Project::open(project.path("")).expect("it can be opened");
    let analysis = opened.analyse().expect("it can be looked at");
    meanwhile();
    let before = project.tree();
    let error = opened
        .carry_out(&analysis)
        .expect_err("something is in the way");
    assert_eq!(project.tree(), before, "something was written: {error}");
    error.to_string()
}

#[test]
fn an_edit_in_the_meantime_is_not_overwritten() {
    let project = generated();
    let said = refusal(&project, || project.write(MODULE, "// mine"));
    assert_eq!(
        said,
        format!("{MODULE}: error[output]: the file has changed since arkerr looked at it")
    );
}

#[test]
fn a_file_that_appears_in_the_meantime_is_not_overwritten() {
    let project = generated();
    let place = "generated/rust/b_error_code.rs";
    let said = refusal(&project, || project.write(place, "// mine"));
    assert_eq!(
        said,
        format!("{place}: error[output]: the file has changed since arkerr looked at it")
    );
}

#[test]
fn names_that_a_person_gives_in_the_meantime_are_kept() {
    let project = generated();
    let names = project.read("names.toml").replace("FAILED", "BROKEN");
    let said = refusal(&project, || project.write("names.toml", names));
    assert_eq!(
        said,
        "names.toml: error[output]: the file has changed since arkerr looked at it"
    );
}

#[test]
fn a_file_that_somebody_else_has_deleted_in_the_meantime_is_no_error() {
    let project = generated();
    project.write(
        "docs-snapshot/b-error-code.html",
        page(102, "It was denied."),
    );
    project.arkerr(&["generate"]).succeeded();
    project.remove("docs-snapshot/b-error-code.html");
    let opened = arkerr::Project::open(project.path("")).expect("it can be opened");
    let analysis = opened.analyse().expect("it can be looked at");
    project.remove("generated/rust/b_error_code.rs");
    opened.carry_out(&analysis).expect("there is less to do");
    project.arkerr(&["check"]).succeeded();
}

#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_in_the_meantime_is_not_followed() {
    for folder in ["generated", "generated/rust"] {
        let project = generated();
        let outside = Project::empty();
        for (path, bytes) in project.tree() {
            if let Some(path) = path.strip_prefix(folder) {
                outside.write(path.trim_start_matches('/'), bytes);
            }
        }
        let before = outside.tree();
        let said = refusal(&project, || {
            let path = project.path(folder);
            fs::remove_dir_all(&path).expect("the folder can be deleted");
            std::os::unix::fs::symlink(outside.path(""), path).expect("the link can be made");
        });
        assert_eq!(
            said,
            format!("{folder}: error[outside-project]: a link leads out of the project")
        );
        assert_eq!(outside.tree(), before);
    }
}

#[test]
fn a_file_in_the_place_of_a_new_one_is_in_the_way() {
    let project = generated();
    project.write(
        "docs-snapshot/b-error-code.html",
        page(102, "It was denied."),
    );
    let place = "generated/rust/b_error_code.rs";
    project.write(place, "// mine");
    for command in ["generate", "check"] {
        let run = project.arkerr_reads(&[command]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert_eq!(
            run.stderr,
            format!(
                "error[output]: the file is in the way: arkerr did not make it\n\
                 --> {place}\n \
                 = help: move it, or name another folder as `output` in arkerr.toml\n\n"
            )
        );
    }
}
