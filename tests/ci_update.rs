//! The workflow that keeps a project up to date: its steps are run for real, in a clone of a
//! repository, against a site on this machine. Only the programs of the host are stand-ins.
#![cfg(all(unix, feature = "fetch"))]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Project;
use common::git::{commit, git, init};
use common::server::Site;
use common::workflow::{Machine, Step};

const UPDATE: &str = "docs/ci/github-update.yml";
const ID: &str = "scan-error-code";
const TITLE: &str = "扫码错误码";
const PAGE: &str = "docs-snapshot/scan-error-code.html";
const BRANCH: &str = "arkerr/update";

/// The codes that the page has at first.
const FIRST: &[(&str, &str)] = &[("1001", "Internal error")];
/// The codes that it has later.
const LATER: &[(&str, &str)] = &[("1001", "Internal error"), ("1002", "Invalid parameter")];
/// The codes that it has later still.
const LAST: &[(&str, &str)] = &[("1001", "Internal error"), ("1002", "Bad parameter")];

/// A project with its repository on a host, and a machine that updates it.
struct Host {
    site: Site,
    origin: Project,
    work: Project,
}

impl Host {
    fn new() -> Self {
        Self::with(".", &[])
    }

    /// A host with a project in a folder of the repository, which begins with the page and with
    /// other files.
    fn with(folder: &str, files: &[(&str, &str)]) -> Self {
        let host = Self {
            site: Site::new(),
            origin: Project::empty(),
            work: Project::empty(),
        };
        git(&host.origin.path(""), &["init", "--quiet", "--bare"]);
        let project = Project::empty();
        init(&project);
        project.write(
            &format!("{folder}/arkerr.toml"),
            host.site.server.settings(),
        );
        host.site.has(ID, TITLE, FIRST);
        let arkerr = |arguments: &[&str]| {
            let run = project.arkerr(&[&["-C", folder], arguments].concat());
            assert_eq!(run.status, 0, "{run:#?}");
        };
        arkerr(&["fetch", ID]);
        arkerr(&["generate"]);
        arkerr(&["init", "--ci", "github"]);
        for (path, text) in files {
            project.write(path, text);
        }
        commit(&project, "Begin");
        let push = ["push", "--quiet", &host.address(), "HEAD:main"];
        git(&project.path(""), &push);
        host
    }

    fn address(&self) -> String {
        format!("file://{}", self.origin.path("").display())
    }

    /// A fresh machine.
    fn machine(&self, name: &str) -> Machine {
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
        machine.set("github.token", "token");
        machine
    }

