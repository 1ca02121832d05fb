//! What happens to a project when something goes wrong: a run is killed, a disk is full, a file
//! changes meanwhile, several runs start at once.
//!
//! Each file is the old one or the new one at every moment, files that are not arkerr's stay as they
//! are, and running again finishes the work.

#[cfg(target_os = "linux")]
mod disk;
mod edits;
#[cfg(target_os = "linux")]
mod kill;
mod turns;

use std::collections::{BTreeMap, BTreeSet};

use crate::common::Project;

type Tree = BTreeMap<String, Vec<u8>>;

/// What is in the name of a temporary file.
const TEMPORARY: &str = ".arkerr-tmp-";

/// What a run is to do, and what a project is before and after it.
struct Case {
    arguments: &'static [&'static str],
    before: Tree,
    after: Tree,
}

impl Case {
    /// The case of a project that is made ready.
    #[track_caller]
    fn of(project: &Project, arguments: &'static [&'static str]) -> Self {
        let before = project.tree();
        assert_eq!(project.arkerr(arguments).status, 0);
        let after = project.tree();
        assert_ne!(before, after, "there is something to do");
        Self {
            arguments,
            before,
            after,
        }
    }

    /// The project as it is before.
    fn project(&self) -> Project {
        let project = Project::empty();
        for (path, bytes) in &self.before {
            project.write(path, bytes);
        }
        project
    }

    /// Every file that a user knows is what it was or what it will be.
    #[track_caller]
    fn assert_whole(&self, project: &Project, when: &str) {
        let now = project.tree();
        let paths: BTreeSet<&String> = self.before.keys().chain(self.after.keys()).collect();
        for path in paths {
            let [before, after, now] = [&self.before, &self.after, &now].map(|tree| tree.get(path));
            assert!(now == before || now == after, "{when}: {path} is neither");
        }
    }

    /// Running again does what is left to do. Only temporary files may stay.
    #[track_caller]
    fn assert_finished(&self, project: &Project, when: &str) {
        let run = project.arkerr(self.arguments);
        assert_eq!(run.status, 0, "{when}: {run:#?}");
        let mut now = project.tree();
        now.retain(|path, _| !path.contains(TEMPORARY));
        assert!(now.keys().eq(self.after.keys()), "{when}: {:?}", now.keys());
        for (path, bytes) in &self.after {
            assert!(now[path] == *bytes, "{when}: {path}");
        }
    }
}

/// A page with one code.
fn page(code: u32, message: &str) -> String {
    format!(
        "<h1>Page {code}</h1>\n<h2>{code} Failed</h2>\n<p><strong>Error Message</strong></p>\n<p>{message}</p>\n"
    )
}

/// A project whose next outputs change, create and delete files of all kinds: with and without a
/// word about arkerr in them, in old and in new folders.
fn update() -> Case {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'markdown']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.write(
        "docs-snapshot/b-error-code.html",
        page(102, "It was denied."),
    );
    project.write("generated/mine.txt", "mine");
    project.write("generated/rust/mine.rs", "// mine");
    project.arkerr(&["generate"]).succeeded();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    project.write(
        "docs-snapshot/a-error-code.html",
        page(101, "It has failed."),
    );
    project.remove("docs-snapshot/b-error-code.html");
    project.write("docs-snapshot/c-error-code.html", page(103, "It is gone."));
    Case::of(&project, &["generate"])
}

/// An update of the outputs that is told in a changelog.
fn told() -> Case {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.write("CHANGES.md", "# Mine\n");
    project.arkerr(&["generate"]).succeeded();
    project.write(
        "docs-snapshot/a-error-code.html",
        page(101, "It has failed."),
    );
    let case = Case::of(
        &project,
        &[
            "generate",
            "--changelog",
            "CHANGES.md",
            "--date",
            "2026-11-25",
        ],
    );
    assert_ne!(case.before["CHANGES.md"], case.after["CHANGES.md"]);
    case
}

/// A project with many pages, each of which has changed.
fn large() -> Case {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    let write = |message| {
        for number in 0..36 {
            let path = format!("docs-snapshot/p{number}-error-code.html");
            project.write(&path, page(100 + number, message));
        }
    };
    write("It failed.");
    project.arkerr(&["generate"]).succeeded();
    write("It has failed.");
    Case::of(&project, &["generate"])
}

/// An import of a page that has a snapshot with another ending.
fn import() -> Case {
    let project = Project::empty();
    let old = serde_json::json!({"code": 0, "value": {
        "content": {"content": "<p>T</p><h2>101 Failed</h2><p>Error Message</p><p>It failed.</p>"},
        "title": "Page 101",
    }});
    project.write("docs-snapshot/a-error-code.json", old.to_string());
    project.write("saved/a-error-code.html", page(101, "It has failed."));
    Case::of(&project, &["import", "saved/a-error-code.html"])
}
