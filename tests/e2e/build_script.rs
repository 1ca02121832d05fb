//! A package whose build script uses arkerr as a library.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::common::{Project, Run, SEED, repository};

/// A package whose build script renders the pages of its folder `codes`.
struct Consumer {
    files: Project,
}

impl Consumer {
    fn new() -> Self {
        let files = Project::empty();
        let arkerr = repository("");
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
        let seed = fs::read(repository(SEED)).expect("it is there");
        files.write("codes/docs-snapshot/core-vision-error-code.html", seed);
        let lock = fs::read(repository("Cargo.lock")).expect("it is there");
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
            .env("CARGO_TERM_COLOR", "never");
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
