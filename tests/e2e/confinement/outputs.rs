//! Links and pipes in the place of outputs. `check` shows what differs, so that what a link leads to
//! would be in the log.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use super::Neighbours;

impl Neighbours {
    /// A project with outputs, whose list names another one that is left over, and the place of one
    /// of them, in which there is nothing.
    fn with_place(path: &str) -> (Self, PathBuf) {
        let neighbours = Self::new();
        neighbours.does(&["generate"]);
        let list = "project/generated/.arkerr-files";
        let owned = neighbours.folder.read(list);
        let owned = format!("{owned}rust/left_over.rs\n");
        neighbours.folder.write(list, owned);
        let place = neighbours.folder.path(&format!("project/{path}"));
        let _ = fs::remove_file(&place);
        (neighbours, place)
    }
}

/// A stranger's branch can put a link in the place of an output, and own it by the list: then
/// the difference to what the link leads to would be shown in the log.
#[test]
fn outputs_that_lead_out_are_not_read() {
    for (path, to) in [
        (
            "generated/json/catalog.json",
            "../../../outside/secret.tera",
        ),
        ("generated/rust/mod.rs", "../../../outside/secret.tera"),
        (
            "generated/rust/left_over.rs",
            "../../../outside/secret.tera",
        ),
        ("generated/rust/mod.rs", "/dev/zero"),
        ("generated/.arkerr-files", "../../outside/secret.tera"),
        ("generated/.arkerr-files", "/dev/zero"),
    ] {
        let (neighbours, place) = Neighbours::with_place(path);
        symlink(to, place).expect("a link");
        for command in ["check", "generate"] {
            let run = neighbours.refuses(&[command], "outside-project");
            assert!(run.stderr.contains(&format!("--> {path}\n")), "{run:#?}");
        }
    }
}

/// In `.git` there may be what only git may know.
#[test]
fn an_output_that_leads_to_something_hidden_is_not_read() {
    let (neighbours, place) = Neighbours::with_place("generated/rust/mod.rs");
    let secret = "Sentinel of the neighbours.\n";
    neighbours.folder.write("project/.git/config", secret);
    symlink("../../.git/config", place).expect("a link");
    for command in ["check", "generate"] {
        let run = neighbours.arkerr(&[command]);
        assert_eq!(run.status, 2, "{run:#?}");
        let message = "it is a link to something hidden";
        assert!(run.stderr.contains(message), "{run:#?}");
        assert!(!format!("{run:?}").contains("entinel"), "{run:#?}");
    }
}

#[test]
fn a_pipe_in_the_place_of_an_output_is_not_read() {
    for path in [
        "generated/rust/mod.rs",
        "generated/rust/left_over.rs",
        "generated/.arkerr-files",
    ] {
        let (neighbours, place) = Neighbours::with_place(path);
        let made = Command::new("mkfifo").arg(&place).status();
        assert!(made.is_ok_and(|made| made.success()), "{path}");
        for command in ["check", "generate"] {
            let run = neighbours.arkerr(&[command]);
            assert_eq!(run.status, 2, "{run:#?}");
            let reason = "the file cannot be read: it is a pipe or a device, and no file";
            assert!(run.stderr.contains(reason), "{run:#?}");
        }
    }
}

#[test]
fn records_that_lead_out_are_not_read() {
    let neighbours = Neighbours::new();
    neighbours.does(&["generate"]);
    let catalog = neighbours
        .folder
        .path("project/generated/json/catalog.json");
    let text = fs::read_to_string(&catalog).expect("the records are there");
    let text = text.replace("Permission denied.", "Sentinel of the neighbours.");
    neighbours.folder.write("outside/catalog.json", text);
    fs::remove_file(&catalog).expect("it is removed");
    symlink("../../../outside/catalog.json", &catalog).expect("a link");
    let run = neighbours.arkerr(&["explain", "401"]);
    assert!(run.stderr.contains("error[outside-project]"), "{run:#?}");
    assert!(!run.stdout.contains("Sentinel"), "{run:#?}");
}

/// Neither the list of an output folder that lies elsewhere is read, nor what is in it written.
#[test]
fn output_folders_that_lead_out_are_refused() {
    for (path, to) in [
        ("generated", "../outside"),
        ("generated/rust", "../../outside"),
    ] {
        let neighbours = Neighbours::with_links(&[(path, to)]);
        let list = "../Sentinel of the neighbours.\n";
        neighbours.folder.write("outside/.arkerr-files", list);
        neighbours
            .folder
            .write("outside/mod.rs", "// Sentinel of the neighbours.");
        for command in ["check", "generate"] {
            neighbours.refuses(&[command], "outside-project");
        }
    }
}

#[test]
fn a_link_that_leads_nowhere_is_in_the_way() {
    for path in [
        "generated",
        "generated/rust",
        "generated/rust/mod.rs",
        "names.toml",
    ] {
        let neighbours = Neighbours::with_links(&[(path, "nowhere")]);
        let run = neighbours.arkerr(&["generate"]);
        assert_eq!(run.status, 2, "{path}: {run:#?}");
        assert!(run.stderr.contains(path), "{path}: {run:#?}");
        let place = neighbours.folder.path(&format!("project/{path}"));
        assert!(fs::symlink_metadata(place).is_ok_and(|data| data.is_symlink()));
    }
}

#[test]
fn folders_that_lead_elsewhere_in_the_project_are_followed() {
    let neighbours = Neighbours::with_links(&[("generated", "build")]);
    let folder = &neighbours.folder;
    fs::create_dir(folder.path("project/build")).expect("a folder");
    neighbours.does(&["generate"]);
    assert!(folder.path("project/build/rust/mod.rs").exists());
    neighbours.does(&["check"]);
}

/// What a link in the place of an output leads to is somebody's; the file takes the place of the link.
#[test]
fn a_file_takes_the_place_of_a_link_to_one() {
    let (neighbours, place) = Neighbours::with_place("generated/rust/mod.rs");
    let edited = "// Generated by arkerr, do not edit. Edited.\n";
    neighbours.folder.write("project/kept/mod.rs", edited);
    symlink("../../kept/mod.rs", &place).expect("a link");
    neighbours.does(&["generate"]);
    assert_eq!(neighbours.folder.read("project/kept/mod.rs"), edited);
    assert!(fs::symlink_metadata(place).is_ok_and(|data| data.is_file()));
    neighbours.does(&["check"]);
}
