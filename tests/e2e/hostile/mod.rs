//! No text of a page gets out of its place, in any output.
//!
//! Pages full of what ends comments, strings and elements are rendered by every target in every
//! layout, and each file is read by a parser of its language. What the parser finds has to be what
//! it finds in the same file with harmless words in the place of the texts: the same declarations,
//! elements and comments, and no others. With the texts put back for the words, every text has to
//! read as the page has it.
//!
//! The pages are saved in every form that arkerr reads. Those that hold HTML have to give the same
//! records as the HTML itself.
//!
//! A longer run, of other pages: `PROPTEST_CASES=2000 PROPTEST_RNG_SEED=1 cargo test -p arkerr-e2e hostile::`.

mod classes;
mod curly;
mod doctests;
mod forms;
mod fragments;
mod markdown;
mod markup;
mod outputs;
mod pages;
mod piece;
mod rust;
mod script;
mod table;

mod terminal;
mod twin;

use std::cell::Cell;

use arkerr::catalog::{Block, Catalog};

use crate::common;
use forms::{CHARSETS, FORMS, Saving};
use outputs::Outputs;
use pages::Saved;
use piece::Piece;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use twin::Twin;

/// What a file is made of, as a parser of its language reads it.
fn read(path: &str, text: &str) -> Result<Vec<Piece>, String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.split_once('.').map(|(_, ending)| ending) {
        Some("rs") => rust::read(text),
        Some("ets" | "ts" | "d.ts" | "js") => script::read(name, text),
        Some("c" | "h") => curly::c(text),
        Some("kt") => curly::kotlin(text),
        Some("md") => markup::markdown(text),
        Some("html") => markup::html(text),
        Some("csv") => table::csv(text),
        // They are read back as a whole.
        Some("json") if name == "catalog.json" => Ok(Vec::new()),
        Some("json") => piece::json(text),
        // Nothing of a page stands in what else there is.
        _ => Ok(vec![Piece::Shape(text.to_owned())]),
    }
}

/// Looks at all outputs of a catalogue.
fn check(outputs: &Outputs, catalog: &Catalog) -> Result<(), String> {
    let twin = Twin::of(catalog);
    let harmless = outputs.render(&twin.catalog)?;
    let files = outputs.render(catalog)?;
    if files.keys().ne(harmless.keys()) {
        return Err(format!("other files: {:?}", files.keys()));
    }
    for (path, text) in &files {
        let failed = |what: String| format!("{path}: {what}");
        if let Some(c) = text.chars().find(|c| *c != '\n' && piece::is_hidden(*c)) {
            return Err(failed(format!(
                "{} stands in it as it is",
                c.escape_unicode()
            )));
        }
        let expected = read(path, &harmless[path])
            .map_err(|what| failed(format!("the harmless twin: {what}")))?;
        let found = read(path, text).map_err(failed)?;
        piece::compare(&found, &expected, &twin).map_err(failed)?;
    }
    let changes = read("CHANGELOG.md", &changelog(catalog))?;
    let expected = read("CHANGELOG.md", &changelog(&twin.catalog))?;
    piece::compare(&changes, &expected, &twin).map_err(|what| format!("changelog: {what}"))?;
    let records = &files["default/json/catalog.json"];
    let records: Catalog = serde_json::from_str(records).map_err(|error| error.to_string())?;
    if records == *catalog {
        Ok(())
    } else {
        Err("catalog.json does not read back as the records".to_owned())
    }
}

/// What is told of a catalogue that has other messages than before, and one code more.
fn changelog(catalog: &Catalog) -> String {
    let mut old = catalog.clone();
    for page in &mut old.pages {
        page.codes.pop();
        for case in page.codes.iter_mut().flat_map(|code| &mut code.cases) {
            case.message = vec![Block::plain("Before.")];
        }
    }
    let folder = common::Project::empty();
    let json = |catalog| serde_json::to_string(catalog).expect("records are JSON");
    folder.write("old.json", json(&old));
    folder.write("new.json", json(catalog));
    let run = folder.arkerr(&["diff", "old.json", "new.json", "--format", "markdown"]);
    run.succeeded().stdout
}

fn cases(default: u32) -> Config {
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    let seed = number("PROPTEST_RNG_SEED").unwrap_or(20_261_129);
    Config {
        cases: number("PROPTEST_CASES").map_or(default, |cases| cases as u32),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    }
}

