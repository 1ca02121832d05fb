//! The names of pages: an enum and a module for each.

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::catalog::{Page, PageIdentifiers};
use crate::diagnostic::{Diagnostic, Place};

/// What a page's id calls its subject; the rest of the id is the subject.
const SUFFIXES: [&[&str]; 4] = [
    &["error", "code"],
    &["error", "codes"],
    &["errorcode"],
    &["errcode"],
];

/// The most characters a name has. Lines of Rust with a longer one cannot be formatted.
const MAX_LENGTH: usize = 60;

/// Gives every page its identifiers. A page that cannot be named is told of, and has none.
pub(super) fn assign(pages: &mut [Page]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let subjects: Vec<Vec<String>> = pages.iter().map(|page| words(&page.id)).collect();
    let short: Vec<String> = subjects
        .iter()
        .map(|words| type_name(&without_suffix(words)))
        .collect();
    let full: Vec<String> = subjects
        .iter()
        .map(|words| type_name(without_ending(words)))
        .collect();

    // Where the short names of some pages are alike, all of them get the full ones.
    let names = short.iter().zip(&full).map(|(own, full)| {
        let alike = short.iter().filter(|other| other.eq_ignore_ascii_case(own));
        if alike.count() > 1 { full } else { own }
    });
    let mut first_use: HashMap<String, String> = HashMap::new();
    for ((page, subject), name) in pages.iter_mut().zip(&subjects).zip(names) {
        let refusal = if subject.is_empty() {
            Some("the file name has no Latin letter or digit to name the page by".to_owned())
        } else if name.len() > MAX_LENGTH {
            Some(format!(
                "the page would be called `{name}`, which is too long a name"
            ))
        } else {
            let first = first_use.insert(name.to_lowercase(), page.source.clone());
            first.map(|first| format!("the page would be called `{name}`, as `{first}` is"))
        };
        if let Some(message) = refusal {
            diagnostics.push(
                Diagnostic::error("page-name", message)
                    .at(Place::file(&page.source))
                    .help("name the file after the last part of the page's address, such as `core-vision-error-code.html`"),
            );
            continue;
        }
        page.identifiers = Some(PageIdentifiers {
            module: name.to_snake_case(),
            type_name: name.clone(),
        });
    }
    diagnostics
}

fn words(id: &str) -> Vec<String> {
    let words = id.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
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
        let diagnostics = assign(&mut pages);
        let names = pages.iter().filter_map(|page| page.identifiers.as_ref());
        let names = names.map(|names| format!("{} {}", names.type_name, names.module));
        (
            names.collect(),
            diagnostics.iter().map(ToString::to_string).collect(),
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
                "docs-snapshot/a_b.html: error[page-name]: the page would be called `ABErrorCode`, as `docs-snapshot/a-b.html` is",
                "docs-snapshot/page-saved-under-the-title-of-its-window-which-says-where-on-the-site-it-is.html: error[page-name]: the page would be called `PageSavedUnderTheTitleOfItsWindowWhichSaysWhereOnTheSiteItIsErrorCode`, which is too long a name",
            ]
        );
    }
}
