//! The binary end to end, in temporary folders: generate, check and parse.

use std::fs;
use std::process::Stdio;

use crate::common::{Project, Run, SEED};

const RUST_MODULE: &str = "generated/rust/core_vision_error_code.rs";

fn generated() -> Project {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    project
}

/// How many files there are in the output folder, whatever the targets.
fn count_outputs(project: &Project) -> usize {
    let files = project.tree().into_keys();
    files.filter(|path| path.starts_with("generated/")).count()
}

/// Runs `check`, which must not touch anything.
#[track_caller]
fn check(project: &Project) -> Run {
    project.arkerr_reads(&["check"])
}

/// Sees to it that `check` finds a drift and that `generate` mends it with these status lines.
#[track_caller]
fn assert_mended(project: &Project, found: &[&str], done: &[&str]) {
    let run = check(project);
    assert_eq!(run.status, 1, "{run:#?}");
    assert_eq!(run.stderr, "");
    for line in found {
        assert!(
            run.stdout.lines().any(|is| is == *line),
            "{line} in {}",
            run.stdout
        );
    }
    assert!(
        run.stdout
            .ends_with("to bring them up to date, run: arkerr generate\n"),
        "{}",
        run.stdout
    );

    let run = project.arkerr(&["generate"]).succeeded();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[..lines.len() - 1], *done, "{}", run.stdout);
    assert_eq!(check(project).status, 0);
}

#[test]
fn the_second_generate_changes_nothing() {
    let project = generated();
    let before = project.tree();
    let modified = |path: &str| fs::metadata(project.path(path)).and_then(|data| data.modified());
    let time = modified(RUST_MODULE).expect("files have a time");

    let run = project.arkerr(&["generate"]).succeeded();
    assert_eq!(
        run.stdout,
        format!(
            "12 codes on 1 page: 0 files created, 0 updated, 0 deleted, {} unchanged\n",
            count_outputs(&project)
        )
    );
    assert_eq!(project.tree(), before);
    assert_eq!(modified(RUST_MODULE).expect("files have a time"), time);

    let run = check(&project).succeeded();
    assert_eq!(
        run.stdout,
        format!(
            "in sync: {} files, 12 codes on 1 page\n",
            count_outputs(&project)
        )
    );
}

#[test]
fn a_missing_file_is_drift() {
    let project = generated();
    project.remove(RUST_MODULE);
    let others = count_outputs(&project);
    assert_mended(
        &project,
        &[
            &format!("missing {RUST_MODULE}"),
            "--- /dev/null",
            &format!("+++ {RUST_MODULE}"),
            &format!("drift: 1 file missing, 0 changed, 0 left over; {others} up to date"),
        ],
        &[&format!("created {RUST_MODULE}")],
    );
}

#[test]
fn a_changed_file_is_drift() {
    let project = generated();
    let text = project.read(RUST_MODULE);
    let others = count_outputs(&project) - 1;
    project.write(
        RUST_MODULE,
        text.replace("RunTimedOut = 200", "RunTimedOut = 201"),
    );
    assert_mended(
        &project,
        &[
            &format!("changed {RUST_MODULE}"),
            &format!("--- {RUST_MODULE}"),
            "-    RunTimedOut = 201,",
            "+    RunTimedOut = 200,",
            &format!("drift: 0 files missing, 1 changed, 0 left over; {others} up to date"),
        ],
        &[&format!("updated {RUST_MODULE}")],
    );
    assert_eq!(project.read(RUST_MODULE), text);
}

#[test]
fn an_updated_snapshot_is_drift() {
    let project = generated();
    let page = project.read(SEED);
    project.write(
        SEED,
        page.replace("Run timed out, please", "Timed out, please"),
    );
    let run = check(&project);
    assert_eq!(run.status, 1);
    let said = "+    /// Timed out, please try again later.";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert!(!run.stdout.contains("names.toml"), "{}", run.stdout);
}

#[test]
fn a_file_that_nothing_renders_any_more_is_drift() {
    let project = generated();
    let page = "<h1>Old</h1><h2>1 One</h2><p>Error Message</p><p>One.</p>";
    project.write("docs-snapshot/old-error-code.html", page);
    project.arkerr(&["generate"]).succeeded();
    // What is not arkerr's stays, wherever it lies.
    project.write("generated/rust/mine.rs", "// mine");

    project.remove("docs-snapshot/old-error-code.html");
    assert_mended(
        &project,
        &[
            "left over generated/rust/old_error_code.rs",
            "+++ /dev/null",
            "changed generated/rust/mod.rs",
            "-pub mod old_error_code;",
        ],
        &[
            "updated names.toml",
            "updated generated/.arkerr-files",
            "updated generated/arkts/Index.ets",
            "deleted generated/arkts/OldErrorCode.ets",
            "updated generated/html/index.html",
            "updated generated/json/catalog.json",
            "updated generated/markdown/README.md",
            "deleted generated/markdown/old-error-code.md",
            "updated generated/rust/mod.rs",
            "deleted generated/rust/old_error_code.rs",
            "updated generated/typescript/index.ts",
            "deleted generated/typescript/old-error-code.ts",
            "retired old-error-code enum: OldErrorCode",
            "retired old-error-code 1: ONE",
            "names.toml: 0 names added, 2 retired, 0 returned",
        ],
    );
    assert_eq!(project.read("generated/rust/mine.rs"), "// mine");
}

