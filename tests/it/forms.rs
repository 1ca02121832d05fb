//! The forms of a page: every folder of `tests/it/cases/forms` has a small page of one kind, and beside it
//! what arkerr reads in it, in `records.txt`.
//!
//! Together they document the format of the pages, so `records.txt` is made for people: it has a
//! line for each thing that a record says, and nothing for what it does not say.
//!
//! `SNAPSHOTS=overwrite cargo test --test it forms::` writes those files anew. Read what changed: it
//! has to be what a reader of the page would say.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Project, Run, read_tree, repository};
use crate::expected::{assert_file, assert_text};
use arkerr::catalog::{Block, Case, Catalog, CodeKind, ErrorCode, Group, Language, Page};

/// The page of a folder, which is its one file beside `records.txt`.
fn page_of(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("so can its entries").path());
    let pages: Vec<PathBuf> = paths
        .filter(|path| path.file_stem().is_some_and(|stem| stem == "page"))
        .collect();
    let [page] = &pages[..] else {
        panic!("{} should have one page: {pages:?}", folder.display());
    };
    page.clone()
}

/// Reads a saved page, as the command does it for a user.
fn parse(name: &str, bytes: &[u8]) -> (Page, Run) {
    let project = Project::empty();
    project.write(name, bytes);
    let run = project.arkerr(&["parse", "--format", "json", name]);
    let catalog: Catalog = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{name} gives no records ({error}): {run:#?}"));
    let [page] = &catalog.pages[..] else {
        panic!("{name} is one page: {run:#?}");
    };
    (page.clone(), run)
}

fn parse_page_of(folder: &Path) -> (Page, Run) {
    let path = page_of(folder);
    let name = path.file_name().and_then(|name| name.to_str());
    let bytes = fs::read(&path).expect("the page can be read");
    parse(name.expect("its name is ASCII"), &bytes)
}

#[test]
fn every_form_is_read_as_a_reader_would() {
    let mut count = 0;
    for entry in fs::read_dir(repository("tests/it/cases/forms")).expect("the folder can be read") {
        let folder = entry.expect("so can its entries").path();
        let (page, run) = parse_page_of(&folder);
        let account = &run.account;
        assert!(
            account.ends_with(" 0 unaccounted"),
            "{}: {account}",
            folder.display()
        );
        let golden = folder.join("records.txt");
        assert_file(shown(&page, &run), golden);
        count += 1;
    }
    assert_eq!(count, KINDS);
}

/// How many folders there are: one that got lost would not be missed otherwise.
const KINDS: usize = 39;

/// Everything that the records of a page say.
fn shown(page: &Page, run: &Run) -> String {
    let mut text = Text::default();
    text.line(format!("page {}", page.title));
    text.indented(|text| {
        text.line(match page.language {
            Language::Zh => "language: zh",
            Language::En => "language: en",
        });
        text.maybe("address", page.url.as_ref());
        text.list("devices", &page.devices);
        text.field("notes", &page.notes);
    });
    page.groups.iter().for_each(|group| text.group(group));
    page.codes.iter().for_each(|code| text.code(code));
    text.line("");
    text.line(&run.account);
    for finding in findings(&run.stderr) {
        text.line(finding);
    }
    text.text
}

/// The diagnostics of a run, each as one line: where it is and what it says.
fn findings(stderr: &str) -> Vec<String> {
    let mut findings: Vec<String> = Vec::new();
    for line in stderr.lines() {
        if line.starts_with("warning[") || line.starts_with("error[") {
            findings.push(line.to_owned());
        } else if let Some((_, place)) = line.split_once("--> ")
            && let Some(finding) = findings.last_mut()
        {
            finding.insert_str(0, &format!("{place}: "));
        }
    }
    findings
}

/// Text in the making, with what it is indented by.
#[derive(Default)]
struct Text {
    text: String,
    indent: String,
}

impl Text {
    fn line(&mut self, line: impl AsRef<str>) {
        match line.as_ref() {
            "" => self.text.push('\n'),
            line => writeln!(self.text, "{}{}", self.indent, line.trim_end())
                .expect("a string takes all"),
        }
    }

    fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        let outer = self.indent.len();
        self.indent.push_str("  ");
        write(self);
        self.indent.truncate(outer);
    }

    fn maybe(&mut self, name: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.line(format!("{name}: {value}"));
        }
    }

    fn list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.line(format!("{name}: {}", values.join(", ")));
        }
    }

    fn field(&mut self, name: &str, blocks: &[Block]) {
        if !blocks.is_empty() {
            self.line(format!("{name}:"));
            self.indented(|text| text.blocks(blocks));
        }
    }

    fn group(&mut self, group: &Group) {
        self.line("");
        self.line(format!("group {} (level {})", group.title, group.level));
        self.indented(|text| {
            text.maybe("anchor", group.anchor.as_ref());
            text.list("devices", &group.devices);
            text.field("text", &group.blocks);
        });
    }

    fn code(&mut self, code: &ErrorCode) {
        let kind = match code.kind {
            CodeKind::Heading => "heading",
            CodeKind::Table => "table",
        };
        let value = code
            .value
            .map_or("no value".to_owned(), |value| format!("value {value}"));
        let level = code.level;
        self.line("");
        self.line(format!(
            "code {} ({kind}, level {level}, {value})",
            code.code
        ));
        self.indented(|text| {
            text.maybe("title", code.title.as_ref());
            text.maybe("symbol", code.symbol.as_ref());
            if code.deprecated {
                text.line("deprecated: yes");
            }
            text.maybe("group", code.group.as_ref());
            text.maybe("anchor", code.anchor.as_ref());
            text.list("devices", &code.devices);
            for (header, cell) in &code.columns {
                text.line(format!("column {header}: {cell}"));
            }
            match &code.cases[..] {
                [case] if case.title.is_none() => text.fields(case),
                cases => cases.iter().for_each(|case| text.case(case)),
            }
        });
    }

    fn case(&mut self, case: &Case) {
        self.line(format!("case {}", case.title.as_deref().unwrap_or("-")));
        self.indented(|text| {
            text.list("devices", &case.devices);
            text.fields(case);
        });
    }

    fn fields(&mut self, case: &Case) {
        self.field("message", &case.message);
        self.field("description", &case.description);
        self.field("causes", &case.causes);
        self.field("steps", &case.steps);
        for (label, blocks) in &case.extra {
            let name = match label.as_str() {
                "" => "before the first label".to_owned(),
                label => format!("extra {label}"),
            };
            // A label is told even where nothing stands under it.
            self.line(format!("{name}:"));
            self.indented(|text| text.blocks(blocks));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { .. } => self.line(inline(block)),
            Block::List {
                ordered,
                start,
                items,
            } => {
                for (number, item) in (*start..).zip(items) {
                    self.item(*ordered, number, item);
                }
            }
            Block::Code { language, code, .. } => {
                self.line(format!("```{}", language.as_deref().unwrap_or_default()));
                code.split('\n').for_each(|line| self.line(line));
                self.line("```");
            }
            Block::Table { header, rows } => {
                if !header.is_empty() {
                    self.line(row(header));
                    self.line(format!("|{}", "---|".repeat(header.len())));
                }
                rows.iter().for_each(|cells| self.line(row(cells)));
            }
            Block::Note { title, blocks } => {
                let title = title.as_deref().map(|title| format!(" {title}"));
                self.line(format!("note{}:", title.unwrap_or_default()));
                self.indented(|text| text.blocks(blocks));
            }
            Block::Image { .. } => self.line(inline(block)),
        }
    }

    /// An item of a list: its mark stands before its first line, the others are indented.
    fn item(&mut self, ordered: bool, number: u32, blocks: &[Block]) {
        let mark = if ordered {
            format!("{number}. ")
        } else {
            "- ".to_owned()
        };
        let mut item = Self {
            text: String::new(),
            indent: format!("{}{}", self.indent, " ".repeat(mark.len())),
        };
        item.blocks(blocks);
        let text = item.text.trim_start_matches(' ');
        write!(self.text, "{}{mark}{text}", self.indent).expect("a string takes all");
    }
}