    /// A clone in which a person works.
    fn clone_of(&self, branch: &str) -> PathBuf {
        let clone = [
            "clone",
            "--quiet",
            "--branch",
            branch,
            &self.address(),
            "person",
        ];
        git(&self.work.path(""), &clone);
        self.work.path("person")
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

fn statuses(steps: &[Step]) -> Vec<i32> {
    steps.iter().map(|step| step.status).collect()
}

/// What GitHub takes for commands in the log, wherever they stand in their lines, unless it was
/// told to take nothing for one.
fn commands(run: &[Step]) -> Vec<&str> {
    let mut found = Vec::new();
    let mut end: Option<String> = None;
    for line in run.iter().flat_map(|step| step.printed.lines()) {
        let command = line.trim_start();
        match (&end, command.strip_prefix("::stop-commands::")) {
            (Some(token), _) if command == token => end = None,
            (Some(_), _) => {}
            (None, Some(token)) => end = Some(format!("::{token}::")),
            (None, None) if command.starts_with("::") || line.contains("##[") => found.push(line),
            (None, None) => {}
        }
    }
    assert_eq!(end, None, "commands are taken again");
    found
}

fn gh(machine: &Machine) -> Vec<String> {
    let calls = machine.calls().into_iter();
    calls.filter(|call| call.starts_with("gh ")).collect()
}

#[test]
fn where_nothing_has_changed_nothing_is_done() {
    let host = Host::new();
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert!(run[1].printed.contains("1 unchanged"), "{run:#?}");
    assert_eq!(host.tip(BRANCH), "");
    assert_eq!(gh(&machine), [""; 0]);
}

#[test]
fn a_change_becomes_a_pull_request_that_is_kept_up_to_date() {
    let host = Host::new();
    let main = host.tip("main");
    host.site.has(ID, TITLE, LATER);
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("1002") && !body.contains("WARNING"), "{body}");
    assert_eq!(machine.read("summary"), body);
    let file = machine.variables()["RUNNER_TEMP"].clone() + "/arkerr-changes.md";
    let setup = "gh auth setup-git";
    // The branch of a stranger's copy may have the same name.
    let list = "gh pr list --head arkerr/update --state open --json number,isCrossRepository \
                --jq .[] | select(.isCrossRepository | not) | .number";
    assert_eq!(
        gh(&machine),
        [
            setup.to_owned(),
            list.to_owned(),
            format!(
                "gh pr create --head arkerr/update --base main --title Update the error codes --body-file {file}"
            ),
        ]
    );
    assert_eq!(host.tip("main"), main);
    let tip = host.tip(BRANCH);
    assert_eq!(
        host.git(&["diff", "--name-only", "main", BRANCH, "--", ":!generated"]),
        format!("{PAGE}\nnames.toml\n")
    );
    let changed = host.git(&["diff", "--name-only", "main", BRANCH]);
    assert!(changed.contains("generated/typescript/"), "{changed}");

    // The same a week later: the branch has it already.
    let mut machine = host.machine("b");
    machine.set("OPEN_PULL_REQUEST", "12");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert_eq!(host.tip(BRANCH), tip);
    let file = machine.variables()["RUNNER_TEMP"].clone() + "/arkerr-changes.md";
    let update =
        format!("gh api --silent --method PATCH repos/team/app/pulls/12 --field body=@{file}");
    assert_eq!(gh(&machine), [setup.to_owned(), list.to_owned(), update]);

    // Something else a week after that.
    host.site.has(ID, TITLE, LAST);
    let mut machine = host.machine("c");
    machine.set("OPEN_PULL_REQUEST", "12");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    assert_ne!(host.tip(BRANCH), tip);
    assert!(machine.read("body").contains("Bad parameter"));
    assert_eq!(
        host.git(&["rev-list", "--count", &format!("main..{BRANCH}")])
            .trim(),
        "1"
    );
}

/// What is on the branch is what a project needs: the check of the same host finds no fault with it.
#[test]
fn a_project_in_a_folder_is_updated_by_the_workflow_that_init_has_made() {
    let host = Host::with("my app", &[("README.md", "Not of the project.\n")]);
    host.site.has(ID, TITLE, LATER);
    let mut machine = host.machine("a");
    let workflows = machine.checkout.join(".github/workflows");
    let run = machine.run(workflows.join("arkerr-update.yml"));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("1002") && !body.contains("WARNING"), "{body}");
    let changed = host.git(&["diff", "--name-only", "main", BRANCH]);
    assert!(changed.contains(&format!("my app/{PAGE}\n")), "{changed}");
    assert!(changed.lines().all(|path| path.starts_with("my app/")));

    let mut machine = Machine::new(&host.clone_of(BRANCH));
    let run = machine.run(workflows.join("arkerr-check.yml"));
    assert_eq!(statuses(&run), [0, 0], "{run:#?}");
}

#[test]
fn a_page_that_cannot_be_fetched_keeps_no_other_waiting_and_fails_the_job() {
    let host = Host::new();
    host.site
        .has("map-error-code", "地图错误码", &[("7", "Seven")]);
    let clone = host.clone_of("main");
    for command in [&["fetch", "map-error-code"][..], &["generate"]] {
        let run = host.work.arkerr(&[&["-C", "person"], command].concat());
        assert_eq!(run.status, 0, "{run:#?}");
    }
    commit_and_push(&clone);
    host.site.loses("map-error-code");

    // Nothing else has changed.
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert!(
        run[1].printed.contains("the site has no such page"),
        "{run:#?}"
    );
    assert_eq!(host.tip(BRANCH), "");

    host.site.has(ID, TITLE, LATER);
    let mut machine = host.machine("b");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert_eq!(
        host.git(&["diff", "--name-only", "main", BRANCH, "--", "docs-snapshot"]),
        format!("{PAGE}\n")
    );
    let body = machine.read("body");
    let run = "https://github.example/team/app/actions/runs/7";
    assert!(
        body.contains("> [!WARNING]") && body.contains(run),
        "{body}"
    );
    assert!(body.contains("1002"), "{body}");
}

