//! Golden files: the records and every output of two pages, byte for byte.
//!
//! After a change that is meant, `SNAPSHOTS=overwrite cargo test --test it golden::` writes the
//! files under `tests/it/cases/golden` anew; those under `generated` are written by `arkerr generate`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::{Project, SEED, repository};
use crate::expected::{assert_file, assert_text};
use arkerr::catalog::{Block, Catalog, CodeKind, Language, plain_text};

const EVERY_KIND: &str = "every-kind-error-code.html";

#[track_caller]
fn assert_golden(actual: &str, golden: &Path) {
    assert_file(actual, golden);
}

fn generated(project: &Project) -> BTreeMap<String, String> {
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    let files = project.tree().into_iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix("generated/")?.to_owned();
        Some((path, String::from_utf8(bytes).expect("outputs are UTF-8")))
    });
    files.collect()
}

fn catalog(project: &Project) -> Catalog {
    let run = project.arkerr(&["parse"]).succeeded();
    serde_json::from_str(&run.stdout).expect("the records are JSON")
}

#[test]
fn records_of_the_seed_page() {
    let records = Project::seed().arkerr(&["parse"]).succeeded().stdout;
    assert_golden(
        &records,
        &repository("tests/it/cases/golden/core-vision-error-code.json"),
    );
}

#[test]
fn records_of_a_page_with_every_kind_of_block() {
    let records = Project::page(EVERY_KIND)
        .arkerr(&["parse"])
        .succeeded()
        .stdout;
    assert_golden(
        &records,
        &repository("tests/it/cases/golden/every-kind-error-code.json"),
    );
}

#[test]
fn outputs_of_the_seed_page_are_those_in_the_repository() {
    let files = generated(&Project::seed());
    let committed = crate::common::read_tree(&repository("generated"));
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        committed.keys().collect::<Vec<_>>()
    );
    for (path, text) in files {
        let committed = std::str::from_utf8(&committed[&path]).expect("outputs are UTF-8");
        assert_text(&text, committed, &path);
    }
}

#[test]
fn outputs_of_a_page_with_every_kind_of_block() {
    for (path, text) in generated(&Project::page(EVERY_KIND)) {
        // What is the same for every page is seen in the outputs of the seed page.
        if path.contains("every-kind") || path.contains("every_kind") || path.contains("EveryKind")
        {
            let name = path.rsplit('/').next().expect("a path has a name");
            assert_golden(&text, &repository("tests/it/cases/golden").join(name));
        }
    }
}

/// The codes of a catalogue of HTML, without the style and the script around them.
fn html_codes(file: &str) -> &str {
    let start = file.find("<main>").expect("it has codes");
    let end = file.find("</main>").expect("they end");
    &file[start..end]
}

#[test]
fn the_html_of_a_page_with_every_kind_of_block_in_two_languages_or_with_former_names() {
    for (name, project) in [
        ("every-kind", Project::page(EVERY_KIND)),
        ("bilingual", Project::bilingual()),
        ("renamed", Project::renamed()),
    ] {
        let golden = repository("tests/it/cases/golden/html").join(name);
        let file = &generated(&project)["html/index.html"];
        assert_golden(html_codes(file), &golden.with_extension("html"));
    }
}

#[test]
fn outputs_of_a_page_in_two_languages() {
    let project = Project::bilingual();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_golden(
        &run.stderr,
        &repository("tests/it/cases/golden/bilingual.stderr.txt"),
    );
    let files = project.tree();
    for path in [
        "json/catalog.json",
        "c/pay_error_code.c",
        "c/pay_error_code.h",
        "markdown/pay-error-code.md",
        "rust/pay_error_code.rs",
        "typescript/pay-error-code.ts",
    ] {
        let bytes = files[&format!("generated/{path}")].clone();
        let text = String::from_utf8(bytes).expect("outputs are UTF-8");
        let name = path.rsplit('/').next().expect("a path has a name");
        assert_golden(
            &text,
            &repository("tests/it/cases/golden/bilingual").join(name),
        );
    }
}

#[test]
fn outputs_with_former_names() {
    let files = generated(&Project::renamed());
    for path in [
        "arkts/Index.ets",
        "arkts/UploadErrorCode.ets",
        "c/CMakeLists.txt",
        "c/error_code_info.h",
        "c/error_codes.h",
        "c/upload_error_code.h",
        "json/catalog.json",
        "markdown/upload-error-code.md",
        "rust/mod.rs",
        "rust/upload_error_code.rs",
        "typescript/index.ts",
        "typescript/upload-error-code.ts",
    ] {
        let name = path.rsplit('/').next().expect("a path has a name");
        let golden = repository("tests/it/cases/golden/renamed").join(name);
        assert_golden(&files[path], &golden);
    }
}

