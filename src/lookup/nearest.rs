//! What a person may have meant by a code that is not there.

use std::collections::HashSet;

use super::{Record, records};
use crate::catalog::Catalog;
use crate::text::{edits_between, misspelt_by};

/// How many codes are offered.
const OFFERED: usize = 3;

/// The codes that look most like a query: numbers for a number, which may have slipped digits, and
/// names for a name. Nothing is offered that looks like something else altogether.
#[must_use]
pub fn nearest<'a>(catalog: &'a Catalog, query: &str) -> Vec<Record<'a>> {
    let query = query.trim();
    let number = query.parse::<i64>().ok();
    let distance = |record: &Record<'_>| match (number, record.code.value) {
        (Some(number), value) => by_number(query, number, value?),
        (None, _) => by_name(query, record).map(|edits| (edits, 0)),
    };
    let mut near: Vec<((usize, u64), Record<'a>)> = records(catalog)
        .filter_map(|record| Some((distance(&record)?, record)))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let mut offered = HashSet::new();
    near.into_iter()
        .map(|(_, record)| record)
        .filter(|record| offered.insert((record.code.value, record.constant())))
        .take(OFFERED)
        .collect()
}

/// How many digits have to be changed, and how far the numbers are apart.
fn by_number(query: &str, number: i64, value: i64) -> Option<(usize, u64)> {
    let text = value.to_string();
    let edits = edits_between(query, &text)?;
    let pairs = query.bytes().zip(text.bytes());
    let shared = pairs.take_while(|(a, b)| a == b).count();
    // The first digits of a long code tell the module that throws it.
    let is_neighbour = text.len() == query.len() && shared * 3 >= text.len() * 2;
    (edits <= 1 + query.len() / 5 || is_neighbour).then_some((edits, number.abs_diff(value)))
}

fn by_name(query: &str, record: &Record<'_>) -> Option<usize> {
    let name = query.rsplit(['.', ':']).next()?.to_uppercase();
    let names = record.short_names().chain([record.code.code.as_str()]);
    let edits = names.map(|own| misspelt_by(&name, &own.to_uppercase()));
    edits.flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::catalog;

    fn offered(query: &str) -> Vec<String> {
        let catalog = catalog();
        let records = nearest(&catalog, query);
        records.iter().filter_map(Record::qualified_name).collect()
    }

    #[test]
    fn slipped_digits_lead_to_the_code() {
        assert_eq!(offered("1000500002"), ["ScanErrorCode.TOO_SLOW"]);
        assert_eq!(offered("10005001"), ["ScanErrorCode.TOO_SLOW"]);
        assert_eq!(
            offered("4001"),
            ["PayErrorCode.BAD_PARAMETER", "ScanErrorCode.DENIED"]
        );
        assert_eq!(offered("7777777777"), Vec::<String>::new());
    }

    #[test]
    fn slipped_letters_lead_to_the_code() {
        assert_eq!(offered("DENEID"), ["ScanErrorCode.DENIED"]);
        assert_eq!(offered("ScanErrorCode.tooSlow"), ["ScanErrorCode.TOO_SLOW"]);
        assert_eq!(offered("SOMETHING_ELSE"), Vec::<String>::new());
    }
}
