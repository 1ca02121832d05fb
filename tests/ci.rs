//! What is ready-made for continuous integration: the files are read by what reads them elsewhere,
//! and their scripts are run.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::git::{commit, git, init};
use common::workflow::{Machine, steps, yaml};
use common::{Project, node, repository, tools};
use serde_json::Value;

const CHECK: &str = "docs/ci/github-check.yml";
const UPDATE: &str = "docs/ci/github-update.yml";
const GITLAB: &str = "docs/ci/gitlab-ci.yml";
const ACTION: &str = "action.yml";
const HOOKS: &str = ".pre-commit-hooks.yaml";

/// The scripts of a file, by the names of their steps.
fn scripts(path: &str) -> Vec<(String, String)> {
    let text = |step: &Value, key: &str| step[key].as_str().map(str::to_owned);
    if path == GITLAB {
        let job = &yaml(path)["arkerr-check"];
        let lines = ["before_script", "script"].map(|key| job[key].clone());
        let lines = lines.iter().flat_map(|lines| lines.as_array().cloned());
        let lines = lines
            .flatten()
            .map(|line| line.as_str().expect("a text").to_owned());
        return vec![(
            "arkerr-check".to_owned(),
            lines.collect::<Vec<_>>().join("\n"),
        )];
    }
    let steps = steps(path);
    let steps = steps.as_array().expect("there are steps").iter();
    let scripts =
        steps.filter_map(|step| Some((text(step, "name").unwrap_or_default(), text(step, "run")?)));
    scripts.collect()
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
    let run = lint_gitlab(&fs::read_to_string(repository(GITLAB)).expect("it is there"));
    assert_eq!(run.0, 0, "{}", run.1);
    assert!(run.1.contains("json schema validated"), "{}", run.1);
}

/// Mistakes are found, so that the test above says something.
#[test]
fn what_their_hosts_cannot_read_is_found() {
    let project = Project::empty();
    let assert_found = |kind: &str, path: &str, from: &str, to: &str, told: &str| {
        let text = fs::read_to_string(repository(path)).expect("it is there");
        assert!(text.contains(from), "{path}: {from}");
        project.write("changed.yml", text.replace(from, to));
        let run = node::lint_ci(kind, &project.path("changed.yml"));
        assert_eq!(run.status, 1, "{run:#?}");
        assert!(run.stdout.contains(told), "{run:#?}");
    };
    assert_found(
        "workflow",
        UPDATE,
        "timeout-minutes",
        "timout-minutes",
        "timout-minutes",
    );
    let title = "${{ github.event.pull_request.title }}";
    assert_found(
        "workflow",
        CHECK,
        "arkerr -C",
        title,
        "potentially untrusted",
    );
    assert_found("action", ACTION, "composite", "composed", "runs");
    let text = fs::read_to_string(repository(GITLAB)).expect("it is there");
    let run = lint_gitlab(&text.replace("interruptible", "interuptible"));
    assert_eq!(run.0, 1, "{}", run.1);
    assert!(run.1.contains("interuptible"), "{}", run.1);
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
fn the_scripts_are_sound() {
    if !tools::are_here(&["shellcheck"]) {
        return;
    }
    let folder = Project::empty();
    let mut files = vec![repository("src/cli/init/pre-commit.sh")];
    for path in [CHECK, UPDATE, ACTION, GITLAB] {
        for (number, (_, script)) in scripts(path).iter().enumerate() {
            let file = format!("{}-{number}.sh", path.replace('/', "-"));
            folder.write(&file, format!("#!/bin/bash\n{script}"));
            files.push(folder.path(&file));
        }
    }
    assert_eq!(files.len(), 13);
    let output = Command::new("shellcheck")
        .args(&files)
        .output()
        .expect("it can be started");
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{found}");
}

/// Nobody who writes a title, a branch or a page can have a shell run it.
#[test]
fn no_script_has_an_expression_in_it() {
    for path in [CHECK, UPDATE, ACTION, GITLAB] {
        for (name, script) in scripts(path) {
            assert!(!script.contains("${{"), "{path}: {name}");
        }
    }
}

#[test]
fn rights_are_the_least_and_actions_have_a_major_version() {
    let rights = |path: &str| serde_json::to_string(&yaml(path)["permissions"]).expect("JSON");
    assert_eq!(rights(CHECK), r#"{"contents":"read"}"#);
    assert_eq!(rights(UPDATE), "{}");
    let update = yaml(UPDATE);
    let granted = serde_json::to_string(&update["jobs"]["update"]["permissions"]);
    assert_eq!(
        granted.expect("JSON"),
        r#"{"contents":"write","pull-requests":"write"}"#
    );
    for path in [CHECK, UPDATE] {
        assert!(yaml(path)["concurrency"]["group"].is_string(), "{path}");
        // A program that is installed does not find the token in the checkout.
        let checkout = steps(path)[0]["with"].clone();
        assert_eq!(checkout["persist-credentials"], false, "{path}");
    }
    let mut count = 0;
    for path in [CHECK, UPDATE, ACTION] {
        for step in steps(path).as_array().expect("there are steps") {
            let Some(action) = step["uses"].as_str() else {
                continue;
            };
            let (_, version) = action.split_once("@v").expect("it has a version");
            assert!(version.parse::<u32>().is_ok(), "{action}");
            count += 1;
        }
    }
    assert_eq!(count, 4);
}

/// The folder that the check names where nobody has changed it.
fn directory_of_check() -> &'static str {
    assert_eq!(yaml(CHECK)["env"]["ARKERR_DIRECTORY"], ".");
    "."
}

#[test]
fn files_are_known_by_their_paths_from_the_root_of_the_repository() {
    let parent = Project::empty();
    for (path, bytes) in Project::seed().tree() {
        parent.write(&format!("my app/{path}"), &bytes);
    }
    parent.arkerr(&["-C", "my app", "generate"]).succeeded();
    let file = "my app/generated/markdown/README.md";
    parent.write(file, parent.read(file) + "\n");
    let mut machine = Machine::new(&parent.path(""));
    for (name, value) in [
        ("CHECK", "real"),
        ("ARKERR_DIRECTORY", "my app"),
        ("inputs.working-directory", "my app"),
        ("inputs.args", ""),
        ("inputs.version", ""),
        ("github.action_path", "/action"),
    ] {
        machine.set(name, value);
    }
    for path in [CHECK, ACTION] {
        let run = machine.run(&steps(path));
        let last = run.last().expect("there are steps");
        assert_eq!((last.name.as_str(), last.status), ("Check", 1), "{run:#?}");
        let annotation = format!("::error file={file},");
        assert!(last.printed.starts_with(&annotation), "{run:#?}");
    }
    let sarif = machine.read("arkerr.sarif");
    assert!(
        sarif.contains("\"uri\": \"my%20app/generated/markdown/README.md\""),
        "{sarif}"
    );
}

#[test]
fn the_check_installs_arkerr_and_asks_it() {
    let mut machine = Machine::new(&repository(""));
    machine.set("ARKERR_DIRECTORY", directory_of_check());
    let run = machine.run(&steps(CHECK));
    assert!(run.iter().all(|step| step.status == 0), "{run:#?}");
    let root = machine.variables()["HOME"].clone() + "/.arkerr";
    assert_eq!(
        machine.calls(),
        [
            &format!("cargo install --locked --root {root} --version ^0.1 arkerr"),
            "arkerr -C . check --format github",
        ]
    );
    assert_eq!(machine.read("path"), format!("{root}/bin\n"));
    machine.set("CHECK", "1");
    let run = machine.run(&steps(CHECK));
    assert_eq!(run.last().map(|step| step.status), Some(1), "{run:#?}");
}

#[test]
fn the_action_takes_its_inputs_from_variables() {
    let mut machine = Machine::new(&repository(""));
    for (name, value) in [
        ("inputs.version", ""),
        (
            "inputs.args",
            " --strict\n--quiet $(touch \"$RUNNER_TEMP/run\") ",
        ),
        ("inputs.working-directory", "my app"),
        ("github.action_path", "/action"),
    ] {
        machine.set(name, value);
    }
    let run = machine.run(&steps(ACTION));
    let names: Vec<&str> = run.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["Install arkerr", "Write SARIF", "Check"]);
    let root = machine.variables()["RUNNER_TEMP"].clone();
    let arguments = "--strict --quiet $(touch \"$RUNNER_TEMP/run\")";
    assert_eq!(
        machine.calls(),
        [
            format!("cargo install --locked --root {root}/arkerr --path /action"),
            format!("arkerr -C my app check --format sarif {arguments}"),
            format!("arkerr -C my app check --format github {arguments}"),
        ]
    );
    assert!(
        machine
            .read("arkerr.sarif")
            .starts_with("told: -C my app check --format sarif")
    );
    assert!(!Path::new(&root).join("run").exists());

    // What is found fails the check, and is in the file all the same.
    machine.set("inputs.version", "0.1.0");
    machine.set("CHECK", "1");
    let run = machine.run(&steps(ACTION));
    let statuses: Vec<i32> = run.iter().map(|step| step.status).collect();
    assert_eq!(statuses, [0, 0, 1]);
    let install = format!("cargo install --locked --root {root}/arkerr --version 0.1.0 arkerr");
    assert!(machine.calls().contains(&install), "{:#?}", machine.calls());
}

