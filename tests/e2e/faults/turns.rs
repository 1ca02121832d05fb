//! Several runs at once.

use std::fs;
use std::process::{Child, Stdio};

use super::page;
use crate::common::{Project, Run};

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
            assert_eq!(ended(child).status, 0);
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
