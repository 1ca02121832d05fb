//! What pages and codes are called in each language. A program of C has one name space for all
//! pages, in which `A_ERROR_CODE` with `B_C` and `A_ERROR_CODE_B` with `C` are one constant.

use std::collections::HashMap;

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase};
use indexmap::IndexSet;
use serde::Serialize;

use super::Target;
use crate::catalog::{Catalog, CodeIdentifiers, ErrorCode, Page};
use crate::problem::{Diagnostic, Locate as _, TemplateProblem};

/// The template of the headers that have the names of C.
const C_TEMPLATE: &str = "c/page.h";

/// What an application writes for a code.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CodeNames {
    /// In ArkTS: `CoreVisionErrorCode.RUN_TIMED_OUT`.
    arkts: String,
    /// In TypeScript: `CoreVisionErrorCode.RUN_TIMED_OUT`.
    typescript: String,
    /// In Rust: `CoreVisionErrorCode::RunTimedOut`.
    rust: String,
    /// In C: `CORE_VISION_ERROR_CODE_RUN_TIMED_OUT`.
    c: String,
}

impl CodeNames {
    pub(super) fn new(type_name: &str, constant: &str, variant: &str) -> Self {
        Self {
            arkts: format!("{type_name}.{constant}"),
            typescript: format!("{type_name}.{constant}"),
            rust: format!("{type_name}::{variant}"),
            c: format!("{}_{constant}", c_prefix(type_name)),
        }
    }
}

/// The functions of a page in ArkTS, TypeScript and JavaScript.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsNames {
    /// Finds the record of a number: `coreVisionErrorCodeInfo`.
    info: String,
    /// Whether a number is a code: `isCoreVisionErrorCode`.
    is: String,
    /// Takes a number for a code: `coreVisionErrorCodeFromCode`.
    from_code: String,
    /// Whether an error has a code: `hasCoreVisionErrorCode`.
    has: String,
    /// All records: `allCoreVisionErrorCodes`.
    all: String,
}

impl JsNames {
    pub(super) fn new(type_name: &str) -> Self {
        let camel = type_name.to_lower_camel_case();
        Self {
            info: format!("{camel}Info"),
            is: format!("is{type_name}"),
            from_code: format!("{camel}FromCode"),
            has: format!("has{type_name}"),
            all: format!("all{type_name}s"),
        }
    }
}

/// The functions and tables of a page in C.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CNames {
    /// The table of records: `core_vision_error_code_all`.
    all: String,
    /// How many records there are: `core_vision_error_code_count`.
    count: String,
    /// Finds the record of a number: `core_vision_error_code_info`.
    info: String,
    /// Whether a number is a code: `is_core_vision_error_code`.
    is: String,
}

impl CNames {
    pub(super) fn new(type_name: &str) -> Self {
        let module = type_name.to_snake_case();
        Self {
            all: format!("{module}_all"),
            count: format!("{module}_count"),
            info: format!("{module}_info"),
            is: format!("is_{module}"),
        }
    }
}

/// What the constants of a page begin with in C: `CORE_VISION_ERROR_CODE`.
pub(super) fn c_prefix(type_name: &str) -> String {
    type_name.to_shouty_snake_case()
}

/// The constant of a code, and its former names.
pub(super) fn all_constants(names: &CodeIdentifiers) -> Vec<&str> {
    let former = names.aliases.iter().map(|alias| alias.constant.as_str());
    std::iter::once(names.constant.as_str())
        .chain(former)
        .collect()
}

/// What a code is called in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identifier {
    /// The target that has it.
    pub target: &'static str,
    /// What an application writes: `CoreVisionErrorCode.RUN_TIMED_OUT`.
    pub name: String,
}

/// What a code is called in each language; nothing for a symbol, which has no constants, and for a
/// record that has not been named.
pub fn identifiers(page: &Page, code: &ErrorCode) -> Vec<Identifier> {
    let names = page.identifiers.as_ref().zip(code.identifiers.as_ref());
    let Some((of_page, of_code)) = names.filter(|_| code.value.is_some()) else {
        return Vec::new();
    };
    let names = CodeNames::new(&of_page.type_name, &of_code.constant, &of_code.variant);
    let by_target = [
        ("arkts", names.arkts),
        ("typescript", names.typescript),
        ("rust", names.rust),
        ("c", names.c),
    ];
    by_target
        .map(|(target, name)| Identifier { target, name })
        .into()
}

