//! C and Kotlin, cut into code, comments and strings as their compilers cut them.

use super::piece::Piece;

struct Language {
    comments_nest: bool,
    strings_compute: bool,
}

/// C. Trigraphs and lines that go on are read before anything else.
pub fn c(text: &str) -> Result<Vec<Piece>, String> {
    let mut text = text.to_owned();
    for (name, c) in
        ["=#", "/\\", "'^", "([", ")]", "!|", "<{", ">}", "-~"].map(|pair| pair.split_at(1))
    {
        text = text.replace(&format!("??{name}"), c);
    }
    let language = Language {
        comments_nest: false,
        strings_compute: false,
    };
    cut(&text.replace("\\\n", ""), &language)
}

/// Kotlin.
pub fn kotlin(text: &str) -> Result<Vec<Piece>, String> {
    let language = Language {
        comments_nest: true,
        strings_compute: true,
    };
    cut(text, &language)
}

fn cut(text: &str, language: &Language) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (code, token) = rest.split_at(at);
        pieces.push(Piece::Shape(code.to_owned()));
        let length = match &token.as_bytes()[..token.len().min(2)] {
            b"/*" => comment_length(token, language.comments_nest)?,
            b"//" => token.find('\n').unwrap_or(token.len()),
            [b'/', ..] => 1,
            [quote, ..] => string_length(token, char::from(*quote))?,
            [] => 0,
        };
        let (token, after) = token.split_at(length);
        pieces.push(match token.as_bytes()[0] {
            b'"' => Piece::Exact(string(&token[1..length - 1], language)?),
            b'/' if length > 1 => Piece::Comment(token.to_owned()),
            _ => Piece::Shape(token.to_owned()),
        });
        rest = after;
    }
    pieces.push(Piece::Shape(rest.to_owned()));
    Ok(pieces)
}

fn comment_length(text: &str, nests: bool) -> Result<usize, String> {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 {
        match text.as_bytes().get(at..at + 2) {
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            Some(b"/*") if nests => (depth, at) = (depth + 1, at + 2),
            Some(_) => at += 1,
            None => return Err("a comment does not end".to_owned()),
        }
    }
    Ok(at)
}

fn string_length(text: &str, quote: char) -> Result<usize, String> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '\n' => break,
            c if c == quote => return Ok(at + 1),
            _ => {}
        }
    }
    Err(format!(
        "a string does not end: {}",
        text.lines().next().unwrap_or_default()
    ))
}

/// What a literal stands for.
fn string(text: &str, language: &Language) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut units = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut escape = None;
        match c {
            '$' if language.strings_compute => return Err(format!("a string computes: {text}")),
            '\\' => escape = chars.next(),
            c => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
        match escape {
            None => {}
            Some('n') => bytes.push(b'\n'),
            Some('t') => bytes.push(b'\t'),
            Some('u') if language.strings_compute => {
                let hex: String = chars.by_ref().take(4).collect();
                units
                    .push(u16::from_str_radix(&hex, 16).map_err(|_| format!("no escape: {text}"))?);
                if let Ok(text) = String::from_utf16(&units) {
                    bytes.extend(text.bytes());
                    units.clear();
                }
            }
            Some(digit @ '0'..='3') => {
                let digits: String = chars.by_ref().take(2).collect();
                let octal = u8::from_str_radix(&format!("{digit}{digits}"), 8);
                bytes.push(octal.map_err(|_| format!("no escape: {text}"))?);
            }
            Some(c @ ('"' | '\\' | '?' | '$')) => bytes.push(c as u8),
            Some(c) => return Err(format!("\\{c} is no escape: {text}")),
        }
    }
    String::from_utf8(bytes).map_err(|_| format!("no UTF-8: {text}"))
}
