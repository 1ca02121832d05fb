//! Several runs at once.

use std::fs;
#[cfg(feature = "fetch")]
use std::io::Read;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use arkerr::output::Lock;

#[cfg(feature = "fetch")]
use super::common::server::{self, Site};
use super::common::{Project, Run};
use super::page;

const WAITING: &str = "waiting for another arkerr that is at work in this folder\n";

fn project() -> Project {
    let project = Project::empty();
    project.write("arkerr.toml", "targets = ['rust', 'json', 'markdown']\n");
    project.write("docs-snapshot/a-error-code.html", page(101, "It failed."));
    project.arkerr(&["generate"]).succeeded();
    project
}

fn spawn(project: &Project, arguments: &[&str]) -> Child {
    let mut command = project.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("arkerr can be started")
}

/// Replaces a page in one step, as those who save pages should: others may be reading it.
fn replace(project: &Project, path: &str, text: &str) {
    project.write("page", text);
    fs::rename(project.path("page"), project.path(path)).expect("it can be moved");
}

fn ended(child: Child) -> Run {
    Run::of(&child.wait_with_output().expect("arkerr ends"))
}

/// A run that has said that it waits for its turn, and what it says from then on.
#[track_caller]
fn waiting(project: &Project, arguments: &[&str]) -> (Child, impl BufRead + use<>) {
    let mut child = spawn(project, arguments);
    let mut line = String::new();
    let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
    said.read_line(&mut line).expect("it can be read");
    assert_eq!(line, WAITING, "{arguments:?}");
    assert!(child.try_wait().expect("it can be asked").is_none());
    (child, said)
}

#[test]
fn a_run_waits_for_one_that_writes_and_says_so() {
    for arguments in [
        &["generate"][..],
        &["check"],
        &["names", "rename", "a-error-code", "101", "BROKEN"],
    ] {
        let project = project();
        let lock = Lock::exclusive(&project.path(""), || panic!("nobody else is there"));
        let (child, _said) = waiting(&project, arguments);
        // What it reads is what is there when its turn has come.
        project.write("arkerr.toml", "targets = ['rust', 'json', 'markdown']\n\n");
        drop(lock);
        let run = ended(child);
        assert_eq!(run.status, 0, "{arguments:?}: {run:#?}");
    }
}

/// Whoever looks at the snapshots sees those before or those after, although the site is asked
/// whenever it likes. What is fetched is compared with what is there when the turn has come.
#[cfg(feature = "fetch")]
#[test]
fn pages_are_saved_while_nobody_else_is_at_work() {
    let site = Site::new();
    let (id, title) = ("errorcode-scan", "扫码错误码");
    site.has(id, title, &[("401", "Fetched"), ("402", "Newer")]);
    for arguments in [&["fetch"][..], &["update"]] {
        let project = server::project(&site.server.settings());
        project.arkerr(&["generate"]).succeeded();
        let before = project.tree();
        let lock = Lock::shared(&project.path(""), || panic!("nobody else is there"));
        let (child, mut said) = waiting(&project, arguments);
        assert_eq!(site.server.asked().pop().expect("it asks").id(), id);
        assert_eq!(project.tree(), before, "{arguments:?}");
        // By the time of its turn the code 402 is known.
        let known = server::page(title, &[("401", "Old"), ("402", "Known")]);
        replace(
            &project,
            "docs-snapshot/errorcode-scan.json",
            &known.to_string(),
        );
        drop(lock);
        let run = ended(child);
        let mut stderr = String::new();
        said.read_to_string(&mut stderr).expect("it can be read");
        assert_eq!(run.status, 0, "{arguments:?}: {run:#?}: {stderr}");
        let changed = "changed docs-snapshot/errorcode-scan.html\n";
        assert!(run.stdout.starts_with(changed), "{run:#?}");
        assert!(!run.stdout.contains("new codes"), "{run:#?}");
        let saved = project.read("docs-snapshot/errorcode-scan.html");
        assert!(saved.contains("Fetched"), "{saved}");
    }
}

/// A dry run reads, as others may at the same time.
#[cfg(feature = "fetch")]
#[test]
fn a_fetch_that_writes_nothing_keeps_nobody_waiting() {
    let site = Site::new();
    site.has("errorcode-scan", "扫码错误码", &[("401", "Fetched")]);
    let project = server::project(&site.server.settings());
    let lock = Lock::shared(&project.path(""), || panic!("nobody else is there"));
    let run = project.arkerr_reads(&["-q", "fetch", "--dry-run"]);
    run.succeeded();
    drop(lock);
}

#[test]
fn those_who_read_do_not_wait_for_each_other() {
    let project = project();
    let lock = Lock::shared(&project.path(""), || panic!("nobody else is there"));
    project.arkerr(&["check"]).succeeded();
    project.arkerr(&["parse"]).succeeded();
    let child = spawn(&project, &["-q", "generate"]);
    drop(lock);
    assert_eq!(ended(child).status, 0);
}

/// The last run of several has seen the last state of the pages, whatever order they are in.
#[test]
fn runs_that_saw_different_pages_leave_no_mixture() {
    let project = project();
    for round in 0..5 {
        let children: Vec<Child> = (0..4)
            .map(|run| {
                let message = format!("It failed in round {round} for {run}.");
                let path = format!("docs-snapshot/{}-error-code.html", ["a", "b"][run % 2]);
                let text = page(101 + u32::from(run % 2 == 1), &message);
                replace(&project, &path, &text);
                spawn(&project, &["-q", "generate"])
            })
            .collect();
        for child in children {
            let run = ended(child);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:#?}");
        }
        project.arkerr(&["check"]).succeeded();
    }
}

/// A check that is made while the outputs are written sees those before or those after.
#[test]
fn a_check_sees_no_outputs_that_are_half_done() {
    let project = project();
    for round in 0..8 {
        let text = page(101, &format!("It failed in round {round}."));
        replace(&project, "docs-snapshot/a-error-code.html", &text);
        let before = project.arkerr(&["check"]).stdout;
        let [generate, check] = ["generate", "check"].map(|command| spawn(&project, &[command]));
        let check = ended(check);
        assert_eq!(ended(generate).status, 0);
        assert!(check.status == 0 || check.stdout == before, "{check:#?}");
        project.arkerr(&["check"]).succeeded();
    }
}