/// Commits all there is in a clone, as a person does.
fn commit_and_push(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "-m", "Look at it"]);
    git(folder, &["push", "--quiet"]);
}

#[test]
fn what_is_no_failure_of_a_page_ends_the_job() {
    let host = Host::new();
    host.site.has(ID, TITLE, LATER);
    for (command, expected) in [("fetch", &[0, 1][..]), ("generate", &[0, 0, 1])] {
        let mut machine = host.machine(command);
        machine.crash(command);
        let run = machine.run(UPDATE);
        assert_eq!(statuses(&run), expected, "{run:#?}");
        assert!(machine.calls().contains(&format!("arkerr {command}")));
    }
    assert_eq!(host.tip(BRANCH), "");
}

#[test]
fn a_page_that_cannot_be_read_is_told_in_the_pull_request() {
    let host = Host::with(".", &[("docs-snapshot/map.html", "\n")]);
    host.site.has(ID, TITLE, LATER);
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert_eq!(machine.variables()["GENERATE_FAILED"], "2");
    let body = machine.read("body");
    assert!(
        body.contains("> [!WARNING]") && body.contains("1002"),
        "{body}"
    );
}

/// A project may take what is odd about a page for an error, though there is a snapshot of it.
#[test]
fn a_page_that_was_fetched_and_is_wrong_all_the_same_fails_the_job() {
    let host = Host::new();
    let clone = host.clone_of("main");
    let settings = host.site.server.settings() + "[lints]\nrepeated-message = \"error\"\n";
    fs::write(clone.join("arkerr.toml"), settings).expect("it can be written");
    commit_and_push(&clone);
    host.site
        .has(ID, TITLE, &[("1001", "Same"), ("1002", "Same")]);
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert!(!machine.variables().contains_key("FETCH_FAILED"));
}

/// Whoever has changed a name on the branch finds it there later.
#[test]
fn commits_of_people_are_not_written_over() {
    let amend = ["commit", "--quiet", "--amend", "--no-edit"];
    let add = ["commit", "--quiet", "--allow-empty", "-m", "Look at it"];
    for commit in [&add[..], &amend] {
        let host = Host::new();
        host.site.has(ID, TITLE, LATER);
        host.machine("a").run(UPDATE);
        let person = host.clone_of(BRANCH);
        git(&person, commit);
        git(&person, &["push", "--quiet", "--force"]);
        let tip = host.tip(BRANCH);

        host.site.has(ID, TITLE, LAST);
        let mut machine = host.machine("b");
        let run = machine.run(UPDATE);
        assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
        let [warning] = &commands(&run)[..] else {
            panic!("{run:#?}");
        };
        assert!(warning.starts_with("::warning::arkerr/update"), "{warning}");
        assert_eq!(host.tip(BRANCH), tip);
        assert_eq!(gh(&machine), ["gh auth setup-git"]);
    }
}

#[test]
fn no_shell_reads_what_a_page_says_nor_does_the_host() {
    let host = Host::new();
    let evil = r#"$(touch pwned) `touch pwned` "; touch pwned; ' ${{ secrets.X }} ::error::x ##[error]x @team #1"#;
    let commands_first = format!("::error::x {evil}");
    let codes = [("1001", evil), ("1002", commands_first.as_str())];
    host.site.has(ID, &format!("{TITLE} {evil}"), &codes);
    let mut machine = host.machine("a");
    let run = machine.run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("touch pwned"), "{body}");
    assert!(!machine.checkout.join("pwned").exists());
    assert_eq!(commands(&run), [""; 0]);

    // It is quoted where it is refused.
    let title = "##[error]x";
    host.site.has(ID, title, &[("7", "Seven")]);
    let run = host.machine("b").run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 1], "{run:#?}");
    assert!(run[1].printed.contains(title), "{run:#?}");
    let [failure] = &commands(&run)[..] else {
        panic!("{run:#?}");
    };
    assert!(failure.starts_with("::error::some pages"), "{failure}");
}

/// A project may have chosen a Rust for itself that is too old to build arkerr.
#[test]
fn the_toolchain_of_the_project_does_not_build_arkerr() {
    let toolchain = "[toolchain]\nchannel = \"1.70\"\n";
    let host = Host::with(".", &[("rust-toolchain.toml", toolchain)]);
    let run = host.machine("a").run(UPDATE);
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
}
