//! The names of pages: an enum and a module for each.

use std::collections::{BTreeMap, HashMap};

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::word::latin;
use super::{Derived, Origin};
use crate::catalog::{Page, PageIdentifiers};
use crate::names::{Changes, Entry, Item, Key, MAX_TYPE, Name, Names};
use crate::problem::{Locate as _, PageNameReason, ProjectProblem, Report};

/// What a page's id calls its subject; the rest of the id is the subject.
const SUFFIXES: [&str; 4] = ["error code", "error codes", "errorcode", "errcode"];

/// Gives every page its identifiers: the recorded ones, else new ones. Returns what has to be
/// recorded.
///
/// # Errors
/// Pages cannot be named.
pub(super) fn assign(pages: &mut [Page], names: &Names) -> Result<Changes, Report> {
    let mut changes = Changes::new();
    let mut report = Report::default();
    let mut taken = taken_names(names);
    let is_new = |page: &&Page| names.get(&Key::page(&page.id)).is_none();
    let new: Vec<&Page> = pages.iter().filter(is_new).collect();
    for (page, name) in new.iter().zip(derive(&new, &taken)) {
        match checked(name, &page.id, &mut taken) {
            Ok(name) => drop(changes.insert(Key::page(&page.id), Entry::derived(name))),
            Err(reason) => {
                let id = page.id.clone();
                report.push(ProjectProblem::PageName { id, reason }.at_file(&page.source));
            }
        }
    }
    for page in pages {
        let key = Key::page(&page.id);
        let recorded = names.get(&key);
        let returned = recorded.and_then(Entry::returned);
        let entry = recorded.or_else(|| changes.get(&key));
        page.identifiers = entry.map(identifiers);
        changes.extend(returned.map(|entry| (key, entry)));
    }
    report.check().map(|_| changes)
}

/// The recorded names of pages, as [`Name::key`] has them, with the pages that have them.
fn taken_names(names: &Names) -> HashMap<String, String> {
    let pages = names.iter().filter(|(key, _)| key.item == Item::Enum);
    let names = pages.flat_map(|(key, entry)| entry.all_names().map(move |name| (key, name)));
    names
        .map(|(key, name)| (name.key(), key.page.clone()))
        .collect()
}

/// The name of a page, once it is taken.
fn checked(
    name: Option<Name>,
    id: &str,
    taken: &mut HashMap<String, String>,
) -> Result<Name, PageNameReason> {
    let name = name.ok_or(PageNameReason::NoLatin)?;
    if name.variant.len() > MAX_TYPE {
        return Err(PageNameReason::TooLong(name.variant));
    }
    match taken.insert(name.key(), id.to_owned()) {
        None => Ok(name),
        Some(by) => Err(PageNameReason::Taken {
            name: name.variant,
            by,
        }),
    }
}

/// What the ids of all pages say that they should be called today, whatever is recorded.
pub(super) fn derive_all(pages: &[Page]) -> BTreeMap<Key, Derived> {
    let pages: Vec<&Page> = pages.iter().collect();
    let names = pages.iter().zip(derive(&pages, &HashMap::new()));
    let derived = |name| Derived {
        name,
        origin: Origin::Words,
    };
    names
        .filter_map(|(page, name)| Some((Key::page(&page.id), derived(name?))))
        .collect()
}

/// The names that the ids of some pages make: the short ones, and for pages that would share one,
/// or have one that is taken, those with all words of the id. None for an id without words.
fn derive(pages: &[&Page], taken: &HashMap<String, String>) -> Vec<Option<Name>> {
    let ids = pages
        .iter()
        .map(|page| latin(&page.id).collect::<Vec<_>>().join(" "));
    let ids: Vec<String> = ids.map(|id| id.to_lowercase()).collect();
    let short: Vec<Name> = ids
        .iter()
        .map(|id| type_name(&without_suffix(id)))
        .collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for name in &short {
        *uses.entry(name.key()).or_default() += 1;
    }
    let names = ids.iter().zip(short).map(|(id, short)| {
        let is_shared = uses[&short.key()] > 1 || taken.contains_key(&short.key());
        // Every type's name ends so.
        let full = id.strip_suffix("error code").unwrap_or(id);
        let name = if is_shared { type_name(full) } else { short };
        (!id.is_empty()).then_some(name)
    });
    names.collect()
}

fn identifiers(entry: &Entry) -> PageIdentifiers {
    let name = &entry.name.variant;
    let aliases = entry.aliases.iter().map(|alias| alias.variant.clone());
    PageIdentifiers {
        module: name.to_snake_case(),
        type_name: name.clone(),
        aliases: aliases.collect(),
    }
}

/// The words of an id without those that call it a page of error codes.
fn without_suffix(id: &str) -> String {
    let id = format!(" {id} ");
    let mut suffixes = SUFFIXES.iter().map(|suffix| format!(" {suffix} "));
    let suffix = suffixes.find(|suffix| id.contains(suffix.as_str()));
    suffix.map_or(id.clone(), |suffix| id.replacen(&suffix, " ", 1))
}

fn type_name(subject: &str) -> Name {
    let name = format!("{subject} error code").to_upper_camel_case();
    let is_number = name.starts_with(|c: char| c.is_ascii_digit());
    Name::of_type(&if is_number {
        format!("Page{name}")
    } else {
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ids: &[&str]) -> (Vec<String>, Vec<String>) {
        let page = |id: &&str| Page {
            id: (*id).to_owned(),
            source: format!("docs-snapshot/{id}.html"),
            ..Page::default()
        };
        let mut pages: Vec<Page> = ids.iter().map(page).collect();
        let found = assign(&mut pages, &Names::default());
        let names = pages.iter().filter_map(|page| page.identifiers.as_ref());
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
