//! Saves the HTML of a page in the forms that arkerr reads, in whatever way each form allows.

use encoding_rs::GB18030;
use proptest::prelude::*;

/// How a page is saved.
#[derive(Debug, Clone)]
pub struct Saving {
    form: Form,
    charset: Charset,
    /// The encoding that the page says it is in, whatever it is in.
    declared: Option<&'static str>,
    /// The title that the file gives beside the page, if its form has a place for one.
    title: String,
    whims: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    Html,
    /// The JSON of the document API.
    Answer,
    QuotedPrintable,
    Base64,
    /// A web archive whose parts are as they were.
    Binary,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Charset {
    Utf8,
    /// With the mark that UTF-16 is known by.
    Utf16,
    Gbk,
}

pub const FORMS: [Form; 5] = [
    Form::Html,
    Form::Answer,
    Form::QuotedPrintable,
    Form::Base64,
    Form::Binary,
];

pub const CHARSETS: [Charset; 3] = [Charset::Utf8, Charset::Utf16, Charset::Gbk];

/// Ways to save a page, in all forms but Markdown.
pub fn saving(title: impl Strategy<Value = String>) -> impl Strategy<Value = Saving> {
    let form = prop::sample::select(&FORMS);
    let charset = prop::sample::select(&CHARSETS);
    let labels = ["utf-8", "gbk", "utf-16", "us-ascii", "klingon"];
    let declared = prop::option::of(prop::sample::select(labels.to_vec()));
    let whims = prop::collection::vec(any::<u8>(), 1..99);
    (form, charset, declared, title, whims).prop_map(|(form, charset, declared, title, whims)| {
        Saving {
            form,
            charset,
            declared,
            title,
            whims,
        }
    })
}

impl Saving {
    /// In one of the forms, without much ado.
    pub fn plain(form: Form, charset: Charset) -> Self {
        Self {
            form,
            charset,
            declared: None,
            title: "*/ \u{202e}".to_owned(),
            whims: (1..90).collect(),
        }
    }

    /// The bytes of a file with the page in it.
    pub fn save(&self, html: &str) -> Vec<u8> {
        let whims = &mut Whims(self.whims.iter().cycle());
        match (self.form, self.charset) {
            // Bytes of GBK would need a declaration, which JSON has no place for.
            (Form::Answer, Charset::Gbk) => answer(html, &self.title, whims).into_bytes(),
            (Form::Answer, charset) => encoded(&answer(html, &self.title, whims), charset).0,
            _ => self.save_page(html, whims),
        }
    }

    /// As a web page or a web archive. Archives may declare the encoding in their headers alone.
    fn save_page(&self, html: &str, whims: &mut Whims<'_>) -> Vec<u8> {
        let declared = match self.charset {
            Charset::Gbk => Some("gbk"),
            Charset::Utf8 | Charset::Utf16 => self.declared,
        };
        let in_page = declared.filter(|_| self.form == Form::Html || whims.one_in(2));
        let meta = in_page.map(|label| format!("<meta charset=\"{label}\">"));
        let page = meta.unwrap_or_default() + html;
        let (bytes, charset) = encoded(&page, self.charset);
        let has_lines = charset != Charset::Utf16;
        let (transfer, body) = match self.form {
            Form::QuotedPrintable => (
                "quoted-printable",
                quoted_printable(&bytes, has_lines, whims),
            ),
            Form::Base64 => ("Base64", base64(&bytes, whims)),
            Form::Binary => ("8bit", bytes),
            Form::Html | Form::Answer => return bytes,
        };
        let declared = declared.map(|label| format!("; charset=\"{label}\""));
        let kind = format!("text/html{}", declared.unwrap_or_default());
        archive(&kind, transfer, &body, &self.title, whims)
    }
}

/// What a writer is free to do, decided at random.
struct Whims<'a>(std::iter::Cycle<std::slice::Iter<'a, u8>>);

impl Whims<'_> {
    fn one_in(&mut self, count: u8) -> bool {
        self.0.next().is_some_and(|whim| whim % count == 0)
    }
}

/// The bytes of a text, in UTF-8 where the other encoding does not have all of it, or where its
/// bytes could be either.
pub fn encoded(text: &str, charset: Charset) -> (Vec<u8>, Charset) {
    match charset {
        Charset::Utf8 => {}
        Charset::Utf16 => {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            return (units.flat_map(u16::to_le_bytes).collect(), charset);
        }
        Charset::Gbk => {
            let (bytes, _, _) = GB18030.encode(text);
            let back = GB18030.decode_without_bom_handling(&bytes).0;
            if back == text && std::str::from_utf8(&bytes).is_err() {
                return (bytes.into_owned(), charset);
            }
        }
    }
    (text.as_bytes().to_vec(), Charset::Utf8)
}

