//! Filing: what the snapshot of an imported page is called, and where it lies.

use std::path::Path;

use url::Url;

use super::Project;
use crate::catalog::Language;
use crate::pages::ReadSnapshot;
use crate::path::{clash_key, is_file_name};
use crate::problem::{Locate as _, ProjectProblem, Report};
use crate::snapshot::{self, Form, ORIGINAL, Source};

/// The ending of canonical snapshots.
const ENDING: &str = "html";

/// What stands for a file that has no name: the standard input.
const STANDARD_INPUT: &str = "-";

/// What people call a source.
pub(super) fn shown_source(source: &str) -> &str {
    match source {
        STANDARD_INPUT => "standard input",
        path => path,
    }
}

/// The id of a page: the one that is given, else the last part of its address, else the name of
/// its file.
pub(super) fn page_id(
    source: &str,
    url: Option<&Url>,
    given: Option<&str>,
) -> Result<String, Report> {
    let of_address = url.and_then(last_part).filter(|id| can_be_snapshot(id));
    let id = match (given, of_address) {
        (Some(given), _) => without_ending(given).to_owned(),
        (None, Some(id)) => id,
        (None, None) if source == STANDARD_INPUT => {
            let problem = ProjectProblem::NoSnapshotName;
            return Err(problem.at_file(shown_source(source)).into());
        }
        (None, None) => stem(source),
    };
    if can_be_snapshot(&id) {
        Ok(id)
    } else {
        let problem = ProjectProblem::BadSnapshotName(id);
        Err(problem.at_file(shown_source(source)).into())
    }
}

/// The last part of an address, without an ending.
fn last_part(url: &Url) -> Option<String> {
    let encoded = url.path_segments()?.rfind(|part| !part.is_empty())?;
    let part = percent_encoding::percent_decode_str(encoded).decode_utf8();
    Some(without_ending(&part.ok()?).to_owned())
}

/// The name of a file without its endings.
fn stem(source: &str) -> String {
    let file = Path::new(source).file_name().unwrap_or_default();
    let name = file.to_string_lossy();
    let page = Path::new(name.strip_suffix(ORIGINAL).unwrap_or(&name));
    let stem = page.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if snapshot::is_ending(ending) => stem,
        _ => name,
    }
}

/// Whether a snapshot of this name can be written on every system, and is found again.
fn can_be_snapshot(name: &str) -> bool {
    is_file_name(name) && !name.eq_ignore_ascii_case("readme")
}

/// A path with another ending, unless it has that ending in whatever case.
fn with_ending(path: &str, ending: &str) -> String {
    let old = Path::new(path);
    match old.extension() {
        Some(own) if own.eq_ignore_ascii_case(ending) => path.to_owned(),
        _ => old.with_extension(ending).to_string_lossy().into_owned(),
    }
}

/// Where a page is kept as it was saved, beside its snapshot.
pub(super) fn original_path(path: &str, form: Form) -> String {
    let ending = match form {
        Form::Html => "html",
        Form::ApiAnswer => "json",
        Form::Mhtml => "mhtml",
        Form::Markdown => "md",
    };
    format!("{}{ORIGINAL}", with_ending(path, ending))
}

/// What it depends on where the snapshot of a page lies.
pub(super) struct Filing<'a> {
    pub(super) project: &'a Project,
    pub(super) id: &'a str,
    pub(super) language: Language,
    /// The snapshots of the page that there are, in whatever language.
    pub(super) others: &'a [&'a ReadSnapshot],
}

