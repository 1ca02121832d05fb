//! The names of C. A program has one name space for all pages, in which `A_ERROR_CODE` with `B_C`
//! and `A_ERROR_CODE_B` with `C` are one constant.

use std::collections::HashMap;

use heck::{ToShoutySnakeCase, ToSnakeCase};

use super::Target;
use crate::catalog::{Catalog, ErrorCode, Page};
use crate::diagnostic::Diagnostic;

/// The template of the headers in which the names stand.
const TEMPLATE: &str = "c/page.h";

/// What functions and tables of a page are called, by the name of its module.
const OF_PAGES: [fn(&str) -> String; 4] = [
    |module| format!("{module}_all"),
    |module| format!("{module}_count"),
    |module| format!("{module}_info"),
    |module| format!("is_{module}"),
];

/// Errors about names that two codes or pages would have in common, if any target has headers of C.
pub(super) fn check(catalog: &Catalog, targets: &[Target]) -> Vec<Diagnostic> {
    let mut rules = targets.iter().flat_map(|target| &target.files);
    if !rules.any(|rule| rule.template == TEMPLATE) {
        return Vec::new();
    }
    let mut owners: HashMap<String, String> = HashMap::new();
    let mut clashes = Vec::new();
    for (name, owner) in catalog.pages.iter().flat_map(names) {
        if let Some(other) = owners.get(&name) {
            clashes.push(clash(&name, other, &owner));
        } else {
            owners.insert(name, owner);
        }
    }
    clashes
}

fn clash(name: &str, one: &str, other: &str) -> Diagnostic {
    let message = format!("C has one name space, where `{name}` would be two things");
    Diagnostic::error("names", message)
        .note(format!("one is {one}"))
        .note(format!("the other is {other}"))
        .help(
            "rename one of them, as in `arkerr names rename PAGE CODE NEW`, delete a former name \
             in names.toml, or switch the target `c` off",
        )
}

/// The names that a page has in C, with what has them.
fn names(page: &Page) -> Vec<(String, String)> {
    let Some(names) = &page.identifiers else {
        return Vec::new();
    };
    let mut modules = vec![names.module.clone()];
    for alias in &names.aliases {
        let module = alias.to_snake_case();
        // Names that differ in capitals alone may be one in C.
        if !modules.contains(&module) {
            modules.push(module);
        }
    }
    let records = page.records_by_number();
    let codes: Vec<&ErrorCode> = records
        .values()
        .filter_map(|records| page.codes.get(*records.first()?))
        .collect();
    let mut all = Vec::new();
    for module in &modules {
        let owner = || format!("a function or table of the page `{}`", page.id);
        all.extend(OF_PAGES.iter().map(|name| (name(module), owner())));
        for code in &codes {
            let owner = || format!("code {} of the page `{}`", code.code, page.id);
            let prefix = module.to_shouty_snake_case();
            let constants = constants(code).map(|constant| format!("{prefix}_{constant}"));
            all.extend(constants.map(|name| (name, owner())));
        }
    }
    all
}

/// The name of a code and its former ones.
fn constants(code: &ErrorCode) -> impl Iterator<Item = &str> {
    code.identifiers.iter().flat_map(|names| {
        let former = names.aliases.iter().map(|alias| alias.constant.as_str());
        std::iter::once(names.constant.as_str()).chain(former)
    })
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
        let targets = Description::all().into_iter();
        let targets = targets.filter(|description| description.name == target);
        let targets: Vec<Target> = targets.filter_map(|known| known.target(None)).collect();
        check(&Catalog::new(pages), &targets)
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
        assert_eq!(
            clash.message,
            "C has one name space, where `A_CODE_B_C` would be two things"
        );
        assert_eq!(
            clash.notes,
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
