//! The README says what is true.

mod common;

use std::fs;

use arkerr::config::Config;
use common::{Project, repository};

fn readme() -> String {
    fs::read_to_string(repository("README.md")).expect("there is a README")
}

/// The fenced block that follows a line which contains `mark`.
fn block_after(mark: &str) -> String {
    let readme = readme();
    let (_, rest) = readme.split_once(mark).expect("the README has the mark");
    let mut parts = rest.splitn(3, "```");
    let block = parts.nth(1).expect("a block follows the mark");
    let (_language, text) = block.split_once('\n').expect("the block has lines");
    text.to_owned()
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
fn the_configuration_is_one_and_states_the_defaults() {
    let stated = Config::parse(&block_after("## Configuration")).expect("it is right");
    let default = Config::parse("").expect("nothing is right, too");
    assert_eq!(stated.snapshots, default.snapshots);
    assert_eq!(stated.output, default.output);
    assert_eq!(stated.targets, default.targets);
    assert_eq!(stated.page_url("x"), default.page_url("x"));
    assert_eq!(
        stated.page_kit("core-vision-error-code"),
        Some("Core Vision Kit")
    );
}
