//! The names of pages: an enum and a module for each.

use std::collections::{BTreeMap, HashMap};

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::word::latin;
use super::{Derived, Origin};
use crate::catalog::{Page, PageIdentifiers};
use crate::names::{Changes, Entry, Item, Key, MAX_TYPE, Name, Names};
use crate::problem::{Locate as _, PageNameReason, ProjectProblem, Report};

/// What a page's id calls its subject; the rest of the id is the subject.
const SUFFIXES: [&[&str]; 4] = [
    &["error", "code"],
    &["error", "codes"],
    &["errorcode"],
    &["errcode"],
];

/// Gives every page its identifiers: the recorded ones, else new ones. Returns what has to be
/// recorded.
///
/// # Errors
/// Pages cannot be named.
pub(super) fn assign(pages: &mut [Page], names: &Names) -> Result<Changes, Report> {
    let mut changes = Changes::new();
    let mut new = Vec::new();
    for page in pages {
        let key = Key::page(&page.id);
        match names.get(&key) {
            Some(entry) => {
                page.identifiers = Some(identifiers(entry));
                changes.extend(entry.returned().map(|returned| (key, returned)));
            }
            None => new.push(page),
        }
    }
    let mut taken = taken_names(names);
    let ids: Vec<&str> = new.iter().map(|page| page.id.as_str()).collect();
    let derived = derive(&ids, &taken);
    let mut report = Report::default();
    for (page, name) in new.into_iter().zip(derived) {
        match checked(name, &page.id, &mut taken) {
            Ok(name) => {
                let entry = Entry::derived(name);
                page.identifiers = Some(identifiers(&entry));
                changes.insert(Key::page(&page.id), entry);
            }
            Err(reason) => {
                let id = page.id.clone();
                report.push(ProjectProblem::PageName { id, reason }.at_file(&page.source));
            }
        }
    }
    report.check().map(|_| changes)
}

/// The recorded names of pages, as [`Name::key`] has them, with the pages that have them.
fn taken_names(names: &Names) -> HashMap<String, String> {
    let pages = names.iter().filter(|(key, _)| key.item == Item::Enum);
    pages
        .flat_map(|(key, entry)| entry.all_names().map(|name| (name.key(), key.page.clone())))
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
    let ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    let names = ids.iter().zip(derive(&ids, &HashMap::new()));
    let derived = |name| Derived {
        name,
        origin: Origin::Words,
    };
    names
        .filter_map(|(id, name)| Some((Key::page(id), derived(name?))))
        .collect()
}

/// The names that the ids of some pages make: the short ones, and for pages that would share one,
/// or have one that is taken, those with all words of the id.
fn derive(ids: &[&str], taken: &HashMap<String, String>) -> Vec<Option<Name>> {
    let subjects: Vec<Vec<String>> = ids.iter().map(|id| words(id)).collect();
    let name = |subject: &[String]| Name::of_type(&type_name(subject));
    let short: Vec<Name> = subjects
        .iter()
        .map(|words| name(&without_suffix(words)))
        .collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for name in &short {
        *uses.entry(name.key()).or_default() += 1;
    }
    let names = subjects.iter().zip(&short).map(|(subject, short)| {
        let is_shared = uses[&short.key()] > 1 || taken.contains_key(&short.key());
        let name = if is_shared {
            name(without_ending(subject))
        } else {
            short.clone()
        };
        (!subject.is_empty()).then_some(name)
    });
    names.collect()
}

fn identifiers(entry: &Entry) -> PageIdentifiers {
    let name = &entry.name.variant;
    PageIdentifiers {
        module: name.to_snake_case(),
        type_name: name.clone(),
        aliases: entry
            .aliases
            .iter()
            .map(|alias| alias.variant.clone())
            .collect(),
    }
}

fn words(id: &str) -> Vec<String> {
    latin(id).map(str::to_lowercase).collect()
}

fn without_suffix(words: &[String]) -> Vec<String> {
    for suffix in SUFFIXES {
        let at = words
            .windows(suffix.len())
            .position(|window| window == suffix);
        if let Some(at) = at {
            return [&words[..at], &words[at + suffix.len()..]].concat();
        }
    }
    words.to_vec()
}

/// The subject of an id that ends as every type name does.
fn without_ending(words: &[String]) -> &[String] {
    match words {
        [subject @ .., error, code] if error == "error" && code == "code" => subject,
        _ => words,
    }
}

fn type_name(subject: &[String]) -> String {
    let name = format!("{} error code", subject.join(" ")).to_upper_camel_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("Page{name}")
    } else {
        name
    }
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
