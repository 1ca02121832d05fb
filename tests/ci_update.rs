//! The workflow that keeps a project up to date: its steps are run for real, in a clone of a
//! repository, against stand-ins for the site and the host.
#![cfg(unix)]

mod common;

use std::path::PathBuf;

use common::git::{commit, git, init};
use common::workflow::{Machine, Step, steps};
use common::{Project, repository};

const UPDATE: &str = "docs/ci/github-update.yml";
const PAGE: &str = "docs-snapshot/scan-error-code.md";
const BRANCH: &str = "arkerr/update";

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
    let setup = "gh auth setup-git";
    let list = "gh pr list --head arkerr/update --state open --json number --jq .[].number";
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
    assert_eq!(gh(&machine), [setup.to_owned(), list.to_owned(), update]);

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
    assert!(!machine.calls().iter().any(|call| call.starts_with("gh pr")));
}

#[test]
fn no_shell_reads_what_a_page_says() {
    let host = Host::new();
    let evil = r#"$(touch pwned) `touch pwned` "; touch pwned; ' ${{ secrets.X }} ##[error]x"#;
    // Two fields of one name are warned of, and the heading is named in the warning.
    let page = format!(
        "# 扫码错误码\n\n## 1001 {evil}\n\n**错误信息**\n\n{evil}\n\n**处理步骤**\n\n重试。\n\n**处理步骤**\n\n重试。\n"
    );
    host.work.write("page.md", page);
    let from = host.work.path("page.md");
    let mut machine = host.machine("a", &format!("cp '{}' {PAGE}", from.display()));
    let run = machine.run(&steps(UPDATE));
    assert_eq!(statuses(&run), [0, 0, 0, 0, 0, 0], "{run:#?}");
    let body = machine.read("body");
    assert!(body.contains("touch pwned"), "{body}");
    assert!(!machine.checkout.join("pwned").exists());
    let listened_to = run.iter().flat_map(|step| listened_to(&step.printed));
    let commands = listened_to.filter(|line| is_command(line));
    assert_eq!(commands.collect::<Vec<_>>(), [""; 0]);
    // The warnings do have the text.
    let printed = run.iter().flat_map(|step| step.printed.lines());
    assert!(
        printed.filter(|line| line.contains("##[")).count() > 0,
        "{run:#?}"
    );
}

/// Whether the runner takes a line for a command: of the kind of today, or of the former one, which
/// may stand anywhere in a line.
fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[")
}

/// The lines of a step in which the runner looks for commands, those aside by which it is told to
/// stop that and to go on. Standard error is printed behind standard output here; where it is for
/// the runner nobody knows, so that it has to be silent outside of a pair of them.
fn listened_to(printed: &str) -> Vec<&str> {
    let mut lines = printed.lines();
    let first = lines.next().unwrap_or_default();
    let Some(token) = first.strip_prefix("::stop-commands::") else {
        return printed.lines().collect();
    };
    assert_eq!(token.len(), 32, "{printed}");
    let end = format!("::{token}::");
    assert!(printed.lines().any(|line| line == end), "{printed}");
    Vec::new()
}
