//! The words that a name cannot be, since a language has another use for them.
//!
//! Names are compared without regard to case: a constant is in capitals, but a variant or a
//! module of the same name is not.

/// Keywords of Rust, of ArkTS and TypeScript, and of C and C++, with those that are set aside for
/// later, in alphabetical order.
const KEYWORDS: &str = "\
    abstract alignas alignof and arguments as asm async atomic auto await become bitand \
    bitor bool box break case catch char class compl concept const consteval constexpr \
    constinit continue crate debugger decltype default delete do double dyn else enum eval \
    explicit export extends extern false final finally float fn for friend function gen goto \
    if impl implements import in inline instanceof int interface let long loop macro match \
    mod move mut mutable new noexcept not null nullptr operator or package priv private \
    protected pub public ref register reinterpretcast requires restrict return self short \
    signed sizeof static staticassert struct super switch template this threadlocal throw \
    throws trait true try type typedef typeid typename typeof typeofunqual union unsafe \
    unsigned unsized use using var virtual void volatile wchart where while with xor xoreq \
    yield";

/// Types that generated files have or use under their own names, and what a file or module of an
/// enum cannot be called, such as the headers of C, in alphabetical order.
const TYPES: &str = "\
    alloc any anycode array assert bigint boolean businesserror clone complex copy core ctype \
    date debug display eq err errno error errorcodeinfo errorcodes fenv from hash i64 index \
    infinity inttypes iso646 json lib limits locale main map math nan never none number object \
    ok option ord partialeq partialord promise record result set setjmp signal some std stdalign \
    stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn str string symbol test \
    tgmath threads time tryfrom uchar undefined unknown unknowncode vec wchar wctype";

/// Whether a word in small letters is a keyword.
pub(crate) fn is_keyword(word: &str) -> bool {
    let word = word.replace('_', "");
    KEYWORDS
        .split_ascii_whitespace()
        .any(|keyword| keyword == word)
}

/// Whether a word in small letters cannot be the name of a type.
pub(crate) fn is_taken_type(word: &str) -> bool {
    is_keyword(word) || TYPES.split_ascii_whitespace().any(|name| name == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_known_with_and_without_underscores() {
        assert!(is_keyword("static_assert"));
        assert!(is_keyword("staticassert"));
        assert!(!is_keyword("timeout"));
        assert!(is_taken_type("result"));
        assert!(!is_keyword("result"));
    }
}