#[test]
fn a_target_that_is_switched_off_takes_its_folder_with_it() {
    let project = generated();
    project.write("arkerr.toml", "targets = ['rust', 'json']\n");
    project.arkerr(&["generate"]).succeeded();
    let mut folders: Vec<String> = fs::read_dir(project.path("generated"))
        .expect("the folder can be read")
        .map(|entry| entry.expect("so can its entries").file_name())
        .map(|name| name.into_string().expect("names are UTF-8"))
        .collect();
    folders.sort();
    assert_eq!(folders, [".arkerr-files", ".gitattributes", "json", "rust"]);
}

#[test]
fn line_ends_of_another_system_are_no_drift() {
    let project = generated();
    for (path, bytes) in project.tree() {
        if path.starts_with("generated/") {
            let text = String::from_utf8(bytes).expect("outputs are UTF-8");
            project.write(&path, text.replace('\n', "\r\n"));
        }
    }
    let before = project.tree();
    check(&project).succeeded();
    project.arkerr(&["generate"]).succeeded();
    assert_eq!(project.tree(), before);
}

#[test]
fn a_file_that_is_not_arkerrs_is_never_replaced() {
    let project = Project::seed();
    let mine = "// My own, not Generated by arkerr.\npub mod mine;\n";
    project.write("generated/rust/mod.rs", mine);
    let before = project.tree();
    for command in ["generate", "check"] {
        let run = project.arkerr(&[command]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(
            run.stderr.contains("generated/rust/mod.rs"),
            "{}",
            run.stderr
        );
        assert_eq!(project.tree(), before);
    }
}

#[test]
fn generated_files_without_the_list_of_files_are_known_by_their_header() {
    let project = generated();
    project.remove("generated/.arkerr-files");
    let text = project.read(RUST_MODULE);
    project.write(RUST_MODULE, text.replace("RunTimedOut", "Renamed"));
    assert_mended(
        &project,
        &[
            "missing generated/.arkerr-files",
            &format!("changed {RUST_MODULE}"),
        ],
        &[
            "created generated/.arkerr-files",
            &format!("updated {RUST_MODULE}"),
        ],
    );
}

#[test]
fn a_generated_file_that_no_list_names_any_more_is_drift() {
    let project = generated();
    // As a merge of two branches may leave it behind.
    let old = project.read(RUST_MODULE).replace("CoreVision", "Old");
    project.write("generated/rust/old_error_code.rs", old);
    assert_mended(
        &project,
        &["left over generated/rust/old_error_code.rs"],
        &["deleted generated/rust/old_error_code.rs"],
    );
}

#[test]
fn a_list_of_files_cannot_make_arkerr_delete_elsewhere() {
    let project = generated();
    project.write("precious.txt", "precious");
    project.write("generated/mine.txt", "mine");
    project.write("generated/.secret", "secret");
    let list = project.read("generated/.arkerr-files");
    let paths = [
        "../precious.txt",
        "rust//mod.rs",
        "rust/./mod.rs",
        "/etc/passwd",
        ".secret",
    ];
    let forged = format!("{list}{}\nmine.txt\n", paths.join("\n"));
    project.write("generated/.arkerr-files", &forged);
    let before = project.tree();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(
        run.stderr,
        "\
warning[left-over-files]: 1 file may be left over: nothing renders what does not say that arkerr made it
--> generated/.arkerr-files
 = note: generated/mine.txt
 = help: if nobody needs them, run: rm generated/mine.txt

"
    );
    let mut expected = before;
    expected.insert("generated/.arkerr-files".to_owned(), list.into());
    assert_eq!(project.tree(), expected);
}

#[test]
fn what_a_killed_run_left_behind_is_tidied_up() {
    let project = generated();
    project.write("generated/rust/.arkerr-tmp-x", "half a fi");
    project.remove(RUST_MODULE);
    project.arkerr(&["generate"]).succeeded();
    assert!(!project.path("generated/rust/.arkerr-tmp-x").exists());
    check(&project).succeeded();
}

#[test]
fn a_file_where_a_folder_belongs_is_told_of() {
    let project = generated();
    fs::remove_dir_all(project.path("generated/typescript")).expect("the folder can be deleted");
    project.write("generated/typescript", "a file where a folder belongs");
    project.remove(RUST_MODULE);
    let before = project.tree();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(
        run.stderr.contains("a file is in the way of a folder"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("generated/typescript/index.ts"),
        "{}",
        run.stderr
    );
    assert_eq!(project.tree(), before);
}

#[test]
fn the_folder_is_named_in_the_command_that_mends() {
    let project = Project::seed();
    let parent = Project::empty();
    fs::create_dir(parent.path("my app")).expect("the folder can be made");
    for (path, bytes) in project.tree() {
        parent.write(&format!("my app/{path}"), bytes);
    }
    let run = parent.arkerr(&["-C", "my app", "check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.ends_with("run: arkerr -C 'my app' generate\n"),
        "{}",
        run.stdout
    );
    parent.arkerr(&["generate", "-C", "my app"]).succeeded();
    parent.arkerr(&["-C", "my app", "check"]).succeeded();

    let run = parent.arkerr(&["-C", "no such folder", "check"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("cannot work in `no such folder`"),
        "{}",
        run.stderr
    );
}

#[test]
fn quiet_leaves_the_status_to_speak() {
    let project = Project::seed();
    let run = project.arkerr(&["--quiet", "check"]);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (1, "", "")
    );
    let run = project.arkerr(&["generate", "-q"]).succeeded();
    assert_eq!(run.stdout, "");
    let run = project.arkerr(&["check", "-q"]).succeeded();
    assert_eq!(run.stdout, "");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let project = Project::seed();
    assert!(!project.arkerr(&["check"]).stdout.contains('\u{1b}'));
    assert!(
        project
            .arkerr(&["check", "--color", "always"])
            .stdout
            .contains('\u{1b}')
    );
    let output = project
        .command(&["check"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .expect("arkerr can be started");
    assert!(!Run::of(&output).stdout.contains('\u{1b}'));
}

#[test]
fn wrong_arguments_have_status_2() {
    let project = Project::seed();
    for arguments in [
        &["chek"][..],
        &[],
        &["check", "--frobnicate"],
        &["parse", "no/such.html"],
    ] {
        let run = project.arkerr(arguments);
        assert_eq!(run.status, 2, "{run:#?}");
        assert_ne!(run.stderr, "");
    }
}

#[test]
fn parse_reads_files_and_folders_in_json_or_as_a_table() {
    let project = Project::seed();
    let by_default = project.arkerr(&["parse"]).succeeded().stdout;
    let by_folder = project
        .arkerr(&["parse", "--format", "json", "docs-snapshot"])
        .succeeded();
    assert_eq!(by_default, by_folder.stdout);

    project.write("elsewhere/page.html", project.read(SEED));
    let run = project
        .arkerr(&["parse", "elsewhere/page.html"])
        .succeeded();
    assert!(
        run.stdout.contains("\"source\": \"elsewhere/page.html\""),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("\"id\": \"page\""), "{}", run.stdout);

    let table = project
        .arkerr(&["parse", "--format", "table"])
        .succeeded()
        .stdout;
    assert!(
        table.starts_with("docs-snapshot/core-vision-error-code.html: ArkTS API错误码 (Core Vision Kit), 12 codes\n"),
        "{table}"
    );
    assert!(
        table.contains("Failed to run, please try again."),
        "{table}"
    );
}

#[test]
fn parse_prints_what_could_be_read_beside_what_could_not() {
    let project = Project::seed();
    project.write("docs-snapshot/broken.html", "no page");
    let run = project.arkerr(&["parse"]);
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("\"1001400001\""), "{}", run.stdout);
    assert!(
        run.stderr.contains("docs-snapshot/broken.html"),
        "{}",
        run.stderr
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_printed_is_an_error() {
    let full = fs::File::create("/dev/full").expect("there is a device that is always full");
    let output = Project::seed().command(&["parse"]).stdout(full).output();
    let run = Run::of(&output.expect("arkerr can be started"));
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the result cannot be printed"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let project = Project::seed();
    let mut child = project
        .command(&["parse"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("arkerr can be started");
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().expect("arkerr ends"));
    run.succeeded();
}

#[test]
fn no_output_depends_on_the_place_or_the_environment() {
    let first = generated();
    let second = Project::seed();
    let output = second
        .command(&["generate"])
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("TZ", "Asia/Shanghai")
        .output()
        .expect("arkerr can be started");
    Run::of(&output).succeeded();
    assert_eq!(first.tree(), second.tree());
    let place = first.path("");
    let place = place.to_str().expect("the path is UTF-8");
    for (path, bytes) in first.tree() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(place), "{path} names the folder");
        assert!(
            !text.contains(env!("CARGO_PKG_VERSION")),
            "{path} names the version"
        );
    }
}
