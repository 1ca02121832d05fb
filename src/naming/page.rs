//! The names of pages: an enum and a module for each.

use std::collections::{BTreeMap, HashMap};

use heck::ToUpperCamelCase;

use super::clash::settle;
use super::word::latin;
use crate::catalog::Page;
use crate::names::{Changes, Entry, Key, MAX_TYPE, Name, Names};
use crate::problem::{Locate as _, PageNameReason, ProjectProblem, Report};

/// What a page's id calls its subject; the rest of the id is the subject.
const SUFFIXES: [&str; 4] = [" error code ", " error codes ", " errorcode ", " errcode "];

/// Entries for the pages that have no name.
///
/// # Errors
/// Pages cannot be named.
pub(super) fn name_new(pages: &[Page], names: &Names) -> Result<Changes, Report> {
    let recorded = names.holders(None).into_iter();
    let mut taken: HashMap<String, &str> = recorded.map(|(name, key)| (name, &*key.page)).collect();
    let is_new = |page: &&Page| names.get(&Key::page(&page.id)).is_none();
    let mut derived = derive(pages.iter().filter(is_new), |name| taken.contains_key(name));
    let mut changes = Changes::new();
    let mut report = Report::default();
    for page in pages.iter().filter(is_new) {
        let key = Key::page(&page.id);
        match checked(derived.remove(&key), &page.id, &mut taken) {
            Ok(name) => drop(changes.insert(key, Entry::derived(name))),
            Err(reason) => {
                let id = page.id.clone();
                report.push(ProjectProblem::PageName { id, reason }.at_file(&page.source));
            }
        }
    }
    report.check().map(|_| changes)
}

/// The name of a page, once it is taken.
fn checked<'a>(
    name: Option<Name>,
    id: &'a str,
    taken: &mut HashMap<String, &'a str>,
) -> Result<Name, PageNameReason> {
    let name = name.ok_or(PageNameReason::NoLatin)?;
    if name.variant.len() > MAX_TYPE {
        return Err(PageNameReason::TooLong(name.variant));
    }
    let Some(by) = taken.insert(name.key(), id).map(str::to_owned) else {
        return Ok(name);
    };
    let name = name.variant;
    Err(PageNameReason::Taken { name, by })
}

/// The names that the ids of some pages make, as far as they have words.
pub(super) fn derive<'a>(
    pages: impl Iterator<Item = &'a Page>,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<Key, Name> {
    let ids = pages.map(|page| &page.id);
    let ids: Vec<&String> = ids.filter(|id| latin(id).next().is_some()).collect();
    let candidates = ids.iter().map(|id| type_names(id).into_iter()).collect();
    let names = settle(candidates, is_taken);
    ids.iter().map(|id| Key::page(id)).zip(names).collect()
}

/// What a page may be called: after its subject, else after all words of its id.
fn type_names(id: &str) -> [Name; 2] {
    let words = latin(id).collect::<Vec<_>>().join(" ").to_lowercase();
    let padded = format!(" {words} ");
    let mut suffixes = SUFFIXES.into_iter();
    let suffix = suffixes.find(|suffix| padded.contains(suffix));
    let subject = padded.replacen(suffix.unwrap_or(" "), " ", 1);
    // Every type's name ends so.
    let all = words.strip_suffix("error code").unwrap_or(&words);
    [type_name(&subject), type_name(all)]
}

fn type_name(subject: &str) -> Name {
    let name = format!("{subject} error code").to_upper_camel_case();
    let is_number = name.starts_with(|c: char| c.is_ascii_digit());
    let start = if is_number { "Page" } else { "" };
    Name::of_type(&format!("{start}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::naming::{Prefixes, assign};

    fn names(ids: &[&str]) -> (Vec<String>, Vec<String>) {
        let page = |id: &&str| Page {
            id: (*id).to_owned(),
            source: format!("docs-snapshot/{id}.html"),
            ..Page::default()
        };
        let mut catalog = Catalog {
            pages: ids.iter().map(page).collect(),
            ..Catalog::default()
        };
        let found = assign(&mut catalog, &Names::default(), &Prefixes::new());
        let pages = catalog.pages.iter();
        let names = pages.filter_map(|page| page.identifiers.as_ref());
        let names = names.map(|names| format!("{} {}", names.type_name, names.module));
        let problems = found.err().into_iter().flatten();
        (
            names.collect(),
            problems.map(|found| found.to_string()).collect(),
        )
    }

    #[test]
    fn every_type_is_named_after_its_subject() {
        let (names, problems) = names(&[
            "core-vision-error-code",
            "errorcode-universal",
            "devicesecurity-restapi-errcode",
            "push-api",
            "3d-engine",
            "errorcode",
        ]);
        assert_eq!(
            names,
            [
                "CoreVisionErrorCode core_vision_error_code",
                "UniversalErrorCode universal_error_code",
                "DevicesecurityRestapiErrorCode devicesecurity_restapi_error_code",
                "PushApiErrorCode push_api_error_code",
                "Page3dEngineErrorCode page3d_engine_error_code",
                "ErrorCode error_code",
            ]
        );
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn pages_of_one_subject_get_their_full_names() {
        let (names, problems) = names(&["errorcode-scan", "scan-error-code"]);
        assert_eq!(
            names,
            [
                "ErrorcodeScanErrorCode errorcode_scan_error_code",
                "ScanErrorCode scan_error_code",
            ]
        );
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn pages_that_cannot_be_named_are_told_of() {
        let long = "page-saved-under-the-title-of-its-window-which-says-where-on-the-site-it-is";
        let (_, problems) = names(&["错误码", "a-b", "a_b", long]);
        assert_eq!(
            problems,
            [
                "docs-snapshot/错误码.html: error[page-name]: the file name has no Latin letter or digit to name the page by",
                "docs-snapshot/a_b.html: error[page-name]: the page would be called `ABErrorCode`, as `a-b` is",
                "docs-snapshot/page-saved-under-the-title-of-its-window-which-says-where-on-the-site-it-is.html: error[page-name]: the page would be called `PageSavedUnderTheTitleOfItsWindowWhichSaysWhereOnTheSiteItIsErrorCode`, which is too long a name",
            ]
        );
    }
}
