//! What is ready-made for continuous integration: the files are read by what reads them elsewhere,
//! and their scripts are run.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::git::{commit, git, init};
use common::workflow::{Machine, steps, yaml};
use common::{Project, SEED, node, repository, tools};
use quick_junit::{Report, TestCaseStatus};
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
            // So do the hosts start them.
            folder.write(&file, format!("#!/bin/bash\nset -eo pipefail\n{script}"));
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

/// A file of the outputs.
const OUTPUT: &str = "generated/markdown/README.md";

/// A repository with a project in a folder of it, one of whose outputs somebody has changed.
fn drifted_below(folder: &str) -> Project {
    let parent = Project::empty();
    init(&parent);
    for (path, bytes) in Project::seed().tree() {
        parent.write(&format!("{folder}/{path}"), &bytes);
    }
    parent.arkerr(&["-C", folder, "generate"]).succeeded();
    let file = format!("{folder}/{OUTPUT}");
    parent.write(&file, parent.read(&file) + "\n");
    parent
}

/// The inputs of the action where nobody gives any, in a folder.
fn set_inputs(machine: &mut Machine, folder: &str) {
    for (name, value) in [
        ("inputs.working-directory", folder),
        ("inputs.args", ""),
        ("inputs.version", ""),
        ("GITHUB_ACTION_PATH", "/action"),
    ] {
        machine.set(name, value);
    }
}

#[test]
fn files_are_known_by_their_paths_from_the_root_of_the_repository() {
    let parent = drifted_below("my app");
    let file = format!("my app/{OUTPUT}");
    let init = parent.arkerr(&["-C", "my app", "init", "--ci", "github"]);
    init.succeeded();
    let mut machine = Machine::new(&parent.path(""));
    set_inputs(&mut machine, "my app");
    let check = parent.path(".github/workflows/arkerr-check.yml");
    for path in [check, repository(ACTION)] {
        let run = machine.run(path);
        let last = run.last().expect("there are steps");
        assert_eq!((last.name.as_str(), last.status), ("Check", 1), "{run:#?}");
        let annotation = format!("::error file={file},line=");
        assert!(last.printed.starts_with(&annotation), "{run:#?}");
        assert_eq!(last.printed.matches("::error ").count(), 1, "{run:#?}");
    }
    let sarif: Value = serde_json::from_str(&machine.read("arkerr.sarif")).expect("it is JSON");
    let location = &sarif["runs"][0]["results"][0]["locations"][0];
    assert_eq!(
        location["physicalLocation"]["artifactLocation"]["uri"],
        format!("my%20app/{OUTPUT}")
    );
}

#[test]
fn the_check_installs_arkerr_and_keeps_its_status() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    project.write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.70\"\n");
    let mut machine = Machine::new(&project.path(""));
    machine.note_arkerr();
    let run = machine.run(CHECK);
    assert!(run.iter().all(|step| step.status == 0), "{run:#?}");
    assert!(run[1].printed.contains("outputs: 0, names: 0"), "{run:#?}");
    let root = machine.variables()["HOME"].clone() + "/.arkerr";
    assert_eq!(
        machine.calls(),
        [
            &format!("cargo install --locked --root {root} --version ^0.1 arkerr"),
            "arkerr -C . check --format github",
        ]
    );
    assert_eq!(machine.read("path"), format!("{root}/bin\n"));

    for (file, status) in [(OUTPUT, 1), (SEED, 2)] {
        project.write(file, "");
        let run = machine.run(CHECK);
        assert_eq!(run.last().map(|step| step.status), Some(status), "{run:#?}");
    }
}

#[test]
fn the_action_takes_its_inputs_from_variables() {
    let parent = drifted_below("my app");
    parent.arkerr(&["-C", "my app", "generate"]).succeeded();
    parent.write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.70\"\n");
    let mut machine = Machine::new(&parent.path(""));
    machine.note_arkerr();
    set_inputs(&mut machine, "my app");
    machine.set("inputs.args", " --strict\n--quiet ");
    let run = machine.run(ACTION);
    let names: Vec<&str> = run.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["Install arkerr", "Write SARIF", "Check"]);
    assert!(run.iter().all(|step| step.status == 0), "{run:#?}");
    let root = machine.variables()["RUNNER_TEMP"].clone();
    assert_eq!(
        machine.calls(),
        [
            format!("cargo install --locked --root {root}/arkerr --path /action"),
            "arkerr -C my app check --format sarif --strict --quiet".to_owned(),
            "arkerr -C my app check --format github --strict --quiet".to_owned(),
        ]
    );
    assert_eq!(
        machine.read("outputs"),
        format!("file={root}/arkerr.sarif\n")
    );

    // No shell reads the arguments; arkerr refuses those that it does not know, and says why.
    machine.set("inputs.args", "$(touch \"$RUNNER_TEMP/run\")");
    machine.set("inputs.version", "0.1.0");
    let run = machine.run(ACTION);
    let last = run.last().expect("there are steps");
    assert_eq!(last.status, 2, "{run:#?}");
    assert!(
        last.printed.contains("unexpected argument '$(touch'"),
        "{run:#?}"
    );
    assert!(!Path::new(&root).join("run").exists());
    let install = format!("cargo install --locked --root {root}/arkerr --version 0.1.0 arkerr");
    assert!(machine.calls().contains(&install), "{:#?}", machine.calls());
}

#[test]
fn the_pipeline_keeps_a_report_and_its_status() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    let mut machine = Machine::new(&project.path(""));
    machine.set("ARKERR_DIRECTORY", ".");
    let [(name, script)] = &scripts(GITLAB)[..] else {
        panic!("there is one job");
    };
    for (changed, status) in [(None, 0), (Some(OUTPUT), 1), (Some(SEED), 2)] {
        if let Some(file) = changed {
            project.write(file, "");
        }
        let step = machine.run_script(name, script, machine.variables());
        assert_eq!(step.status, status, "{step:#?}");
        let report = project.read("arkerr-junit.xml");
        let report = Report::deserialize_from_str(&report).expect("it is JUnit XML");
        let failed = report.test_suites.iter().flat_map(|suite| {
            let cases = suite.test_cases.iter();
            cases.filter(|case| matches!(case.status, TestCaseStatus::NonSuccess { .. }))
        });
        let failed: Vec<&str> = failed.map(|case| case.name.as_str()).collect();
        assert_eq!(failed.first().copied(), changed, "{report:#?}");
        // Whoever reads the log sees what is wrong.
        let told = changed.unwrap_or("there is nothing to tell");
        assert_eq!(step.printed.contains(told), status != 0, "{step:#?}");
    }
    // What ends arkerr itself fails the job, too.
    machine.crash("-C");
    let step = machine.run_script(name, script, machine.variables());
    assert_eq!(step.status, 101, "{step:#?}");
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
