//! What is ready-made for continuous integration: the files are read by what reads them elsewhere,
//! and their scripts are run.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::git::{commit, git, init};
use common::workflow::{Machine, Step, yaml};
use common::{Project, node, repository, tools};
use serde_json::Value;

const CHECK: &str = "docs/ci/github-check.yml";
const UPDATE: &str = "docs/ci/github-update.yml";
const GITLAB: &str = "docs/ci/gitlab-ci.yml";
const ACTION: &str = "action.yml";
const HOOKS: &str = ".pre-commit-hooks.yaml";

const PAGE: &str = "docs-snapshot/scan-error-code.md";
const BRANCH: &str = "arkerr/update";

/// The steps of the one job of a workflow, or of the action.
fn steps(path: &str) -> Value {
    let file = yaml(path);
    let jobs = file["jobs"].as_object().into_iter().flatten();
    let of_jobs = jobs.map(|(_, job)| job["steps"].clone()).next();
    of_jobs.unwrap_or_else(|| file["runs"]["steps"].clone())
}

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
        "arkerr check",
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

#[test]
fn the_check_installs_arkerr_and_asks_it() {
    let mut machine = Machine::new(&repository(""));
    let run = machine.run(&steps(CHECK));
    assert!(run.iter().all(|step| step.status == 0), "{run:#?}");
    let root = machine.variables()["HOME"].clone() + "/.arkerr";
    assert_eq!(
        machine.calls(),
        [
            &format!("cargo install --locked --root {root} --version ^0.1 arkerr"),
            "arkerr check --format github",
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
            format!("arkerr check --format sarif {arguments}"),
            format!("arkerr check --format github {arguments}"),
        ]
    );
    assert!(
        machine
            .read("arkerr.sarif")
            .starts_with("told: check --format sarif")
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

/// A project with its repository on a host, and a machine that updates it.
struct Host {
    origin: Project,
    work: Project,
}

impl Host {
    fn new() -> Self {
        let host = Self {
            origin: Project::empty(),
            work: Project::empty(),
        };
        git(&host.origin.path(""), &["init", "--quiet", "--bare"]);
        let project = Project::copy_of(&repository("tests/changes/code-added/old"));
        let page = project.read("scan-error-code.md");
        project.remove("scan-error-code.md");
        project.write(PAGE, page);
        project.arkerr(&["generate"]).succeeded();
        init(&project);
        commit(&project, "Begin");
        git(
            &project.path(""),
            &["push", "--quiet", &host.address(), "HEAD:main"],
        );
        host
    }

    fn address(&self) -> String {
        format!("file://{}", self.origin.path("").display())
    }

    /// A fresh machine, on which `fetch` runs a script.
    fn machine(&self, name: &str, fetch: &str) -> Machine {
        let folder: PathBuf = self.work.path(name);
        let to = folder.to_str().expect("it is UTF-8");
        let clone = [
            "clone",
            "--quiet",
            "--depth=1",
            "--branch=main",
            &self.address(),
            to,
        ];
        git(&self.work.path(""), &clone);
        let mut machine = Machine::new(&folder);
        machine.set("FETCH", fetch);
        machine.set("github.token", "token");
        machine
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.origin.path(""), arguments)
    }

    /// The commit of a branch; empty where there is no such branch.
    fn tip(&self, branch: &str) -> String {
        self.git(&[
            "for-each-ref",
            "--format=%(objectname)",
            &format!("refs/heads/{branch}"),
        ])
    }
}

/// A script by which the page has one more code.
fn new_page() -> String {
    let page = repository("tests/changes/code-added/new/scan-error-code.md");
    format!("cp '{}' {PAGE}", page.display())
}

fn statuses(steps: &[Step]) -> Vec<i32> {
    steps.iter().map(|step| step.status).collect()
}

#[test]
fn where_nothing_has_changed_nothing_is_done() {
    let host = Host::new();
    let mut machine = host.machine("a", "exit 0");
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert_eq!(host.tip(BRANCH), "");
    assert!(!machine.calls().iter().any(|call| call.starts_with("gh ")));
}

#[test]
fn a_change_becomes_a_pull_request_that_is_kept_up_to_date() {
    let host = Host::new();
    let main = host.tip("main");
    let mut machine = host.machine("a", &new_page());
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("1002") && !body.contains("WARNING"), "{body}");
    assert_eq!(machine.read("summary"), body);
    let file = machine.variables()["RUNNER_TEMP"].clone() + "/arkerr-changes.md";
    let gh = |machine: &Machine| {
        let calls = machine.calls().into_iter();
        calls
            .filter(|call| call.starts_with("gh "))
            .collect::<Vec<_>>()
    };
    let list = "gh pr list --head arkerr/update --state open --json number --jq .[].number";
    assert_eq!(
        gh(&machine),
        [
            list.to_owned(),
            format!(
                "gh pr create --head arkerr/update --base main --title Update the error codes --body-file {file}"
            ),
        ]
    );
    assert_eq!(host.tip("main"), main);
    let tip = host.tip(BRANCH);
    let changed = host.git(&["diff", "--name-only", "main", BRANCH]);
    assert!(
        changed.contains(PAGE) && changed.contains("names.toml"),
        "{changed}"
    );
    assert!(changed.contains("generated/typescript/"), "{changed}");

    // The same a week later: the branch has it already.
    let mut machine = host.machine("b", &new_page());
    machine.set("OPEN_PULL_REQUEST", "12");
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert_eq!(host.tip(BRANCH), tip);
    let file = machine.variables()["RUNNER_TEMP"].clone() + "/arkerr-changes.md";
    let update =
        format!("gh api --silent --method PATCH repos/team/app/pulls/12 --field body=@{file}");
    assert_eq!(gh(&machine), [list.to_owned(), update]);

    // Something else a week after that.
    let more = format!(
        "{}; sed -i 's/Invalid parameter/Bad parameter/' {PAGE}",
        new_page()
    );
    let mut machine = host.machine("c", &more);
    machine.set("OPEN_PULL_REQUEST", "12");
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert_ne!(host.tip(BRANCH), tip);
    assert_eq!(
        host.git(&["rev-list", "--count", &format!("main..{BRANCH}")])
            .trim(),
        "1"
    );
}