impl<'a> Filing<'a> {
    /// The snapshot that the new one takes the place of. `own` is the file itself, where it is a
    /// snapshot.
    pub(super) fn old(&self, own: Option<&Source>) -> Option<&'a ReadSnapshot> {
        let others = self.others.iter().copied();
        let ranked = others.filter_map(|other| Some((self.rank(other, own)?, other)));
        let first = ranked.min_by_key(|(rank, _)| *rank);
        first.map(|(_, old)| old)
    }

    /// The rank of a snapshot among those that the new one may take the place of: the file itself,
    /// then those in the same language, canonical ones first, then one that cannot be read and
    /// stands where the new one belongs.
    fn rank(&self, other: &ReadSnapshot, own: Option<&Source>) -> Option<u8> {
        let canonical = with_ending(&other.source.shown, ENDING);
        match other.language() {
            _ if own == Some(&other.source) => Some(0),
            Some(language) if language == self.language && canonical == other.source.shown => {
                Some(1)
            }
            Some(language) if language == self.language => Some(2),
            None if canonical == self.new_path() => Some(3),
            _ => None,
        }
    }

    /// The path of the snapshot.
    pub(super) fn path(&self, old: Option<&ReadSnapshot>) -> Result<String, Report> {
        let path = match old {
            Some(old) => with_ending(&old.source.shown, ENDING),
            None => self.new_path(),
        };
        let Some(other) = self.other_language_at(&path) else {
            return Ok(path);
        };
        let problem = ProjectProblem::PathTaken {
            path,
            id: self.id.to_owned(),
            other,
            language: self.language,
        };
        Err(problem.nowhere().into())
    }

    /// Where a page lies that has no snapshot in this language yet: in the folder of its language,
    /// where there is one, or it is not the project's, or its place is taken.
    fn new_path(&self) -> String {
        let names: &[&str] = match self.language {
            Language::Zh => &["cn", "zh"],
            Language::En => &["en"],
        };
        let config = &self.project.config;
        let folder = &config.snapshots;
        let snapshots = self.project.root.join(folder);
        let own = names.iter().find(|name| snapshots.join(name).is_dir());
        let name = own.unwrap_or(&names[0]);
        let in_own = format!("{folder}/{name}/{}.{ENDING}", self.id);
        let at_top = format!("{folder}/{}.{ENDING}", self.id);
        let is_top = own.is_none() && self.language == config.language;
        if is_top && self.other_language_at(&at_top).is_none() {
            at_top
        } else {
            in_own
        }
    }

    /// The other language of the snapshot that has a path; none if there is no snapshot there.
    fn other_language_at(&self, path: &str) -> Option<Language> {
        let others = self.others.iter();
        let there = others.filter(|other| clash_key(&other.source.shown) == clash_key(path));
        let mut languages = there.filter_map(|other| other.language());
        languages.find(|language| *language != self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_or_in_the_address_or_the_name_of_the_file() {
        let url = |address| Url::parse(address).ok();
        let id = |source, address, given: &str| {
            let given = Some(given).filter(|given| !given.is_empty());
            page_id(source, url(address).as_ref(), given).ok()
        };
        for (source, address, given, expected) in [
            ("a/x.html", "", "", "x"),
            ("x.json.orig", "", "", "x"),
            ("x.html", "https://a.b/doc/scan-errors/", "", "scan-errors"),
            ("x.html", "https://a.b/scan.md", "", "scan"),
            ("x.html", "https://a.b/%E9%94%99", "", "错"),
            ("x.html", "https://a.b/a%2Fb", "", "x"),
            ("x.html", "https://a.b/%E2%80%AEa", "", "x"),
            ("x.html", "https://a.b/", "", "x"),
            ("-", "https://a.b/scan", "", "scan"),
            ("x.html", "https://a.b/scan", "pay.html", "pay"),
            ("x.html", "", "v1.2", "v1.2"),
        ] {
            assert_eq!(
                id(source, address, given).as_deref(),
                Some(expected),
                "{source}"
            );
        }
        assert_eq!(id("-", "https://a.b/", ""), None);
        assert_eq!(id("nul.html", "", ""), None);
        assert_eq!(id("x.html", "", "com1.x"), None);
    }

    #[test]
    fn an_ending_is_kept_in_whatever_case() {
        assert_eq!(with_ending("a/b.c.json", "html"), "a/b.c.html");
        assert_eq!(with_ending("a.b/c.HTML", "html"), "a.b/c.HTML");
        assert_eq!(with_ending("x.htm", "html"), "x.html");
        assert_eq!(original_path("d/x.html", Form::ApiAnswer), "d/x.json.orig");
    }
}
