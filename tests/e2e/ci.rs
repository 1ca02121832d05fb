//! The files that are ready-made for continuous integration: the readers of their hosts accept
//! them, and their scripts are sound.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::common::{Project, repository};
use crate::repository::{commit, git, init};
use crate::{node, tools};

const CHECK: &str = "docs/ci/github-check.yml";
const UPDATE: &str = "docs/ci/github-update.yml";
const GITLAB: &str = "docs/ci/gitlab-ci.yml";
const ACTION: &str = "action.yml";
const HOOKS: &str = ".pre-commit-hooks.yaml";

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).expect("there is such a file")
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&text(path)).expect("it is YAML")
}

/// The texts below a key, wherever it is in a file.
fn texts_below<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == key => found.push(text),
                    member => texts_below(member, key, found),
                }
            }
        }
        Value::Array(members) => {
            members
                .iter()
                .for_each(|member| texts_below(member, key, found));
        }
        _ => {}
    }
}

/// Every script that a host runs, and the file that has it.
fn scripts() -> Vec<(&'static str, String)> {
    let mut scripts = Vec::new();
    for path in [CHECK, UPDATE, ACTION] {
        let file = yaml(path);
        let mut found = Vec::new();
        texts_below(&file, "run", &mut found);
        scripts.extend(found.into_iter().map(|script| (path, script.to_owned())));
    }
    let job = &yaml(GITLAB)["arkerr-check"];
    for key in ["before_script", "script"] {
        let lines = job[key].as_array().expect("it is a list of lines").iter();
        let lines: Vec<&str> = lines.filter_map(Value::as_str).collect();
        scripts.push((GITLAB, lines.join("\n")));
    }
    scripts
}

/// What a reader of pipelines says of one: its status, and what it prints.
fn lint_gitlab(text: &str) -> (i32, String) {
    let project = Project::empty();
    init(&project);
    project.write(".gitlab-ci.yml", text);
    commit(&project, "Add a pipeline");
    let origin = ["remote", "add", "origin", "git@gitlab.example:team/app.git"];
    git(&project.path(""), &origin);
    let run = node::lint_ci("gitlab", &project.path(""));
    (run.status, run.stdout + &run.stderr)
}

#[test]
fn their_hosts_can_read_them() {
    for (kind, path) in [
        ("workflow", CHECK),
        ("workflow", UPDATE),
        ("action", ACTION),
    ] {
        node::lint_ci(kind, &repository(path)).succeeded();
    }
    let (status, printed) = lint_gitlab(&text(GITLAB));
    assert_eq!(status, 0, "{printed}");
    assert!(printed.contains("json schema validated"), "{printed}");
}

#[test]
fn mistakes_are_found() {
    let project = Project::empty();
    project.write(
        "changed.yml",
        text(UPDATE).replace("timeout-minutes", "timout-minutes"),
    );
    let run = node::lint_ci("workflow", &project.path("changed.yml"));
    assert!(
        run.status == 1 && run.stdout.contains("timout-minutes"),
        "{run:#?}"
    );
    let (status, printed) = lint_gitlab(&text(GITLAB).replace("interruptible", "interuptible"));
    assert!(status == 1 && printed.contains("interuptible"), "{printed}");
}

/// A title, a branch or a page must not become part of a script.
#[test]
fn scripts_are_sound_and_have_no_expressions() {
    let folder = Project::empty();
    let mut files = vec![repository("src/cli/init/pre-commit.sh")];
    for (number, (path, script)) in scripts().iter().enumerate() {
        assert!(!script.contains("${{"), "{path}: {script}");
        let file = format!("{number}.sh");
        // So do the hosts start them.
        folder.write(&file, format!("#!/bin/bash\nset -eo pipefail\n{script}"));
        files.push(folder.path(&file));
    }
    assert!(files.len() > 8, "{files:?}");
    let run = tools::run(Command::new("shellcheck").args(&files));
    assert_eq!(run.status, 0, "{}", run.stdout);
}

#[test]
fn workflows_have_the_least_rights() {
    let rights = |file: &Value| serde_json::to_string(&file["permissions"]).expect("it is JSON");
    assert_eq!(rights(&yaml(CHECK)), r#"{"contents":"read"}"#);
    assert_eq!(rights(&yaml(UPDATE)), "{}");
    assert_eq!(
        rights(&yaml(UPDATE)["jobs"]["update"]),
        r#"{"contents":"write","pull-requests":"write"}"#
    );
}

#[test]
fn pre_commit_runs_its_hook() {
    let hooks = Project::empty();
    init(&hooks);
    hooks.write(HOOKS, text(HOOKS));
    commit(&hooks, "Add hooks");
    let project = Project::seed();
    init(&project);
    project.arkerr(&["generate"]).succeeded();
    commit(&project, "Add a page");
    let binaries = crate::arkerr().parent().expect("it lies in a folder");
    let path = std::env::var("PATH").expect("there is a PATH");
    let run = || {
        let mut command = Command::new("pre-commit");
        command.arg("try-repo").arg(hooks.path(""));
        command.args(["arkerr-check-system", "--verbose"]);
        command.current_dir(project.path(""));
        command.env("PATH", format!("{}:{path}", binaries.display()));
        command.env("PRE_COMMIT_HOME", project.path(".git/pre-commit"));
        tools::run(&mut command)
    };
    let passed = run();
    assert_eq!(passed.status, 0, "{passed:#?}");
    assert!(passed.stdout.contains("in sync: "), "{passed:#?}");
    project.write("generated/markdown/README.md", "");
    git(&project.path(""), &["add", "--all"]);
    assert_eq!(run().status, 1);
}