#[test]
fn a_page_that_cannot_be_fetched_keeps_no_other_waiting_and_fails_the_job() {
    let host = Host::new();
    let mut machine = host.machine("a", &format!("{}; exit 2", new_page()));
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert_ne!(host.tip(BRANCH), "");
    let body = machine.read("body");
    let run = "https://github.example/team/app/actions/runs/7";
    assert!(
        body.contains("> [!WARNING]") && body.contains(run),
        "{body}"
    );
    assert!(body.contains("1002"), "{body}");

    let host = Host::new();
    let mut machine = host.machine("a", "exit 2");
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert_eq!(host.tip(BRANCH), "");
}

#[test]
fn what_is_no_failure_of_a_page_ends_the_job() {
    let host = Host::new();
    let mut machine = host.machine("a", &format!("{}; exit 101", new_page()));
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 1], "{run:#?}");
    assert_eq!(host.tip(BRANCH), "");
}

#[test]
fn a_page_that_cannot_be_read_is_told_in_the_pull_request() {
    let host = Host::new();
    let bad = format!("{}; echo > docs-snapshot/map.html", new_page());
    let mut machine = host.machine("a", &bad);
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    let body = machine.read("body");
    assert!(
        body.contains("> [!WARNING]") && body.contains("1002"),
        "{body}"
    );
}

/// Whoever has changed a name on the branch finds it there later.
#[test]
fn commits_of_people_are_not_written_over() {
    let host = Host::new();
    let mut machine = host.machine("a", &new_page());
    machine.run(&steps(UPDATE));
    let person = host.work.path("person");
    let to = person.to_str().expect("it is UTF-8");
    let clone = ["clone", "--quiet", "--branch", BRANCH, &host.address(), to];
    git(&host.work.path(""), &clone);
    git(
        &person,
        &[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "Look at it",
        ],
    );
    git(&person, &["push", "--quiet"]);
    let tip = host.tip(BRANCH);

    let more = format!(
        "{}; sed -i 's/Invalid parameter/Bad parameter/' {PAGE}",
        new_page()
    );
    let mut machine = host.machine("b", &more);
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert!(
        run[4].printed.contains("::warning::arkerr/update"),
        "{run:#?}"
    );
    assert_eq!(host.tip(BRANCH), tip);
    assert!(!machine.calls().iter().any(|call| call.starts_with("gh ")));
}

#[test]
fn no_shell_reads_what_a_page_says() {
    let host = Host::new();
    let evil = r#"$(touch pwned) `touch pwned` "; touch pwned; ' ${{ secrets.X }} ::error::x"#;
    let page = format!("# 扫码错误码\n\n## 1001 {evil}\n\n**错误信息**\n\n{evil}\n");
    host.work.write("page.md", page);
    let from = host.work.path("page.md");
    let mut machine = host.machine("a", &format!("cp '{}' {PAGE}", from.display()));
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("touch pwned"), "{body}");
    assert!(!machine.checkout.join("pwned").exists());
    let commands = run.iter().flat_map(|step| step.printed.lines());
    assert_eq!(commands.filter(|line| line.starts_with("::")).count(), 0);
}
