//! The library as other programs use it: as a pipeline, and from a build script.

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use arkerr::{Problem, Project};
use common::Run;

/// A project on disk, and the library's view of it.
fn open(files: &common::Project) -> Project {
    Project::open(files.path("")).expect("its settings are right")
}

#[test]
fn the_pipeline_can_be_walked_step_by_step() {
    let files = common::Project::seed();
    let project = open(&files);
    let analysis = project.analyse().expect("the page is good");
    assert_eq!(analysis.catalog.code_count(), 12);
    assert!(analysis.diagnostics.is_empty());

    let rendered = project
        .render(&analysis.catalog)
        .expect("templates are right");
    assert!(rendered["rust/mod.rs"].contains("CoreVisionErrorCode"));
    let plan = project.compare(rendered).expect("nothing is in the way");
    assert_eq!(plan.files, analysis.plan.files);
    assert!(!files.path("generated").exists());

    project.carry_out(&analysis).expect("it can be written");
    assert_eq!(open(&files).analyse().expect("it is good").plan.files, []);
    let saved = project.saved_catalog().expect("it has been written");
    assert_eq!(saved, analysis.catalog);
    assert_eq!(files.arkerr(&["check"]).status, 0);
}

#[test]
fn errors_say_what_to_act_on() {
    let empty = common::Project::empty();
    let error = open(&empty).analyse().expect_err("there is no page");
    assert!(
        matches!(error.first_error(), Some(Problem::Project(_))),
        "{error}"
    );
    assert!(
        error.to_string().contains("there are no snapshots"),
        "{error}"
    );

    let one = common::Project::seed();
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

/// A package whose build script renders the pages of its folder `codes`.
struct Consumer {
    files: common::Project,
}

impl Consumer {
    fn new() -> Self {
        let files = common::Project::empty();
        let arkerr = common::repository("");
        files.write(
            "Cargo.toml",
            format!(
                "[package]\nname = \"consumer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [build-dependencies]\narkerr = {{ path = {:?}, default-features = false }}\n\n\
                 [workspace]\n",
                arkerr.to_str().expect("the path is UTF-8")
            ),
        );
        files.write(
            "build.rs",
            "fn main() {\n    arkerr::build(\"codes\");\n}\n",
        );
        files.write(
            "src/main.rs",
            "mod error_codes {\n    include!(concat!(env!(\"OUT_DIR\"), \"/error_codes.rs\"));\n}\n\n\
             use error_codes::CoreVisionErrorCode;\n\n\
             fn main() {\n    \
                 let code = CoreVisionErrorCode::from_code(200);\n    \
                 println!(\"{}\", code.map_or(\"unknown\", |code| code.message()));\n    \
                 println!(\"{}\", CoreVisionErrorCode::ALL.len());\n}\n",
        );
        let seed = fs::read(common::repository(common::SEED)).expect("it is there");
        files.write("codes/docs-snapshot/core-vision-error-code.html", seed);
        let lock = fs::read(common::repository("Cargo.lock")).expect("it is there");
        files.write("Cargo.lock", lock);
        Self { files }
    }

    fn cargo(&self, arguments: &[&str]) -> Run {
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("consumer");
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(self.files.path(""))
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTFLAGS", "-Dwarnings");
        Run::of(&command.output().expect("cargo can be started"))
    }
}

#[test]
fn a_build_script_renders_what_the_package_includes() {
    let consumer = Consumer::new();
    let run = consumer.cargo(&["run", "--quiet"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(run.stdout, "Run timed out, please try again later.\n12\n");
    let warning = "codes: names.toml lacks 13 names, which may change with the documentation";
    let run = consumer.cargo(&["build"]);
    assert!(run.stderr.contains(warning), "{}", run.stderr);
    assert!(!consumer.files.path("codes/names.toml").exists());

    // Cargo runs the script again for what it depends on, and for nothing else.
    let script_ran = |run: &Run| run.stderr.contains("Compiling consumer");
    consumer.files.write("README.md", "changed");
    assert!(!script_ran(&consumer.cargo(&["build"])));
    let page = "codes/docs-snapshot/core-vision-error-code.html";
    let text = consumer.files.read(page);
    consumer
        .files
        .write(page, text.replace("Run timed out", "Running took too long"));
    let run = consumer.cargo(&["run"]);
    assert!(script_ran(&run), "{run:#?}");
    assert!(
        run.stdout.starts_with("Running took too long"),
        "{}",
        run.stdout
    );

    // What is wrong fails the build and can be read.
    consumer.files.write(page, &text[..text.len() / 2]);
    let run = consumer.cargo(&["build"]);
    assert_ne!(run.status, 0, "{run:#?}");
    assert!(run.stderr.contains("error["), "{}", run.stderr);
    assert!(
        run.stderr.contains("core-vision-error-code.html"),
        "{}",
        run.stderr
    );
}
