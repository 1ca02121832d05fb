//! What `arkerr check` finds, for people and for the services that run it.
//!
//! Every case has a file of its name in `cases/check`: what the check prints as JSON. Those that are
//! different in other formats have it as SARIF, as JUnit XML and as workflow commands of GitHub, too.

use std::fs;

use crate::common::{Project, Run, repository};
use crate::expected::assert_file;
use serde_json::Value;

/// The formats, and how the golden files of each end.
const FORMATS: [(&str, &str); 4] = [
    ("json", "json"),
    ("sarif", "sarif"),
    ("junit", "xml"),
    ("github", "github.txt"),
];

const CONFIG: &str = "targets = ['rust']\n";
const PAGE: &str = "docs-snapshot/scan-error-code.html";
const MODULE: &str = "generated/rust/scan_error_code.rs";

const SCAN: &str = "<h1>Scan</h1>\n\
    <h2>1000500001 Internal error</h2>\n<p>Error Message</p>\n<p>Internal error.</p>\n\
    <h2>1000500002 Canceled</h2>\n<p>Error Message</p>\n<p>The user canceled.</p>\n";

/// A project whose outputs are up to date.
fn in_sync() -> Project {
    let project = Project::empty();
    project.write("arkerr.toml", CONFIG);
    project.write(PAGE, SCAN);
    project.arkerr(&["generate"]).succeeded();
    project
}

/// A project in a folder of another.
fn nested(inner: &Project, folder: &str) -> Project {
    let outer = Project::empty();
    for (path, bytes) in inner.tree() {
        outer.write(&format!("{folder}/{path}"), bytes);
    }
    outer
}

/// A project with one output of each kind of drift.
fn drifted() -> Project {
    let project = in_sync();
    let old = project.read(MODULE);
    project.write("generated/rust/old_error_code.rs", &old);
    project.write(MODULE, old.replace("= 1000500002", "= 1000500003"));
    project.remove("generated/rust/mod.rs");
    project
}

/// Runs the check in one format.
#[track_caller]
fn check(project: &Project, arguments: &[&str], format: &str) -> Run {
    let check = ["check", "--format", format];
    project.arkerr_reads(&[&check, arguments].concat())
}

/// What a check found, in some formats: what it prints is in the files of this name.
#[track_caller]
fn assert_found_in(
    formats: &[(&str, &str)],
    name: &str,
    project: &Project,
    arguments: &[&str],
    status: i32,
) {
    let text = check(project, arguments, "text");
    assert_eq!(text.status, status, "{text:#?}");
    for (format, ending) in formats {
        let run = check(project, arguments, format);
        assert_eq!(run.status, status, "{format}: {run:#?}");
        // What people are told is the same as ever, but for a log that would have it twice.
        let stderr = if *format == "github" {
            ""
        } else {
            &text.stderr
        };
        assert_eq!(run.stderr, stderr, "{format}");
        let golden = repository(format!("tests/it/cases/check/{name}.{ending}"));
        assert_file(run.stdout, golden);
    }
}

/// What a check found, as JSON.
#[track_caller]
fn assert_found(name: &str, project: &Project, arguments: &[&str], status: i32) {
    assert_found_in(&FORMATS[..1], name, project, arguments, status);
}

#[test]
fn what_is_in_sync_has_no_findings() {
    assert_found_in(&FORMATS, "in-sync", &in_sync(), &[], 0);
}

#[test]
fn each_kind_of_drift_is_told_with_its_place() {
    assert_found_in(&FORMATS, "outputs", &drifted(), &[], 1);
}

#[test]
fn names_that_are_not_recorded_are_drift_of_their_own() {
    let project = in_sync();
    let names = project.read("names.toml");
    let lines = names.lines().filter(|line| !line.contains("1000500002"));
    let names: String = lines.map(|line| format!("{line}\n")).collect();
    project.write("names.toml", names);
    assert_found("names", &project, &[], 1);
}

