//! Records: the codes, groups and notes that the sections of a page hold.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::CodeSource;
use super::case::{self, CaseReader, Oddity};
use super::heading::{self, CodeHeading};
use super::item::Heading;
use super::label::{self, Style};
use super::report::Reporter;
use super::row::{self, Row};
use super::section::{self, Piece, Section, has_fields};
use crate::catalog::{Block, CodeKind, ErrorCode, Group};
use crate::diagnostic::Diagnostic;

/// What the sections of a page hold.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) devices: Vec<String>,
    pub(super) notes: Vec<Block>,
    pub(super) groups: Vec<Group>,
    pub(super) codes: Vec<ErrorCode>,
    /// Of each code, in the same order: where it stands, and what it has no record of.
    pub(super) sources: Vec<CodeSource>,
    /// How many characters of the article the records were read from.
    pub(super) characters: usize,
}

/// Reads the records out of the sections of a page.
pub(super) fn read(sections: Vec<Section>, style: Style, reporter: &mut Reporter<'_>) -> Records {
    let chapters = section::chapters(&sections, style);
    let mut reader = Reader {
        style,
        reporter,
        records: Records::default(),
        groups_above: Vec::new(),
        open: None,
        seen: HashMap::new(),
    };
    for (index, section) in sections.into_iter().enumerate() {
        reader.records.characters += section.characters;
        let devices = section.devices.into_iter().collect();
        match section.heading {
            None => reader.read_introduction(devices, section.pieces),
            Some(heading) => {
                let is_chapter = chapters.contains(&index);
                reader.read_section(heading, devices, section.pieces, is_chapter);
            }
        }
    }
    reader.close(None);
    reader.records
}

/// A code whose sections are being read.
struct OpenCode {
    code: ErrorCode,
    heading: Heading,
    empty_labels: Vec<String>,
    oddities: Vec<Oddity>,
    /// The case that is being read.
    case: CaseReader,
    case_title: Option<String>,
    case_devices: Vec<String>,
}

struct Reader<'a, 'b> {
    style: Style,
    reporter: &'a mut Reporter<'b>,
    records: Records,
    /// The headings without a code that the current section lies under.
    groups_above: Vec<GroupAbove>,
    open: Option<OpenCode>,
    /// Where each code of a heading stands.
    seen: HashMap<String, NodeId>,
}

/// A heading without a code.
struct GroupAbove {
    level: u8,
    title: String,
    anchor: Option<String>,
}

impl Reader<'_, '_> {
    fn read_introduction(&mut self, devices: Vec<String>, pieces: Vec<Piece>) {
        self.records.devices.extend(devices);
        let notes = self.take_rows(pieces);
        self.records.notes.extend(notes);
    }

    fn read_section(
        &mut self,
        heading: Heading,
        devices: Vec<String>,
        pieces: Vec<Piece>,
        is_chapter: bool,
    ) {
        self.reporter.enter(&heading);
        let code = heading::read(&heading.text).filter(|_| !is_chapter);
        let is_inside = self.is_inside_open_code(&heading);
        // What is no code by its look may be one by the fields that follow.
        let by_fields = || {
            let symbol = || heading::read_symbol(&heading.text).filter(|_| !is_inside);
            let code = heading::read_with_colon(&heading.text).or_else(symbol)?;
            has_fields(&pieces, self.style).then_some(code)
        };
        let code = code.or_else(by_fields);
        if let Some(CodeHeading { code, value, title }) = code {
            let (code, title) = (code.to_owned(), title.map(str::to_owned));
            self.close(Some(heading.level));
            self.open_code(heading, devices, code, value, title);
            self.read_fields(pieces);
        } else if is_inside {
            self.read_sub_section(&heading, devices, pieces);
        } else {
            self.close(None);
            self.read_group(heading, devices, pieces);
        }
    }