/// An answer of the document API.
fn answer(html: &str, title: &str, whims: &mut Whims<'_>) -> String {
    let mut string = |text: &str| json_string(text, whims);
    let members = [
        (string("code"), "0".to_owned()),
        (string("message"), string(title)),
        (
            string("value"),
            format!(
                "{{{}:{},{}:{{{}:{}, \"type\":\"html\"}}}}",
                string("title"),
                string(title),
                string("content"),
                string("content"),
                string(html)
            ),
        ),
    ];
    let members = members.map(|(key, value)| format!("{key}: {value}"));
    format!("{{{}}}\n", members.join(",\n"))
}

/// A string of JSON, with escapes where they have to be and elsewhere. What no escape stands for
/// is also written as half of a surrogate pair, which arkerr reads as such.
fn json_string(text: &str, whims: &mut Whims<'_>) -> String {
    let mut out = "\"".to_owned();
    let mut was_half = false;
    for c in text.chars() {
        let is_half = c == char::REPLACEMENT_CHARACTER && whims.one_in(2);
        match c {
            _ if is_half && !was_half && whims.one_in(2) => out.push_str("\\udE00"),
            _ if is_half => out.push_str("\\ud83d"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '/' if whims.one_in(2) => out.push_str("\\/"),
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' || whims.one_in(9) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
        was_half = is_half;
    }
    out + "\""
}

/// A web archive with the page in it, and what else browsers put there.
fn archive(kind: &str, transfer: &str, body: &[u8], title: &str, whims: &mut Whims<'_>) -> Vec<u8> {
    let style = "Content-Type: text/css\r\n\r\n*/ <h2>1998 Style</h2> {}";
    let frame = "Content-Type: text/html\r\n\r\n<h2>1997 Frame</h2><p>frame</p>";
    let head = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: file:///*/\"<script>\r\n\
         Subject: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--=_x-*--\"\r\n\r\n",
        encoded_words(title, whims)
    );
    let page = format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n");
    let page = [page.as_bytes(), body].concat();
    let mut parts = vec![page, frame.into(), style.into()];
    if whims.one_in(2) {
        parts.rotate_right(1);
    }
    let mut out = head.into_bytes();
    for part in parts {
        out.extend(b"----=_x-*--\r\n");
        out.extend(part);
        out.extend(b"\r\n");
    }
    out.extend(b"----=_x-*----\r\n");
    out
}

/// A title as headers have it, cut in the middle of letters too.
fn encoded_words(text: &str, whims: &mut Whims<'_>) -> String {
    let words = text.as_bytes().chunks(24).map(|chunk| {
        if whims.one_in(2) {
            let base64 = base64(chunk, &mut Whims([1].iter().cycle()));
            return format!("=?utf-8?B?{}?=", String::from_utf8_lossy(&base64));
        }
        let bytes = chunk.iter().map(|byte| format!("={byte:02X}"));
        format!("=?UTF-8?q?{}?=", bytes.collect::<String>())
    });
    words.collect::<Vec<_>>().join("\r\n ")
}

/// Bytes in quoted-printable, with lines broken wherever they may be. A line end of the text may be
/// one of the mail.
fn quoted_printable(bytes: &[u8], has_lines: bool, whims: &mut Whims<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut column = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let next = bytes.get(index + 1);
        let stays = match byte {
            b'=' => false,
            // A blank at the end of a line would be lost.
            b' ' | b'\t' => next.is_some_and(u8::is_ascii_graphic),
            byte => byte.is_ascii_graphic(),
        };
        if column > 70 || whims.one_in(20) {
            out.extend(b"=\r\n");
            column = 0;
        }
        if *byte == b'\n' && has_lines && whims.one_in(2) {
            out.extend(b"\r\n");
            column = 0;
        } else if stays && !whims.one_in(9) {
            out.push(*byte);
            column += 1;
        } else {
            out.extend(format!("={byte:02X}").bytes());
            column += 3;
        }
    }
    out
}

/// Bytes in base64, on lines of any length.
fn base64(bytes: &[u8], whims: &mut Whims<'_>) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| usize::from(*chunk.get(index).unwrap_or(&0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            out.push(if index <= chunk.len() {
                DIGITS[bits >> shift & 63]
            } else {
                b'='
            });
            if whims.one_in(60) {
                out.extend(b"\r\n");
            }
        }
    }
    out
}