#[test]
fn rust_as_a_crate_and_as_a_build_script_s_output() {
    let project = Project::renamed();
    for (layout, files) in [
        (
            "crate",
            &[
                "Cargo.toml",
                "README.md",
                "src/lib.rs",
                "src/upload_error_code.rs",
            ][..],
        ),
        ("include", &["error_codes.rs"]),
    ] {
        let settings = format!("[targets]\nrust = {{ layout = \"{layout}\" }}\n");
        project.write("arkerr.toml", settings);
        let outputs = generated(&project);
        for path in files {
            let name = path.rsplit('/').next().expect("a path has a name");
            let golden = repository("tests/it/cases/golden").join(layout).join(name);
            assert_golden(&outputs[&format!("rust/{path}")], &golden);
        }
    }
}

#[test]
fn outputs_that_are_packages() {
    for (target, layout) in [("arkts", "har"), ("typescript", "package")] {
        let project = Project::page(EVERY_KIND);
        let settings = format!("layout = '{layout}'\noptions.version = '1.2.3'\n");
        let config = format!("[targets]\nothers = false\n[targets.{target}]\n{settings}");
        project.write("arkerr.toml", config);
        for (path, text) in generated(&project) {
            if let Some(path) = path.strip_prefix(&format!("{target}/")) {
                // A file that git would heed goes by another name.
                let name = path.replace(".gitignore", "gitignore");
                let golden = repository("tests/it/cases/golden").join(layout).join(name);
                assert_golden(&text, &golden);
            }
        }
    }
}

#[test]
fn the_primary_language_is_that_of_the_comments() {
    let project = Project::bilingual();
    project.write("arkerr.toml", "language = 'en'");
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    let module = project.read("generated/rust/pay_error_code.rs");
    assert!(
        module.contains("/// The application may not pay."),
        "{module}"
    );
    assert!(!module.contains("应用没有支付权限。"), "{module}");
    let page = project.read("generated/markdown/pay-error-code.md");
    assert!(page.contains("### 中文: 权限校验失败"), "{page}");
    assert!(page.contains("应用没有支付权限。"), "{page}");
}

#[test]
fn the_seed_page_says_what_a_reader_sees_on_it() {
    let catalog = catalog(&Project::seed());
    let [page] = &catalog.pages[..] else {
        panic!("there is one page: {catalog:#?}");
    };
    assert_eq!(page.id, "core-vision-error-code");
    assert_eq!(page.source, SEED);
    assert_eq!(page.title, "ArkTS API错误码");
    assert_eq!(page.language, Language::Zh);
    assert_eq!(page.kit.as_deref(), Some("Core Vision Kit"));
    let Block::Note { title, .. } = &page.notes[0] else {
        panic!("the page begins with a note: {:?}", page.notes);
    };
    assert_eq!(title.as_deref(), Some("说明"));

    let codes: Vec<&str> = page.codes.iter().map(|code| code.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "200",
            "401",
            "1001400001",
            "1001400002",
            "1008400001",
            "1008400002",
            "1008800001",
            "1008800002",
            "1011000001",
            "1011000002",
            "1011000003",
            "1011000004",
        ]
    );
    let code = &page.codes[8];
    assert_eq!(code.kind, CodeKind::Heading);
    assert_eq!(code.value, Some(1_011_000_001));
    assert_eq!(code.title.as_deref(), Some("运行失败"));
    assert_eq!(code.anchor.as_deref(), Some("section8571104312484"));
    assert_eq!(code.devices, ["Phone", "PC/2in1", "Tablet"]);
    assert_eq!(
        page.code_url(code).as_deref(),
        Some(
            "https://developer.huawei.com/consumer/cn/doc/harmonyos-references/core-vision-error-code#section8571104312484"
        )
    );
    let [case] = &code.cases[..] else {
        panic!("the code has one case: {:#?}", code.cases);
    };
    assert_eq!(
        plain_text(&case.message),
        ["Failed to run, please try again."]
    );
    assert_eq!(plain_text(&case.description), ["运行失败，请重试。"]);
    assert_eq!(
        plain_text(&case.causes),
        ["输入不符合要求，如传入了一张没有显著性主体的图片、损坏的无法打开的图片、非图片。"]
    );
    assert_eq!(
        plain_text(&case.steps),
        ["重新传入一张存在显著性主体（面积占比大于千分之五）的图片。"]
    );
}

#[test]
fn records_survive_a_round_trip_through_json() {
    for project in [Project::seed(), Project::page(EVERY_KIND)] {
        let catalog = catalog(&project);
        let json = serde_json::to_string(&catalog).expect("records are JSON");
        let back: Catalog = serde_json::from_str(&json).expect("records are read back");
        assert_eq!(back, catalog);
    }
}
