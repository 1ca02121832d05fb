//! The weight of records: about how many bytes an output makes of them, with all that it repeats of
//! them or puts before each of their lines.

use std::collections::BTreeMap;
use std::fmt;

use super::{Block, Case, ErrorCode, Group, Page, Run};
use crate::text::one_line;

/// What every element, block, run, cell, line of code and word takes, beside its text.
pub(crate) const NODE: usize = 64;

/// What every code takes, beside what is said of it.
const CODE: usize = 512;

/// By how many columns the JSON of a block is indented for each block around it, in all its lines.
const INDENT: usize = 24;

/// Something that has a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part<'a> {
    /// A text.
    Text(&'a str),
    /// A list of devices.
    Devices(&'a [String]),
    /// The cells of a table, those included with which its rows are filled up.
    Cells { rows: usize, columns: usize },
}

/// What is said of a part: `“Scan”, 4 bytes long`.
impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        match self {
            Self::Text("") => write!(f, "empty cells"),
            Self::Text(text) => {
                let start: String = text.chars().take(8 * LONGEST).collect();
                let shown = one_line(&start, LONGEST);
                write!(f, "the text “{shown}” of {} bytes", text.len())
            }
            Self::Devices(devices) => write!(f, "a list of devices ({})", devices.len()),
            Self::Cells { rows: 1, columns } => write!(f, "a table row of {columns} cells"),
            Self::Cells { rows, columns } => {
                write!(f, "a table of {rows} rows and {columns} columns")
            }
        }
    }
}

/// The weight of a page with its codes.
pub(crate) fn weight(page: &Page) -> usize {
    let mut sum = 0_usize;
    weigh(page, &mut |_, bytes| sum = sum.saturating_add(bytes));
    sum
}

/// What weighs most in some pages, and where else it is: `the text “…” of 9 bytes, in 3 places`.
pub(crate) fn heaviest<'a>(pages: impl IntoIterator<Item = &'a Page>) -> String {
    let mut parts: BTreeMap<Part<'a>, (usize, usize)> = BTreeMap::new();
    for page in pages {
        weigh(page, &mut |part, bytes| {
            let (sum, places) = parts.entry(part).or_default();
            *sum = sum.saturating_add(bytes);
            *places += 1;
        });
    }
    let heaviest = parts.into_iter().max_by_key(|(_, (sum, _))| *sum);
    heaviest.map_or_else(String::new, |(part, (_, places))| match places {
        1 => part.to_string(),
        _ => format!("{part}, in {places} places"),
    })
}

/// The weight of the former names of a page and its codes. For each of the page, some languages have
/// all constants once more, those with former names included.
pub(crate) fn weight_of_former_names(page: &Page) -> usize {
    let codes = page
        .codes
        .iter()
        .filter_map(|code| code.identifiers.as_ref());
    let of_codes: usize = codes.clone().map(|names| names.aliases.len()).sum();
    let of_page = page
        .identifiers
        .as_ref()
        .map_or(0, |names| names.aliases.len());
    let all_codes = codes.count() + of_codes;
    of_codes * CODE + of_page.saturating_mul(2 * CODE + 2 * NODE * all_codes)
}

/// Gives each part of a page with its weight, wherever it is.
fn weigh<'a>(page: &'a Page, spend: &mut impl FnMut(Part<'a>, usize)) {
    weigh_text(page, spend);
    for code in &page.codes {
        weigh_code(page, code, spend);
    }
}

/// Gives each part of what a page says beside its codes.
pub(crate) fn weigh_text<'a>(page: &'a Page, spend: &mut impl FnMut(Part<'a>, usize)) {
    let mut scale = Scale { spend };
    let texts = [Some(&page.title), page.url.as_ref(), page.kit.as_ref()];
    scale.words(texts.into_iter().flatten());
    scale.devices(&page.devices);
    scale.blocks(&page.notes, Nesting::default());
    scale.groups(&page.groups);
    for text in page.translations.values() {
        scale.words([&text.title].into_iter().chain(&text.url));
        scale.blocks(&text.notes, Nesting::default());
        scale.groups(&text.groups);
    }
}

/// Gives each part of a code with its weight; the codes of its page do not matter.
pub(crate) fn weigh_code<'a>(
    page: &'a Page,
    code: &'a ErrorCode,
    spend: &mut impl FnMut(Part<'a>, usize),
) {
    Scale { spend }.code(page, code);
}

struct Scale<'s, S> {
    spend: &'s mut S,
}

/// The blocks around a block: how many there are, and what Markdown puts before its lines.
#[derive(Clone, Copy, Default)]
struct Nesting {
    depth: usize,
    prefix: usize,
}

impl Nesting {
    fn inside(self, prefix: usize) -> Self {
        Self {
            depth: self.depth + 1,
            prefix: self.prefix + prefix,
        }
    }
}

