//! What has changed: `arkerr diff`, and `generate --changelog`.
//!
//! Every folder of `tests/it/cases/changes` is a documentation before and after a change, `old` and `new`,
//! and what arkerr says about it, `diff.json`, `diff.txt` and `diff.md`.
//! `SNAPSHOTS=overwrite cargo test --test it diff::` writes those files anew.

use std::collections::BTreeSet;
use std::fs;

use crate::common::changes::{SCAN, page};
use crate::common::{Project, repository};
use crate::expected::assert_file;
use serde_json::Value;

/// The names of the changes that are told in `tests/it/cases/changes`.
fn changes() -> Vec<String> {
    let folders = fs::read_dir(repository("tests/it/cases/changes")).expect("the folder is there");
    let names = folders.map(|folder| folder.expect("it can be read").file_name());
    let mut names: Vec<String> = names
        .map(|name| name.to_str().expect("it is UTF-8").to_owned())
        .collect();
    names.sort();
    names
}

/// The changes of a JSON of `arkerr diff`.
fn changes_of(json: &str) -> Vec<Value> {
    let diff: Value = serde_json::from_str(json).expect("it is JSON");
    diff["changes"].as_array().expect("it has changes").clone()
}

#[test]
fn changes_are_told_as_json_text_and_markdown() {
    for name in changes() {
        let project = Project::copy_of(&repository("tests/it/cases/changes").join(&name));
        for (format, ending) in [("json", "json"), ("text", "txt"), ("markdown", "md")] {
            let run = project.arkerr_reads(&["diff", "old", "new", "--format", format]);
            let golden = repository(format!("tests/it/cases/changes/{name}/diff.{ending}"));
            assert_file(run.succeeded().stdout, golden);
        }
    }
}

#[test]
fn every_kind_of_change_and_every_field_has_an_example() {
    let (mut ids, mut fields) = (BTreeSet::new(), BTreeSet::new());
    for name in changes() {
        let json = fs::read_to_string(repository(format!(
            "tests/it/cases/changes/{name}/diff.json"
        )));
        for change in changes_of(&json.expect("there is a file")) {
            ids.insert(change["id"].as_str().expect("it has an id").to_owned());
            let field = change["field"].as_str().unwrap_or_default();
            fields.insert(field.split(':').next().unwrap_or_default().to_owned());
        }
    }
    fields.remove("");
    let fields = fields.iter().map(|field| format!("field-changed.{field}"));
    ids.extend(fields);
    ids.remove("field-changed");
    assert_eq!(ids, listed());
}

