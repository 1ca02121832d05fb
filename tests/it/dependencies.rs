//! docs/dependencies.md has a reason for every dependency, and for nothing else.

use std::collections::BTreeSet;
use std::fs;

use toml::Table;

/// The crates of the tables below a heading of the document.
fn documented(heading: &str) -> BTreeSet<String> {
    let document = fs::read_to_string(crate::common::repository("docs/dependencies.md"));
    let document = document.expect("there is such a file");
    let (_, section) = document
        .split_once(&format!("\n## {heading}\n"))
        .expect("there is such a heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
    let names = rows.filter_map(|row| row.split(" | ").next());
    let is_crate = |name: &&str| !matches!(*name, "crate" | "---");
    names.filter(is_crate).map(str::to_owned).collect()
}

fn manifest() -> Table {
    let text = fs::read_to_string(crate::common::repository("Cargo.toml")).expect("there is one");
    text.parse().expect("it is TOML")
}

/// The names in a table of dependencies that has a path in the manifest; none if there is none.
fn names(manifest: &Table, path: &[&str]) -> BTreeSet<String> {
    let mut table = Some(manifest);
    for key in path {
        table = table.and_then(|table| table.get(*key)?.as_table());
    }
    table
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

/// The dependencies that a feature brings.
fn of_feature(manifest: &Table, feature: &str) -> BTreeSet<String> {
    let parts = manifest["features"][feature].as_array();
    let parts = parts.expect("a feature is a list").iter();
    let parts = parts.map(|part| part.as_str().expect("its members are texts"));
    let crates = parts.filter_map(|part| part.strip_prefix("dep:"));
    crates.map(str::to_owned).collect()
}

#[test]
fn every_dependency_has_its_reason_in_the_table_of_its_feature() {
    let manifest = manifest();
    let (cli, fetch) = (of_feature(&manifest, "cli"), of_feature(&manifest, "fetch"));
    let all = names(&manifest, &["dependencies"]);
    let always = &(&all - &cli) - &fetch;
    // These would need a table of their own.
    assert!(names(&manifest, &["build-dependencies"]).is_empty());

    assert_eq!(documented("Always"), always);
    assert_eq!(documented("The command (`cli`)"), cli);
    assert_eq!(documented("Fetching (`fetch`)"), fetch);
}