impl<'a, S: FnMut(Part<'a>, usize)> Scale<'_, S> {
    fn text(&mut self, text: &'a str, extra: usize) {
        (self.spend)(Part::Text(text), text.len() + extra);
    }

    fn words(&mut self, words: impl IntoIterator<Item = &'a String>) {
        for word in words {
            self.text(word, NODE);
        }
    }

    fn devices(&mut self, devices: &'a [String]) {
        let bytes = devices.iter().map(|device| device.len() + NODE).sum();
        (self.spend)(Part::Devices(devices), bytes);
    }

    fn groups(&mut self, groups: &'a [Group]) {
        for group in groups {
            self.text(&group.title, NODE);
            self.words(&group.anchor);
            self.devices(&group.devices);
            self.blocks(&group.blocks, Nesting::default());
        }
    }

    fn code(&mut self, page: &'a Page, code: &'a ErrorCode) {
        self.text(&code.code, CODE);
        // Lists of codes say what page each is on, its address is that of the page, and so are its
        // devices where it has none.
        self.words([&page.title]);
        let texts = [
            &code.symbol,
            &code.title,
            &code.group,
            &code.anchor,
            &page.url,
        ];
        self.words(texts.into_iter().flatten());
        self.devices(if code.devices.is_empty() {
            &page.devices
        } else {
            &code.devices
        });
        let columns = code.columns.len();
        (self.spend)(Part::Cells { rows: 1, columns }, columns * NODE);
        for (header, cell) in &code.columns {
            self.text(header, 0);
            self.text(cell, 0);
        }
        for case in &code.cases {
            self.case(case, case.title.as_ref().or(code.group.as_ref()));
        }
        for text in code.translations.values() {
            self.words(text.title.iter().chain(&text.anchor));
            for case in &text.cases {
                self.case(case, case.title.as_ref());
            }
        }
    }

    /// A case. What tells it from others is in each of its lines.
    fn case(&mut self, case: &'a Case, shown_title: Option<&'a String>) {
        self.words(case.title.iter().chain(case.extra.keys()));
        self.devices(&case.devices);
        let blocks = case.all_blocks();
        let lines: usize = blocks
            .map(|blocks| self.blocks(blocks, Nesting::default()))
            .sum();
        if let Some(title) = shown_title {
            (self.spend)(Part::Text(title), title.len() * lines);
        }
    }

    /// Some blocks; gives how many lines they have.
    fn blocks(&mut self, blocks: &'a [Block], nesting: Nesting) -> usize {
        blocks.iter().map(|block| self.block(block, nesting)).sum()
    }

    fn block(&mut self, block: &'a Block, nesting: Nesting) -> usize {
        let own = NODE + nesting.depth * INDENT;
        match block {
            Block::Paragraph { text, runs } => {
                self.text(text, own + nesting.prefix);
                for run in runs {
                    self.run(run, own);
                }
                1
            }
            Block::List {
                ordered,
                start,
                items,
            } => {
                const LIST: &str = "- ";
                let marker = if *ordered {
                    start.to_string().len() + 2
                } else {
                    LIST.len()
                };
                let inside = nesting.inside(marker);
                items.iter().map(|item| self.blocks(item, inside)).sum()
            }
            Block::Code { language, code, .. } => {
                let lines = code.lines().count();
                self.text(code, code.len() + own + lines * (nesting.prefix + NODE));
                self.words(language);
                lines
            }
            Block::Table { header, rows } => self.table(header, rows, nesting),
            Block::Note { title, blocks } => {
                self.words(title);
                1 + self.blocks(blocks, nesting.inside("> ".len()))
            }
            Block::Image { alt, url } => {
                self.text(alt, own);
                self.text(url, own + nesting.prefix);
                1
            }
        }
    }

    /// A piece of a paragraph, whose text the paragraph has too.
    fn run(&mut self, run: &'a Run, own: usize) {
        self.text(&run.text, own);
        if let Some(link) = &run.link {
            self.text(link, 0);
        }
    }

    fn table(
        &mut self,
        header: &'a [Vec<Block>],
        rows: &'a [Vec<Vec<Block>>],
        nesting: Nesting,
    ) -> usize {
        let lengths = rows.iter().map(Vec::len).chain([header.len()]);
        let columns = lengths.max().unwrap_or(0);
        let cells = Part::Cells {
            rows: rows.len(),
            columns,
        };
        let own = columns * NODE + nesting.prefix + nesting.depth * INDENT;
        (self.spend)(cells, own.saturating_mul(rows.len() + 1));
        for cell in header.iter().chain(rows.iter().flatten()) {
            self.blocks(cell, nesting.inside(0));
        }
        rows.len() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight_of(block: Block) -> usize {
        let notes = vec![block];
        let empty = weight(&Page::default());
        weight(&Page {
            notes,
            ..Page::default()
        }) - empty
    }

    #[test]
    fn what_is_before_each_line_has_a_weight() {
        let code = || Block::code(None, "a\n".repeat(1_000));
        let flat = weight_of(code());
        let nested = (0..20).fold(code(), |inner, _| Block::list(false, vec![vec![inner]]));
        assert_eq!(weight_of(nested) - flat, 20 * (1_000 * "- ".len() + INDENT));
    }

    #[test]
    fn the_rows_of_a_table_are_as_long_as_the_longest() {
        let header = Vec::new();
        let mut rows = vec![vec![Vec::new()]; 99];
        rows.push(vec![Vec::new(); 200]);
        assert!(weight_of(Block::Table { header, rows }) > 100 * 200 * NODE);
    }

    #[test]
    fn what_codes_share_is_heaviest() {
        let case = Case {
            message: vec![Block::plain("x"); 3],
            ..Case::default()
        };
        let code = |code: &str| ErrorCode {
            code: code.to_owned(),
            group: Some("All the errors of the scan service".repeat(40)),
            cases: vec![case.clone()],
            ..ErrorCode::default()
        };
        let page = Page {
            codes: ["1", "2"].map(code).into(),
            ..Page::default()
        };
        assert_eq!(
            heaviest([&page]),
            "the text “All the errors of the scan serviceAll the errors of the scan…” of 1360 bytes, \
             in 4 places"
        );
    }
}
