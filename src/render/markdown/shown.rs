//! What records show as Markdown, computed from them alone, and what a parser of Markdown reads.

use std::fmt::{self, Debug, Formatter};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Block, Run, plain_text, visible};

/// A piece of what is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    /// Where a list, an item, a quote, a table, a row or a cell begins.
    Begin(String),
    End,
    /// A paragraph, or the text of an item or a cell.
    Text(Vec<Letter>),
    /// A block of code.
    Code(String),
}

/// A letter, and how it is shown.
#[derive(Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) letter: char,
    is_code: bool,
    /// Unknown where an address may be at the end of what is bold: there, marks do not work.
    is_bold: Option<bool>,
    pub(super) link: Option<String>,
}

impl Debug for Letter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let code = if self.is_code { "`" } else { "" };
        let bold = if self.is_bold == Some(true) { "*" } else { "" };
        let link = self.link.as_deref().unwrap_or_default();
        write!(f, "{:?}{code}{bold}{link}", self.letter)
    }
}

impl Letter {
    fn blank() -> Self {
        Self {
            letter: ' ',
            is_code: false,
            is_bold: Some(false),
            link: None,
        }
    }
}

fn begin(what: &str) -> Shown {
    Shown::Begin(what.to_owned())
}

/// Letters with one blank, which has no form, for each run of them, and none at the ends.
fn without_blanks(letters: Vec<Letter>) -> Vec<Letter> {
    let is_blank = |letter: &Letter| letter.letter.is_whitespace();
    let words = letters.split(is_blank).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(&Letter::blank())
}

/// Something that holds others; nothing where it is empty.
fn holding(what: &str, inner: Vec<Shown>) -> Vec<Shown> {
    if inner.is_empty() {
        return inner;
    }
    let mut shown = vec![begin(what)];
    shown.extend(inner);
    shown.push(Shown::End);
    shown
}

pub(super) fn expected(blocks: &[Block]) -> Vec<Shown> {
    blocks.iter().flat_map(expected_block).collect()
}

fn expected_block(block: &Block) -> Vec<Shown> {
    match block {
        Block::Paragraph { .. } | Block::Image { .. } => text(letters(block)),
        Block::Code { code, .. } => vec![Shown::Code(visible(&code.replace('\t', "    ")))],
        Block::Note { title, blocks } => {
            let title = title.as_deref().unwrap_or_default();
            let heading = Run {
                text: title.to_owned(),
                bold: true,
                ..Run::default()
            };
            // Unlike other text, a title is bold even if it begins or ends with punctuation.
            let mut letters = without_blanks(letters_of_runs(&[heading]));
            for letter in &mut letters {
                letter.is_bold = None;
            }
            let mut inner = text(letters);
            inner.extend(expected(blocks));
            holding("quote", inner)
        }
        Block::List {
            ordered,
            start,
            items,
        } => {
            let items = items.iter().map(|item| holding("item", expected(item)));
            let mut items = items.zip(*start..).filter(|(item, _)| !item.is_empty());
            let Some((first, number)) = items.next() else {
                return Vec::new();
            };
            let rest = items.flat_map(|(item, _)| item);
            let name = ordered.then(|| format!("list from {}", number.min(999_999_999)));
            let inner = first.into_iter().chain(rest).collect();
            holding(name.as_deref().unwrap_or("list"), inner)
        }
        Block::Table { header, rows } => {
            let rows: Vec<_> = [header].into_iter().chain(rows).collect();
            let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
            if columns == 0 {
                return Vec::new();
            }
            let row = |row: &&Vec<Vec<Block>>| {
                let cells = row.iter().map(|cell| expected_cell(cell));
                let padded = cells.chain(std::iter::repeat(expected_cell(&[])));
                holding("row", padded.take(columns).flatten().collect())
            };
            holding("table", rows.iter().flat_map(row).collect())
        }
    }
}

/// A cell has one line, so that lists, code and what else has several lose their form in it.
fn expected_cell(blocks: &[Block]) -> Vec<Shown> {
    let mut all = Vec::new();
    for block in blocks {
        let of_block = match block {
            Block::Paragraph { .. } | Block::Image { .. } => letters_in_cell(block),
            block => flattened(std::slice::from_ref(block)),
        };
        all.extend(of_block);
        all.push(Letter::blank());
    }
    let mut cell = vec![begin("cell")];
    cell.extend(text(all));
    cell.push(Shown::End);
    cell
}

/// The text of blocks in one line, then their pictures.
fn flattened(blocks: &[Block]) -> Vec<Letter> {
    let mut line = letters(&Block::plain(plain_text(blocks).join(" ")));
    for picture in pictures(blocks) {
        line.push(Letter::blank());
        line.extend(letters(picture));
    }
    line
}

fn pictures(blocks: &[Block]) -> Vec<&Block> {
    blocks.iter().flat_map(pictures_of).collect()
}

fn pictures_of(block: &Block) -> Vec<&Block> {
    match block {
        Block::Image { .. } => vec![block],
        Block::List { items, .. } => items.iter().flat_map(|item| pictures(item)).collect(),
        Block::Note { blocks, .. } => pictures(blocks),
        Block::Table { header, rows } => {
            let cells = header.iter().chain(rows.iter().flatten());
            cells.flat_map(|cell| pictures(cell)).collect()
        }
        Block::Paragraph { .. } | Block::Code { .. } => Vec::new(),
    }
}

pub(super) fn text(letters: Vec<Letter>) -> Vec<Shown> {
    let letters = without_blanks(letters);
    let text = (!letters.is_empty()).then_some(Shown::Text(letters));
    text.into_iter().collect()
}

