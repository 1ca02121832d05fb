//! Every seed of the fuzz targets goes through what its targets do, so that neither rots.

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
    for folder in [
        "fuzz/seeds/page",
        "tests/it/cases/forms",
        "tests/it/cases/pages",
        "tests/it/cases/import",
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
