//! What is printed of a page steers no terminal, and nothing in it looks like something else.

use super::piece;
use crate::common::{Project, Run};

/// Moves the cursor, clears the screen, sets the title, colours what follows, goes back to the
/// beginning of the line, and turns its direction.
const STEERING: &str = "EVIL\u{1b}[2J\u{1b}]0;x\u{7}\u{1b}[31mRED\u{9b}31m\u{9d}0;x\u{9c}\u{8}&#13;\u{202e}\u{2066}\u{e0041}\u{7f}\u{1b}c";

/// A page that says so in every place, and tries to be read in many ways that are told.
fn page(message: &str) -> String {
    let evil = STEERING;
    format!(
        "<h1>{evil} title</h1><p>{evil} notes</p>\
         <h2 id='{evil}'>1001 {evil} heading</h2>\
         <div class='device-list'><span class='support-device-item'>{evil}</span></div>\
         <p><strong>错误信息</strong></p><p>{message} {evil}</p>\
         <p><strong>错误信息</strong></p><p>Twice {evil}</p>\
         <p><strong>错误描述</strong></p><p>描述{evil}</p><pre>{evil}\n\t{evil}</pre>\
         <p><strong>{evil} label</strong></p><p>{evil}</p><p>错误描述 {evil}</p>\
         <p><strong>处理步骤</strong></p>\
         <h2>1002 </h2><p><strong>错误信息</strong></p><p>{message} {evil}</p>\
         <h2>{evil} group</h2><p><strong>错误信息</strong></p><p>{evil}</p>\
         <table><tr><th>错误码</th><th>错误信息</th></tr><tr><td>1003</td><td>{evil}</td></tr>\
         <tr><td>{evil} 77</td><td>{evil}</td></tr></table>\
         <ul><li><h2>1004 {evil} hidden</h2></li></ul>"
    )
}

fn project() -> Project {
    let project = Project::empty();
    project.write(
        "arkerr.toml",
        "[pages.evil-error-code]\nkit = \"Kit \\u001b[2J\\u202e\"\n",
    );
    project.write("docs-snapshot/evil-error-code.html", page("Old failure."));
    project.write("new/evil-error-code.html", page("New failure."));
    project
}

/// Runs arkerr in colour, which keeps the sequences of a terminal, and looks at what it prints.
#[track_caller]
fn calm(project: &Project, arguments: &[&str], input: &str) -> Run {
    let arguments = [arguments, &["--color", "always"]].concat();
    // A command that does not read its input may have ended before.
    let (run, _) = project.arkerr_offered(&arguments, input.as_bytes());
    for printed in [&run.stdout, &run.stderr] {
        let text = without_colours(printed);
        if let Some(c) = text.chars().find(|c| *c != '\n' && piece::is_hidden(*c)) {
            panic!(
                "{arguments:?} prints {}:\n{}",
                c.escape_unicode(),
                piece::seen(&text)
            );
        }
        assert!(
            !printed.contains("\u{1b}[31mRED"),
            "{arguments:?}: {}",
            piece::seen(printed)
        );
    }
    run
}

/// A text without the sequences that colour what follows, which arkerr prints itself.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        match rest.strip_prefix('m') {
            Some(rest) => out.push_str(rest),
            None => out.extend(["\u{1b}[", piece]),
        }
    }
    out
}

#[test]
fn what_is_read_and_found_steers_no_terminal() {
    let project = project();
    for format in ["json", "table"] {
        let run = calm(&project, &["parse", "--format", format], "");
        assert!(run.stdout.contains("EVIL"), "{}", run.stdout);
    }
    let run = calm(&project, &["lint"], "");
    assert!(run.stderr.contains("hidden-character"), "{}", run.stderr);
    for format in ["text", "json", "markdown"] {
        let run = calm(
            &project,
            &["diff", "docs-snapshot", "new", "--format", format],
            "",
        );
        assert!(run.stdout.contains("EVIL"), "{}", run.stdout);
    }
    calm(
        &project,
        &["import", "new/evil-error-code.html", "--dry-run"],
        "",
    );
}

#[test]
fn what_is_generated_and_looked_up_steers_no_terminal() {
    let project = project();
    calm(&project, &["generate"], "");
    assert!(project.path("generated/rust/mod.rs").exists());
    for format in ["table", "json"] {
        calm(&project, &["names", "--format", format], "");
    }
    for format in ["text", "json"] {
        let run = calm(
            &project,
            &["explain", "1001", "1003", "--format", format],
            "",
        );
        assert!(run.stdout.contains("EVIL"), "{}", run.stdout);
        let run = calm(&project, &["search", "evil", "--format", format], "");
        assert!(run.stdout.contains("EVIL"), "{}", run.stdout);
    }
    let log = format!("{STEERING} code 1001 {STEERING}\n");
    let run = calm(&project, &["explain", "-"], &log);
    assert!(run.stdout.contains("1001"), "{}", run.stdout);
    calm(&project, &["explain", STEERING], "");
    calm(&project, &["search", STEERING], "");
}

#[test]
fn what_has_drifted_steers_no_terminal() {
    let project = project();
    calm(&project, &["generate"], "");
    project.write("docs-snapshot/evil-error-code.html", page("Other failure."));
    let file = "generated/markdown/evil-error-code.md";
    project.write(file, project.read(file).replace("notes", STEERING));
    for format in ["text", "json", "github", "sarif", "junit"] {
        let run = calm(&project, &["check", "--format", format], "");
        assert_eq!(run.status, 1, "{run:#?}");
    }
    calm(&project, &["generate"], "");
}

/// Windows has no such names.
#[cfg(unix)]
#[test]
fn the_name_of_a_file_steers_no_terminal() {
    let project = Project::empty();
    let path = "docs-snapshot/evil\u{1b}[2J\u{9b}31m\u{202e}-error-code.html";
    project.write(path, page("Failure."));
    for arguments in [
        &["parse"][..],
        &["lint"],
        &["check"],
        &["generate"],
        &["names"],
    ] {
        let run = calm(&project, arguments, "");
        let printed = run.stdout + &run.stderr;
        assert!(printed.contains("evil"), "{arguments:?}: {printed}");
    }
}
