//! The generated Rust, compiled and used.

use std::fs;
use std::process::Command;

use crate::common::{Project, Run, repository};

#[path = "../../generated/rust/mod.rs"]
mod error_codes;

use error_codes::{AnyCode, CoreVisionErrorCode};

#[test]
fn an_application_can_use_the_enum() {
    let code = CoreVisionErrorCode::from_code(1001400001);
    assert_eq!(code, Some(CoreVisionErrorCode::TextRecognitionFailedToRun));
    assert_eq!(CoreVisionErrorCode::from_code(1), None);
    assert_eq!(
        CoreVisionErrorCode::try_from(200),
        Ok(CoreVisionErrorCode::RunTimedOut)
    );
    let unknown = CoreVisionErrorCode::try_from(-1).expect_err("the page does not have it");
    assert_eq!(unknown.code(), -1);
    assert_eq!(unknown.to_string(), "-1 is not a known error code");

    let code = CoreVisionErrorCode::SubjectObjectSkeletonFailedToRun;
    assert_eq!(code.code(), 1_011_000_001);
    assert_eq!(i64::from(code), 1_011_000_001);
    assert_eq!(code.message(), "Failed to run, please try again.");
    assert_eq!(code.title(), "运行失败");
    assert_eq!(code.description(), "运行失败，请重试。");
    assert_eq!(code.causes().len(), 1);
    assert_eq!(
        code.steps(),
        ["重新传入一张存在显著性主体（面积占比大于千分之五）的图片。"]
    );
    assert_eq!(code.devices(), ["Phone", "PC/2in1", "Tablet"]);
    assert!(
        code.doc_url()
            .ends_with("/core-vision-error-code#section8571104312484")
    );
    assert_eq!(
        code.to_string(),
        "1011000001: Failed to run, please try again."
    );

    assert_eq!(CoreVisionErrorCode::ALL.len(), 12);
    for code in CoreVisionErrorCode::ALL {
        assert_eq!(CoreVisionErrorCode::from_code(code.code()), Some(*code));
        assert_eq!(code.info().code, code.code());
    }
}

#[test]
fn the_enum_works_in_constants_and_as_an_error() {
    const CODE: Option<CoreVisionErrorCode> = CoreVisionErrorCode::from_code(401);
    const MESSAGE: &str = CoreVisionErrorCode::ParameterCheckFailed.message();
    assert_eq!(CODE, Some(CoreVisionErrorCode::ParameterCheckFailed));
    assert_eq!(MESSAGE, "The parameter check failed.");

    fn fail() -> Result<(), Box<dyn std::error::Error>> {
        Err(CoreVisionErrorCode::ParameterCheckFailed)?;
        Ok(())
    }
    let error = fail().expect_err("it fails");
    assert_eq!(error.downcast_ref(), CODE.as_ref());
}

#[test]
fn any_number_can_be_kept() {
    let known: AnyCode<CoreVisionErrorCode> = AnyCode::from(200);
    assert_eq!(known, AnyCode::Known(CoreVisionErrorCode::RunTimedOut));
    assert_eq!(known.known(), Some(CoreVisionErrorCode::RunTimedOut));
    assert_eq!(known.code(), 200);
    assert_eq!(
        known.to_string(),
        CoreVisionErrorCode::RunTimedOut.to_string()
    );
    for number in [0, -1, i64::MIN, i64::MAX] {
        let unknown: AnyCode<CoreVisionErrorCode> = number.into();
        assert_eq!((unknown.code(), unknown.known()), (number, None));
        assert_eq!(
            unknown.to_string(),
            format!("{number} is not a known error code")
        );
    }
}

/// An error that has another for its source.
#[derive(Debug)]
struct Wrapped(Box<dyn std::error::Error + Send + Sync>);

impl std::fmt::Display for Wrapped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it did not work")
    }
}

impl std::error::Error for Wrapped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

