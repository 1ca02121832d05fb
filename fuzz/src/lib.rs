//! What the fuzz targets do with their bytes. `tests/fuzz_seeds.rs` does the same with the seeds.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use arkerr::catalog::Catalog;
use arkerr::config::Config;
use arkerr::diagnostic::any_error;
use arkerr::diff::{self, Side};
use arkerr::lint::{self, Levels};
use arkerr::names::Names;
use arkerr::naming::{self, Prefixes};
use arkerr::parse::{self, PageFacts, Parsed};
use arkerr::render::target::{Description, Pattern, Target};
use arkerr::render::{self, Templates};
use arkerr::snapshot::{Document, update_time};
use arkerr::{changelog, lookup};

/// What every page is called here.
const SOURCE: &str = "docs-snapshot/scan-error-code.html";

/// All targets in all their layouts.
static TARGETS: LazyLock<Vec<Target>> = LazyLock::new(|| {
    let descriptions = Description::all();
    let layouts = descriptions.iter().flat_map(|description| {
        let layouts = description.layouts.keys();
        let named = layouts.filter_map(|layout| {
            let mut target = description.target(Some(layout))?;
            target.folder = format!("{}-{layout}", target.folder);
            Some(target)
        });
        let mut targets: Vec<Target> = named.collect();
        if targets.is_empty() {
            targets.extend(description.target(None));
        }
        targets
    });
    layouts.collect()
});

static TEMPLATES: LazyLock<Templates> =
    LazyLock::new(|| Templates::built_in().expect("the built-in templates are sound"));

/// The records in which codes are looked for.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let page = "<h1>Scan</h1><h2>401 Denied</h2><p><b>Error Message</b></p><p>Permission denied.</p>\
        <h2>-1 Unknown</h2><p><b>Error Message</b></p><p>Unknown error.</p>\
        <h2>NoScan</h2><p><b>Error Message</b></p><p>There is nothing to scan.</p>";
    let document = Document::decode(SOURCE, page.into()).expect("this is a page");
    let mut catalog = Catalog::new(vec![parse::parse(&document, facts()).page]);
    let none = BTreeMap::new();
    let names = Names::default();
    let _ = naming::assign(
        &mut catalog,
        &names,
        &Prefixes::new(),
        &HashSet::new(),
        &none,
    );
    catalog
});

fn facts() -> PageFacts {
    PageFacts {
        id: "scan-error-code".to_owned(),
        ..PageFacts::default()
    }
}

/// A saved page, to a document; what is refused is told.
pub fn decode(bytes: &[u8]) {
    match Document::decode(SOURCE, bytes.to_vec()) {
        Ok(document) => {
            let _ = document.updated();
        }
        Err(refusal) => {
            assert!(refusal.has_errors());
            assert!(!refusal.to_string().contains('\u{1b}'));
        }
    }
}

/// A saved page, to everything that is made of it.
pub fn whole(bytes: &[u8]) {
    let Ok(document) = Document::decode(SOURCE, bytes.to_vec()) else {
        return;
    };
    let parsed = parse::parse(&document, facts());
    let account = &parsed.account;
    let told = account.in_records + account.furniture + account.unaccounted;
    assert_eq!(account.read, told, "the account is even");
    if any_error(&parsed.diagnostics) {
        return;
    }
    same_after_import(&document, &parsed);
    let names = Names::default();
    let nameless = naming::nameless(&parsed.page, &names, &Prefixes::new(), &Levels::default());
    let _ = lint::check(&parsed.page, &parsed.sources, &nameless, &Levels::default());
    let side = |catalog: &Catalog| Side::of(catalog.clone());
    let mut catalog = Catalog::new(vec![parsed.page]);
    let changes = diff::diff(&side(&catalog), &side(&catalog), &diff::Levels::default());
    assert!(changes.changes.is_empty(), "a page is what it is");
    let (none, unread) = (BTreeMap::new(), HashSet::new());
    let naming = naming::assign(&mut catalog, &names, &Prefixes::new(), &unread, &none);
    let written = names.with(&naming.changes);
    let again = Names::parse(&written).expect("what arkerr writes it reads");
    assert!(naming.changes.keys().all(|key| again.get(key).is_some()));
    render_all(&catalog);
}

/// A canonical snapshot has the records of its page, and is that of itself.
fn same_after_import(document: &Document, parsed: &Parsed) {
    let canonical = parse::canonical(document, &facts());
    let again = match Document::decode(SOURCE, canonical.clone().into_bytes()) {
        Ok(again) => again,
        // A page of nothing but captions has no text of its own.
        Err(refusal) if refusal.diagnostics()[0].id == "no-text" => return,
        Err(refusal) => panic!("{refusal}\n{canonical}"),
    };
    let read = parse::parse(&again, facts());
    assert_eq!(read.page, parsed.page, "{canonical}");
    assert_eq!(parse::canonical(&again, &facts()), canonical);
}

fn render_all(catalog: &Catalog) {
    let files = render::render(catalog, &TARGETS, &TEMPLATES, "docs-snapshot");
    let files = match files {
        Ok(files) => files,
        Err(failures) => panic!("{failures:?}"),
    };
    for (path, text) in &files {
        assert!(text.ends_with('\n'), "{path} ends with a line");
        assert!(!text.contains('\0'), "{path} is text");
        if path.ends_with("catalog.json") {
            let read: Catalog = serde_json::from_str(text).expect("the records are JSON");
            assert_eq!(read.pages, catalog.pages);
        }
    }
}

/// A text in the place of every file that is no page.
pub fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(names) = Names::parse(text) {
        assert_eq!(names.text(), text);
        let changes: BTreeMap<_, _> = names
            .iter()
            .map(|(key, entry)| (key.clone(), entry.clone()))
            .collect();
        let written = names.with(&changes);
        let again = Names::parse(&written).expect("what arkerr writes it reads");
        assert!(again.iter().eq(names.iter()), "{written}");
    }
    if let Ok(config) = Config::parse(text) {
        let folders = [&config.snapshots, &config.output];
        for folder in folders.into_iter().chain(&config.templates) {
            assert!(!folder.starts_with('/') && !folder.split('/').any(|part| part == ".."));
        }
    }
    if let Ok(pattern) = Pattern::parse(text) {
        assert!(!pattern.text().split('/').any(|part| part == ".."));
    }
    let catalog: Option<Catalog> = serde_json::from_str(text).ok();
    if let Some(catalog) = catalog.filter(|catalog| catalog.pages.len() < 10) {
        let _ = lookup::find(&catalog, "401");
    }
    let section = "## 2026-11-25\n\nOne.";
    let once = changelog::prepend(text, section);
    assert_eq!(changelog::prepend(&once, section), once);
    let _ = update_time(text);
}

/// A log, as standard input gives it.
pub fn log(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for mention in lookup::mentions(&CATALOG, &text) {
        let line = text.lines().nth(mention.line - 1);
        let line = line.expect("the line is there");
        assert!(line.contains(&mention.written) && line.contains(&mention.text));
        assert!(mention.count > 0 && !mention.records.is_empty());
    }
    let _ = lookup::find(&CATALOG, &text);
    let _ = lookup::nearest(&CATALOG, &text);
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let _ = lookup::search(&CATALOG, &words);
}
