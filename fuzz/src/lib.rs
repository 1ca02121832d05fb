//! What the fuzz targets do with their bytes. `tests/e2e/fuzz_seeds.rs` does the same with the seeds.

use std::fs;
use std::path::Path;

use arkerr::ImportFacts;
use arkerr::Project;
use arkerr::catalog::Catalog;

const PAGE: &[u8] =
    b"<h1>Scan</h1><h2>401 Denied</h2><p><b>Error Message</b></p><p>Permission denied.</p>";

/// A folder with a project of one page and these settings, while `look` looks at it.
fn in_project(page: &[u8], settings: &[(&str, &[u8])], look: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, bytes: &[u8]| {
        fs::write(folder.path().join(path), bytes).expect("the file can be written");
    };
    fs::create_dir(folder.path().join("docs-snapshot")).expect("the folder can be made");
    write("docs-snapshot/scan-error-code.html", page);
    for (path, bytes) in settings {
        write(path, bytes);
    }
    look(folder.path());
}

/// A saved page, to its records, names and outputs, and to a snapshot that says the same.
pub fn page(bytes: &[u8]) {
    in_project(bytes, &[], |folder| {
        let project = Project::open(folder).expect("there are no settings");
        let Ok(analysis) = project.analyse() else {
            return;
        };
        let json = serde_json::to_string(&analysis.catalog).expect("the records are JSON");
        let read: Catalog = serde_json::from_str(&json).expect("they are read back");
        assert_eq!(read, analysis.catalog);

        let facts = ImportFacts {
            id: Some("scan-error-code".to_owned()),
            ..ImportFacts::default()
        };
        let import = |bytes: &[u8]| project.import("page.html", bytes.to_vec(), &facts);
        // A page of nothing but captions has no text of its own.
        if let Ok(import_of_page) = import(bytes)
            && let Ok(again) = import(import_of_page.text.as_bytes())
        {
            assert_eq!(again.page, import_of_page.page, "{}", import_of_page.text);
            assert_eq!(again.text, import_of_page.text);
        }
    });
}

/// What may be made of a page however small it is, and how many times its size in all outputs.
const FLOOR: usize = 4 << 20;
const FACTOR: usize = 64;

/// Pieces of a page, each of which is repeated as often as the byte before it says, doubled so often
/// as the byte before that; lines divide them. Neither the records nor any output of it, nor its
/// canonical snapshot, are much longer than the page.
pub fn budget(bytes: &[u8]) {
    const LONGEST: usize = 200_000;
    let mut page = PAGE.to_vec();
    for piece in bytes.split(|byte| *byte == b'\n') {
        let [doublings, times, piece @ ..] = piece else {
            continue;
        };
        let count = usize::from(*times) << (doublings % 8);
        let room = LONGEST.saturating_sub(page.len());
        page.extend(piece.repeat(count.min(room / piece.len().max(1))));
    }
    let most = FLOOR.max(FACTOR * page.len());
    in_project(&page, &[], |folder| {
        let project = Project::open(folder).expect("there are no settings");
        if let Ok(import) = project.import("page.html", page.clone(), &ImportFacts::default()) {
            assert!(
                import.text.len() <= most,
                "the snapshot: {}",
                import.text.len()
            );
        }
        let Ok(analysis) = project.analyse() else {
            return;
        };
        let json = serde_json::to_string(&analysis.catalog).expect("the records are JSON");
        assert!(json.len() <= most, "the records: {}", json.len());
        let files = project
            .render(&analysis.catalog)
            .expect("they were rendered before");
        for (path, text) in files {
            assert!(text.len() <= most, "{path}: {}", text.len());
        }
    });
}

/// A text in the place of every file that is not a page.
pub fn settings(bytes: &[u8]) {
    for file in ["arkerr.toml", "names.toml"] {
        in_project(PAGE, &[(file, bytes)], |folder| {
            if let Ok(project) = Project::open(folder) {
                let _ = project.analyse();
            }
        });
    }
    if let Ok(catalog) = serde_json::from_slice::<Catalog>(bytes)
        && catalog.pages.len() < 10
    {
        in_project(PAGE, &[], |folder| {
            let project = Project::open(folder).expect("there are no settings");
            let _ = project.render(&catalog);
        });
    }
}
