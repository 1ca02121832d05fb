//! Paths that differ in case alone: where case does not count, as is usual on macOS and Windows,
//! they are names of one file.

use std::collections::BTreeMap;
use std::path::Path;

/// Paths by what they are where case does not count.
pub(super) struct Paths<'a> {
    by_lower: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(paths: impl Iterator<Item = &'a str>) -> Self {
        let mut by_lower: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for path in paths {
            by_lower.entry(path.to_lowercase()).or_default().push(path);
        }
        Self { by_lower }
    }

    /// Whether a path is another name of a file that one of the paths leads to; `is_one` tells whether
    /// two of them lead to one file.
    pub(super) fn have_other_name(&self, path: &str, is_one: impl Fn(&str, &str) -> bool) -> bool {
        // Most often there are none.
        if self.by_lower.is_empty() {
            return false;
        }
        let alike = self.by_lower.get(&path.to_lowercase());
        let mut alike = alike.into_iter().flatten();
        alike.any(|other| *other != path && is_one(other, path))
    }
}

/// Whether two paths that differ in case alone are one name of one file.
#[cfg(unix)]
pub(super) fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::fs::symlink_metadata;
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(one), Ok(other)) = (symlink_metadata(one), symlink_metadata(other)) else {
        return false;
    };
    // A file with more links has more names, of which each goes by itself.
    one.nlink() == 1 && (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether two paths that differ in case alone are one name of one file.
#[cfg(not(unix))]
pub(super) fn is_one_file(one: &Path, other: &Path) -> bool {
    let places = [one, other].map(std::fs::canonicalize);
    matches!(places, [Ok(one), Ok(other)] if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_case_is_another_name() {
        let paths = Paths::new(["a/Foo.ets", "a/FOO.ets", "b.ets"].into_iter());
        let is_foo = |one: &str, _: &str| one == "a/FOO.ets";
        assert!(paths.have_other_name("a/foo.ets", is_foo));
        assert!(paths.have_other_name("A/Foo.ets", is_foo));
        assert!(!paths.have_other_name("a/foo.ets", |_, _| false));
        assert!(!paths.have_other_name("b.ets", |_, _| true));
        assert!(!paths.have_other_name("foo.ets", |_, _| true));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_names_of_their_own() {
        use std::fs;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [one, hard, soft] = ["Foo", "foo", "FOO"].map(|name| folder.path().join(name));
        fs::write(&one, "x").expect("a file");
        assert!(is_one_file(&one, &one));
        assert!(!is_one_file(&one, &folder.path().join("none")));
        std::os::unix::fs::symlink("Foo", &soft).expect("a link");
        assert!(!is_one_file(&one, &soft));
        fs::hard_link(&one, &hard).expect("a link");
        assert!(!is_one_file(&one, &hard));
    }
}
