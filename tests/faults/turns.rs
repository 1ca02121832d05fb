//! Several runs at once.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use arkerr::plan::Turn;

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

#[test]
fn a_run_waits_for_one_that_writes_and_says_so() {
    for arguments in [
        &["generate"][..],
        &["check"],
        &["names", "rename", "a-error-code", "101", "BROKEN"],
    ] {
        let project = project();
        let turn = Turn::to_write(&project.path(""), || panic!("nobody else is there"));
        let mut child = spawn(&project, arguments);
        let mut line = String::new();
        let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
        said.read_line(&mut line).expect("it can be read");
        assert_eq!(line, WAITING, "{arguments:?}");
        assert!(child.try_wait().expect("it can be asked").is_none());
        // What it reads is what is there when its turn has come.
        project.write("arkerr.toml", "targets = ['rust', 'json', 'markdown']\n\n");
        drop(turn);
        let run = ended(child);
        assert_eq!(run.status, 0, "{arguments:?}: {run:#?}");
    }
}

#[test]
fn those_who_read_do_not_wait_for_each_other() {
    let project = project();
    let turn = Turn::to_read(&project.path(""), || panic!("nobody else is there"));
    project.arkerr(&["check"]).succeeded();
    project.arkerr(&["parse"]).succeeded();
    let child = spawn(&project, &["-q", "generate"]);
    drop(turn);
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