    fn is_inside_open_code(&self, heading: &Heading) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| heading.level > open.code.level)
    }

    fn open_code(
        &mut self,
        heading: Heading,
        devices: Vec<String>,
        code: String,
        value: Option<i64>,
        title: Option<String>,
    ) {
        self.leave_groups(heading.level);
        let code = ErrorCode {
            kind: CodeKind::Heading,
            code,
            value,
            title,
            deprecated: heading.deprecated,
            level: heading.level,
            group: self.group(),
            anchor: heading.anchor.clone(),
            devices: devices_of(devices, &heading),
            ..ErrorCode::default()
        };
        self.refuse_second(&heading, &code);
        self.open = Some(OpenCode {
            code,
            heading,
            empty_labels: Vec::new(),
            oddities: Vec::new(),
            case: CaseReader::new(self.style),
            case_title: None,
            case_devices: Vec::new(),
        });
    }

    fn group(&self) -> Option<String> {
        self.groups_above.last().map(|group| group.title.clone())
    }

    /// Reads what stands in a section of the open code.
    fn read_fields(&mut self, pieces: Vec<Piece>) {
        let Some(open) = &mut self.open else {
            return;
        };
        for piece in pieces {
            self.records.characters += piece.characters;
            section::report_hidden(&piece, self.reporter);
            open.case.read(piece.block);
        }
    }

    /// Reads a section below a code: one of its cases, or a field whose label is a heading.
    fn read_sub_section(&mut self, heading: &Heading, devices: Vec<String>, pieces: Vec<Piece>) {
        let Some(open) = &mut self.open else {
            return;
        };
        match label::find(&heading.text) {
            Some(label) => {
                open.case.begin(label, &heading.text);
                open.case_devices.extend(devices);
            }
            None => {
                open.end_case();
                open.case = CaseReader::new(self.style);
                open.case_title = Some(heading.text.clone());
                open.case_devices = devices_of(devices, heading);
            }
        }
        self.read_fields(pieces);
    }

    fn read_group(&mut self, heading: Heading, devices: Vec<String>, pieces: Vec<Piece>) {
        self.leave_groups(heading.level);
        self.groups_above.push(GroupAbove {
            level: heading.level,
            title: heading.text.clone(),
            anchor: heading.anchor.clone(),
        });
        let has_fields = has_fields(&pieces, self.style);
        let rows_before = self.records.codes.len();
        let blocks = self.take_rows(pieces);
        // A label above a table of codes is as much as a caption.
        if has_fields && self.records.codes.len() == rows_before {
            self.reporter.report(
                Diagnostic::warning(
                    "fields-without-code",
                    "the section has the fields of an error code, but its heading has no code",
                )
                .help("its text is kept under `groups`; check the heading in the snapshot"),
                heading.node,
            );
        }
        self.records.groups.push(Group {
            devices: devices_of(devices, &heading),
            title: heading.text,
            level: heading.level,
            anchor: heading.anchor,
            blocks,
        });
    }

    fn leave_groups(&mut self, level: u8) {
        while self
            .groups_above
            .last()
            .is_some_and(|above| above.level >= level)
        {
            self.groups_above.pop();
        }
    }

    /// Makes records of the codes that stand in tables, and gives the other blocks.
    fn take_rows(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut others = Vec::new();
        for piece in pieces {
            self.records.characters += piece.characters;
            section::report_hidden(&piece, self.reporter);
            let Some((rows, rest)) = row::read(&piece.block) else {
                others.push(piece.block);
                continue;
            };
            others.extend(rest);
            for row in rows {
                self.push_row(row, piece.node);
            }
        }
        others
    }

    fn push_row(&mut self, row: Row, node: NodeId) {
        let group = self.groups_above.last();
        let level = group.map_or(2, |group| group.level + 1);
        let anchor = group.and_then(|group| group.anchor.clone());
        self.records.codes.push(ErrorCode {
            kind: CodeKind::Table,
            code: row.code,
            value: row.value,
            symbol: row.symbol,
            title: row.title,
            deprecated: row.deprecated,
            level,
            group: self.group(),
            anchor,
            columns: row.columns,
            cases: vec![row.case],
            ..ErrorCode::default()
        });
        self.records.sources.push(CodeSource {
            place: self.reporter.place(node),
            empty_labels: Vec::new(),
        });
    }

    /// Ends the code that is being read. `level` is that of the code that follows it, if one
    /// does.
    fn close(&mut self, level: Option<u8>) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        open.end_case();
        let OpenCode {
            mut code,
            heading,
            empty_labels,
            oddities,
            ..
        } = open;
        self.report_oddities(oddities, &heading);
        let has_sub_sections = code.cases.len() > 1;
        if has_sub_sections && code.cases.first().is_some_and(case::is_empty) {
            code.cases.remove(0);
        }
        let is_group_of_codes = level.is_some_and(|level| level > code.level);
        if !code.cases.iter().any(case::has_field) && !is_group_of_codes {
            self.report_fieldless(&code, &heading);
        }
        self.records.codes.push(code);
        self.records.sources.push(CodeSource {
            place: self.reporter.place(heading.node),
            empty_labels,
        });
    }

    fn report_oddities(&mut self, oddities: Vec<Oddity>, heading: &Heading) {
        for oddity in oddities {
            let finding = match oddity {
                Oddity::Repeated(label) => Diagnostic::warning(
                    "repeated-label",
                    format!("the label “{label}” stands twice in one section"),
                )
                .note("both texts are kept in one field")
                .help("a heading between them may be missing: check the snapshot"),
                Oddity::Doubtful(label) => Diagnostic::warning(
                    "doubtful-label",
                    format!("a text begins with the label “{label}” and is not read as one"),
                )
                .note("it is kept in the field before it")
                .help("a label is a paragraph of its own; check the snapshot"),
            };
            self.reporter.enter(heading);
            self.reporter.report(finding, heading.node);
        }
    }

    fn report_fieldless(&mut self, code: &ErrorCode, heading: &Heading) {
        let message = format!(
            "the code {} has no message, description, cause or step",
            code.code
        );
        // A section with other text is as odd as one that was cut off, but was saved whole.
        let finding = match code.cases.iter().all(case::is_empty) {
            true => Diagnostic::error("code-without-fields", message)
                .note("fields follow a label such as `错误信息` or `Error Message`, which is a paragraph of its own")
                .help("check that the page was saved whole; if the section is right, please report the page"),
            false => Diagnostic::warning("code-without-fields", message)
                .note("its text is kept under `extra`"),
        };
        self.reporter.enter(heading);
        self.reporter.report(finding, heading.node);
    }

    fn refuse_second(&mut self, heading: &Heading, code: &ErrorCode) {
        let first = *self.seen.entry(code.key()).or_insert(heading.node);
        if first == heading.node {
            return;
        }
        let first = self.reporter.place(first);
        self.reporter.report(
            Diagnostic::error(
                "duplicate-code",
                format!("two sections of the page have the code {}", code.code),
            )
            .note(format!("the first stands at {first}"))
            .help("a constant can mean one of them only: correct the snapshot or save it again"),
            heading.node,
        );
    }
}

impl OpenCode {
    /// Puts the case that is being read among those of the code.
    fn end_case(&mut self) {
        let reader = std::mem::take(&mut self.case);
        let (mut case, empty_labels, oddities) = reader.finish();
        self.oddities.extend(oddities);
        case.title = self.case_title.take();
        let devices = std::mem::take(&mut self.case_devices);
        if devices != self.code.devices {
            case.devices = devices;
        }
        self.empty_labels.extend(empty_labels);
        self.code.cases.push(case);
    }
}

/// The devices listed under a heading, else those that its attribute names.
fn devices_of(listed: Vec<String>, heading: &Heading) -> Vec<String> {
    match listed.is_empty() {
        true => heading.devices.clone(),
        false => listed,
    }
}
