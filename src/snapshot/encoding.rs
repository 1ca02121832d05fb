//! From the bytes of a file to its text.
//!
//! The site itself speaks UTF-8, but browsers and editors on Chinese systems also save GBK, and
//! Windows saves UTF-16.

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use super::Refusal;
use crate::problem::SnapshotProblem;

/// How many bytes at the start of a file may say what its encoding is. Browsers look at 1024, and
/// some of what they save has long comments before it.
const HEAD: usize = 2048;

/// The text of a file, without its byte order mark. A byte order mark decides; else whatever is
/// valid UTF-8 is UTF-8, since declarations often outlive a conversion of the file; else the
/// encoding counts that is `declared` outside the text, then the one that the text declares.
///
/// # Errors
/// The bytes are not in the encoding that they declare, or are not UTF-8 and declare none.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let name = if encoding == UTF_8 { "UTF-8" } else { "UTF-16" };
        return transcode(encoding, name, &bytes[mark..]);
    }
    match transcode(UTF_8, "UTF-8", bytes) {
        Err((_, line)) => decode_declared(bytes, declared, line),
        decoded => decoded,
    }
}

/// The text of bytes that are not UTF-8, the first of which is in this line.
fn decode_declared(
    bytes: &[u8],
    declared: Option<&str>,
    line: Option<usize>,
) -> Result<String, Refusal> {
    let outside = declared.map(|label| label.trim().to_owned());
    let mut problem = None;
    for label in outside.into_iter().chain(declaration(bytes)) {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes());
        match encoding {
            Some(encoding) if may_hold_other_text(encoding, &label) => {
                return transcode(encoding, &label, bytes);
            }
            Some(_) => problem.get_or_insert(SnapshotProblem::WrongEncoding(label)),
            None => problem.get_or_insert(SnapshotProblem::NotUtf8 {
                unknown: Some(label),
            }),
        };
    }
    let no_label = SnapshotProblem::NotUtf8 { unknown: None };
    Err((problem.unwrap_or(no_label), line))
}

/// Whether bytes that are not UTF-8 may be in an encoding. Not in ASCII, which browsers take for
/// Windows-1252: that would make letters of anything. UTF-16 shows by its byte order mark, and a
/// name that can be read as ASCII is not in UTF-16.
fn may_hold_other_text(encoding: &'static Encoding, label: &str) -> bool {
    let ascii = ["us-ascii", "ascii", "ansi_x3.4-1968"];
    let is_ascii = ascii.iter().any(|name| label.eq_ignore_ascii_case(name));
    !is_ascii && encoding.output_encoding() != UTF_8
}

/// The text of bytes in an encoding, which the file calls `label`.
fn transcode(encoding: &'static Encoding, label: &str, bytes: &[u8]) -> Result<String, Refusal> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or(0));
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if result == DecoderResult::InputEmpty {
        return Ok(text);
    }
    let problem = SnapshotProblem::WrongEncoding(label.to_owned());
    Err((problem, Some(text.matches('\n').count() + 1)))
}

/// The encoding that the start of a text declares: in its XML declaration or in a `<meta>`.
fn declaration(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(HEAD).copied().map(char::from).collect();
    assigned(&head, "<?xml", "encoding").or_else(|| assigned(&head, "<meta", "charset"))
}

/// What is assigned to a key in the first tag that begins like this and has such an assignment.
fn assigned(head: &str, tag: &str, key: &str) -> Option<String> {
    let lower = head.to_ascii_lowercase();
    lower.match_indices(tag).find_map(|(start, _)| {
        let length = lower[start..].find('>').unwrap_or(lower.len() - start);
        let inside = start..start + length;
        let mut keys = lower[inside.clone()].match_indices(key);
        keys.find_map(|(at, _)| encoding_name(&head[inside.clone()][at + key.len()..]))
    })
}

/// The name of an encoding at the start of `=gbk`, `="gbk"`, ` = 'gbk'` and the like.
fn encoding_name(assignment: &str) -> Option<String> {
    let value = assignment.trim_start().strip_prefix('=')?.trim_start();
    let name = value.trim_start_matches(['"', '\'']).trim_start();
    let is_part = |char: char| char.is_ascii_alphanumeric() || "-_.:".contains(char);
    let end = name.find(|char| !is_part(char)).unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Describe as _;
    use proptest::prelude::*;

    /// "错误" in GBK.
    const CUOWU: &[u8] = b"\xb4\xed\xce\xf3";

    fn decoded(bytes: &[u8], declared: Option<&str>) -> String {
        match decode(bytes, declared) {
            Ok(text) => text,
            Err((problem, line)) => {
                format!(
                    "{}: {}",
                    line.unwrap_or_default(),
                    problem.describe().message
                )
            }
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
            "1: the file says that it is UTF-16, but is not"
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
        let refused = "1: the file is not UTF-8 text";
        assert_eq!(after("<a charset=gbk>encode"), refused);
        assert_eq!(after("<meta charset=>charset"), refused);
        let far = format!("{}<meta charset=gbk>", " ".repeat(HEAD));
        assert_eq!(after(&far), refused);
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
            "2: the file is not UTF-8 text"
        );
        assert_eq!(
            decoded(b"<meta charset=GBK>\n\xb4\xed\xff", None),
            "2: the file says that it is GBK, but is not"
        );
        assert_eq!(
            decoded(b"<meta charset=utf-16>\n\xb4\xed", None),
            "2: the file says that it is utf-16, but is not"
        );
        assert_eq!(
            decoded(b"\xef\xbb\xbf<meta charset=gbk>\n\xb4\xed", None),
            "2: the file says that it is UTF-8, but is not"
        );
        assert_eq!(
            decoded(CUOWU, Some("us-ascii")),
            "1: the file says that it is us-ascii, but is not"
        );
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let (problem, _) = decode(CUOWU, Some("klingon")).expect_err("no such");
        let unknown = Some("klingon".to_owned());
        assert_eq!(problem, SnapshotProblem::NotUtf8 { unknown });
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
            prop_assert!(decode(&bytes, label.as_deref()).is_ok() || !is_utf_8);
        }
    }
}