fn row(cells: &[Vec<Block>]) -> String {
    let cells = cells.iter().map(|cell| {
        let blocks: Vec<String> = cell.iter().map(inline).collect();
        format!(" {} |", blocks.join(" / "))
    });
    format!("|{}", cells.collect::<String>())
}

/// A block in one line, with the forms of its text as Markdown has them.
fn inline(block: &Block) -> String {
    match block {
        Block::Paragraph { text, runs } if runs.is_empty() => text.clone(),
        Block::Paragraph { runs, .. } => {
            let runs = runs.iter().map(|run| {
                // The blank after a word belongs to the run; the marks of Markdown stand before it.
                let mut text = run.text.trim_end().to_owned();
                let blank = &run.text[text.len()..];
                for (is_so, mark) in [(run.code, "`"), (run.bold, "**"), (run.superscript, "^")] {
                    if is_so {
                        text = format!("{mark}{text}{mark}");
                    }
                }
                match &run.link {
                    Some(link) => format!("[{text}]({link}){blank}"),
                    None => text + blank,
                }
            });
            runs.collect()
        }
        Block::Image { alt, url } if alt.is_empty() => format!("image {url}"),
        Block::Image { alt, url } => format!("image {url} “{alt}”"),
        Block::List { items, .. } => {
            let items = items.iter().map(|item| {
                let blocks: Vec<String> = item.iter().map(inline).collect();
                format!("- {}", blocks.join(" "))
            });
            items.collect::<Vec<_>>().join(" ")
        }
        Block::Code { text, .. } => format!("`{text}`"),
        Block::Note { title, blocks } => {
            let blocks: Vec<String> = blocks.iter().map(inline).collect();
            let title = title.as_deref().unwrap_or_default();
            format!("note {title}: {}", blocks.join(" "))
        }
        Block::Table { .. } => "a table".to_owned(),
    }
}

/// What the forms have in common: only some of them tell anchors and devices, and no two of them
/// the same address and file name.
fn common_part(mut page: Page) -> Page {
    page.source.clear();
    page.url = None;
    page.devices.clear();
    for group in &mut page.groups {
        group.anchor = None;
        group.devices.clear();
    }
    for code in &mut page.codes {
        code.anchor = None;
        code.devices.clear();
        code.cases.iter_mut().for_each(|case| case.devices.clear());
    }
    page
}

/// Every file of `cases/one-page` is the same page, saved in another form.
#[test]
fn one_page_in_every_form_gives_the_same_records() {
    let mut first: Option<String> = None;
    for (name, bytes) in read_tree(&repository("tests/it/cases/one-page")) {
        let (_, ending) = name.split_once('.').expect("a file has an ending");
        let (page, run) = parse(&format!("page.{ending}"), &bytes);
        assert_eq!(run.stderr, "", "{name}");
        let page = common_part(page);
        assert_eq!(page.codes.len(), 2, "{name}");
        let records = serde_json::to_string_pretty(&page).expect("records are JSON");
        let first = first.get_or_insert_with(|| records.clone());
        assert_text(&records, first, &name);
    }
}
