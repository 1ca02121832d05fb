//! The README says what is true.

use std::fs;

use crate::common::{Project, docs, repository};
use arkerr::catalog::{Catalog, plain_text};

fn block_after(mark: &str) -> String {
    docs::block_after("README.md", mark)
}

#[test]
fn the_generated_piece_is_in_the_generated_file() {
    let path = "generated/arkts/CoreVisionErrorCode.ets";
    let file = fs::read_to_string(repository(path)).expect("there is such a file");
    let piece = block_after(&format!("<!-- from {path} -->"));
    assert!(
        piece.contains("1001400001") && file.contains(&piece),
        "{piece}"
    );
}

#[test]
fn the_output_of_check_is_what_check_prints() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    let path = "generated/arkts/CoreVisionErrorCode.ets";
    let changed = project
        .read(path)
        .replace("RUN_TIMED_OUT = 200", "RUN_TIMED_OUT = 201");
    project.write(path, changed);
    let shown = block_after("<!-- output of arkerr check");
    assert_eq!(
        format!("$ arkerr check\n{}", project.arkerr(&["check"]).stdout),
        shown
    );
}

#[test]
fn the_command_that_renames_says_so() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    let shown = block_after("<!-- commands on the seed page -->");
    let command = shown.lines().next().expect("there is a command");
    let arguments = command.trim_start_matches("$ arkerr ").split(' ');
    let run = project.arkerr(&arguments.collect::<Vec<_>>()).succeeded();
    assert_eq!(format!("{command}\n{}", run.stdout), shown);
}

#[test]
fn the_explanation_is_what_explain_prints() {
    let shown = block_after("<!-- output of arkerr explain -->");
    let run = Project::seed()
        .arkerr(&["explain", "1001400001"])
        .succeeded();
    assert_eq!(
        format!("$ arkerr explain 1001400001\n{}", run.stdout),
        shown
    );
}

#[test]
fn the_examples_of_names_are_true() {
    let project = Project::page("naming-error-code.html");
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    let catalog = project.read("generated/json/catalog.json");
    let catalog: Catalog = serde_json::from_str(&catalog).expect("it is the catalogue");
    let text = fs::read_to_string(repository("docs/names.md")).expect("it is there");
    let mut shown = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        // The rule is for people.
        shown.extend(Some(cells[..cells.len() - 1].join(" | ")).filter(|_| cells.len() == 4));
    }
    let codes = catalog.pages.iter().flat_map(|page| &page.codes);
    let expected: Vec<String> = codes
        .map(|code| {
            let case = &code.cases[0];
            let texts = plain_text(&case.message).into_iter();
            let texts = texts
                .chain(code.title.clone())
                .chain(plain_text(&case.description));
            let said: Vec<String> = texts.collect();
            let names = code.identifiers.as_ref().expect("every code has a name");
            format!(
                "| `{}` | {} | `{}`",
                code.code,
                said.join(" / "),
                names.constant
            )
        })
        .collect();
    assert_eq!(shown, expected);
}
