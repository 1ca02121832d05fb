//! Reads files, up to a limit: what is in a project may come from anybody.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::path;
use crate::problem::{Locate, Report};

const MIB: u64 = 1 << 20;

/// The most bytes of a saved page. The longest error-code pages have some 120 kB; one that a
/// browser saves with all its pictures and fonts in one file has a few MB.
pub(crate) const MAX_PAGE: u64 = 32 * MIB;

/// The most bytes of a file that people write: settings, a template, a changelog, and names, of
/// which all codes of the documentation make less than one MB.
pub(crate) const MAX_TEXT: u64 = 32 * MIB;

/// The most bytes of a file of records. All pages of the documentation make some 20 MB.
pub(crate) const MAX_RECORDS: u64 = 512 * MIB;

/// The most bytes of a text in which codes are looked for. Logs grow long, and one this long can
/// be cut.
#[cfg(feature = "cli")]
pub(crate) const MAX_LOG: u64 = 512 * MIB;

/// Reads a file on behalf of a project, of which no more is read than [`path::resolve`] lets;
/// none if the file does not exist. `shown` is what people call it.
///
/// # Errors
/// It may not be read, or cannot be, which is what `problem` says.
pub(crate) fn read_own<P: Locate>(
    bounds: &Path,
    path: &Path,
    shown: &str,
    most: u64,
    problem: impl FnOnce(io::Error) -> P,
) -> Result<Option<Vec<u8>>, Report> {
    let place = path::resolve(bounds, path, shown)?;
    match read_regular(&place, most) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(problem(error).at_file(shown).into()),
    }
}

/// Reads a text file of the project at `root`, as [`read_own`].
///
/// # Errors
/// As [`read_own`], or it is not UTF-8.
pub(crate) fn read_own_text<P: Locate>(
    root: &Path,
    path: &str,
    problem: impl Fn(io::Error) -> P,
) -> Result<Option<String>, Report> {
    let bounds = path::bounds_of_file(root, path);
    let bytes = read_own(&bounds, &root.join(path), path, MAX_TEXT, &problem)?;
    let text = bytes.map(String::from_utf8).transpose();
    // The words of the standard library, for those who look for them.
    let no_text = |_| io::Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8");
    text.map_err(|error| problem(no_text(error)).at_file(path).into())
}

/// Reads a file, wherever it lies. A pipe or a device, which may have no end or nothing to say, is
/// no file of a project.
///
/// # Errors
/// It cannot be read, is not a regular file, or has more than `most` bytes.
pub(crate) fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        let message = "it is a pipe or a device, and no file";
        return Err(io::Error::new(ErrorKind::InvalidInput, message));
    }
    read_any(path, most)
}

/// Bytes as a text that is compared with others. What is not UTF-8 is replaced; one more character
/// at the end keeps it from being equal to a text that has replacements.
pub(crate) fn text_to_compare(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| lossy_text(error.into_bytes()) + "\u{fffd}")
}

/// Bytes as text. What is not UTF-8 is replaced.
pub(crate) fn lossy_text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes);
    text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A text without the byte order mark that some editors begin a file with.
pub(crate) fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Reads whatever somebody names, a pipe as well.
///
/// # Errors
/// It cannot be read, or has more than `most` bytes.
#[expect(clippy::disallowed_methods, reason = "this is what others use instead")]
pub(crate) fn read_any(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > most {
        return Err(too_large(most));
    }
    read_from(file, size, most)
}

/// Reads to the end, unless that comes after `most` bytes; about `expected` are there.
///
/// # Errors
/// It cannot be read, or has more than `most` bytes.
pub(crate) fn read_from(from: impl Read, expected: u64, most: u64) -> io::Result<Vec<u8>> {
    let expected = usize::try_from(expected.min(most)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected);
    // One more byte than there may be tells of all others.
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

fn too_large(most: u64) -> io::Error {
    let message = format!(
        "it has more than {} MiB, the most that arkerr reads",
        most / MIB
    );
    io::Error::new(ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_text_is_not_equal_to_its_repair() {
        assert_eq!(text_to_compare(b"a\xff".into()), "a\u{fffd}\u{fffd}");
        assert_eq!(text_to_compare("a\u{fffd}".into()), "a\u{fffd}");
    }

    #[test]
    fn no_more_is_read_than_may_be() {
        let read = |bytes: &[u8]| read_from(bytes, 0, 4).map_err(|error| error.to_string());
        assert_eq!(read(b"1234"), Ok(b"1234".to_vec()));
        assert_eq!(
            read(b"12345"),
            Err("it has more than 0 MiB, the most that arkerr reads".to_owned())
        );
        let endless = read_from(io::repeat(0), 0, 4).map_err(|error| error.kind());
        assert_eq!(endless, Err(ErrorKind::FileTooLarge));
    }
}
