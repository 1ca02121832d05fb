//! What has a schema keeps to it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use arkerr::catalog::Catalog;
use jsonschema::Validator;
use serde_json::Value;

use crate::common::{Project, read_tree, repository};

#[test]
fn the_catalogue_is_valid_against_its_schema() {
    for project in [
        Project::seed(),
        Project::page("every-kind-error-code.html"),
        Project::bilingual(),
    ] {
        assert_eq!(project.arkerr(&["generate"]).status, 0);
        let json = |path: &str| -> Value {
            let text = project.read(&format!("generated/json/{path}"));
            serde_json::from_str(&text).expect("the file is JSON")
        };
        let schema = json("catalog.schema.json");
        let validator = jsonschema::validator_for(&schema).expect("the schema is one");
        let catalog = json("catalog.json");
        let errors: Vec<String> = validator
            .iter_errors(&catalog)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        assert!(!validator.is_valid(&serde_json::json!({"schema": 1, "pages": [{}]})));

        // What was written is what the library reads.
        let read: Catalog = serde_json::from_value(catalog).expect("the catalogue is read back");
        assert!(
            read.pages[0]
                .codes
                .iter()
                .all(|code| code.identifiers.is_some())
        );
    }
}
/// The official schema, which is not ours to keep: it is among the sources of a package.
static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--manifest-path"])
        .arg(repository("Cargo.toml"))
        .output()
        .expect("cargo can be started");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages
        .iter()
        .find(|package| package["name"] == "serde-sarif");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = Path::new(manifest.expect("Cargo.toml names the package"));
    let schema = fs::read(manifest.with_file_name("src").join("schema.json"));
    let mut schema: Value = serde_json::from_slice(&schema.expect("the package has the schema"))
        .expect("the schema is JSON");
    // This pattern has a bracket too many, which only some engines bear. It is about languages,
    // of which arkerr states none.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        let language = language.as_object_mut().expect("a language has a schema");
        language.remove("pattern").expect("it has a pattern");
    }
    assert_eq!(
        schema["title"],
        "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    );
    jsonschema::validator_for(&schema).expect("it is a schema")
});

#[test]
fn the_schema_of_sarif_refuses_what_is_none() {
    assert!(!SARIF.is_valid(&serde_json::json!({"version": "2.1.0"})));
    let result = serde_json::json!({"ruleId": "a", "message": {}, "level": "fatal"});
    let runs = serde_json::json!([{"tool": {"driver": {"name": "a"}}, "results": [result]}]);
    assert!(!SARIF.is_valid(&serde_json::json!({"version": "2.1.0", "runs": runs})));
}

/// The expected reports of `arkerr check`, which a fast test compares with what it prints.
#[test]
fn reports_are_valid_sarif() {
    let mut count = 0;
    for (path, bytes) in read_tree(&repository("tests/it/cases/check")) {
        if path.ends_with(".sarif") {
            let sarif: Value = serde_json::from_slice(&bytes).expect("it is JSON");
            let errors = SARIF.iter_errors(&sarif).map(|error| error.to_string());
            assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new(), "{path}");
            count += 1;
        }
    }
    assert!(count > 0, "there are reports");
}

#[test]
fn what_templates_see_has_a_schema() {
    let run = Project::empty().arkerr(&["templates", "context", "--format", "json"]);
    let schemas: Value = serde_json::from_str(&run.succeeded().stdout).expect("it is JSON");
    for (_, schema) in schemas.as_object().expect("one for each kind") {
        jsonschema::validator_for(schema).expect("it is a schema");
    }
}