#[test]
fn the_pipeline_keeps_a_report_and_its_status() {
    let project = Project::seed();
    let mut machine = Machine::new(&project.path(""));
    machine.set("ARKERR_DIRECTORY", ".");
    let [(name, script)] = &scripts(GITLAB)[..] else {
        panic!("there is one job");
    };
    for status in [0, 1, 2] {
        machine.set("CHECK", &status.to_string());
        let step = machine.run_script(name, script, machine.variables());
        assert_eq!(step.status, status, "{step:#?}");
        let report = project.read("arkerr-junit.xml");
        assert!(report.ends_with("check --format junit\n"), "{report}");
        // Whoever reads the log sees what is wrong.
        assert_eq!(step.printed.contains("drift: "), status != 0, "{step:#?}");
    }
    let artifacts = &yaml(GITLAB)["arkerr-check"]["artifacts"];
    assert_eq!(artifacts["reports"]["junit"], "arkerr-junit.xml");
    assert_eq!(artifacts["when"], "always");
}

#[test]
fn pre_commit_runs_its_hook() {
    if !tools::are_here(&["pre-commit"]) {
        return;
    }
    let hooks = Project::empty();
    init(&hooks);
    hooks.write(HOOKS, fs::read(repository(HOOKS)).expect("it is there"));
    commit(&hooks, "Add hooks");
    let project = Project::seed();
    init(&project);
    project.arkerr(&["generate"]).succeeded();
    commit(&project, "Add a page");
    let machine = Machine::new(&project.path(""));
    let script = format!(
        "pre-commit validate-manifest '{0}/{HOOKS}'\n\
         pre-commit try-repo '{0}' arkerr-check-system --verbose",
        hooks.path("").display()
    );
    let run = || machine.run_script("pre-commit", &script, machine.variables());
    let step = run();
    assert_eq!(step.status, 0, "{step:#?}");
    assert!(step.printed.contains("in sync: "), "{step:#?}");
    project.write("generated/markdown/README.md", "");
    git(&project.path(""), &["add", "--all"]);
    let step = run();
    assert_eq!(step.status, 1, "{step:#?}");
}
