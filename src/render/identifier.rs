//! What a code is called in each language, for those who look it up.

use heck::ToShoutySnakeCase;
use serde::Serialize;

use crate::catalog::{ErrorCode, Page};

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
#[must_use]
pub fn identifiers(page: &Page, code: &ErrorCode) -> Vec<Identifier> {
    let names = page.identifiers.as_ref().zip(code.identifiers.as_ref());
    let Some((of_page, names)) = names.filter(|_| code.value.is_some()) else {
        return Vec::new();
    };
    let (page, constant) = (&of_page.type_name, &names.constant);
    let identifier = |target, name| Identifier { target, name };
    vec![
        identifier("arkts", format!("{page}.{constant}")),
        identifier("typescript", format!("{page}.{constant}")),
        identifier("rust", format!("{page}::{}", names.variant)),
        identifier("c", format!("{}_{constant}", page.to_shouty_snake_case())),
    ]
}
