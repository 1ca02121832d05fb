//! Every seed of the fuzz targets goes through what its target does, so that neither rots.

use crate::common::{read_tree, repository};
use crate::fuzz;

#[track_caller]
fn run(folder: &str, target: fn(&[u8])) {
    let seeds = read_tree(&repository(folder));
    assert!(!seeds.is_empty(), "{folder} has no seeds");
    for bytes in seeds.values() {
        target(bytes);
    }
}

#[test]
fn seeds_of_pages_are_fine() {
    run("fuzz/seeds/page", fuzz::page);
    for folder in ["forms", "pages", "import"] {
        run(&format!("tests/it/cases/{folder}"), fuzz::page);
    }
}

#[test]
fn seeds_of_repetition_are_fine() {
    run("fuzz/seeds/budget", fuzz::budget);
}

#[test]
fn seeds_of_settings_are_fine() {
    run("fuzz/seeds/settings", fuzz::settings);
}

#[test]
fn seeds_of_markdown_are_fine() {
    run("fuzz/seeds/markdown", fuzz::markdown);
}