/// Errors about names of C that two codes or pages would have, if any target has headers of C.
pub(super) fn c_clashes(catalog: &Catalog, targets: &[Target]) -> Vec<Diagnostic> {
    let mut rules = targets.iter().flat_map(|target| &target.files);
    if !rules.any(|rule| rule.template == C_TEMPLATE) {
        return Vec::new();
    }
    let mut owners: HashMap<String, String> = HashMap::new();
    let mut clashes = Vec::new();
    for (name, owner) in catalog.pages.iter().flat_map(names_in_c) {
        if let Some(one) = owners.get(&name) {
            let (one, other) = (one.clone(), owner);
            clashes.push(TemplateProblem::SameNameInC { name, one, other }.nowhere());
        } else {
            owners.insert(name, owner);
        }
    }
    clashes
}

/// The names that a page has in C, with what has them.
fn names_in_c(page: &Page) -> Vec<(String, String)> {
    let Some(names) = &page.identifiers else {
        return Vec::new();
    };
    let types = std::iter::once(&names.type_name).chain(&names.aliases);
    // Names that differ in capitals alone may be one in C.
    let prefixes: IndexSet<String> = types.map(|type_name| c_prefix(type_name)).collect();
    let mut all = Vec::new();
    for prefix in prefixes {
        let of_page = format!("a function or table of the page `{}`", page.id);
        let CNames {
            all: table,
            count,
            info,
            is,
        } = CNames::new(&prefix);
        all.extend([table, count, info, is].map(|name| (name, of_page.clone())));
        for code in codes_with_constants(page) {
            let of_code = format!("code {} of the page `{}`", code.code, page.id);
            let constants = code.identifiers.iter().flat_map(all_constants);
            all.extend(constants.map(|name| (format!("{prefix}_{name}"), of_code.clone())));
        }
    }
    all
}

/// The codes to which the constants of a page belong, one for each number.
fn codes_with_constants(page: &Page) -> Vec<&ErrorCode> {
    let numbers = page.records_by_number();
    let first = |records: &Vec<usize>| page.codes.get(*records.first()?);
    numbers.values().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Alias, CodeIdentifiers, PageIdentifiers};
    use crate::render::target::Description;

    fn page(type_name: &str, aliases: &[&str], codes: Vec<ErrorCode>) -> Page {
        Page {
            id: type_name.to_lowercase(),
            identifiers: Some(PageIdentifiers {
                type_name: type_name.to_owned(),
                module: type_name.to_snake_case(),
                aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            }),
            codes,
            ..Page::default()
        }
    }

    fn code(value: i64, constant: &str, former: &[&str]) -> ErrorCode {
        let alias = |constant: &&str| Alias {
            constant: (*constant).to_owned(),
            variant: String::new(),
        };
        ErrorCode {
            code: value.to_string(),
            value: Some(value),
            identifiers: Some(CodeIdentifiers {
                constant: constant.to_owned(),
                variant: String::new(),
                aliases: former.iter().map(alias).collect(),
            }),
            ..ErrorCode::default()
        }
    }

    fn clashes(pages: Vec<Page>, target: &str) -> Vec<Diagnostic> {
        let known = Description::all()
            .into_iter()
            .find(|known| known.name == target);
        let target = known.and_then(|known| known.target(None));
        c_clashes(&Catalog::new(pages), target.as_slice())
    }

    #[test]
    fn codes_of_two_pages_cannot_be_one_constant() {
        let pages = || {
            vec![
                page("ACode", &[], vec![code(1, "B_C", &[]), code(2, "D", &[])]),
                page("ACodeB", &[], vec![code(3, "C", &[]), code(4, "D", &[])]),
            ]
        };
        let clashes = clashes(pages(), "c");
        let [clash] = &clashes[..] else {
            panic!("there is one clash: {clashes:#?}");
        };
        let said = clash.describe();
        assert_eq!(
            said.message,
            "C has one name space, where `A_CODE_B_C` would be two things"
        );
        assert_eq!(
            said.notes,
            [
                "one is code 1 of the page `acode`",
                "the other is code 3 of the page `acodeb`"
            ]
        );
        assert!(super::tests::clashes(pages(), "rust").is_empty());
    }

    #[test]
    fn former_names_and_functions_are_names_too() {
        let of_code = vec![
            page("ACode", &[], vec![code(1, "X", &["B_C"])]),
            page("New", &["ACodeB"], vec![code(3, "C", &[])]),
        ];
        assert_eq!(clashes(of_code, "c").len(), 1);
        let of_page = vec![page(
            "ACodeB",
            &["ACode"],
            vec![code(1, "C", &[]), code(2, "B_C", &[])],
        )];
        assert_eq!(clashes(of_page, "c").len(), 1);
        let functions = vec![page("ScanAll", &[], vec![]), page("IsScan", &[], vec![])];
        assert_eq!(clashes(functions, "c").len(), 1);
        let capitals = vec![page("HttpCode", &["HTTPCode"], vec![code(1, "C", &[])])];
        assert!(clashes(capitals, "c").is_empty());
    }
}
