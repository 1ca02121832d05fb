//! From the bytes of a file to its text.
//!
//! The site itself speaks UTF-8, but browsers and editors on Chinese systems also save GBK, and
//! Windows saves UTF-16.

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::diagnostic::{Diagnostic, Place, Position};

/// How many bytes at the start of a file may say what its encoding is. Browsers look at 1024, and
/// some of what they save has long comments before it.
const HEAD: usize = 2048;

/// The text of a file, without its byte order mark. A byte order mark decides; else whatever is
/// valid UTF-8 is UTF-8, since declarations often outlive a conversion of the file; else the
/// encoding counts that is `declared` outside the text, then the one that the text declares.
///
/// # Errors
/// The bytes are not in the encoding that they declare, or are not UTF-8 and declare none.
pub(super) fn decode(
    source: &str,
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> Result<String, Diagnostic> {
    let mark = Encoding::for_bom(&bytes);
    if let Some((encoding, length)) = mark
        && encoding != UTF_8
    {
        return transcode(encoding, &bytes[length..])
            .map_err(|position| misdeclared(source, "UTF-16", position));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => {
            return Ok(match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            });
        }
        Err(error) => error,
    };
    let position = first_invalid(error.as_bytes(), error.utf8_error().valid_up_to());
    if mark.is_some() {
        return Err(misdeclared(source, "UTF-8", position));
    }
    decode_declared(source, error.as_bytes(), declared, position)
}

/// The text of bytes that are not UTF-8, the first of which is at this position.
fn decode_declared(
    source: &str,
    bytes: &[u8],
    declared: Option<&str>,
    position: Position,
) -> Result<String, Diagnostic> {
    let outside = declared.map(|label| label.trim().to_owned());
    let labels: Vec<String> = outside.into_iter().chain(declaration(bytes)).collect();
    for label in &labels {
        if let Some(encoding) = legacy(label) {
            return transcode(encoding, bytes)
                .map_err(|position| misdeclared(source, label, position));
        }
    }
    Err(match labels.first() {
        Some(label) if Encoding::for_label_no_replacement(label.as_bytes()).is_none() => {
            undeclared(source, position).note(format!(
                "it says that it is `{label}`, which is not an encoding that arkerr knows"
            ))
        }
        Some(label) => misdeclared(source, label, position),
        None => undeclared(source, position),
    })
}

/// The encoding of this name, unless it is one that bytes that are not UTF-8 cannot be in. ASCII
/// is none of them, though browsers take it for Windows-1252: that would make letters of anything.
/// UTF-16 shows by its byte order mark, and a name that can be read as ASCII is not in UTF-16.
fn legacy(label: &str) -> Option<&'static Encoding> {
    let is_ascii = ["us-ascii", "ascii", "ansi_x3.4-1968"]
        .iter()
        .any(|name| label.eq_ignore_ascii_case(name));
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    (!is_ascii && encoding.output_encoding() != UTF_8).then_some(encoding)
}

/// The text of bytes in an encoding, or the position of the first that are not in it.
fn transcode(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Position> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or(0));
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        _ => Err(Position::of(&text, text.len())),
    }
}

/// The encoding that the start of a text declares: in its XML declaration or in a `<meta>`.
fn declaration(bytes: &[u8]) -> Option<String> {
    let to_ascii = |byte: &u8| if byte.is_ascii() { *byte } else { b'?' };
    let head = bytes.iter().take(HEAD).map(to_ascii);
    let head: String = head.map(char::from).collect();
    assigned(&head, "<?xml", "encoding").or_else(|| assigned(&head, "<meta", "charset"))
}

/// What is assigned to a key in the first tag that begins like this and has such an assignment.
/// The head is ASCII, so that its bytes and its lower-case bytes are the same in number.
fn assigned(head: &str, tag: &str, key: &str) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    lower.match_indices(tag).find_map(|(start, _)| {
        let length = lower[start..].find('>').unwrap_or(lower.len() - start);
        let inside = start..start + length;
        let mut keys = lower[inside.clone()].match_indices(key);
        keys.find_map(|(at, _)| value(&head[inside.clone()][at + key.len()..]))
    })
}

