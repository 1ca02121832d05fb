//! The generated Rust as a crate of its own, and as a build script's output.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Project, Run, repository};

/// What to write into `arkerr.toml` for Rust in a layout, and nothing else.
fn rust_in(layout: &str) -> String {
    format!("[targets]\nothers = false\nrust = {{ layout = '{layout}' }}\n")
}

/// A project with pages of every sort and former names, which has Rust in a layout.
fn project(layout: &str) -> Project {
    let project = Project::renamed();
    for page in ["every-kind-error-code.html", "hostile-error-code.html"] {
        let text =
            fs::read(repository("tests/it/cases/pages").join(page)).expect("there is such a page");
        project.write(&format!("docs-snapshot/{page}"), text);
    }
    project.write("arkerr.toml", rust_in(layout));
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    project
}

/// Packages are compiled here, so that what they need is compiled once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates")
}

/// Runs Cargo in a folder of a project, and sees that it has nothing to say.
#[track_caller]
fn cargo(project: &Project, folder: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(project.path(folder))
        .env("CARGO_TARGET_DIR", target())
        // Every run leaves its own packages there, which are to be small.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TERM_QUIET", "true")
        .env("RUSTDOCFLAGS", "-D warnings");
    let run = Run::of(&command.output().expect("cargo can be started"));
    assert_eq!(run.status, 0, "{arguments:?}: {run:#?}");
    assert_eq!(run.stderr, "", "{arguments:?}");
    run
}

/// What follows the arguments of Clippy, so that it fails on everything that it finds.
const DENY: [&str; 5] = ["--", "-D", "warnings", "-D", "missing_docs"];

#[test]
fn compilers_have_nothing_to_say_of_the_crate() {
    let project = project("crate");
    for features in [&[][..], &["--all-features"]] {
        let arguments = [&["clippy"], features, &DENY].concat();
        cargo(&project, "generated/rust", &arguments);
        let arguments = [&["doc", "--no-deps"], features].concat();
        cargo(&project, "generated/rust", &arguments);
    }
}

#[test]
fn the_examples_of_the_front_page_run() {
    let project = project("crate");
    cargo(&project, "generated/rust", &["build"]);
    let libraries = target().join("debug");
    let library = libraries.join("libharmonyos_error_codes.rlib");
    let tested = rustdoc_tests(
        &project.path("generated/rust/src/lib.rs"),
        &[
            "-L",
            &format!("dependency={}", libraries.join("deps").display()),
            "--extern",
            &format!("harmonyos_error_codes={}", library.display()),
        ],
    );
    assert_eq!(tested.status, 0, "{tested:#?}");
    assert!(tested.stdout.contains("3 passed"), "{tested:#?}");
}

/// Has rustdoc look for the examples in a file and its modules, and run them.
pub fn rustdoc_tests(file: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new("rustdoc");
    command.args([
        "--test",
        "--edition=2021",
        "--crate-name=harmonyos_error_codes",
    ]);
    command.arg(file).args(arguments);
    Run::of(&command.output().expect("rustdoc can be started"))
}

#[test]
fn rustfmt_leaves_the_files_as_they_are() {
    for (layout, root) in [("crate", "src/lib.rs"), ("include", "error_codes.rs")] {
        let project = project(layout);
        for edition in ["2021", "2024"] {
            let output = Command::new("rustfmt")
                .args(["--check", "--edition", edition])
                .arg(project.path("generated/rust").join(root))
                .output();
            let run = Run::of(&output.expect("rustfmt can be started"));
            assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        }
    }
}

