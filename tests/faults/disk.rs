//! File systems that are small, or not to be written.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::common::{Project, tools};
use super::{left, page};

/// A small file system in the memory, in a folder of a project, until it is dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// Makes one. None, and a line that says so, where that is not allowed, but in continuous
    /// integration.
    #[track_caller]
    fn new(project: &Project, folder: &str, kilobytes: usize) -> Option<Self> {
        let path = project.path(folder);
        fs::create_dir_all(&path).expect("the folder can be made");
        let size = format!("size={kilobytes}k");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "arkerr"])
            .arg(&path);
        if mount.output().is_ok_and(|output| output.status.success()) {
            return Some(Self(path));
        }
        assert!(!tools::is_ci(), "a file system can be mounted");
        eprintln!("passed over, since no file system can be mounted: run it as root");
        None
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
    let Some(_disk) = Mounted::new(&project, "disk", 1024) else {
        return;
    };
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
    for words in [
        "No space left on device",
        "generated/",
        "make room on the disk, and run the command again",
    ] {
        assert!(run.stderr.contains(words), "{words} in {}", run.stderr);
    }
    assert_eq!(project.tree(), pages);
    assert_eq!(left(&project), Vec::<String>::new());

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
    let Some(disk) = Mounted::new(&project, "generated", 1024) else {
        return;
    };
    project.arkerr(&["generate"]).succeeded();
    write_pages(&project, ".", 3, "It has failed.");
    disk.make_read_only();
    let before = project.tree();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    let message = "cannot write to the folder `generated";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(
        run.stderr.contains("Read-only file system"),
        "{}",
        run.stderr
    );
    assert_eq!(project.tree(), before);
    assert_eq!(left(&project), Vec::<String>::new());
    // What is only read can be compared.
    assert_eq!(project.arkerr(&["check"]).status, 1);
}

/// A folder of the project may be a drive of its own, to which nothing can be moved from outside.
#[test]
fn folders_may_be_drives_of_their_own() {
    let project = Project::empty();
    let Some(_snapshots) = Mounted::new(&project, "docs-snapshot", 1024) else {
        return;
    };
    let _modules = Mounted::new(&project, "generated/rust", 1024);
    write_pages(&project, "saved", 1, "It failed.");
    let saved = "saved/docs-snapshot/p0-error-code.html";
    for _ in 0..2 {
        project.arkerr(&["-q", "import", saved]).succeeded();
        project.arkerr(&["-q", "generate"]).succeeded();
        project.arkerr(&["check"]).succeeded();
        write_pages(&project, "saved", 1, "It has failed.");
    }
    assert_eq!(left(&project), Vec::<String>::new());
}
