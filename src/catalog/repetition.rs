//! Records of one number that say the same.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Case, CodeKind, Page, plain_text};

impl Page {
    /// The rows of tables that say nothing which the section of their number does not say, by
    /// their places among the codes. `records` is what [`Page::records_by_number`] gives.
    pub(crate) fn repetitions(&self, records: &IndexMap<i64, Vec<usize>>) -> HashSet<usize> {
        let lines = |code: usize| self.codes[code].cases.iter().flat_map(Case::lines);
        let is_kind = |code: usize, kind| self.codes[code].kind == kind;
        let mut repetitions = HashSet::new();
        for records in records.values() {
            let Some((&section, others)) = records.split_first() else {
                continue;
            };
            if others.is_empty() || !is_kind(section, CodeKind::Heading) {
                continue;
            }
            let said: HashSet<String> = lines(section).collect();
            let rows = others.iter().filter(|&&row| is_kind(row, CodeKind::Table));
            repetitions.extend(rows.filter(|&&row| lines(row).all(|line| said.contains(&line))));
        }
        repetitions
    }
}

impl Case {
    /// All that the case says, a line for each paragraph, item and row.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.all_blocks().flat_map(plain_text).collect()
    }
}
