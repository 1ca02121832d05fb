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
        let is_github = arguments.contains(&"github");
        let command = text.lines().find(|line| is_command(line, is_github));
        assert_eq!(command, None, "{arguments:?} prints a command");
        assert!(
            !printed.contains("\u{1b}[31mRED"),
            "{arguments:?}: {}",
            piece::seen(printed)
        );
    }
    run
}

/// Whether a service for continuous integration would do what a line says; of GitHub's format the
/// beginnings of lines are meant.
fn is_command(line: &str, is_github: bool) -> bool {
    let is_old = line.match_indices("##").any(|(at, mark)| {
        let rest = &line[at + mark.len()..];
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        rest.starts_with('[')
    });
    is_old || !is_github && line.trim_start().starts_with("::")
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

/// Commands of services, and what steers a terminal.
fn commands() -> String {
    format!(
        "::stop-commands::x ##[group]g ##vso[task.x]y\n  ::error::z\n{STEERING}\r\u{85}\u{2028}\u{1b}]8;;http://x\u{7}"
    )
}

/// Puts commands before each text of a value that is for people.
fn spoil(value: &mut serde_json::Value) {
    const MEANT: [&str; 9] = [
        "code", "constant", "group", "id", "kit", "text", "title", "url", "variant",
    ];
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(spoil),
        serde_json::Value::Object(values) => {
            for (key, value) in values {
                match value {
                    serde_json::Value::String(text) if MEANT.contains(&key.as_str()) => {
                        *text = commands() + text;
                    }
                    _ => spoil(value),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn a_catalog_of_somebody_else_steers_no_terminal() {
    let project = project();
    calm(&project, &["generate"], "");
    let catalog = project.read("generated/json/catalog.json");
    let mut value = serde_json::from_str(&catalog).expect("it is JSON");
    spoil(&mut value);
    project.write("other.json", value.to_string());
    for format in ["text", "json"] {
        for arguments in [["search", "stop"], ["search", "evil"], ["explain", "1001"]] {
            let options = ["--catalog", "other.json", "--format", format];
            calm(&project, &[&arguments[..], &options].concat(), "");
        }
    }
    for format in ["text", "json", "markdown"] {
        let arguments = ["diff", "generated/json/catalog.json", "other.json"];
        let run = calm(
            &project,
            &[&arguments[..], &["--format", format]].concat(),
            "",
        );
        assert!(run.stdout.contains("EVIL"), "{}", run.stdout);
    }
}

#[test]
fn arguments_steer_no_terminal() {
    let (project, evil) = (project(), &*commands());
    let option = format!("--{evil}");
    for arguments in [
        &[evil][..],
        &["check", evil],
        &["check", &option],
        &["check", "--format", evil],
        &["-C", evil, "check"],
        &["diff", evil, evil],
        &["diff", "a", "b", "--max-length", evil],
        &[
            "diff",
            "docs-snapshot",
            "new",
            "--format",
            "markdown",
            "--heading",
            evil,
        ],
        &["explain", "--catalog", evil, "1"],
        &["generate", "--changelog", evil, "--date", evil],
        &["import", evil],
        &["names", "rename", evil, "1", "A"],
        &["names", "rename", "evil-error-code", evil, evil],
        &["templates", "show", evil],
        &["templates", "export", evil, evil],
    ] {
        calm(&project, arguments, "");
    }
}

#[test]
fn settings_names_and_templates_steer_no_terminal() {
    let project = project();
    let quoted = serde_json::Value::from(commands()).to_string();
    for (file, text) in [
        ("arkerr.toml", format!("{quoted} = {quoted}\n")),
        (
            "arkerr.toml",
            format!("output = {quoted}\ntemplates = {quoted}\nsnapshots = {quoted}\n"),
        ),
        (
            "arkerr.toml",
            format!("[targets.x]\nfolder = {quoted}\nfiles = {{ {quoted} = {quoted} }}\n"),
        ),
        ("arkerr.toml", commands()),
        (
            "names.toml",
            format!("{quoted}.enum = {quoted}\nx.1 = {{ name = {quoted}, {quoted} = 1 }}\n"),
        ),
        ("names.toml", commands()),
        (
            "tera/markdown/page.md.tera",
            format!("{{{{ {} }}}}", commands()),
        ),
        (
            "tera/markdown/page.md.tera",
            format!("{{{{ throw(message={quoted}) }}}}"),
        ),
    ] {
        project.write("arkerr.toml", "templates = \"tera\"\n");
        project.write("tera/x.tera", "");
        project.write(file, text);
        for arguments in [&["generate"][..], &["targets"], &["init"], &["names"]] {
            calm(&project, arguments, "");
        }
        for format in ["text", "json", "github", "sarif", "junit"] {
            calm(&project, &["check", "--format", format], "");
        }
        project.remove(file);
    }
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
