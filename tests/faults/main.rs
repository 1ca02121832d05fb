//! What happens to a project when something goes wrong: a run is killed, a disk is full, a file is
//! not what it was a moment ago, a link leads elsewhere, somebody else is at work.
//!
//! No file is ever half written or lost, files that are not arkerr's stay as they are, and the next
//! run mends everything.

// What was passed over is for people to read.
#![allow(clippy::print_stderr)]

#[path = "../common/mod.rs"]
mod common;
#[cfg(target_os = "linux")]
mod disk;
mod edits;
#[cfg(target_os = "linux")]
mod errors;
#[cfg(target_os = "linux")]
mod kill;
#[cfg(unix)]
mod links;
#[cfg(unix)]
mod turns;

use std::collections::{BTreeMap, BTreeSet};

use common::Project;

type Tree = BTreeMap<String, Vec<u8>>;

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

    /// Every file is what it was or what it will be.
    #[track_caller]
    fn assert_whole(&self, project: &Project, when: &str) {
        let now = tree(project);
        let paths = self.before.keys().chain(self.after.keys());
        let paths: BTreeSet<&String> = paths.chain(now.keys()).collect();
        for path in paths {
            let [before, after, now] = [&self.before, &self.after, &now].map(|tree| tree.get(path));
            assert!(now == before || now == after, "{when}: {path} is neither");
        }
    }

    /// There is one snapshot, of the old page or the new one, which can be read.
    #[track_caller]
    fn assert_one_snapshot(&self, project: &Project, when: &str) {
        let of = |tree: &Tree| -> Vec<Vec<u8>> {
            let snapshots = tree
                .iter()
                .filter(|(path, _)| path.starts_with("docs-snapshot"));
            snapshots.map(|(_, bytes)| bytes.clone()).collect()
        };
        let [before, after, now] = [&self.before, &self.after, &tree(project)].map(of);
        assert!(
            now == before || now == after,
            "{when}: {} snapshots",
            now.len()
        );
        let run = project.arkerr(&["parse"]);
        assert_eq!(run.status, 0, "{when}: {run:#?}");
    }

    /// As [`Case::assert_whole`]; says whether the run is done.
    #[track_caller]
    fn is_done(&self, project: &Project, when: &str) -> bool {
        self.assert_whole(project, when);
        tree(project) == self.after
    }

    /// The run does all there is to do, and leaves nothing behind.
    #[track_caller]
    fn assert_mended(&self, project: &Project, when: &str) {
        let run = project.arkerr(self.arguments);
        assert_eq!(run.status, 0, "{when}: {run:#?}");
        assert_eq!(left(project), Vec::<String>::new(), "{when}");
        let differing = differing(&project.tree(), &self.after);
        assert_eq!(differing, Vec::<String>::new(), "{when}");
    }
}

/// The files in which two states differ.
fn differing(one: &Tree, other: &Tree) -> Vec<String> {
    let paths = one.keys().chain(other.keys()).collect::<BTreeSet<_>>();
    let differing = paths
        .into_iter()
        .filter(|path| one.get(*path) != other.get(*path));
    differing.cloned().collect()
}

/// The files of a project, those aside that wait to be moved.
fn tree(project: &Project) -> Tree {
    let mut tree = project.tree();
    tree.retain(|path, _| !path.contains(".arkerr-tmp-"));
    tree
}

/// What is there for staging, folders included.
fn left(project: &Project) -> Vec<String> {
    let entries = walkdir::WalkDir::new(project.path("")).into_iter();
    let names = entries.map(|entry| entry.expect("it can be read").path().display().to_string());
    names.filter(|name| name.contains(".arkerr-tmp-")).collect()
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

/// A project without outputs.
fn first() -> Case {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['typescript', 'json']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.write("generated/mine.txt", "mine");
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

fn rename() -> Case {
    let project = Project::empty();
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.arkerr(&["names", "record"]).succeeded();
    Case::of(
        &project,
        &["names", "rename", "a-error-code", "101", "BROKEN"],
    )
}

fn init() -> Case {
    let project = Project::empty();
    project.write("mine.txt", "mine");
    Case::of(&project, &["init", "--ci", "gitlab"])
}
