//! What files and folders may be called, so that each name means one file on every system, and
//! nothing hidden.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::escape::is_visible;

/// The longest name of a page, in bytes; the names of its files are longer.
const MAX_NAME: usize = 200;

/// The longest name that file systems take, in bytes.
const MAX_PART: usize = 255;

/// The hidden files that arkerr writes among the outputs. Each is what it is for git alone.
const HIDDEN_OUTPUTS: [&str; 2] = [".gitattributes", ".gitignore"];

/// Whether a name is one that files may have on every system, with any ending.
pub(crate) fn is_file_name(name: &str) -> bool {
    is_portable(name) && name.len() <= MAX_NAME && !name.starts_with('-')
}

/// Whether a relative path of outputs or of settings stays below its folder, means one file on
/// every system, and leads to nothing hidden.
pub(crate) fn is_plain(path: &str) -> bool {
    let is_plain = |file| is_portable(file) || HIDDEN_OUTPUTS.contains(&file);
    match path.rsplit_once('/') {
        Some((folder, file)) => folder.split('/').all(is_portable) && is_plain(file),
        None => is_plain(path),
    }
}

/// As [`is_plain`], for a folder, which commands take as an argument.
pub(crate) fn is_plain_folder(path: &str) -> bool {
    path.split('/').all(is_file_name)
}

/// What is the same for paths that are one file where letters of different case are one, or where
/// a letter with its accent is one in each of its encodings.
pub(crate) fn clash_key(path: &str) -> String {
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    // Some letters have two small forms of one large one.
    let folded = nfc.normalize(path).to_uppercase().to_lowercase();
    nfc.normalize(&folded).into_owned()
}

/// Whether a name means one file on every system, and none that is hidden.
fn is_portable(name: &str) -> bool {
    let is_bad =
        |c: char| !is_visible(c) || c == char::REPLACEMENT_CHARACTER || "/\\:*?\"<>|".contains(c);
    !name.is_empty()
        && name.len() <= MAX_PART
        && !name.contains(is_bad)
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !is_reserved(name)
}

/// Whether Windows takes a name for a device, or for the short name of another file: `git~1` may be
/// `.git`.
fn is_reserved(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["aux", "con", "conin$", "conout$", "nul", "prn"];
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default().trim_end();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_digit = |c: char| c.is_ascii_digit() || "¹²³".contains(c);
    let is_port =
        port.is_some_and(|number| number.chars().count() == 1 && number.contains(is_digit));
    let short = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    is_port || DEVICES.contains(&stem) || short != stem && short.ends_with('~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_work_on_every_system() {
        for name in [
            "scan-error-code",
            "错误码",
            "v1.2",
            "a b",
            "console",
            "com",
            "a∕b",
            "a~b",
        ] {
            assert!(is_file_name(name), "{name}");
        }
        let bad = [
            "", ".", "..", "../x", "/x", "a/b", "a\\b", "C:x", "a|b", "-x", ".x",
        ];
        let reserved = [
            "CON", "nul.x", "com1", "LPT²", "con .x", "ConOut$", "git~1", "GIT~12.x",
        ];
        for name in bad.into_iter().chain(reserved) {
            assert!(!is_file_name(name), "{name:?}");
        }
        for name in ["a.", "a ", "a\0", "a\n", "a\u{202e}", "\u{200c}.git"] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }

    #[test]
    fn paths_lead_to_nothing_hidden() {
        for path in ["a", "com/acme/-1.kt", "rust/.gitignore", ".gitattributes"] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "/a",
            "a//b",
            "a/",
            "a/./b",
            "../a",
            ".git",
            ".git/config",
            ".npmrc",
        ] {
            assert!(!is_plain(path), "{path}");
        }
        for path in [
            "a/.GIT/hooks/x",
            "git~1/config",
            ".gitignore/x",
            "a/con/x",
            "a\\.git",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn what_some_systems_take_for_one_has_one_key() {
        for (one, other) in [
            ("Scan", "sCAN"),
            ("e\u{301}", "É"),
            ("ς", "Σ"),
            ("straße", "STRASSE"),
            ("\u{390}", "\u{3b9}\u{308}\u{301}"),
            ("가", "\u{1100}\u{1161}"),
        ] {
            assert_eq!(clash_key(one), clash_key(other), "{one}");
        }
        assert_ne!(clash_key("é"), clash_key("e"));
    }
}
