//! A name as the target languages spell it.

use std::collections::HashMap;

use heck::{ToShoutySnakeCase, ToSnakeCase};

use super::reserved::{is_family_of_headers, keyword_of, type_owner};
use crate::problem::NamesProblem;

/// The most characters a constant has that a person gives.
pub(crate) const MAX_CONSTANT: usize = 160;

/// The most characters a type's name has. Lines of Rust with a longer one cannot be formatted.
pub(crate) const MAX_TYPE: usize = 60;

/// A name in the spellings that the outputs use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The constant of ArkTS and TypeScript: `INVALID_URI`.
    pub constant: String,
    /// The enum variant of Rust, or the type: `InvalidURI`. Its letters are those of the constant.
    pub variant: String,
}

impl Name {
    /// A name of words in the shape that a text gives them: `Invalid`, `URI`.
    pub(crate) fn of_words(words: &[String]) -> Self {
        Self {
            constant: words.join("_").to_ascii_uppercase(),
            variant: words.iter().map(|word| capitalized(word)).collect(),
        }
    }

    /// The name that this constant has if nothing else is said about its variant.
    pub(crate) fn of_constant(constant: &str) -> Self {
        Self::shaped_like(constant, [])
    }

    /// A name that a person writes as a variant, `InvalidURI`, or as a constant whose words take
    /// their shapes from others.
    pub(crate) fn spelled<'a>(name: &str, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let has_small = name.bytes().any(|byte| byte.is_ascii_lowercase());
        if !has_small || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Self::shaped_like(name, others);
        }
        Self {
            constant: name.to_shouty_snake_case(),
            variant: capitalized(name),
        }
    }

    /// The name of this constant, with words in the shape that they have in other names:
    /// `InvalidURI` for `INVALID_URI` beside `URIMissing`.
    fn shaped_like<'a>(constant: &str, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let shapes = others.into_iter().flat_map(Self::shapes);
        let shapes: HashMap<&str, &str> = shapes.collect();
        let shaped = constant.split('_').map(|word| match shapes.get(word) {
            Some(shape) => (*shape).to_owned(),
            None => capitalized(&word.to_ascii_lowercase()),
        });
        Self {
            constant: constant.to_owned(),
            variant: shaped.collect(),
        }
    }

    /// The words of the constant whose shape in the variant has more than a first capital.
    fn shapes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.variant.as_str();
        let shapes = self.constant.split('_').map_while(move |word| {
            let (shape, after) = rest.split_at_checked(word.len())?;
            rest = after;
            Some((word, shape))
        });
        shapes.filter(|(_, shape)| shape.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()))
    }

    /// The name of a type, such as `ScanErrorCode`.
    pub(crate) fn of_type(name: &str) -> Self {
        Self {
            constant: name.to_ascii_uppercase(),
            variant: name.to_owned(),
        }
    }

    /// What two names of one page may not have in common: their letters and digits.
    pub(crate) fn key(&self) -> String {
        self.variant.to_ascii_lowercase()
    }

    /// Whether the variant is what [`Name::of_constant`] makes of the constant.
    pub(crate) fn is_plain(&self) -> bool {
        Self::of_constant(&self.constant).variant == self.variant
    }

    /// Why the constants of the outputs cannot be called so; none if they can.
    pub(crate) fn refusal(&self) -> Option<NamesProblem> {
        let Self { constant, variant } = self.clone();
        let is_letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(is_letter);
        if !starts_capital(&constant) || !constant.split('_').all(is_word) {
            return Some(NamesProblem::NotAConstant { constant });
        }
        if !starts_capital(&variant) || self.key() != constant.replace('_', "").to_ascii_lowercase()
        {
            return Some(NamesProblem::OtherVariant { constant, variant });
        }
        let (length, limit) = (constant.len(), MAX_CONSTANT);
        if length > limit {
            return Some(NamesProblem::TooLong { length, limit });
        }
        // The Rust enum has a constant of this name.
        let owner = match variant.as_str() {
            "ALL" => Some("the generated files"),
            _ => keyword_of(&constant.to_ascii_lowercase()),
        };
        owner.map(|owner| NamesProblem::ReservedConstant { constant, owner })
    }

    /// Why no type can be called so; none if one can.
    pub(crate) fn type_refusal(&self) -> Option<NamesProblem> {
        let name = self.variant.clone();
        if !starts_capital(&name) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Some(NamesProblem::NotAType { name });
        }
        let (length, limit) = (name.len(), MAX_TYPE);
        if length > limit {
            return Some(NamesProblem::TooLong { length, limit });
        }
        // Functions of ArkTS and TypeScript end so.
        let is_function = name.ends_with("Info");
        let owner = type_owner(&self.key()).or(is_function.then_some("the generated files"));
        if let Some(owner) = owner {
            return Some(NamesProblem::ReservedType { name, owner });
        }
        let words = name.to_snake_case();
        is_family_of_headers(&words).then_some(NamesProblem::NameOfHeaders { name })
    }
}

fn starts_capital(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A word with a capital letter first, the rest as it is.
pub(crate) fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    let first = rest.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_keeps_the_shape_of_its_words() {
        let words = ["invalid", "URI", "of", "PixelMap"].map(str::to_owned);
        let name = Name::of_words(&words);
        assert_eq!(name.variant, "InvalidURIOfPixelMap");
        assert!(!name.is_plain());
        assert_eq!(Name::of_constant("INVALID_URI").variant, "InvalidUri");
        assert!(Name::of_constant("INVALID_URI").is_plain());
    }

    #[test]
    fn words_take_their_shapes_from_other_names() {
        let words = ["SSID", "of", "HTTPS", "link"].map(str::to_owned);
        let other = Name::of_words(&words);
        let name = Name::spelled("NO_SSID_NOR_LINK", [&other]);
        assert_eq!(name.variant, "NoSSIDNorLink");
        assert_eq!(Name::spelled("myURI", []).variant, "MyURI");
        assert_eq!(Name::spelled("my-URI", []).constant, "my-URI");
    }

    #[test]
    fn what_no_language_takes_is_refused() {
        for constant in ["RUN_TIMED_OUT", "A", "HTTP2_404"] {
            assert_eq!(Name::of_constant(constant).refusal(), None, "{constant}");
        }
        for constant in [
            "",
            "run",
            "RunTimedOut",
            "2_MANY",
            "_A",
            "A_",
            "A__B",
            "A-B",
            "超时",
            "A B",
            "CLASS",
            "SELF",
            "AWAIT",
            "UNSIGNED",
            "NULL",
        ] {
            assert!(
                Name::of_constant(constant).refusal().is_some(),
                "{constant}"
            );
        }
        assert!(Name::of_constant(&"A".repeat(161)).refusal().is_some());
        let name = Name {
            constant: "INVALID_URI".to_owned(),
            variant: "InvalidURL".to_owned(),
        };
        assert!(name.refusal().is_some());
    }

    #[test]
    fn what_no_type_can_be_called_is_refused() {
        assert_eq!(Name::of_type("ScanErrorCode").type_refusal(), None);
        for name in [
            "",
            "scan",
            "Scan_Code",
            "扫码",
            "Self",
            "Map",
            "Option",
            "ErrorCodeInfo",
            "Index",
            "Mod",
            "ScanInfo",
            "TABLE",
            "Int32",
            "SIZE",
            "IntFast8",
        ] {
            assert!(Name::of_type(name).type_refusal().is_some(), "{name}");
        }
        assert!(Name::of_type(&"A".repeat(61)).type_refusal().is_some());
    }
}