#[test]
fn a_line_that_is_missing_takes_the_place_of_no_other() {
    let project = in_sync();
    let old = project.read("names.toml");
    let lines = old.lines().filter(|line| !line.contains("1000500001"));
    project.write("names.toml", lines.collect::<Vec<_>>().join("\n") + "\n");
    let found: Value = serde_json::from_str(&check(&project, &[], "json").stdout).expect("JSON");
    let notes = &found["findings"][0]["notes"];
    let missing = old.lines().find(|line| line.contains("1000500001"));
    let expected = format!(
        "before this line there should be `{}`",
        missing.expect("it is recorded")
    );
    assert_eq!(notes[1], expected.as_str(), "{notes}");
    assert_eq!(notes.as_array().map(Vec::len), Some(2), "{notes}");
}

#[test]
fn a_page_that_cannot_be_read_stops_the_check() {
    let project = in_sync();
    project.write(
        "docs-snapshot/gbk-error-code.html",
        b"<h1>\xb4\xed\xce\xf3</h1>",
    );
    project.write(
        PAGE,
        SCAN.replace("The user canceled.", "Canceled by the user."),
    );
    assert_found("unreadable-page", &project, &[], 2);
}

#[test]
fn warnings_fail_the_check_where_that_is_asked_for() {
    let project = in_sync();
    project.write("docs-snapshot/notes.txt", "notes");
    assert_found("warnings", &project, &[], 0);

    let strict = check(&project, &["--strict"], "json");
    assert_eq!(strict.status, 2, "{strict:#?}");
    let json: Value = serde_json::from_str(&strict.stdout).expect("it is JSON");
    assert_eq!(json["status"], "failure");
    assert_eq!(json["counts"]["warnings"], 1);
    assert_eq!(json["findings"][0]["level"], "error");
    let junit = check(&project, &["--strict"], "junit").stdout;
    let suite =
        "<testsuite name=\"warnings\" tests=\"1\" skipped=\"0\" errors=\"1\" failures=\"0\">";
    assert!(junit.contains(suite), "{junit}");
}

#[test]
fn what_stops_the_check_is_told_in_the_format_too() {
    let project = in_sync();
    project.write("arkerr.toml", "targets = 'rust'\n\noutptu = 'a'\n");
    assert_found_in(&FORMATS, "broken-config", &project, &[], 2);

    let project = Project::empty();
    assert_found("no-snapshots", &project, &[], 2);
}

// Other systems say it in other words.
#[cfg(unix)]
#[test]
fn a_folder_that_is_not_there_is_told_of_in_the_format_too() {
    assert_found("no-folder", &Project::empty(), &["-C", "nowhere"], 2);
}

#[test]
fn paths_are_those_where_arkerr_was_started() {
    let project = nested(&drifted(), "my app");
    assert_found("subfolder", &project, &["-C", "my app"], 1);

    // From a folder below, and from the folder itself by its whole path.
    for (start, directory, path) in [
        ("my app/docs-snapshot", "..", "../generated/rust/mod.rs"),
        ("docs", "../my app", "../my app/generated/rust/mod.rs"),
        ("my app", ".", "generated/rust/mod.rs"),
    ] {
        fs::create_dir_all(project.path(start)).expect("the folder can be made");
        let mut command = project.command(&["check", "--format", "json", "-C", directory]);
        let output = command.current_dir(project.path(start)).output();
        let run = Run::of(&output.expect("arkerr can be started"));
        assert!(
            run.stdout.contains(&format!("\"path\": \"{path}\"")),
            "{run:#?}"
        );
    }
    let folder = project.path("my app");
    let folder = folder.to_str().expect("the path is UTF-8");
    let run = check(&project, &["-C", folder], "json");
    let path = "\"path\": \"my app/generated/rust/mod.rs\"";
    assert!(run.stdout.contains(path), "{run:#?}");
}