#[test]
fn names_and_versions_are_those_that_were_chosen() {
    let project = Project::seed();
    project.write(
        "arkerr.toml",
        "[targets]\nothers = false\n[targets.rust]\nlayout = 'crate'\n\
         [targets.rust.options]\nname = 'vision-codes'\nversion = '2.3.4'\nlicense = 'MIT'\n",
    );
    project.arkerr(&["generate", "-q"]).succeeded();
    let manifest = project.read("generated/rust/Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let package = &manifest["package"];
    assert_eq!(package["name"].as_str(), Some("vision-codes"));
    assert_eq!(package["version"].as_str(), Some("2.3.4"));
    assert_eq!(package["license"].as_str(), Some("MIT"));
    assert!(package.get("publish").is_none());
    let readme = project.read("generated/rust/README.md");
    assert!(readme.contains("use vision_codes::CoreVisionErrorCode;"));
}

/// A program that uses the crate of a project, on which it depends with these features.
fn write_user(project: &Project, features: &str, main: &str) {
    let dependencies = format!(
        "harmonyos-error-codes = {{ path = '../generated/rust', features = [{features}] }}\n"
    );
    project.write(
        "user/Cargo.toml",
        format!(
            "[package]\nname = 'user'\nedition = '2024'\n[workspace]\n\
             [dependencies]\nserde_json = '1'\n{dependencies}"
        ),
    );
    project.write("user/src/main.rs", main);
}

#[test]
fn codes_are_written_as_numbers_and_read_from_them() {
    let project = project("crate");
    let main = r#"
use harmonyos_error_codes::{AnyCode, UploadErrorCode};

fn main() {
    let slow = UploadErrorCode::TooSlow;
    let written = serde_json::to_string(&slow).unwrap();
    assert_eq!(written, "1000100002");
    assert_eq!(serde_json::from_str::<UploadErrorCode>(&written).unwrap(), slow);
    let error = serde_json::from_str::<UploadErrorCode>("7").unwrap_err();
    assert_eq!(error.to_string(), "7 is not a known error code");

    for number in [1_000_100_002, 7, -1, i64::MIN, i64::MAX] {
        let code: AnyCode<UploadErrorCode> = serde_json::from_str(&number.to_string()).unwrap();
        assert_eq!(code, AnyCode::from(number));
        assert_eq!(serde_json::to_string(&code).unwrap(), number.to_string());
    }
    let by_code = std::collections::HashMap::from([(slow, 1)]);
    let written = serde_json::to_string(&by_code).unwrap();
    assert_eq!(written, "{\"1000100002\":1}");
    assert_eq!(serde_json::from_str::<std::collections::HashMap<_, _>>(&written).unwrap(), by_code);

    let info = serde_json::to_value(slow.info()).unwrap();
    assert_eq!(info["code"], 1_000_100_002);
    assert_eq!(info["message"], slow.message());
    assert_eq!(info["causes"], serde_json::json!([]));
}
"#;
    write_user(&project, "'serde'", main);
    cargo(&project, "user", &["run"]);
}

#[test]
fn the_crate_needs_no_standard_library() {
    let project = project("crate");
    // The standard library handles panics itself: a program in which something needs it has two
    // handlers, which is an error.
    let library = r#"
#![no_std]

use harmonyos_error_codes::{AnyCode, UploadErrorCode};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[unsafe(no_mangle)]
extern "C" fn is_upload_error_code(code: i64) -> bool {
    AnyCode::<UploadErrorCode>::from(code).known().is_some()
}
"#;
    project.write(
        "user/Cargo.toml",
        "[package]\nname = 'bare'\nedition = '2024'\n[workspace]\n\
         [lib]\ncrate-type = ['staticlib']\n[profile.dev]\npanic = 'abort'\n\
         [dependencies]\n\
         harmonyos-error-codes = { path = '../generated/rust', features = ['serde'] }\n",
    );
    project.write("user/src/lib.rs", library);
    cargo(&project, "user", &["build"]);
}

#[test]
fn a_build_script_s_output_can_be_included() {
    let project = project("include");
    for (edition, main) in [
        ("2021", "fn main() {}\n"),
        (
            "2024",
            "use error_codes::{AnyCode, UploadErrorCode};\n\
             fn main() {\n\
                 let code = AnyCode::<UploadErrorCode>::from(1_000_100_002).known();\n\
                 assert_eq!(code, Some(UploadErrorCode::TooSlow));\n\
             }\n",
        ),
    ] {
        project.write(
            "user/Cargo.toml",
            format!("[package]\nname = 'including'\nedition = '{edition}'\n[workspace]\n"),
        );
        // What it writes is what arkerr has written: this is about where it lies.
        project.write(
            "user/build.rs",
            "//! Writes the error codes.\n\
             fn main() {\n\
                 let out = std::env::var(\"OUT_DIR\").expect(\"Cargo sets it\");\n\
                 for file in std::fs::read_dir(\"../generated/rust\").expect(\"it is there\") {\n\
                     let file = file.expect(\"it can be read\");\n\
                     let to = std::path::Path::new(&out).join(file.file_name());\n\
                     std::fs::copy(file.path(), to).expect(\"it can be copied\");\n\
                 }\n\
             }\n",
        );
        let declaration = "//! Main.\n\
             mod error_codes {\n\
                 include!(concat!(env!(\"OUT_DIR\"), \"/error_codes.rs\"));\n\
             }\n";
        project.write("user/src/main.rs", format!("{declaration}{main}"));
        cargo(&project, "user", &[&["clippy"], &DENY[..]].concat());
        cargo(&project, "user", &["run"]);
    }
}

#[test]
fn a_project_s_own_blocks_are_in_every_layout() {
    let project = Project::seed();
    project.write(
        "own/rust/page.rs.tera",
        "{% extends 'builtin/rust/page.rs' %}\n\
         {% block more %}\n\
         impl {{ page.type }} {\n\
             /// Whether the code is one of everybody's.\n\
             #[must_use]\n\
             pub const fn is_common(self) -> bool {\n\
                 self.code() < 1000\n\
             }\n\
         }\n\
         {% endblock more %}\n",
    );
    for (layout, file) in [
        ("module", "core_vision_error_code.rs"),
        ("include", "core_vision_error_code.rs"),
        ("crate", "src/core_vision_error_code.rs"),
    ] {
        let settings = format!("templates = 'own'\n{}", rust_in(layout));
        project.write("arkerr.toml", settings);
        project.arkerr(&["generate", "-q"]).succeeded();
        let page = project.read(&format!("generated/rust/{file}"));
        assert!(page.contains("fn is_common("), "{layout}: {page}");
        assert_eq!(page.contains("::serde"), layout == "crate");
    }
    cargo(
        &project,
        "generated/rust",
        &[&["clippy", "--all-features"], &DENY[..]].concat(),
    );
}
