//! Looking things up in a catalogue: what a code means, and which codes are about something.
//!
//! This room reads records and knows nothing of disks, templates or terminals.

mod log;
mod nearest;
mod search;

use crate::catalog::{Catalog, ErrorCode, Page};
use crate::render::identifiers;

pub use log::{Mention, mentions};
pub use nearest::nearest;
pub use search::{Hit, search};

/// A record of a code, with the page that it stands on.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The page.
    pub page: &'a Page,
    /// The record.
    pub code: &'a ErrorCode,
}

impl<'a> Record<'a> {
    /// What the code is called on its page; none where it has not been named.
    #[must_use]
    pub fn constant(&self) -> Option<&'a str> {
        let names = self.code.identifiers.as_ref();
        names.map(|names| names.constant.as_str())
    }

    /// What the code is called in all: `CoreVisionErrorCode.RUN_TIMED_OUT`.
    #[must_use]
    pub fn qualified_name(&self) -> Option<String> {
        let page = self.page.identifiers.as_ref()?;
        Some(format!("{}.{}", page.type_name, self.constant()?))
    }

    /// What outputs call and called the code within its page.
    fn short_names(&self) -> impl Iterator<Item = &'a str> {
        let names = self.code.identifiers.iter();
        names.flat_map(|names| {
            let aliases = names.aliases.iter();
            let former = aliases.flat_map(|alias| [alias.constant.as_str(), &alias.variant]);
            former.chain([names.constant.as_str(), &names.variant])
        })
    }

    /// What outputs call the code where its page is part of the name, with `.` for any separator.
    fn full_names(&self) -> impl Iterator<Item = String> {
        let names = identifiers(self.page, self.code).into_iter();
        names.map(|full| full.name.replace("::", "."))
    }

    /// Everything that the code is and was called.
    fn names(&self) -> Vec<String> {
        let mut names = vec![self.code.code.clone()];
        names.extend(self.code.symbol.clone());
        names.extend(self.short_names().map(str::to_owned));
        names.extend(self.full_names());
        if let Some(page) = &self.page.identifiers {
            for page_name in page.aliases.iter().chain([&page.type_name]) {
                names.extend(self.short_names().map(|name| format!("{page_name}.{name}")));
            }
        }
        names
    }
}

/// All records of a catalogue, in its order. Rows of tables that only repeat what a section of
/// their page says are left out.
pub fn records(catalog: &Catalog) -> impl Iterator<Item = Record<'_>> {
    catalog.pages.iter().flat_map(|page| {
        let repetitions = page.repetitions(&page.records_by_number());
        let codes = page.codes.iter().enumerate();
        codes
            .filter(move |(index, _)| !repetitions.contains(index))
            .map(move |(_, code)| Record { page, code })
    })
}

/// The records that a person means: by a number in any spelling (`401`, `00401`), by a symbol, by
/// an official name (`EPERM`), by what some output calls or called it (`RUN_TIMED_OUT`,
/// `RunTimedOut`), or by that with its page (`CoreVisionErrorCode.RUN_TIMED_OUT`,
/// `CORE_VISION_ERROR_CODE_RUN_TIMED_OUT`). Where no name is spelt so, capitals do not count.
#[must_use]
pub fn find_records<'a>(catalog: &'a Catalog, query: &str) -> Vec<Record<'a>> {
    let query = query.trim();
    if let Ok(value) = query.parse::<i64>() {
        let is_meant = |record: &Record<'_>| record.code.value == Some(value);
        return records(catalog).filter(is_meant).collect();
    }
    let meant = query.replace("::", ".");
    let called = |is_alike: fn(&str, &str) -> bool| -> Vec<Record<'a>> {
        let has_name =
            |record: &Record<'_>| record.names().iter().any(|name| is_alike(name, &meant));
        records(catalog).filter(has_name).collect()
    };
    let found = called(|name, meant| name == meant);
    if found.is_empty() {
        called(str::eq_ignore_ascii_case)
    } else {
        found
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::catalog::{Alias, Block, Case, CodeIdentifiers, PageIdentifiers};

    /// A code with a name, a title and a message.
    pub(crate) fn code(number: i64, constant: &str, title: &str, message: &str) -> ErrorCode {
        ErrorCode {
            code: number.to_string(),
            value: Some(number),
            title: Some(title.to_owned()),
            identifiers: Some(CodeIdentifiers {
                constant: constant.to_owned(),
                variant: heck::ToPascalCase::to_pascal_case(constant),
                aliases: Vec::new(),
            }),
            cases: vec![Case {
                message: vec![Block::plain(message)],
                ..Case::default()
            }],
            ..ErrorCode::default()
        }
    }

    pub(crate) fn catalog() -> Catalog {
        let page = |id: &str, name: &str, kit: &str, codes| Page {
            id: id.to_owned(),
            kit: Some(kit.to_owned()),
            identifiers: Some(PageIdentifiers {
                type_name: name.to_owned(),
                module: String::new(),
                aliases: Vec::new(),
            }),
            codes,
            ..Page::default()
        };
        let mut renamed = code(1000500001, "TOO_SLOW", "扫码超时", "Scanning timed out.");
        if let Some(names) = &mut renamed.identifiers {
            names.aliases.push(Alias {
                constant: "TIMED_OUT".to_owned(),
                variant: "TimedOut".to_owned(),
            });
        }
        Catalog::new(vec![
            page(
                "scan",
                "ScanErrorCode",
                "Scan Kit",
                vec![
                    code(401, "DENIED", "权限校验失败", "Permission denied."),
                    renamed,
                ],
            ),
            page(
                "pay",
                "PayErrorCode",
                "Payment Kit",
                vec![
                    code(401, "BAD_PARAMETER", "参数错误", "The parameter is bad."),
                    code(1001930000, "TIMED_OUT", "支付超时", "Paying timed out."),
                ],
            ),
        ])
    }

    fn found(query: &str) -> Vec<String> {
        let catalog = catalog();
        let records = find_records(&catalog, query);
        records.iter().filter_map(Record::qualified_name).collect()
    }

    #[test]
    fn a_number_means_its_code_on_every_page() {
        assert_eq!(
            found("401"),
            ["PayErrorCode.BAD_PARAMETER", "ScanErrorCode.DENIED"]
        );
        assert_eq!(found(" 00401"), found("401"));
        assert_eq!(found("402"), Vec::<String>::new());
    }

    #[test]
    fn names_mean_codes_whatever_the_language() {
        assert_eq!(found("DENIED"), ["ScanErrorCode.DENIED"]);
        assert_eq!(found("PayErrorCode::TimedOut"), ["PayErrorCode.TIMED_OUT"]);
        assert_eq!(found("ScanErrorCode.TIMED_OUT"), ["ScanErrorCode.TOO_SLOW"]);
        assert_eq!(found("TIMED_OUT").len(), 2);
        assert_eq!(found("SCAN_ERROR_CODE_DENIED"), ["ScanErrorCode.DENIED"]);
        assert_eq!(found("scanerrorcode.denied"), ["ScanErrorCode.DENIED"]);
    }
}
