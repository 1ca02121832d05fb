//! The library as other programs use it: as a pipeline, and from a build script.

use arkerr::{Problem, Project};

/// A project on disk, and the library's view of it.
fn open(files: &crate::common::Project) -> Project {
    Project::open(files.path("")).expect("its settings are right")
}

#[test]
fn the_pipeline_can_be_walked_step_by_step() {
    let files = crate::common::Project::seed();
    let project = open(&files);
    let analysis = project.analyse().expect("the page is good");
    assert_eq!(analysis.catalog.code_count(), 12);
    assert!(analysis.diagnostics.is_empty());

    let rendered = project
        .render(&analysis.catalog)
        .expect("templates are right");
    assert!(rendered["rust/mod.rs"].contains("CoreVisionErrorCode"));
    let outputs = project.compare(rendered).expect("nothing is in the way");
    assert_eq!(outputs.files, analysis.outputs.files);
    assert!(!files.path("generated").exists());

    project.write(&analysis).expect("it can be written");
    assert_eq!(
        open(&files).analyse().expect("it is good").outputs.files,
        []
    );
    let saved = project.saved_catalog().expect("it has been written");
    assert_eq!(saved, analysis.catalog);
    assert_eq!(files.arkerr(&["check"]).status, 0);
}

#[test]
fn errors_say_what_to_act_on() {
    let empty = crate::common::Project::empty();
    let error = open(&empty).analyse().expect_err("there is no page");
    assert!(
        matches!(error.first_error(), Some(Problem::Project(_))),
        "{error}"
    );
    assert!(
        error.to_string().contains("there are no snapshots"),
        "{error}"
    );

    let one = crate::common::Project::seed();
    one.write("arkerr.toml", "outptu = 'a'");
    let error = Project::open(one.path("")).expect_err("the setting is misspelt");
    assert!(
        matches!(error.first_error(), Some(Problem::Config(_))),
        "{error}"
    );

    one.write("arkerr.toml", "templates = 'own'");
    one.write("own/rust/page.rs.tera", "{{ page.titel }}");
    let error = open(&one).analyse().expect_err("the member is misspelt");
    assert!(
        matches!(error.first_error(), Some(Problem::Template(_))),
        "{error}"
    );

    one.remove("arkerr.toml");
    one.write("names.toml", "core-vision-error-code.200 = 'not a name'");
    let error = open(&one).analyse().expect_err("the name is none");
    assert!(
        matches!(error.first_error(), Some(Problem::Names(_))),
        "{error}"
    );

    one.remove("names.toml");
    one.write("generated", "a file in the way");
    let error = open(&one).analyse().expect_err("the folder is a file");
    assert!(
        matches!(error.first_error(), Some(Problem::Output(_))),
        "{error}"
    );
}
