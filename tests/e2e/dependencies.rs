//! What the crates that arkerr is built of may be, as deny.toml has it. `cargo deny check` looks at more,
//! security advisories among them, but takes minutes to install.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use toml::Table;

use crate::common::repository;
use crate::tools::run;

/// The texts of a list in deny.toml.
fn texts(list: &toml::Value) -> BTreeSet<&str> {
    let list = list.as_array().expect("it is a list").iter();
    list.filter_map(toml::Value::as_str).collect()
}

/// Whether some choice of licences, such as `(MIT OR Apache-2.0) AND Unicode-3.0`, is allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let mut all_of = expression.split(" AND ");
    all_of.all(|choice| {
        let mut one_of = choice.split(" OR ");
        one_of.any(|license| {
            allowed.contains(license.trim().split(" WITH ").next().unwrap_or_default())
        })
    })
}

#[test]
fn crates_come_from_crates_io_under_licences_that_are_allowed() {
    let deny = fs::read_to_string(repository("deny.toml")).expect("it is there");
    let deny: Table = deny.parse().expect("it is TOML");
    let licenses = &deny["licenses"];
    let exceptions = licenses["exceptions"].as_array().expect("it is a list");
    let banned = deny["bans"]["deny"]
        .as_array()
        .expect("it is a list")
        .iter();
    let banned: Vec<&str> = banned
        .filter_map(|crate_| crate_["crate"].as_str())
        .collect();

    // Of the command and the library alone: nobody gets what the tests use.
    let mut tree = Command::new(env!("CARGO"));
    tree.args([
        "tree",
        "--package",
        "arkerr",
        "--edges",
        "normal,build",
        "--target",
        "all",
    ]);
    tree.args(["--prefix", "none", "--format", "{p}\t{l}"]);
    let crates = run(tree.current_dir(repository(""))).stdout;
    let crates: BTreeSet<&str> = crates
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    assert!(crates.len() > 50, "{crates:?}");
    for line in crates {
        let (package, license) = line.split_once('\t').expect("cargo prints two fields");
        let name = package.split(' ').next().unwrap_or_default();
        assert!(!banned.contains(&name), "{name} is banned");
        assert!(
            name == "arkerr" || !package.contains("(http") && !package.contains("(/"),
            "{package} is not from crates.io"
        );
        let mut allowed = texts(&licenses["allow"]);
        for exception in exceptions
            .iter()
            .filter(|exception| exception["crate"].as_str() == Some(name))
        {
            allowed.extend(texts(&exception["allow"]));
        }
        assert!(is_allowed(license, &allowed), "{package}: {license}");
    }
}
