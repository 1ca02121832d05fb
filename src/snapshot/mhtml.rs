//! Web archives (MHTML), as browsers save a page in a single file: a mail whose parts are the
//! HTML of the page and the images and styles that it uses.

use mailparse::body::Body;
use mailparse::{MailHeaderMap, ParsedMail};
use memchr::memmem;
use url::Url;

use super::stated::{Stated, page_address};
use super::{Extract, Form, encoding};
use crate::problem::SnapshotProblem;

/// The most parts: pictures, fonts and styles. Pages have some hundred.
const MAX_PARTS: usize = 10_000;

/// The most encoded words of a header, such as the title of a page in Chinese. Titles have some ten;
/// the work of the parser grows with their square.
const MAX_WORDS: usize = 64;

/// How deep the parts may be nested. Browsers nest them two deep at most. The parser itself gives
/// up at a hundred, so that no file can exhaust the stack.
const MAX_DEPTH: usize = 16;

/// The class of the element that holds the article of a page.
const ARTICLE: &[u8] = b"markdown-body";

/// The transfer encodings that the parser undoes; it would pass others through as they are.
const TRANSFER_ENCODINGS: [&str; 5] = ["7bit", "8bit", "binary", "base64", "quoted-printable"];

/// Whether a file looks like a web archive: it begins with the headers of a mail.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let mut is_mail = false;
    let lines = mail_in(bytes).split(|byte| *byte == b'\n');
    let trimmed = lines.map(<[u8]>::trim_ascii_end);
    for line in trimmed.take_while(|line| !line.is_empty()) {
        match header_in(line) {
            _ if goes_on(line) => {}
            Some((name, value)) => is_mail |= tells_of_parts(name, value),
            None => return false,
        }
    }
    is_mail
}

/// Takes the HTML out of a web archive.
///
/// # Errors
/// The file is not a well-formed mail, is cut off, is nested too deeply, has no HTML, or its HTML
/// is not in the encoding that it declares.
pub(super) fn open_archive(bytes: &[u8]) -> Result<Extract, SnapshotProblem> {
    let bytes = mail_in(bytes);
    refuse_long_headers(bytes)?;
    let mail = mailparse::parse_mail(bytes).map_err(bad_mime)?;
    refuse_cut_off(&mail, bytes)?;
    let pages = find_pages(&mail)?;
    let page = choose(&mail, &pages).ok_or_else(|| SnapshotProblem::NoHtmlPart {
        content_type: mail.ctype.mimetype.clone(),
    })?;
    // Only what the header really says: the parser would fill in ASCII.
    let charset = page.ctype.params.get("charset").map(String::as_str);
    let decoded = encoding::decode(&undo_transfer(page)?, charset);
    Ok(Extract {
        form: Form::Mhtml,
        html: decoded.map_err(|(problem, _)| problem)?,
        part: Some("text/html part".to_owned()),
        stated: Stated {
            title: subject(&mail),
            url: address_in(&mail, "Snapshot-Content-Location")
                .or_else(|| address_in(page, "Content-Location")),
            ..Stated::default()
        },
    })
}

/// The mail in a file: what precedes it is a byte order mark, blank lines and the line with which
/// mailboxes divide mails, `From somebody at some time`.
fn mail_in(bytes: &[u8]) -> &[u8] {
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mail = unmarked.trim_ascii_start();
    if !mail.starts_with(b"From ") {
        return mail;
    }
    let line_end = mail.iter().position(|byte| *byte == b'\n');
    line_end.map_or(b"", |end| &mail[end + 1..])
}

/// Whether a header goes on in this line.
fn goes_on(line: &[u8]) -> bool {
    line.starts_with(b" ") || line.starts_with(b"\t")
}

/// The name and the value of a header, if a line is one.
fn header_in(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, value) = line.split_at(line.iter().position(|byte| *byte == b':')?);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    (!name.is_empty() && name.iter().all(is_name)).then_some((name, value[1..].trim_ascii()))
}

/// Whether a header is one that mails have if they hold pages.
fn tells_of_parts(name: &[u8], value: &[u8]) -> bool {
    let value = value.to_ascii_lowercase();
    let kinds: [&[u8]; 3] = [b"multipart/", b"message/rfc822", b"text/html"];
    name.eq_ignore_ascii_case(b"MIME-Version")
        || name.eq_ignore_ascii_case(b"Content-Type")
            && kinds.iter().any(|kind| value.starts_with(kind))
}