// Where a folder is reached through a link, the files lie where it leads, and so does git find them.
#[cfg(unix)]
#[test]
fn paths_do_not_go_through_links() {
    let project = nested(&drifted(), "app");
    std::os::unix::fs::symlink("app", project.path("link")).expect("the link can be made");
    let run = project.arkerr(&["check", "--format", "json", "-C", "link"]);
    let path = "\"path\": \"app/generated/rust/mod.rs\"";
    assert!(run.stdout.contains(path), "{run:#?}");
}

#[test]
fn the_lines_of_a_part_are_not_those_of_the_file() {
    let page = "<h1>Scan</h1>\n<h2>1000500009 None</h2>\n";
    let answer = serde_json::json!({"code": 0, "value": {"content": {"content": page}}});
    let project = in_sync();
    project.write("docs-snapshot/part-error-code.json", answer.to_string());
    assert_found("part", &project, &[], 2);
}

#[test]
fn hostile_text_stays_text() {
    let project = in_sync();
    let heading = "1000500009 \u{1b}[31m\u{202e} ::error::x ##[error]x ]]> </failure> {0} \
        [a](https://example.com) %0A::stop-commands::x";
    let heading = heading.replace('<', "&lt;").replace('>', "&gt;");
    let page = format!("<h1>T</h1>\n<h2>{heading}</h2>\n");
    project.write("docs-snapshot/a, b%0A[c](d) #错-error-code.html", page);
    assert_found_in(&FORMATS, "hostile", &project, &[], 2);
}

#[cfg(unix)]
#[test]
fn a_path_cannot_begin_a_command() {
    let project = in_sync();
    project.write("docs-snapshot/a\n::error::x,y=:z\u{1b}.html", "");
    let run = check(&project, &[], "github");
    assert_eq!(run.status, 2);
    let counts = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("::notice "));
    assert_eq!(counts.count(), 1, "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 3, "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    let file = "file=docs-snapshot/a%0A%3A%3Aerror%3A%3Ax%2Cy=%3Az";
    assert!(run.stdout.contains(file), "{}", run.stdout);
}

#[test]
fn quiet_leaves_the_findings_and_colour_has_no_part_in_them() {
    let project = drifted();
    for (format, _) in FORMATS {
        let plain = check(&project, &[], format).stdout;
        let run = check(&project, &["-q", "--color", "always"], format);
        let findings = plain.lines().filter(|line| !line.starts_with("::notice"));
        let findings: Vec<&str> = findings.collect();
        assert_eq!(run.stdout.lines().collect::<Vec<_>>(), findings, "{format}");
    }
}

#[test]
fn a_fingerprint_outlives_what_moves_around_it() {
    let prints = |project: &Project| -> Vec<Value> {
        let sarif = check(project, &[], "sarif").stdout;
        let sarif: Value = serde_json::from_str(&sarif).expect("it is JSON");
        let results = sarif["runs"][0]["results"].as_array().cloned();
        let results = results.expect("there are results").into_iter();
        results
            .map(|result| result["partialFingerprints"].clone())
            .collect()
    };
    let project = drifted();
    let before = prints(&project);
    project.write(MODULE, format!("\n\n{}", project.read(MODULE)));
    assert_eq!(prints(&project), before);
}

/// An excerpt of one long line for each of many problems would be as long as their number squared.
#[test]
fn many_problems_in_one_line_are_told_shortly() {
    let project = Project::seed();
    let targets: Vec<String> = (0..2_000).map(|number| format!("\"t{number}\"")).collect();
    project.write(
        "arkerr.toml",
        format!("targets = [{}]\n", targets.join(", ")),
    );
    let run = project.arkerr(&["check"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stderr.matches("error[config]").count(), 100);
    assert!(run.stderr.len() < 40_000, "{}", run.stderr.len());
    assert!(
        run.stderr.contains("--> arkerr.toml:1:12\n"),
        "{}",
        run.stderr
    );
}
