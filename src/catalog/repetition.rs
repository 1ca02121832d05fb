//! Records of one number that say the same.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Case, CodeKind, ErrorCode, Page, plain_text};

impl Page {
    /// The rows of tables that say nothing which the section of their number does not say, by
    /// their places among the codes. `records` is what [`Page::records_by_number`] gives.
    pub(crate) fn repetitions(&self, records: &IndexMap<i64, Vec<usize>>) -> HashSet<usize> {
        let mut repetitions = HashSet::new();
        for records in records.values().filter(|records| records.len() > 1) {
            let mut codes = records.iter().map(|&record| (record, &self.codes[record]));
            let section = codes.next().map(|(_, code)| code);
            let Some(section) = section.filter(|code| code.kind == CodeKind::Heading) else {
                continue;
            };
            let said: HashSet<String> = section.cases.iter().flat_map(Case::lines).collect();
            let rows = codes.filter(|(_, code)| code.kind == CodeKind::Table);
            let says_nothing = |code: &ErrorCode| {
                let mut own = code.cases.iter().flat_map(Case::lines);
                own.all(|line| said.contains(&line))
            };
            let silent = rows.filter(|(_, row)| says_nothing(row));
            repetitions.extend(silent.map(|(row, _)| row));
        }
        repetitions
    }
}

impl Case {
    /// All that the case says, a line for each paragraph, item and row.
    pub(crate) fn lines(&self) -> Vec<String> {
        let extra = self.extra.values().map(Vec::as_slice);
        let fields = self.fields().into_iter().chain(extra);
        fields.flat_map(plain_text).collect()
    }
}