/// The name of an encoding at the start of `=gbk`, `="gbk"`, ` = 'gbk'` and the like.
fn value(assignment: &str) -> Option<String> {
    let value = assignment.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let value = value.trim_start();
    let is_name = |char: char| char.is_ascii_alphanumeric() || "-_.:".contains(char);
    let end = value.find(|char| !is_name(char)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// The position after the valid start of some bytes. No editor counts the byte order mark.
fn first_invalid(bytes: &[u8], valid_up_to: usize) -> Position {
    let valid = String::from_utf8_lossy(&bytes[..valid_up_to]);
    let valid = valid.strip_prefix('\u{feff}').unwrap_or(&valid);
    Position::of(valid, valid.len())
}

/// The error for bytes in an encoding that nothing names.
fn undeclared(source: &str, position: Position) -> Diagnostic {
    Diagnostic::error("not-utf8", "the file is not UTF-8 text")
        .at(Place::at(source, position))
        .help("save the page again as a web page in UTF-8, or convert the file")
}

/// The error for bytes that are not in the encoding of this name.
fn misdeclared(source: &str, label: &str, position: Position) -> Diagnostic {
    let message = format!("the file says that it is {label}, but is not");
    Diagnostic::error("not-utf8", message)
        .at(Place::at(source, position))
        .help("save the page again in UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// "错误" in GBK.
    const CUOWU: &[u8] = b"\xb4\xed\xce\xf3";

    fn decoded(bytes: &[u8], declared: Option<&str>) -> String {
        match decode("a.html", bytes.to_vec(), declared) {
            Ok(text) => text,
            Err(diagnostic) => diagnostic.to_string(),
        }
    }

    fn after(head: &str) -> String {
        let text = decoded(&[head.as_bytes(), CUOWU].concat(), None);
        text.strip_prefix(head).unwrap_or(&text).to_owned()
    }

    #[test]
    fn utf_8_is_read_with_and_without_its_mark() {
        assert_eq!(decoded("错误\r\n".as_bytes(), None), "错误\r\n");
        assert_eq!(decoded("\u{feff}错误".as_bytes(), None), "错误");
        assert_eq!(decoded(b"", None), "");
    }

    #[test]
    fn what_is_valid_utf_8_is_utf_8_whatever_it_declares() {
        let page = "<meta charset=gbk>错误";
        assert_eq!(decoded(page.as_bytes(), Some("gb18030")), page);
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        assert_eq!(decoded(b"\xff\xfe\x19\x95\xef\x8b", None), "错误");
        assert_eq!(decoded(b"\xfe\xff\x95\x19\x8b\xef", None), "错误");
        assert_eq!(
            decoded(b"\xff\xfe\x19\x95\xef", None),
            "a.html:1:2: error[not-utf8]: the file says that it is UTF-16, but is not"
        );
    }

    #[test]
    fn the_text_declares_its_encoding_in_several_ways() {
        assert_eq!(after("<meta charset=gbk>"), "错误");
        assert_eq!(after("<META  CharSet = 'GB2312' />"), "错误");
        assert_eq!(
            after(
                "<html><meta name=charset><meta http-equiv=Content-Type content=\"text/html; charset=gbk\">"
            ),
            "错误"
        );
        assert_eq!(
            after("<?xml version=\"1.0\" encoding=\"GB18030\"?><meta charset=utf-8>"),
            "错误"
        );
        assert_eq!(
            after(&format!("<!--{}--><meta charset=gbk>", " ".repeat(1900))),
            "错误"
        );
    }

    #[test]
    fn other_mentions_of_an_encoding_declare_nothing() {
        let refused = "a.html:1:22: error[not-utf8]: the file is not UTF-8 text";
        assert_eq!(after("<a charset=gbk>encode"), refused);
        assert_eq!(after("<meta charset=>charset"), refused.replace("22", "23"));
        let far = format!("{}<meta charset=gbk>", " ".repeat(HEAD));
        assert_eq!(after(&far), refused.replace("22", "2067"));
    }

    #[test]
    fn what_is_declared_outside_goes_before_the_text() {
        let page = [b"<meta charset=big5>", CUOWU].concat();
        assert_eq!(decoded(&page, Some("gbk")), "<meta charset=big5>错误");
        let page = [b"<meta charset=gbk>", CUOWU].concat();
        assert_eq!(decoded(&page, Some("utf-8")), "<meta charset=gbk>错误");
        assert_eq!(decoded(&page, Some("us-ascii")), "<meta charset=gbk>错误");
    }

    #[test]
    fn what_is_not_what_it_declares_is_refused() {
        assert_eq!(
            decoded(b"<p>ok</p>\n<p>\xff</p>", None),
            "a.html:2:4: error[not-utf8]: the file is not UTF-8 text"
        );
        assert_eq!(
            decoded(b"<meta charset=GBK>\n\xb4\xed\xff", None),
            "a.html:2:2: error[not-utf8]: the file says that it is GBK, but is not"
        );
        assert_eq!(
            decoded(b"<meta charset=utf-16>\n\xb4\xed", None),
            "a.html:2:1: error[not-utf8]: the file says that it is utf-16, but is not"
        );
        assert_eq!(
            decoded(b"\xef\xbb\xbf<meta charset=gbk>\n\xb4\xed", None),
            "a.html:2:1: error[not-utf8]: the file says that it is UTF-8, but is not"
        );
        assert_eq!(
            decoded(CUOWU, Some("us-ascii")),
            "a.html:1:1: error[not-utf8]: the file says that it is us-ascii, but is not"
        );
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let diagnostic = decode("a.html", CUOWU.to_vec(), Some("klingon")).expect_err("no such");
        assert_eq!(diagnostic.message, "the file is not UTF-8 text");
        assert_eq!(
            diagnostic.notes,
            ["it says that it is `klingon`, which is not an encoding that arkerr knows"]
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(
            start in prop::sample::select(vec!["", "<meta charset=gbk>", "<meta charset", "\u{feff}"]),
            bytes: Vec<u8>,
            label in prop::option::of("[a-z0-9-]{0,8}|gbk|big5|iso-2022-jp|utf-16le"),
        ) {
            let bytes = [start.as_bytes(), &bytes].concat();
            let is_utf_8 = std::str::from_utf8(&bytes).is_ok();
            let text = decode("a.html", bytes, label.as_deref());
            prop_assert!(text.is_ok() || !is_utf_8);
        }
    }
}
