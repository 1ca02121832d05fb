//! Cuts HTML where its tokenizer does, as the standard says: after each tag, comment and text.
//!
//! What is taken for one tag here and for many there would slip past the limits of a page, and
//! would not know where it stood in the file.

/// What a text begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// How many bytes it takes; all of them where its end is missing.
    pub(super) length: usize,
    /// The attributes of a tag, each as often as it is written.
    pub(super) attributes: usize,
}

impl Cut {
    /// A piece that is no tag.
    pub(super) fn other(length: usize) -> Self {
        Self {
            length,
            attributes: 0,
        }
    }
}

/// What a text begins with that stands among elements. In drawings and formulas there may be a
/// `CDATA` section, which is a comment anywhere else.
pub(super) fn first(text: &str, is_foreign: impl FnOnce() -> bool) -> Cut {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let length = match (at(0), at(1)) {
        (b'<', byte) if byte.is_ascii_alphabetic() => return tag(text, 1),
        (b'<', b'/') if at(2).is_ascii_alphabetic() => return tag(text, 2),
        (b'<', b'!') if bytes.starts_with(b"<!--") => comment_end(bytes),
        (b'<', b'!') if bytes.starts_with(b"<![CDATA[") && is_foreign() => {
            memchr::memmem::find(bytes, b"]]>").map(|at| at + 3)
        }
        // A document type, or what is taken for a comment in spite of how it is written.
        (b'<', b'!' | b'/' | b'?') => memchr::memchr(b'>', bytes).map(|at| at + 1),
        _ => bytes
            .get(1..)
            .and_then(|rest| memchr::memchr(b'<', rest))
            .map(|at| at + 1),
    };
    Cut::other(length.unwrap_or(bytes.len()))
}

/// The end of the comment that a text begins with.
fn comment_end(text: &[u8]) -> Option<usize> {
    let start = "<!--".len();
    memchr::memchr_iter(b'>', text)
        .find(|at| {
            let inner = text.get(start..*at).unwrap_or_default();
            matches!(inner, b"" | b"-") || inner.ends_with(b"--") || inner.ends_with(b"--!")
        })
        .map(|at| at + 1)
}

/// Where the next end tag of an element is whose text has no other tags in it.
pub(super) fn end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_end = |at: &usize| {
        let tag = bytes[*at..].strip_prefix(b"</").unwrap_or_default();
        let own = tag.get(..name.len());
        let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
        let next = tag.get(name.len()).copied();
        is_own && next.is_some_and(|next| is_blank(next) || matches!(next, b'/' | b'>'))
    };
    memchr::memchr_iter(b'<', bytes).find(is_end)
}

/// Where the tokenizer is within a tag. A value in quotes is passed over at once.
#[derive(Debug, Clone, Copy)]
enum Within {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
}