#[test]
fn no_text_gets_out_of_its_place() {
    let outputs = Outputs::new();
    let mut runner = TestRunner::new(cases(24));
    let translated = Cell::new(0);
    let result = runner.run(&pages::page(), |page| {
        let failed = |what: String| {
            TestCaseError::fail(format!(
                "{what}\n\nof the page\n\n{}\n\n{}\n\n{page:?}",
                piece::seen(page.saved.text()),
                piece::seen(page.in_english.as_ref().map_or("", Saved::text)),
            ))
        };
        let Some(catalog) = outputs::read(&page).map_err(failed)? else {
            return Err(TestCaseError::reject("arkerr refuses it"));
        };
        let mut codes = catalog.pages.iter().flat_map(|page| &page.codes);
        if codes.any(|code| !code.translations.is_empty()) {
            translated.set(translated.get() + 1);
        }
        check(&outputs, &catalog).map_err(failed)
    });
    match result {
        Ok(()) => assert!(translated.get() > 0, "no page had a code in two languages"),
        Err(TestError::Fail(what, _)) => panic!("{what}"),
        Err(failure) => panic!("{failure}"),
    }
}

#[test]
fn the_page_that_is_written_by_hand_stays_in_its_place() {
    let outputs = Outputs::new();
    let html = std::fs::read_to_string(common::repository(
        "tests/it/cases/pages/hostile-error-code.html",
    ));
    let html = html.expect("it is there");
    let mut catalogs = Vec::new();
    for form in FORMS {
        for charset in CHARSETS {
            let page = pages::Page {
                id: "hostile-error-code",
                kit: None,
                saved: Saved::Html {
                    html: html.clone(),
                    saving: Saving::plain(form, charset),
                },
                in_english: None,
            };
            let catalog = outputs::read(&page);
            let catalog = catalog.unwrap_or_else(|what| panic!("{form:?} {charset:?}: {what}"));
            catalogs.push(catalog.expect("only Markdown is refused"));
        }
    }
    let catalog = &catalogs[0];
    assert_eq!(catalog.code_count(), 2);
    assert!(catalogs.iter().all(|other| other == catalog));
    check(&outputs, catalog).unwrap_or_else(|what| panic!("{what}"));
}

#[test]
fn what_gets_out_of_its_place_is_seen() {
    let twin = Twin {
        words: vec!["x".to_owned()],
        ..Twin::of(&Catalog::new(Vec::new()))
    };
    for (path, harmless, bad) in [
        ("a.rs", "/// Qq0z\nfn a() {}", "/// x\nfn b() {}\nfn a() {}"),
        (
            "a.rs",
            "const A: &str = \"Qq0z\";",
            "const A: &str = \"x\"; mod b;",
        ),
        (
            "a.rs",
            "const A: &str = \"Qq0z\";",
            "const A: &str = include_str!(\"x\");",
        ),
        ("a.rs", "//! Qq0z", "//! x\n#![feature(x)]"),
        (
            "a.ts",
            "/** Qq0z */ let a = 1;",
            "/** x */ b(); /** */ let a = 1;",
        ),
        ("a.ts", "let a = 'Qq0z';", "let a = 'x' + b();"),
        ("a.ets", "// Qq0z", "// x\nb();"),
        ("a.c", "/* Qq0z */ int a;", "/* x */ int b; /* */ int a;"),
        ("a.c", "char *a = \"Qq0z\";", "char *a = \"x\", b = \"\";"),
        ("a.kt", "val a = \"Qq0z\"", "val a = \"${x}\""),
        ("a.md", "Qq0z", "# x"),
        ("a.md", "Qq0z", "<script>x</script>"),
        ("a.md", "Qq0z", "![x](https://a.b/)"),
        ("a.md", "Qq0z", "[x](javascript:x)"),
        ("a.md", "Qq0z", "*x*"),
        (
            "a.html",
            "<!doctype html><p>Qq0z",
            "<!doctype html><p>x<script></script>",
        ),
        (
            "a.html",
            "<!doctype html><p id='Qq0z'>",
            "<!doctype html><p id='x' onclick='x'>",
        ),
        (
            "a.html",
            "<!doctype html><p><a href='#a'>Qq0z</a>",
            "<!doctype html><p><a href='javascript:x'>x</a>",
        ),
        ("a.csv", "a\nQq0z\n", "a\n=x\n"),
        ("a.csv", "a\nQq0z\n", "a\nx\nx\n"),
        ("a.json", "[\"Qq0z\"]", "[\"x\", \"x\"]"),
        ("a.txt", "a", "x"),
    ] {
        let good = harmless.replace("Qq0z", "x");
        let expected = read(path, harmless);
        for (text, stays) in [(good.as_str(), true), (bad, false)] {
            let found = read(path, text);
            let is_same = match (&found, &expected) {
                (Ok(found), Ok(expected)) => piece::compare(found, expected, &twin).is_ok(),
                _ => false,
            };
            assert_eq!(is_same, stays, "{path}: {text}: {found:?}, {expected:?}");
        }
    }
}
