//! Paths of output files, with words in braces that stand for names.

use heck::{ToKebabCase, ToLowerCamelCase};

use crate::catalog::{ErrorCode, Page};
use crate::path::is_plain;

/// How often a file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Once, of all pages.
    Catalog,
    /// Once for each page.
    Page,
    /// Once for each code.
    Code,
}

/// The path of a file below its target's folder. Words in braces stand for names of the page or
/// of the code, and tell how often the file is made: `{page}.csv` is one for each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    scope: Scope,
}

/// What stands for a name of the page.
const OF_PAGES: [&str; 5] = ["page", "Type", "module", "kebab", "camel"];

/// What stands for a name of the code.
const OF_CODES: [&str; 3] = ["code", "constant", "variant"];

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence that says why it cannot be the path of a file.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !is_plain(text) {
            return Err(format!(
                "`{text}` is no path of a file below the target's folder, such as `src/{{Type}}.kt`"
            ));
        }
        let mut scope = Scope::Catalog;
        for word in words(text)? {
            scope = scope.max(scope_of(word)?);
        }
        Ok(Self {
            text: text.to_owned(),
            scope,
        })
    }

    /// How often the file is made.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path of the file of a page, or of one of its codes; none without the names that are in
    /// it.
    pub(in crate::render) fn path(&self, page: &Page, code: Option<&ErrorCode>) -> Option<String> {
        let names = page.identifiers.as_ref()?;
        let path = self
            .text
            .replace("{Type}", &names.type_name)
            .replace("{module}", &names.module)
            .replace("{kebab}", &names.type_name.to_kebab_case())
            .replace("{camel}", &names.type_name.to_lower_camel_case())
            .replace("{page}", &page.id);
        let Some(code) = code else {
            return Some(path);
        };
        let names = code.identifiers.as_ref()?;
        let is_symbol = code.value.is_none();
        if is_symbol && (path.contains("{constant}") || path.contains("{variant}")) {
            return None;
        }
        Some(
            path.replace("{constant}", &names.constant)
                .replace("{variant}", &names.variant)
                .replace("{code}", &code.code),
        )
    }
}

/// How often a file is made whose path has a word in braces.
fn scope_of(word: &str) -> Result<Scope, String> {
    if OF_CODES.contains(&word) {
        return Ok(Scope::Code);
    }
    if OF_PAGES.contains(&word) {
        return Ok(Scope::Page);
    }
    let known = [&OF_PAGES[..], &OF_CODES].concat().join("}, {");
    Err(format!(
        "nothing is called `{{{word}}}`; a path may have {{{known}}}"
    ))
}

/// The words in braces.
fn words(text: &str) -> Result<Vec<&str>, String> {
    let mut pieces = text.split('{');
    let mut are_paired = pieces.next().is_none_or(|before| !before.contains('}'));
    let mut words = Vec::new();
    for piece in pieces {
        let (word, after) = piece.split_once('}').unwrap_or(("", "}"));
        are_paired &= !after.contains('}');
        words.push(word);
    }
    if are_paired {
        Ok(words)
    } else {
        Err(format!("the braces in `{text}` do not belong together"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CodeIdentifiers, PageIdentifiers};

    #[test]
    fn the_words_in_a_path_tell_how_often_the_file_is_made() {
        let scope = |text| Pattern::parse(text).map(|pattern| pattern.scope());
        assert_eq!(scope("errors.kt"), Ok(Scope::Catalog));
        assert_eq!(scope("{page}.csv"), Ok(Scope::Page));
        assert_eq!(scope("{page}/{code}.md"), Ok(Scope::Code));
        assert_eq!(scope("{constant}/{module}.md"), Ok(Scope::Code));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", "../a", "/a", "a//b", "a/./b", "a\\b", "C:a", "a\nb"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            Pattern::parse("{pages}.csv"),
            Err("nothing is called `{pages}`; a path may have {page}, {Type}, {module}, {kebab}, {camel}, {code}, {constant}, {variant}".to_owned())
        );
        for text in ["{page", "page}", "{{page}}"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_take_the_places_of_the_words() {
        let page = Page {
            id: "scan-error-code".to_owned(),
            identifiers: Some(PageIdentifiers {
                type_name: "ScanErrorCode".to_owned(),
                module: "scan_error_code".to_owned(),
                aliases: Vec::new(),
            }),
            ..Page::default()
        };
        let code = ErrorCode {
            code: "00401".to_owned(),
            value: Some(401),
            identifiers: Some(CodeIdentifiers {
                constant: "DENIED".to_owned(),
                variant: "Denied".to_owned(),
                aliases: Vec::new(),
            }),
            ..ErrorCode::default()
        };
        let path = |text| Pattern::parse(text).ok()?.path(&page, Some(&code));
        assert_eq!(
            path("{Type}/{module}/{kebab}/{camel}/{page}/{code}/{constant}.{variant}").as_deref(),
            Some(
                "ScanErrorCode/scan_error_code/scan-error-code/scanErrorCode/scan-error-code/00401/DENIED.Denied"
            )
        );
        let symbol = ErrorCode {
            code: "NoScan".to_owned(),
            value: None,
            ..code.clone()
        };
        let path = |text| Pattern::parse(text).ok()?.path(&page, Some(&symbol));
        assert_eq!(path("{constant}.md"), None);
        assert_eq!(path("{code}.md").as_deref(), Some("NoScan.md"));
    }
}
