//! What a person may have meant by a code that is not there.

use std::collections::HashSet;

use super::{Record, records};
use crate::catalog::Catalog;

/// How many codes are offered.
const OFFERED: usize = 3;

/// The codes that look most like a query: numbers for a number, which may have slipped digits, and
/// names for a name. Nothing is offered that looks like something else altogether.
#[must_use]
pub fn nearest<'a>(catalog: &'a Catalog, query: &str) -> Vec<Record<'a>> {
    let query = query.trim();
    let number = query.parse::<i64>().ok();
    let mut near: Vec<(usize, u64, Record<'a>)> = Vec::new();
    for record in records(catalog) {
        near.extend(match (number, record.code.value) {
            (Some(number), Some(value)) => {
                by_number(query, number, value).map(|(edits, distance)| (edits, distance, record))
            }
            (None, _) => by_name(query, &record).map(|edits| (edits, 0, record)),
            _ => None,
        });
    }
    near.sort_by_key(|(edits, distance, _)| (*edits, *distance));
    let mut offered = HashSet::new();
    near.retain(|(_, _, record)| {
        offered.insert((record.code.value, record.constant().map(str::to_owned)))
    });
    near.into_iter()
        .map(|(_, _, record)| record)
        .take(OFFERED)
        .collect()
}

/// How many digits have to be changed, and how far the numbers are apart.
fn by_number(query: &str, number: i64, value: i64) -> Option<(usize, u64)> {
    let text = value.to_string();
    let edits = strsim::damerau_levenshtein(query, &text);
    let shared = query
        .bytes()
        .zip(text.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    // The first digits of a long code tell the module that throws it.
    let is_neighbour = text.len() == query.len() && shared * 3 >= text.len() * 2;
    (edits <= 1 + query.len() / 5 || is_neighbour).then_some((edits, number.abs_diff(value)))
}

fn by_name(query: &str, record: &Record<'_>) -> Option<usize> {
    let name = query
        .rsplit(['.', ':'])
        .next()
        .unwrap_or(query)
        .to_uppercase();
    let names = record.code.identifiers.as_ref();
    let own = names
        .into_iter()
        .flat_map(|names| [names.constant.clone(), names.variant.to_uppercase()]);
    let own = own.chain([record.code.code.to_uppercase()]);
    let edits = own
        .map(|own| strsim::damerau_levenshtein(&name, &own))
        .min()?;
    (edits <= name.chars().count() / 3).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::tests::catalog;

    fn offered(query: &str) -> Vec<String> {
        let catalog = catalog();
        let records = nearest(&catalog, query).into_iter();
        records
            .filter_map(|record| record.qualified_name())
            .collect()
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