#[test]
fn a_code_is_found_in_what_was_caught() {
    let code = CoreVisionErrorCode::RunTimedOut;
    let found = |error: &(dyn std::error::Error + 'static)| CoreVisionErrorCode::in_error(error);
    assert_eq!(found(&code), Some(code));
    assert_eq!(found(&AnyCode::Known(code)), Some(code));
    assert_eq!(found(&Wrapped(Wrapped(code.into()).into())), Some(code));
    assert_eq!(found(&Wrapped("no code".into())), None);

    let unknown: AnyCode<CoreVisionErrorCode> = AnyCode::from(7);
    let error = Wrapped(unknown.into());
    assert_eq!(found(&error), None);
    assert_eq!(AnyCode::in_error(&error), Some(unknown));

    let error = std::io::Error::other(code);
    let inner = error.get_ref().expect("it has one");
    assert_eq!(found(inner), Some(code));
}

/// The projects whose outputs the compilers are shown.
fn projects() -> Vec<Project> {
    let several = Project::page("every-kind-error-code.html");
    let hostile = fs::read(repository("tests/it/cases/pages/hostile-error-code.html"));
    several.write(
        "docs-snapshot/hostile-error-code.html",
        hostile.expect("there is such a page"),
    );
    // A page may be called as something in the generated code is.
    for id in ["errorcode-unknown", "error-code", "mod", "self", "index"] {
        let page = "<h1>T</h1><h2>1 One</h2><p>Error Message</p><p>Self.</p>";
        several.write(&format!("docs-snapshot/{id}.html"), page);
    }
    let projects = vec![
        Project::seed(),
        several,
        Project::bilingual(),
        Project::renamed(),
    ];
    for project in &projects {
        assert_eq!(project.arkerr(&["generate"]).status, 0);
    }
    projects
}

/// Makes a package with a library that exports a project's Rust output and has no standard
/// library, and an application that declares it as the README says and uses nothing of it.
fn make_package(project: &Project) {
    project.write(
        "Cargo.toml",
        "[package]\nname = 'generated'\nedition = '2021'\n[workspace]\n",
    );
    project.write(
        "src/lib.rs",
        "//! Generated.\n#![no_std]\n#![forbid(unsafe_code)]\n#![deny(missing_docs)]\n\
         #[path = \"../generated/rust/mod.rs\"]\npub mod error_codes;\n",
    );
    let readme = fs::read_to_string(repository("README.md")).expect("there is a README");
    let declaration = readme.lines().find(|line| line.contains("#[path"));
    let declaration = declaration.and_then(|line| line.split('`').nth(1));
    let declaration = declaration.expect("the README says how to declare the module");
    project.write(
        "src/main.rs",
        format!("//! Main.\n{declaration}\nfn main() {{}}\n"),
    );
}

#[track_caller]
fn cargo(project: &Project, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(project.path(""))
        .env("CARGO_TARGET_DIR", project.path("target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("RUST_TEST_THREADS", "1");
    Run::of(&command.output().expect("cargo can be started"))
}

#[test]
fn compilers_have_nothing_to_say() {
    for project in projects() {
        make_package(&project);
        for arguments in [
            &["clippy", "--offline", "--quiet", "--", "-D", "warnings"][..],
            &["doc", "--offline", "--quiet"],
        ] {
            let run = cargo(&project, arguments);
            assert_eq!(
                (run.status, run.stderr.as_str()),
                (0, ""),
                "{arguments:?}: {run:#?}"
            );
        }
    }
}

#[test]
fn no_text_of_a_page_becomes_a_documentation_test() {
    let project = Project::page("hostile-error-code.html");
    project.arkerr(&["generate"]);
    make_package(&project);
    let run = cargo(&project, &["test", "--offline", "--doc"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert!(run.stdout.contains("running 0 tests"), "{run:#?}");
}

#[test]
fn no_text_of_a_page_becomes_html_of_the_documentation() {
    let project = Project::page("hostile-error-code.html");
    project.arkerr(&["generate"]);
    make_package(&project);
    assert_eq!(
        cargo(&project, &["doc", "--lib", "--offline", "--quiet"]).status,
        0
    );
    let page = "target/doc/generated/error_codes/hostile_error_code/enum.HostileErrorCode.html";
    let html = project.read(page);
    assert!(html.contains("alert(1)"), "the text is on the page");
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(
        !html.contains("https://example.com/beacon.png\" alt"),
        "{html}"
    );
    assert!(!html.contains("<img src=\"https://example.com"), "{html}");
}

#[test]
fn rustfmt_leaves_the_files_as_they_are() {
    for project in projects() {
        for edition in ["2021", "2024"] {
            let output = Command::new("rustfmt")
                .args(["--check", "--edition", edition, "generated/rust/mod.rs"])
                .current_dir(project.path(""))
                .output();
            let run = Run::of(&output.expect("rustfmt can be started"));
            assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        }
    }
}

#[test]
fn former_names_are_deprecated_and_mean_what_the_new_ones_do() {
    let project = Project::renamed();
    project.arkerr(&["generate", "-q"]).succeeded();
    project.write(
        "main.rs",
        "#[path = \"generated/rust/mod.rs\"]\nmod error_codes;\n\
         use error_codes::{TransferErrorCode, UploadErrorCode};\n\
         fn main() {\n\
             match UploadErrorCode::TooSlow {\n\
                 TransferErrorCode::HTTPSConnectionTimedOut => print!(\"the same\"),\n\
                 _ => print!(\"another\"),\n\
             }\n\
         }\n",
    );
    let compiled = Command::new("rustc")
        .args(["--edition", "2021", "main.rs", "-o", "program"])
        .current_dir(project.path(""))
        .output();
    let compiled = Run::of(&compiled.expect("rustc can be started"));
    assert_eq!(compiled.status, 0, "{compiled:#?}");
    for (former, now) in [
        ("TransferErrorCode", "it is called `UploadErrorCode` now"),
        ("HTTPSConnectionTimedOut", "it is called `TooSlow` now"),
    ] {
        let mut lines = compiled.stderr.lines();
        let warns = lines
            .any(|line| line.contains("deprecated") && line.contains(former) && line.contains(now));
        assert!(warns, "{former}: {}", compiled.stderr);
    }
    let ran = Command::new(project.path("program")).output();
    assert_eq!(
        Run::of(&ran.expect("the program can be started")).stdout,
        "the same"
    );
}

#[test]
fn hostile_text_is_read_back_as_it_was() {
    let project = Project::page("hostile-error-code.html");
    project.arkerr(&["generate"]);
    project.write(
        "main.rs",
        "#[path = \"generated/rust/mod.rs\"]\nmod error_codes;\n\
         use error_codes::HostileErrorCode as Code;\n\
         fn main() {\n\
             for code in Code::ALL {\n\
                 print!(\"{}\\0{}\\0\", code.message(), code.description());\n\
             }\n\
         }\n",
    );
    let compiled = Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "-D",
            "warnings",
            "main.rs",
            "-o",
            "program",
        ])
        .current_dir(project.path(""))
        .output();
    let compiled = Run::of(&compiled.expect("rustc can be started"));
    assert_eq!((compiled.status, compiled.stderr.as_str()), (0, ""));
    let ran = Command::new(project.path("program")).output();
    let printed = Run::of(&ran.expect("the program can be started")).stdout;
    let expected: Vec<String> = crate::common::texts(&project);
    let printed: Vec<&str> = printed.split_terminator('\0').collect();
    assert_eq!(printed, expected);
}