/// The kinds of changes that `arkerr diff --list` lists.
fn listed() -> BTreeSet<String> {
    let run = Project::empty()
        .arkerr_reads(&["diff", "--list"])
        .succeeded();
    let ids = run.stdout.lines().filter_map(|line| line.split(' ').next());
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The kind of change that undoes another one.
fn twin(id: &str) -> String {
    match id.rsplit_once('-') {
        Some((what, "added")) => format!("{what}-removed"),
        Some((what, "removed")) => format!("{what}-added"),
        Some((what, "returned")) => format!("{what}-removed"),
        _ => id.to_owned(),
    }
}

#[test]
fn a_change_is_undone_when_the_sides_are_exchanged() {
    for name in changes() {
        let project = Project::copy_of(&repository("tests/it/cases/changes").join(&name));
        let ids = |sides: [&str; 2]| -> Vec<String> {
            let run = project.arkerr(&["diff", sides[0], sides[1], "--format", "json"]);
            let changes = changes_of(&run.succeeded().stdout).into_iter();
            let mut ids: Vec<String> = changes
                .map(|change| change["id"].as_str().expect("it has an id").to_owned())
                .collect();
            ids.sort();
            ids
        };
        let mut undone: Vec<String> = ids(["old", "new"]).iter().map(|id| twin(id)).collect();
        undone.sort();
        assert_eq!(ids(["new", "old"]), undone, "{name}");
    }
}

#[test]
fn the_list_of_changes_has_the_levels_of_the_project() {
    let project = Project::empty();
    let run = project.arkerr_reads(&["diff", "--list"]).succeeded();
    assert!(
        run.stdout
            .contains("\ncode-added                 notable   "),
        "{}",
        run.stdout
    );
    project.write(
        "arkerr.toml",
        "[changes]\ncode-added = 'breaking'\nfield-changed.steps = 'notable'\n",
    );
    let run = project.arkerr_reads(&["diff", "--list"]).succeeded();
    assert!(
        run.stdout
            .contains("\ncode-added                 breaking  "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("\nfield-changed.steps        notable   "),
        "{}",
        run.stdout
    );
}

#[test]
fn the_status_tells_of_changes_of_a_level() {
    let project = Project::copy_of(&repository("tests/it/cases/changes/message"));
    let status = |arguments: &[&str]| {
        let arguments = [&["diff", "old", "new"], arguments].concat();
        project.arkerr_reads(&arguments).status
    };
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--fail-on", "breaking"]), 0);
    assert_eq!(status(&["--fail-on", "notable"]), 1);
    assert_eq!(status(&["--fail-on", "note"]), 1);
    project.write(
        "arkerr.toml",
        "[changes]\nfield-changed.message = 'breaking'\n",
    );
    assert_eq!(status(&["--fail-on", "breaking"]), 1);
}

#[test]
fn words_that_differ_are_coloured_where_somebody_wants_colours() {
    let project = Project::copy_of(&repository("tests/it/cases/changes/description"));
    let run = project.arkerr_reads(&["diff", "old", "new", "--color", "always"]);
    assert!(
        run.stdout
            .contains("系统内部\u{1b}[32m{+发生+}\u{1b}[0m错误。"),
        "{run:?}"
    );
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let project = Project::empty();
    let run = project.arkerr_reads(&["diff", "nothing", "no-more"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("`nothing` is no file or folder, and no git revision of this project"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("`no-more` is no file"),
        "{}",
        run.stderr
    );

    project.write("new.json", r#"{"schema": 2, "pages": []}"#);
    project.write("bad.json", r#"{"schema": 1, "pages": [{"id": 3}]}"#);
    let run = project.arkerr_reads(&["diff", "new.json", "bad.json"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the records are of version 2"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("this is no file of records"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_page_in_another_language_alone_is_something_to_look_at() {
    let project = Project::empty();
    project.write(
        "old/scan.md",
        "# 扫码\n\n## 1001 忙\n\n**错误信息**\n\nBusy.\n",
    );
    project.write("new/scan.md", page(&[(1001, "Not busy.")]));
    let run = project.arkerr_reads(&["diff", "old", "new"]).succeeded();
    assert_eq!(
        run.stdout,
        "\
scan
  notable   page removed (中文)  扫码
  notable   page added (English)  Scan Error Codes

2 changes on 1 page: 2 notable; semver: minor
"
    );
}

#[test]
fn hostile_text_stays_text_in_every_format() {
    let project = Project::empty();
    let hostile = "```\n# Title\n<script>alert(1)</script> @everyone \u{1b}[31m`a` {+b+}";
    let page = |message: &str| {
        let message = message.replace('<', "&lt;").replace('\n', "<br>");
        format!(
            "<h1>Scan</h1><h2>1001 {message}</h2><p><strong>错误信息</strong></p><p>{message}</p>"
        )
    };
    project.write("old/scan.html", page("Harmless."));
    project.write("new/scan.html", page(hostile));
    let text = project
        .arkerr_reads(&["diff", "old", "new"])
        .succeeded()
        .stdout;
    assert!(!text.contains('\u{1b}'), "{text}");
    let markdown = project.arkerr_reads(&["diff", "old", "new", "--format", "markdown"]);
    let markdown = markdown.succeeded().stdout;
    let events: Vec<_> = pulldown_cmark::Parser::new(&markdown).collect();
    let is_harmless = |event: &pulldown_cmark::Event<'_>| match event {
        pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_) => false,
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { level, .. }) => {
            *level as usize > 1
        }
        _ => true,
    };
    assert!(events.iter().all(is_harmless), "{markdown}");
}

/// The runner of GitHub takes a line of a log for a command where it begins with `::`, blanks aside.
#[test]
fn text_of_a_page_is_no_command_in_a_log() {
    let project = Project::empty();
    project.write("old/scan.md", page(&[(1001, "::set-output name=a::b c d")]));
    project.write("new/scan.md", page(&[(1001, "::set-output name=a::b c e")]));
    let run = project.arkerr(&["diff", "old", "new"]).succeeded();
    let harmless = "    :\\u{3a}set-output name=a::b c [-d-]{+e+}\n";
    assert!(run.stdout.contains(harmless), "{}", run.stdout);
}

#[test]
fn markdown_keeps_to_a_length() {
    let project = Project::empty();
    let codes: Vec<(u32, String)> = (0..200)
        .map(|n| (1000 + n, format!("Message {n}.")))
        .collect();
    let codes = |word: &str| -> String {
        let codes: Vec<(u32, String)> = codes
            .iter()
            .map(|(code, message)| (*code, format!("{word} {message}")))
            .collect();
        let codes: Vec<(u32, &str)> = codes
            .iter()
            .map(|(code, text)| (*code, text.as_str()))
            .collect();
        page(&codes)
    };
    project.write("old/scan.md", codes("Old"));
    project.write("new/scan.md", codes("New"));
    let run = |length: &str| {
        let arguments = [
            "diff",
            "old",
            "new",
            "--format",
            "markdown",
            "--max-length",
            length,
        ];
        project.arkerr_reads(&arguments).succeeded().stdout
    };
    let whole = run("1000000");
    assert!(whole.contains("New Message 199."));
    let short = run("10000");
    assert!(short.len() <= 10000 && short.contains("`1199`"), "{short}");
    let run_text = project.arkerr_reads(&["diff", "old", "new", "--max-length", "9000"]);
    assert_eq!(run_text.status, 2);
    let shorter = run("1000");
    assert!(
        shorter.len() <= 1000 && shorter.contains("more changes."),
        "{shorter}"
    );
}

#[test]
fn generate_keeps_a_changelog() {
    let project = Project::empty();
    let arguments = [
        "generate",
        "--changelog",
        "CHANGES.md",
        "--changelog-date",
        "2026-11-25",
    ];
    project.write(SCAN, page(&[(1001, "Busy."), (1002, "Disk full.")]));
    let run = project.arkerr(&arguments).succeeded();
    assert!(
        run.stdout
            .starts_with("CHANGES.md: nothing to tell, these are the first outputs\n")
    );
    assert!(!project.path("CHANGES.md").exists());

    project.write(SCAN, page(&[(1001, "Very busy."), (1003, "Gone.")]));
    let run = project.arkerr(&arguments).succeeded();
    assert!(
        run.stdout
            .starts_with("CHANGES.md: 3 changes on 1 page: 1 breaking, 2 notable; semver: major\n"),
        "{}",
        run.stdout
    );
    let first = project.read("CHANGES.md");
    let run = project.arkerr(&["generate", "--changes"]).succeeded();
    assert!(
        run.stdout.starts_with("no changes; semver: none\n\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        first,
        "\
# Changes of the error codes

## 2026-11-25

Semver step: **major** (3 changes on 1 page: 1 breaking, 2 notable).

### Breaking

- `scan-error-code`
  - code removed: `1002` `Title` (`ScanErrorCode.DISK_FULL`)

### Notable

- `scan-error-code`
  - message: `1001` `Title` (`ScanErrorCode.BUSY`)
    ```diff
    - Busy.
    + Very busy.
    ```
  - code added: `1003` `Title` (`ScanErrorCode.GONE`), `Gone.`
"
    );
    // Nothing has changed since.
    project.arkerr(&arguments).succeeded();
    assert_eq!(project.read("CHANGES.md"), first);

    project.write(
        SCAN,
        page(&[(1001, "Very busy."), (1003, "Gone."), (1002, "Disk full.")]),
    );
    let arguments = [
        "generate",
        "--changelog",
        "CHANGES.md",
        "--changelog-date",
        "2026-12-01",
    ];
    project.arkerr(&arguments).succeeded();
    let second = project.read("CHANGES.md");
    let (new, old) = second
        .split_once("\n## 2026-11-25\n")
        .expect("the old section stays");
    assert!(first.ends_with(old));
    assert!(
        new.contains("## 2026-12-01\n") && new.contains("code returned: `1002`"),
        "{new}"
    );
}

/// What is not told now would never be told: the next comparison is with the new outputs.
#[test]
fn a_changelog_that_cannot_be_written_keeps_the_outputs_as_they_were() {
    let project = Project::empty();
    project.write(SCAN, page(&[(1001, "Busy.")]));
    project.arkerr(&["generate"]).succeeded();
    project.write(SCAN, page(&[(1001, "Very busy.")]));
    project.write("file", "no folder");
    for path in ["file/CHANGES.md", "docs-snapshot"] {
        let date = ["--changelog-date", "2026-11-25"];
        let run = project.arkerr_reads(&[&["generate", "--changelog", path], &date[..]].concat());
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(path), "{run:#?}");
    }
}

#[test]
fn a_changelog_is_not_written_while_a_page_cannot_be_read() {
    let project = Project::empty();
    project.write(SCAN, page(&[(1001, "Busy.")]));
    project.write("docs-snapshot/map.md", page(&[(2001, "Lost.")]));
    project.arkerr(&["generate"]).succeeded();
    project.write("docs-snapshot/map.md", "");
    project.write(SCAN, page(&[(1001, "Not busy.")]));
    let before = project.tree();
    let arguments = [
        "generate",
        "--changelog",
        "C.md",
        "--changelog-date",
        "2026-11-25",
    ];
    assert_eq!(project.arkerr(&arguments).status, 2);
    assert_eq!(project.tree(), before);
}

#[test]
fn a_changelog_needs_a_date_and_records_to_compare_with() {
    let project = Project::empty();
    project.write(SCAN, page(&[(1001, "Busy.")]));
    for date in [
        "today",
        "2026-13-01",
        "26-01-01",
        "2026-02-29",
        "2026-11-25 ",
        "+026-01-01",
    ] {
        let run =
            project.arkerr_reads(&["generate", "--changelog", "C.md", "--changelog-date", date]);
        assert_eq!(run.status, 2, "{date}");
    }
    assert_eq!(
        project
            .arkerr_reads(&["generate", "--changelog", "C.md"])
            .status,
        2
    );
    project.write("arkerr.toml", "targets = ['rust']\n");
    let arguments = [
        "generate",
        "--changelog",
        "C.md",
        "--changelog-date",
        "2026-11-25",
    ];
    let run = project.arkerr_reads(&arguments);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("without the target `json`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_page_by_itself_has_nothing_to_do_with_pages_that_cannot_be_read() {
    let project = Project::empty();
    project.write("old/scan.md", page(&[(1001, "Busy.")]));
    project.write("new/scan.md", page(&[(1001, "Not busy.")]));
    project.write("new/broken.html", "<h1>Broken");
    let run = project
        .arkerr_reads(&["diff", "old/scan.md", "new"])
        .succeeded();
    assert!(run.stdout.contains("message  1001"), "{}", run.stdout);
}

#[test]
fn a_page_of_another_project_is_named_with_the_folder_of_the_project() {
    let project = Project::empty();
    project.write("docs-snapshot/scan.md", page(&[(1001, "Busy.")]));
    project.write("other/docs-snapshot/scan.md", page(&[(1001, "Busy.")]));
    project.write("other/docs-snapshot/broken.html", "<h1>Broken");
    let run = project.arkerr_reads(&["diff", "other", "."]);
    assert_eq!(run.status, 2);
    let place = "--> other/docs-snapshot/broken.html";
    assert!(run.stderr.contains(place), "{}", run.stderr);
}

#[test]
fn which_case_has_changed_is_told_of_several_codes_too() {
    let project = Project::empty();
    let code = |code: u32, message: &str| {
        format!(
            "## {code} 错误\n\n### 打开时\n\n**错误信息**\n\nCannot open {code}.\n\n\
             ### 关闭时\n\n**错误信息**\n\n{message}\n\n"
        )
    };
    let page = |message| format!("# 扫码\n\n{}{}", code(1001, message), code(1002, message));
    project.write("old/scan.md", page("Cannot close."));
    project.write("new/scan.md", page("Cannot close it."));
    let run = project.arkerr_reads(&["diff", "old", "new"]).succeeded();
    let told = "message  2 codes: 1001, 1002, case “关闭时”\n";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let run = project.arkerr_reads(&["diff", "old", "new", "--format", "markdown"]);
    let told = "message: `1001`, `1002` case `关闭时`\n";
    assert!(run.stdout.contains(told), "{}", run.stdout);
}

#[test]
fn a_label_in_another_language_is_told_with_it() {
    let project = Project::empty();
    let english = |remarks: &str| format!("{}**Remarks**\n\n{remarks}\n", page(&[(1001, "Busy.")]));
    for (side, remarks) in [("old", "One."), ("new", "Two.")] {
        let chinese = "# 扫码\n\n## 1001 忙\n\n**错误信息**\n\nBusy.\n";
        project.write(&format!("{side}/scan.md"), chinese);
        project.write(&format!("{side}/en/scan.md"), english(remarks));
    }
    let run = project.arkerr_reads(&["diff", "old", "new"]).succeeded();
    assert!(
        run.stdout.contains("“Remarks” (English)  1001"),
        "{}",
        run.stdout
    );
    let run = project.arkerr_reads(&["diff", "old", "new", "--format", "markdown"]);
    assert!(
        run.stdout.contains("- `Remarks` (English): `1001`"),
        "{}",
        run.stdout
    );
}
