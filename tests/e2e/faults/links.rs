//! Links in the place of folders and files that arkerr writes.

use std::fs;
use std::os::unix::fs::symlink;

use crate::common::Project;
use super::page;

/// A project in a folder, with another folder beside it.
fn beside() -> Project {
    let project = Project::empty();
    project.write("app/arkerr.toml", "targets = ['rust', 'json']\n");
    project.write(
        "app/docs-snapshot/a-error-code.html",
        page(101, "It failed."),
    );
    project.write("outside/rust/mod.rs", "// outside");
    project
}

/// Makes a link, in the place of whatever is there.
fn link(project: &Project, from: &str, to: &str) {
    let from = project.path(from);
    if from.is_dir() {
        fs::remove_dir_all(&from).expect("the folder can be deleted");
    } else if from.exists() {
        fs::remove_file(&from).expect("the file can be deleted");
    }
    fs::create_dir_all(from.parent().expect("it has a folder")).expect("folders");
    symlink(to, from).expect("the link can be made");
}

/// Neither command does anything, for this reason.
#[track_caller]
fn assert_refused(project: &Project, reason: &str) {
    for command in ["generate", "check"] {
        let run = project.arkerr_reads(&["-C", "app", command]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
    }
}

#[test]
fn an_output_folder_that_leads_out_of_the_project_is_refused() {
    let project = beside();
    link(&project, "app/generated", "../outside");
    assert_refused(&project, "leads out of the project");

    // In the place of outputs that there were, too.
    let project = beside();
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    fs::rename(project.path("app/generated"), project.path("moved")).expect("it can be moved");
    symlink("../moved", project.path("app/generated")).expect("the link can be made");
    project.write(
        "app/docs-snapshot/a-error-code.html",
        page(101, "It has failed."),
    );
    assert_refused(&project, "leads out of the project");
}

#[test]
fn a_folder_below_that_leads_out_of_the_project_is_refused() {
    let project = beside();
    link(&project, "app/generated/rust", "../../outside/rust");
    assert_refused(&project, "leads out of the project");
}

#[test]
fn a_folder_that_leads_to_other_outputs_is_refused() {
    for to in ["json", ".", "..", "../generated"] {
        let project = beside();
        project.arkerr(&["-C", "app", "generate"]).succeeded();
        link(&project, "app/generated/rust", to);
        assert_refused(&project, "a link leads to another place among the outputs");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_in_the_way() {
    for place in ["generated", "generated/rust", "generated/rust/mod.rs"] {
        let project = beside();
        link(&project, &format!("app/{place}"), "nowhere");
        assert_refused(&project, "it is a link that leads nowhere");
        let place = project.path(&format!("app/{place}"));
        assert!(fs::symlink_metadata(place).is_ok_and(|data| data.is_symlink()));
    }
}

#[test]
fn links_within_the_project_are_followed() {
    let project = beside();
    fs::create_dir_all(project.path("app/build/rust")).expect("folders");
    link(&project, "app/generated", "build");
    link(&project, "app/build/json", "../records");
    fs::create_dir(project.path("app/records")).expect("the folder can be made");
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    assert!(project.path("app/build/rust/mod.rs").exists());
    assert!(project.path("app/records/catalog.json").exists());
    project.arkerr(&["-C", "app", "check"]).succeeded();

    // Nothing of a folder that a link leads to is taken for a file that is left over.
    let module = project.read("app/build/rust/mod.rs");
    project.write("app/records/other.rs", module);
    project.arkerr(&["-C", "app", "check"]).succeeded();

    project.write("app/arkerr.toml", "targets = ['rust']\n");
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    assert!(!project.path("app/records/catalog.json").exists());
    assert!(project.path("app/records/other.rs").exists());
}

/// What a link within the project leads to is somebody's; the file takes the place of the link.
#[test]
fn a_file_takes_the_place_of_a_link_to_one() {
    let project = beside();
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    let module = "app/generated/rust/mod.rs";
    let edited = project
        .read(module)
        .replace("Generated", "// Edited. Generated");
    project.write("app/kept/mod.rs", &edited);
    link(&project, module, "../../kept/mod.rs");
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    assert_eq!(project.read("app/kept/mod.rs"), edited);
    project.arkerr(&["-C", "app", "check"]).succeeded();
    let place = fs::symlink_metadata(project.path(module));
    assert!(place.is_ok_and(|data| data.is_file()));
}

#[test]
fn names_are_written_where_a_link_leads_within_the_project() {
    let project = beside();
    project.write("app/config/names.toml", "");
    link(&project, "app/names.toml", "config/names.toml");
    project.arkerr(&["-C", "app", "generate"]).succeeded();
    assert!(
        project
            .read("app/config/names.toml")
            .contains("a-error-code")
    );
    let place = fs::symlink_metadata(project.path("app/names.toml"));
    assert!(place.is_ok_and(|data| data.is_symlink()));
}

#[test]
fn names_outside_of_the_project_are_not_written() {
    for (to, reason) in [
        ("../outside/names.toml", "leads out of the project"),
        ("nowhere.toml", "it is a link that leads nowhere"),
    ] {
        let project = beside();
        project.write("outside/names.toml", "");
        link(&project, "app/names.toml", to);
        let run = project.arkerr_reads(&["-C", "app", "generate"]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
        assert!(run.stderr.contains("names.toml"), "{}", run.stderr);
    }
}

#[test]
fn snapshots_outside_of_the_project_are_not_written() {
    let project = beside();
    project.write("outside/pages/a-error-code.html", page(101, "It failed."));
    link(&project, "app/docs-snapshot", "../outside/pages");
    project.write("app/a-error-code.html", page(101, "It has failed."));
    let run = project.arkerr_reads(&["-C", "app", "import", "a-error-code.html"]);
    assert_eq!(run.status, 2, "{run:#?}");
    let reason = "leads out of the project";
    assert!(run.stderr.contains(reason), "{}", run.stderr);
}
