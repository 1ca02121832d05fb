//! What the fuzz targets do with their bytes. `tests/e2e/fuzz_seeds.rs` does the same with the seeds.

#[path = "../../src/render/markdown/shown.rs"]
#[allow(dead_code)]
mod shown;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use arkerr::ImportFacts;
use arkerr::Project;
use arkerr::catalog::{Block, Catalog, Run, plain_text};
use shown::Shown;

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

/// A project with Markdown and Rust, and the records of its page.
fn markdown_and_rust() -> (Project, Catalog) {
    let settings = b"[targets]\nothers = false\nmarkdown = true\nrust = true\n";
    let mut opened = None;
    in_project(PAGE, &[("arkerr.toml", settings)], |folder| {
        let project = Project::open(folder).expect("the settings are right");
        let analysis = project.analyse().expect("the page is right");
        opened = Some((project, analysis.catalog));
    });
    opened.expect("it was looked at")
}

/// Blocks of any form, as the description of a code: the page of Markdown and the doc comment of Rust
/// show just these.
pub fn markdown(bytes: &[u8]) {
    static OPENED: OnceLock<(Project, Catalog)> = OnceLock::new();
    let (project, catalog) = OPENED.get_or_init(markdown_and_rust);
    let text = String::from_utf8_lossy(bytes);
    let blocks = blocks(&mut text.chars(), 0);
    let mut expected = shown::expected(&blocks);
    let mut catalog = catalog.clone();
    catalog.pages[0].codes[0].cases[0].description = blocks;
    let files = project
        .render(&catalog)
        .expect("there is nothing wrong with it");

    let page = &files["markdown/scan-error-code.md"];
    let mut read = shown::read(page).shown;
    without_line_ends(&mut read);
    without_line_ends(&mut expected);
    assert_shows(&read, &expected, page);

    let module = &files["rust/scan_error_code.rs"];
    let lines = module
        .lines()
        .filter_map(|line| line.strip_prefix("    ///"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let doc = lines.collect::<Vec<_>>().join("\n");
    let mut read = shown::read(&doc);
    assert!(
        read.languages.iter().all(|language| language == "text"),
        "{doc}"
    );
    shown::as_in_comment(&mut expected);
    shown::as_in_comment(&mut read.shown);
    assert_shows(&read.shown, &expected, &doc);
}

/// No file has blanks at the ends of its lines.
fn without_line_ends(shown: &mut [Shown]) {
    for shown in shown {
        if let Shown::Code(code) = shown {
            let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
            *code = lines.join("\n").trim_end().to_owned();
        }
    }
}

/// Finds what is expected among all that is shown.
fn assert_shows(found: &[Shown], expected: &[Shown], markdown: &str) {
    let mut places = found.windows(expected.len().max(1));
    let is_there = places.any(|place| {
        let mut place = place.to_vec();
        shown::forget_unknown(&mut place, expected);
        place == expected
    });
    let is_there = is_there || expected.is_empty();
    assert!(
        is_there,
        "{expected:?}\nis not in\n{found:?}\nof\n{markdown}"
    );
}

/// The letters of texts; what nobody can see is written otherwise in outputs.
fn visible(text: &str) -> String {
    let is_kept =
        |c: &char| matches!(c, ' '..='~' | '\n' | '\t' | '\u{4e00}'..='\u{9fff}' | '。' | '（');
    text.chars().filter(is_kept).collect()
}

/// Blocks as letters say: one for the kind, then what is in it, to a semicolon.
fn blocks(letters: &mut impl Iterator<Item = char>, depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    while let Some(kind) = letters.next() {
        blocks.push(match kind {
            ';' => break,
            '1'..='9' if depth < 6 => Block::List {
                ordered: true,
                start: (kind as u32 - 48).pow(9),
                items: items(letters, depth),
            },
            'L' if depth < 6 => Block::List {
                ordered: false,
                start: 1,
                items: items(letters, depth),
            },
            'N' if depth < 6 => Block::Note {
                title: Some(word(letters)),
                blocks: self::blocks(letters, depth + 1),
            },
            'T' if depth < 6 => Block::Table {
                header: items(letters, depth),
                rows: vec![items(letters, depth), items(letters, depth)],
            },
            'C' => {
                let code = visible(&word(letters));
                let text = code.split_whitespace().collect::<Vec<_>>().join(" ");
                Block::Code {
                    language: Some("rust".to_owned()),
                    text,
                    code,
                }
            }
            'I' => Block::Image {
                alt: word(letters),
                url: format!("https://a.b/{}", word(letters)),
            },
            'P' => Block::plain(word(letters)),
            _ => paragraph(letters),
        });
    }
    blocks
}

fn items(letters: &mut impl Iterator<Item = char>, depth: usize) -> Vec<Vec<Block>> {
    let count = letters.next().map_or(0, |letter| letter as usize % 4);
    (0..count).map(|_| blocks(letters, depth + 1)).collect()
}

fn paragraph(letters: &mut impl Iterator<Item = char>) -> Block {
    let count = letters.next().map_or(0, |letter| letter as usize % 4);
    let runs: Vec<Run> = (0..count)
        .map(|_| {
            let form = letters.next().map_or(0, u32::from);
            Run {
                text: word(letters),
                bold: form & 1 > 0,
                code: form & 2 > 0,
                superscript: form & 4 > 0,
                link: (form & 8 > 0).then(|| format!("https://a.b/{}", word(letters))),
            }
        })
        .collect();
    Block::Paragraph {
        text: runs.iter().map(|run| run.text.as_str()).collect(),
        runs,
    }
}

fn word(letters: &mut impl Iterator<Item = char>) -> String {
    visible(
        &letters
            .take_while(|letter| *letter != ';')
            .collect::<String>(),
    )
}