/// A tag of which so many bytes have been read, all of them before the end of its name.
pub(super) fn tag(text: &str, read: usize) -> Cut {
    let bytes = text.as_bytes();
    let mut attributes = 0;
    let mut within = Within::TagName;
    let mut at = read;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        within = match (within, byte) {
            (_, b'>') => {
                return Cut {
                    length: at,
                    attributes,
                };
            }
            (Within::BeforeValue, b'"' | b'\'') => {
                let end = memchr::memchr(byte, &bytes[at..]);
                at = end.map_or(bytes.len(), |end| at + end + 1);
                Within::BeforeName
            }
            (Within::BeforeValue, byte) if is_blank(byte) => Within::BeforeValue,
            (Within::BeforeValue, _) => Within::Value,
            (Within::Name, byte) if is_blank(byte) => Within::AfterName,
            (Within::AfterName, byte) if is_blank(byte) => Within::AfterName,
            (_, byte) if is_blank(byte) => Within::BeforeName,
            (Within::Value, _) => Within::Value,
            (_, b'/') => Within::BeforeName,
            (Within::TagName, _) => Within::TagName,
            (Within::Name | Within::AfterName, b'=') => Within::BeforeValue,
            (Within::Name, _) => Within::Name,
            // Whatever it is, even an equals sign or a quote, it begins a name here.
            (Within::BeforeName | Within::AfterName, _) => {
                attributes += 1;
                Within::Name
            }
        };
    }
    Cut {
        length: bytes.len(),
        attributes,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use html5ever::tendril::StrTendril;
    use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    /// Keeps the tags of a text.
    #[derive(Default)]
    struct Tags(RefCell<Vec<Tag>>);

    impl TokenSink for Tags {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token {
                self.0.borrow_mut().push(tag);
            }
            TokenSinkResult::Continue
        }
    }

    fn tags(text: &str) -> Vec<Tag> {
        let tokenizer = Tokenizer::new(Tags::default(), Default::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(text));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.take()
    }

    proptest! {
        #[test]
        fn a_tag_is_what_the_tokenizer_takes_for_one(
            parts in prop::collection::vec(prop::sample::select(vec![
                "a", "b", "c", "d1", "E", "=", "=", "\"", "\"", "'", "'", "/", " ", "\n", "\r\n",
                "\x0c", "<", "!", "-", "&quot;", "&", "\0", "错",
            ]), 0..40),
        ) {
            let text = format!("<p{}>", parts.concat());
            let cut = first(&text, || false);
            let found = tags(&text);
            let ends = cut.length == text.len() && text.ends_with('>');
            prop_assert!(ends, "{text:?} has no other end");
            if let [tag] = found.as_slice() {
                prop_assert!(cut.attributes >= tag.attrs.len());
                if !tag.had_duplicate_attributes {
                    prop_assert_eq!(cut.attributes, tag.attrs.len());
                }
            }
            // Wherever the tag ends in a longer text, the tokenizer has seen exactly one by then.
            let longer = format!("{text}\"><a '>'>");
            let cut = first(&longer, || false);
            let before = tags(&longer[..cut.length - 1]).len();
            prop_assert_eq!((before, tags(&longer[..cut.length]).len()), (0, 1));
        }
    }

    #[test]
    fn attributes_are_counted_as_the_tokenizer_does() {
        for (tag, attributes) in [
            ("<p>", 0),
            ("<p a b c>", 3),
            ("<p a=1 b='x y z'c = \"d e\"/f>", 4),
            ("<path d=\"M 1 2 L 3 4 z\" fill='none'>", 2),
            ("<p a=\"b c d", 1),
            ("<p a/b/c/d/e>", 5),
            ("<p a=/b c>", 2),
            ("<p a==\" b c>", 3),
            ("<p =\"x b=\"y z\">", 2),
            ("<p / = a\n=\n'>' >", 2),
            ("<p=\" a>", 1),
            ("</p a b>", 2),
            ("<p a=>", 1),
        ] {
            let cut = first(tag, || false);
            let expected = Cut {
                length: tag.len(),
                attributes,
            };
            assert_eq!(cut, expected, "{tag}");
        }
    }

    #[test]
    fn comments_end_as_the_standard_says() {
        for (comment, rest) in [
            ("<!-- a=\" -->", "<p>\""),
            ("<!-->", "-->"),
            ("<!--->", "-->"),
            ("<!---->", "x"),
            ("<!--a--!>", "-->"),
            ("<!--!>-->", "-->"),
            ("<!---!>--->", "x"),
            ("<!--<!-->", "-->"),
            ("<!-->", ""),
            ("<!-a=\">", "\">"),
            ("<!DOCTYPE html PUBLIC \"a>", "b\">"),
            ("<?php a=\">", "\">"),
            ("</ a=\">", "\">"),
            ("</>", "x"),
            ("<![CDATA[a>", "b]]>"),
            ("<!-- a > b", ""),
        ] {
            let text = format!("{comment}{rest}");
            assert_eq!(first(&text, || false), Cut::other(comment.len()), "{text}");
        }
        let section = "<![CDATA[a>b]]]>";
        assert_eq!(
            first(&format!("{section}c]]>"), || true),
            Cut::other(section.len())
        );
    }

    #[test]
    fn only_its_own_end_tag_ends_a_text_without_tags() {
        assert_eq!(end_tag("a</b></title", "title"), None);
        assert_eq!(end_tag("</titles></TITLE\n>", "title"), Some(9));
    }
}