pub(super) fn letters(block: &Block) -> Vec<Letter> {
    match block {
        Block::Paragraph { text, runs } if runs.is_empty() => letters_of_runs(&[Run {
            text: text.clone(),
            ..Run::default()
        }]),
        Block::Paragraph { runs, .. } => letters_of_runs(runs),
        Block::Image { alt, url } => letters_of_runs(&[Run {
            text: if alt.trim().is_empty() { "image" } else { alt }.to_owned(),
            link: Some(url.clone()),
            ..Run::default()
        }]),
        other => panic!("{other:?} is not text"),
    }
}

/// Code with a bar and a backslash cannot be code in every reader of tables.
fn letters_in_cell(block: &Block) -> Vec<Letter> {
    let mut block = block.clone();
    if let Block::Paragraph { runs, .. } = &mut block
        && runs.iter().any(|run| run.code && run.text.contains('|'))
    {
        for run in runs.iter_mut().filter(|run| run.text.contains('\\')) {
            run.code = false;
        }
    }
    letters(&block)
}

fn letters_of_runs(runs: &[Run]) -> Vec<Letter> {
    let is_web = |link: &&String| {
        let mut schemes = ["http://", "https://", "mailto:"].into_iter();
        schemes.any(|scheme| link.starts_with(scheme))
    };
    let link = |run: &Run| run.link.as_ref().filter(is_web).cloned();
    let form = |run: &Run| (run.bold && !run.code, run.code, link(run));
    let mut letters = Vec::new();
    let mut runs = runs.to_vec();
    runs.retain(|run| !run.text.is_empty());
    for group in runs.chunk_by(|a, b| form(a) == form(b)) {
        let text: String = group.iter().map(|run| visible(&run.text)).collect();
        let (is_bold, is_code, link) = form(&group[0]);
        // What may end a link is no code in it.
        let has_ends = text.contains('`') || text.contains("]:");
        let is_code = is_code && (link.is_none() || !has_ends);
        // Marks beside punctuation may mean nothing.
        let ends = [text.trim().chars().next(), text.trim().chars().next_back()];
        let works = ends.iter().flatten().all(|c| c.is_alphanumeric());
        let may_have_address = is_bold && link.is_none() && text.contains("://");
        let link = link.map(|link| decoded(&link));
        letters.extend(text.chars().map(|letter| Letter {
            letter,
            is_code,
            is_bold: (!may_have_address).then_some(is_bold && works),
            link: link.clone(),
        }));
    }
    letters
}

/// What an address means, however it is encoded.
fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// What a parser of Markdown reads.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) shown: Vec<Shown>,
    letters: Vec<Letter>,
    is_bold: bool,
    link: Option<String>,
    code: Option<String>,
    /// What the blocks of code call themselves, and `indented`.
    pub(super) languages: Vec<String>,
}

pub(super) fn read(markdown: &str) -> Reader {
    let mut reader = Reader::default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        reader.push(event);
    }
    reader.end_text();
    reader
}

impl Reader {
    fn push(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push_letters(&text, false),
            },
            Event::Code(text) => self.push_letters(&text, true),
            Event::Start(Tag::Strong) => self.is_bold = true,
            Event::End(TagEnd::Strong) => self.is_bold = false,
            // An address in a text is a link to itself, which the text has not.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                ..
            }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some(decoded(&dest_url)),
            Event::End(TagEnd::Link) => self.link = None,
            event => self.push_block(event),
        }
    }

    fn push_letters(&mut self, text: &str, is_code: bool) {
        self.letters.extend(text.chars().map(|letter| Letter {
            letter,
            is_code,
            is_bold: Some(self.is_bold),
            link: self.link.clone(),
        }));
    }

    fn push_block(&mut self, event: Event<'_>) {
        self.end_text();
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::CodeBlock(kind)) => {
                self.languages.push(match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => "indented".to_owned(),
                });
                self.code = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                let code = self.code.take().unwrap_or_default();
                let code = code.strip_suffix('\n').unwrap_or(&code).to_owned();
                self.shown.push(Shown::Code(code));
            }
            Event::Start(Tag::List(None)) => self.shown.push(begin("list")),
            Event::Start(Tag::List(Some(start))) => {
                self.shown.push(begin(&format!("list from {start}")));
            }
            Event::Start(Tag::Item) => self.shown.push(begin("item")),
            Event::Start(Tag::BlockQuote(None)) => self.shown.push(begin("quote")),
            Event::Start(Tag::Table(_)) => self.shown.push(begin("table")),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.shown.push(begin("row")),
            Event::Start(Tag::TableCell) => self.shown.push(begin("cell")),
            Event::End(
                TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell,
            ) => self.shown.push(Shown::End),
            // No record has anything else.
            other => self.shown.push(begin(&format!("{other:?}"))),
        }
    }

    fn end_text(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        self.shown.extend(text(letters));
    }
}

/// Takes the forms out that cannot be compared: those that are unknown on the side of the records.
pub(super) fn forget_unknown(found: &mut [Shown], expected: &[Shown]) {
    for pair in found.iter_mut().zip(expected) {
        if let (Shown::Text(found), Shown::Text(expected)) = pair {
            for (found, expected) in found.iter_mut().zip(expected) {
                found.is_bold = found.is_bold.filter(|_| expected.is_bold.is_some());
            }
        }
    }
}

/// As in a comment, which has backslashes that its language needs, also in code and addresses, and no
/// blank lines side by side.
pub(super) fn as_in_comment(shown: &mut [Shown]) {
    for shown in shown {
        match shown {
            Shown::Code(code) => {
                let lines = code.lines().map(str::trim_end);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
                *code = lines.join("\n").replace('\\', "");
            }
            Shown::Text(letters) => letters.retain(|letter| letter.letter != '\\'),
            _ => {}
        }
    }
}