/// Refuses headers that the parser would take too long for, wherever in the file they are.
fn refuse_long_headers(bytes: &[u8]) -> Result<(), SnapshotProblem> {
    let mut is_header = false;
    let mut words = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        if !goes_on(line) {
            is_header = header_in(line).is_some();
            words = 0;
        }
        if is_header {
            words += memmem::find_iter(line, b"=?").count();
        }
        if words > MAX_WORDS {
            let message = format!("a header has more than {MAX_WORDS} encoded words");
            return Err(SnapshotProblem::TooMuch(message));
        }
    }
    Ok(())
}

/// The line that closes the parts is the last of the file. The parser does without it, and would
/// take what there is for the whole page.
fn refuse_cut_off(mail: &ParsedMail<'_>, bytes: &[u8]) -> Result<(), SnapshotProblem> {
    if !mail.ctype.mimetype.starts_with("multipart/") {
        return Ok(());
    }
    let Some(boundary) = mail.ctype.params.get("boundary") else {
        return Err(bad_mime("it has parts, but does not say what divides them"));
    };
    let closing = format!("--{boundary}--");
    let mut lines = bytes.split(|byte| *byte == b'\n');
    if lines.any(|line| line.trim_ascii_end() == closing.as_bytes()) {
        Ok(())
    } else {
        Err(SnapshotProblem::EndsInPart { closing })
    }
}

/// The parts that are HTML, in the order of the file.
fn find_pages<'a>(mail: &'a ParsedMail<'a>) -> Result<Vec<&'a ParsedMail<'a>>, SnapshotProblem> {
    let mut pages = Vec::new();
    let mut ahead = vec![(mail, 0)];
    let mut count = 0;
    while let Some((part, depth)) = ahead.pop() {
        count += 1;
        if count > MAX_PARTS {
            let message = format!("the web archive has more than {MAX_PARTS} parts");
            return Err(SnapshotProblem::TooMuch(message));
        }
        if depth > MAX_DEPTH {
            return Err(SnapshotProblem::PartsTooDeep(MAX_DEPTH));
        }
        if ["text/html", "application/xhtml+xml"].contains(&part.ctype.mimetype.as_str()) {
            pages.push(part);
        }
        ahead.extend(part.subparts.iter().rev().map(|part| (part, depth + 1)));
    }
    Ok(pages)
}

/// The page among the HTML parts, which are also the frames in it: the one that has the article,
/// else the one that the mail names as its root, else the first.
fn choose<'a>(mail: &ParsedMail<'_>, pages: &[&'a ParsedMail<'a>]) -> Option<&'a ParsedMail<'a>> {
    let has_article = |page: &&ParsedMail<'_>| {
        undo_transfer(page).is_ok_and(|body| memmem::find(&body, ARTICLE).is_some())
    };
    let start = mail.ctype.params.get("start");
    let is_root = |page: &&ParsedMail<'_>| {
        let id = page.headers.get_first_value("Content-ID");
        start.is_some_and(|start| id.is_some_and(|id| id.trim() == start.trim()))
    };
    let mut parts = pages.iter().copied();
    let article = parts.clone().find(has_article);
    article
        .or_else(|| parts.clone().find(is_root))
        .or_else(|| parts.next())
}

/// The bytes of a part as they were before the mail was made. The parser passes encodings that it
/// does not know through, and leaves out what does not belong in quoted-printable; both would lose
/// text in silence.
fn undo_transfer(part: &ParsedMail<'_>) -> Result<Vec<u8>, SnapshotProblem> {
    if let Some(encoding) = part.headers.get_first_value("Content-Transfer-Encoding")
        && !TRANSFER_ENCODINGS.contains(&encoding.to_lowercase().as_str())
    {
        return Err(bad_mime(format!("unknown transfer encoding `{encoding}`")));
    }
    if let Body::QuotedPrintable(body) = part.get_body_encoded()
        && !body.get_raw().is_ascii()
    {
        return Err(bad_mime(
            "quoted-printable text has bytes that are not ASCII",
        ));
    }
    part.get_body_raw().map_err(bad_mime)
}

/// The subject, which browsers make of the title. Where they cut a character in two, it is better
/// to do without.
fn subject(mail: &ParsedMail<'_>) -> Option<String> {
    let subject = mail.headers.get_first_value("Subject")?;
    let is_whole = !subject.trim().is_empty() && !subject.contains(char::REPLACEMENT_CHARACTER);
    is_whole.then_some(subject)
}

