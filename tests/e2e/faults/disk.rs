//! File systems that are small, or not to be written.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::page;
use crate::common::{Project, Run};

/// A small file system in the memory, in a folder of a project, until it is dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// Makes one. The tests have to run as root for it.
    #[track_caller]
    fn new(project: &Project, folder: &str, kilobytes: usize) -> Self {
        let path = project.path(folder);
        fs::create_dir_all(&path).expect("the folder can be made");
        let size = format!("size={kilobytes}k");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "arkerr"])
            .arg(&path);
        let is_mounted = mount.status().is_ok_and(|status| status.success());
        assert!(
            is_mounted,
            "only root can mount file systems, or: -- --skip disk"
        );
        Self(path)
    }

    #[track_caller]
    fn make_read_only(&self) {
        let mut mount = Command::new("mount");
        let status = mount.args(["-o", "remount,ro"]).arg(&self.0).status();
        assert!(status.is_ok_and(|status| status.success()));
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// A project with so many pages.
fn write_pages(project: &Project, folder: &str, count: u32, message: &str) {
    for number in 0..count {
        let path = format!("{folder}/docs-snapshot/p{number}-error-code.html");
        project.write(&path, page(100 + number, message));
    }
}

#[test]
fn a_disk_that_fills_up_keeps_the_old_outputs() {
    let project = Project::empty();
    let _disk = Mounted::new(&project, "disk", 1024);
    let generate = ["-C", "disk", "generate"];
    write_pages(&project, "disk", 2, "It failed.");
    project.arkerr(&generate).succeeded();
    let before = project.tree();
    write_pages(
        &project,
        "disk",
        40,
        "It has failed, and says so at some length.",
    );
    let pages = project.tree();

    let run = project.arkerr(&generate);
    assert_eq!(run.status, 2, "{run:#?}");
    for words in ["No space left on device", "generated/"] {
        assert!(run.stderr.contains(words), "{words} in {}", run.stderr);
    }
    assert_eq!(project.tree(), pages);

    for number in 2..40 {
        project.remove(&format!("disk/docs-snapshot/p{number}-error-code.html"));
    }
    write_pages(&project, "disk", 2, "It failed.");
    project.arkerr(&generate).succeeded();
    assert_eq!(project.tree(), before);
}

#[test]
fn outputs_that_cannot_be_written_keep_the_names_as_they_were() {
    let project = Project::empty();
    write_pages(&project, ".", 2, "It failed.");
    let disk = Mounted::new(&project, "generated", 1024);
    project.arkerr(&["generate"]).succeeded();
    write_pages(&project, ".", 3, "It has failed.");
    disk.make_read_only();
    let before = project.tree();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(
        run.stderr.contains("Read-only file system"),
        "{}",
        run.stderr
    );
    assert_eq!(project.tree(), before);
    // What is only read can be compared.
    assert_eq!(project.arkerr(&["check"]).status, 1);
}

/// A folder of the project may be a drive of its own, to which nothing can be moved from outside.
#[test]
fn folders_may_be_drives_of_their_own() {
    let project = Project::empty();
    let _snapshots = Mounted::new(&project, "docs-snapshot", 1024);
    let _modules = Mounted::new(&project, "generated/rust", 1024);
    write_pages(&project, "saved", 1, "It failed.");
    let saved = "saved/docs-snapshot/p0-error-code.html";
    for _ in 0..2 {
        project.arkerr(&["-q", "import", saved]).succeeded();
        project.arkerr(&["-q", "generate"]).succeeded();
        project.arkerr(&["check"]).succeeded();
        write_pages(&project, "saved", 1, "It has failed.");
    }
}

#[test]
fn where_one_folder_cannot_be_written_nothing_is() {
    let set_mode = |path: &Path, mode: u32| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(path, permissions).expect("the mode can be set");
    };
    for locked in ["generated", "generated/rust"] {
        let project = Project::seed();
        project.arkerr(&["generate"]).succeeded();
        let config = project.read("arkerr.toml");
        project.write(
            "arkerr.toml",
            config.replace("Core Vision Kit", "Another Kit"),
        );
        project.remove("generated/.gitattributes");
        for folder in [
            "",
            "generated",
            "generated/arkts",
            "generated/html",
            "generated/json",
            "generated/markdown",
        ] {
            set_mode(&project.path(folder), 0o777);
        }
        set_mode(&project.path(locked), 0o555);

        let mut command = project.command(&["generate"]);
        if fs::metadata(project.path(""))
            .expect("there is a project")
            .uid()
            == 0
        {
            // Nothing is read-only to root: another user has to try, with a binary in reach.
            let binary = project.path("arkerr");
            fs::copy(crate::arkerr(), &binary).expect("the binary can be copied");
            command = Command::new(binary);
            command
                .arg("generate")
                .current_dir(project.path(""))
                .uid(65534)
                .gid(65534);
        }
        let before = project.tree();
        let run = Run::of(&command.output().expect("arkerr can be started"));
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(locked), "{}", run.stderr);
        assert_eq!(project.tree(), before);
        set_mode(&project.path(locked), 0o755);
    }
}
