//! Files that are not what arkerr saw a moment ago.

use super::page;
use crate::common::Project;

const MODULE: &str = "generated/rust/a_error_code.rs";

fn generated() -> Project {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.arkerr(&["generate"]).succeeded();
    project
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
        .write(&analysis)
        .expect_err("something is in the way");
    assert_eq!(project.tree(), before, "something was written: {error}");
    error.to_string()
}

#[test]
fn an_edit_in_the_meantime_is_not_overwritten() {
    let project = generated();
    let said = refusal(&project, || project.write(MODULE, "// mine"));
    assert!(
        said.starts_with(&format!("{MODULE}: error[output]")),
        "{said}"
    );
}

/// What was a folder or a file when arkerr looked leads to something hidden when it writes.
#[cfg(unix)]
#[test]
fn a_link_in_the_meantime_is_not_followed() {
    for (path, target) in [
        ("generated", ".git"),
        ("generated/rust", "../.git"),
        ("generated/rust", "../../outside"),
        ("generated/json", "rust"),
        ("names.toml", ".git/config"),
    ] {
        let project = generated();
        project.write(".git/config", "[core]\n");
        let said = refusal(&project, || {
            let place = project.path(path);
            let _ = std::fs::remove_file(&place);
            let _ = std::fs::remove_dir_all(&place);
            std::os::unix::fs::symlink(target, place).expect("a link");
        });
        assert!(said.starts_with(path), "{path}: {said}");
    }
}

#[test]
fn names_that_a_person_gives_in_the_meantime_are_kept() {
    let project = generated();
    let names = project.read("names.toml").replace("FAILED", "BROKEN");
    let said = refusal(&project, || project.write("names.toml", names));
    assert!(said.starts_with("names.toml: error[output]"), "{said}");
}