/// The web address in a header. An address has no blanks: they are where the header was folded.
fn address_in(part: &ParsedMail<'_>, header: &str) -> Option<Url> {
    let value = part.headers.get_first_value(header)?;
    page_address(&value.split_whitespace().collect::<String>())
}

/// The problem of what the parser refuses, or would read wrongly.
fn bad_mime(error: impl ToString) -> SnapshotProblem {
    SnapshotProblem::BadMime(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Describe as _;
    use proptest::prelude::*;

    /// A mail of parts that `--b` divides, with the lines of a browser on Windows.
    fn mail(parts: &[&str]) -> Vec<u8> {
        let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
        let head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n";
        format!("{head}{parts}--b--\n").replace('\n', "\r\n").into()
    }

    fn opened(bytes: &[u8]) -> Extract {
        open_archive(bytes).expect("this is a web archive")
    }

    fn address(extract: &Extract) -> Option<String> {
        extract.stated.url.clone().map(String::from)
    }

    fn refusal(bytes: &[u8]) -> String {
        match open_archive(bytes) {
            Ok(extract) => extract.html,
            Err(problem) => {
                let description = problem.describe();
                format!("{}: {}", description.id, description.message)
            }
        }
    }

    /// What a browser based on Chromium saves.
    const CHROMIUM: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://developer.huawei.com/consumer/cn/doc/x\r\n\
        Subject: =?utf-8?Q?=E9=94=99=E8=AF=AF=E7=A0=81?=\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\
        \ttype=\"text/html\";\r\n\
        \tboundary=\"----MultipartBoundary--x----\"\r\n\
        \r\n\
        \r\n\
        ------MultipartBoundary--x----\r\n\
        Content-Type: text/html\r\n\
        Content-ID: <frame-1@mhtml.blink>\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.com/frame\r\n\
        \r\n\
        <h2 id=3D\"a\">201 =E9=94=99=E8=\r\n\
        =AF=AF</h2>\r\n\
        <p>text\r\n\
        ------MultipartBoundary--x----\r\n\
        Content-Type: text/css\r\n\
        \r\n\
        p {}\r\n\
        ------MultipartBoundary--x------\r\n";

    #[test]
    fn a_mail_is_known_by_its_headers() {
        assert!(is_mhtml(CHROMIUM.as_bytes()));
        assert!(is_mhtml(b"\r\n\r\nmime-version: 1.0\r\n"));
        assert!(is_mhtml(
            b"From <somebody> today\nContent-Type: Text/HTML\n\n<p>"
        ));
        assert!(!is_mhtml(b"Subject: none\n\nMIME-Version: 1.0\n"));
        assert!(!is_mhtml(
            b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>"
        ));
        assert!(!is_mhtml(b"<p>MIME-Version: 1.0</p>\nMIME-Version: 1.0\n"));
        assert!(!is_mhtml(b"# MIME-Version: 1.0\n"));
        assert!(!is_mhtml(b""));
    }

    #[test]
    fn what_a_browser_saves_is_opened() {
        let extract = opened(CHROMIUM.as_bytes());
        assert_eq!(extract.html, "<h2 id=\"a\">201 错误</h2>\r\n<p>text");
        assert_eq!(extract.part.as_deref(), Some("text/html part"));
        assert_eq!(extract.stated.title.as_deref(), Some("错误码"));
        assert_eq!(
            address(&extract).as_deref(),
            Some("https://developer.huawei.com/consumer/cn/doc/x")
        );
    }

    #[test]
    fn base64_and_8bit_parts_are_opened_in_their_encodings() {
        let base64 = "Content-Type: text/html; charset=gbk\nContent-Transfer-Encoding: base64\n\n\
            PHA+\ntO3O8w==";
        assert_eq!(opened(&mail(&[base64])).html, "<p>错误");
        let plain = "Content-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n<p>错误";
        assert_eq!(opened(&mail(&[plain])).html, "<p>错误");
        let meta = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n\
            <meta charset=gbk>\xb4\xed\xce\xf3";
        assert_eq!(opened(meta).html, "<meta charset=gbk>错误");
    }

    #[test]
    fn the_part_with_the_article_is_chosen() {
        let frame = "Content-Type: text/html\n\n<p>frame";
        let inner = "Content-Type: multipart/alternative; boundary=c\n\n\
            --c\nContent-Type: text/plain\n\nmarkdown-body\n\
            --c\nContent-Type: text/html\nContent-Location: http://x/\n\n<p class=markdown-body>\n\
            --c--\n";
        let extract = opened(&mail(&[frame, inner]));
        assert_eq!(extract.html, "<p class=markdown-body>");
        assert_eq!(address(&extract).as_deref(), Some("http://x/"));
        let extract = opened(&mail(&[frame, "Content-Type: text/html\n\n<p>other"]));
        assert_eq!(extract.html, "<p>frame");
        assert_eq!(address(&extract), None);
    }

    #[test]
    fn without_an_article_the_root_is_chosen() {
        let text = "Content-Type: multipart/related; start=\"<2>\"; boundary=b\n\n\
            --b\nContent-Type: text/html\nContent-Location: file:///a\n\n<p>frame\n\
            --b\nContent-Type: text/html\nContent-ID: <2>\nContent-Location: file:///b\n\n<p>root\n\
            --b--";
        assert!(is_mhtml(text.as_bytes()));
        let extract = opened(text.as_bytes());
        assert_eq!(extract.html, "<p>root");
        assert_eq!(address(&extract), None);
    }

    #[test]
    fn a_file_that_was_cut_off_is_refused_wherever_it_was_cut() {
        let body = CHROMIUM.find("\r\n\r\n").expect("it has headers") + 4;
        let closing = CHROMIUM.trim_end().len();
        for end in body..closing {
            let refusal = refusal(&CHROMIUM.as_bytes()[..end]);
            // Where a line break is cut in two, the headers of the part are none.
            let is_refused = refusal.starts_with("cut-off: the file ends before its last part")
                || refusal.starts_with("bad-mime: ");
            assert!(is_refused, "{end}: {refusal}");
        }
        assert!(open_archive(&CHROMIUM.as_bytes()[..closing]).is_ok());
    }

    #[test]
    fn what_is_no_archive_of_a_page_is_refused() {
        assert_eq!(
            refusal(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx"),
            "no-html-part: the web archive holds no HTML"
        );
        assert_eq!(
            refusal(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx"),
            "bad-mime: the file cannot be read as a web archive: \
             it has parts, but does not say what divides them"
        );
        let part = |transfer: &str, body: &str| {
            let head = "Content-Type: text/html\nContent-Transfer-Encoding: ";
            refusal(&mail(&[&format!("{head}{transfer}\n\n{body}")]))
        };
        assert_eq!(
            part("base64", "P!"),
            "bad-mime: the file cannot be read as a web archive: \
             Base64 decode error: invalid length at 0"
        );
        assert_eq!(
            part("x-own", "<p>"),
            "bad-mime: the file cannot be read as a web archive: \
             unknown transfer encoding `x-own`"
        );
        assert_eq!(
            part("quoted-printable", "<p>错"),
            "bad-mime: the file cannot be read as a web archive: \
             quoted-printable text has bytes that are not ASCII"
        );
    }

    #[test]
    fn parts_are_not_nested_without_end() {
        let nested = |depth: usize| {
            let open =
                |level| format!("Content-Type: multipart/mixed; boundary={level}x\n\n--{level}x\n");
            let close = |level| format!("\n--{level}x--");
            let opens: String = (0..depth).map(open).collect();
            let closes: String = (0..depth).rev().map(close).collect();
            refusal(format!("{opens}Content-Type: text/html\n\n<p>{closes}").as_bytes())
        };
        assert_eq!(nested(16), "<p>");
        assert_eq!(nested(17), "too-deep: parts are nested more than 16 deep");
        assert_eq!(
            nested(1_000),
            "bad-mime: the file cannot be read as a web archive: \
             Recursion limit reached"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_opened_or_refused(bytes: Vec<u8>) {
            let _ = is_mhtml(&bytes);
            let _ = open_archive(&bytes);
        }

        #[test]
        fn anything_like_a_mail_is_opened_or_refused(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "MIME-Version: 1.0", "Content-Type: ", "multipart/related", "text/html", "; boundary=b",
                "; boundary*0*=gbk''%b4", "; boundary*1*=%ed", "; charset*=", "; start=", "Content-ID: ",
                "Content-Transfer-Encoding: ", "base64", "quoted-printable", "=?utf-8?Q?=E9?=", "Subject: ",
                "=", "\n", "\r\n", "\r", "\n\n", "\n--b\n", "\n--b--", "\"", " ", "\t", "错", "=E9", "*0*", "*",
            ]), 0..40),
        ) {
            let text = pieces.concat();
            let _ = is_mhtml(text.as_bytes());
            let _ = open_archive(text.as_bytes());
        }
    }
}
