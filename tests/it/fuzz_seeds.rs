//! Every seed of the fuzz targets goes through what its targets do, so that neither rots.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

mod common;

use common::{read_tree, repository};

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
    for folder in [
        "fuzz/seeds/page",
        "tests/forms",
        "tests/pages",
        "tests/import",
    ] {
        run(folder, fuzz::decode);
        run(folder, fuzz::whole);
    }
}

#[test]
fn seeds_of_settings_are_fine() {
    run("fuzz/seeds/settings", fuzz::settings);
}

#[test]
fn seeds_of_logs_are_fine() {
    run("fuzz/seeds/log", fuzz::log);
}
