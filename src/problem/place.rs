//! Places: where in which file a problem is.

use std::fmt;
use std::ops::Deref;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path of the file, as the user would write it.
    pub path: String,
    /// What of the file holds the text that is meant, where it is packed: `text/html part`.
    pub part: Option<String>,
    /// How much of the file is meant.
    pub extent: Extent,
}

/// How much of a file is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// The file as a whole.
    Whole,
    /// A position whose line is not worth showing: saved pages have lines of 10,000 characters.
    At(Position),
    /// A piece of a text that people write by hand and want to see.
    Excerpt {
        /// The text of the whole file.
        text: SourceText,
        /// The bytes that are meant.
        span: Range<usize>,
    },
}

/// The text of a file. Its lines are counted once, however many places in it are asked for.
#[derive(Clone, Default)]
pub struct SourceText(Arc<(String, OnceLock<Vec<usize>>)>);

impl SourceText {
    /// The lines in which a piece of the text is, and the number of the first, from 1.
    pub(crate) fn lines_around(&self, span: &Range<usize>) -> (usize, Range<usize>) {
        let starts = self.line_starts();
        let first = self.line(span.start);
        let after = self.line(span.end.max(span.start + 1) - 1) + 1;
        let end = starts.get(after - 1).copied().unwrap_or(self.len());
        (first, starts[first - 1]..end)
    }

    /// The line of a byte, from 1.
    fn line(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset)
    }

    fn line_starts(&self) -> &[usize] {
        let (text, starts) = &*self.0;
        starts.get_or_init(|| {
            let ends = text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

impl Deref for SourceText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.0
    }
}

impl AsRef<str> for SourceText {
    fn as_ref(&self) -> &str {
        self
    }
}

impl<T: Into<String>> From<T> for SourceText {
    fn from(text: T) -> Self {
        Self(Arc::new((text.into(), OnceLock::new())))
    }
}

impl fmt::Debug for SourceText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for SourceText {}

/// A position in a text, as editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1. Saved pages have none: their lines are long, and what
    /// helps to find a place in them is the heading.
    pub column: Option<usize>,
}

impl Position {
    /// A line as a whole.
    #[must_use]
    pub fn line(line: usize) -> Self {
        Self { line, column: None }
    }

    /// The position of a byte in a text.
    #[must_use]
    pub fn of(text: &SourceText, offset: usize) -> Self {
        let offset = offset.min(text.len());
        let line = text.line(offset);
        let before = text.get(text.line_starts()[line - 1]..offset);
        Self {
            line,
            column: before.map(|before| before.chars().count() + 1),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line)?;
        match self.column {
            Some(column) => write!(f, ":{column}"),
            None => Ok(()),
        }
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Self::new(path, Extent::Whole)
    }

    /// A position in a file.
    pub fn at(path: impl Into<String>, position: Position) -> Self {
        Self::new(path, Extent::At(position))
    }

    /// A piece of a file whose text is shown.
    pub fn excerpt(path: impl Into<String>, text: &SourceText, span: Range<usize>) -> Self {
        let text = text.clone();
        Self::new(path, Extent::Excerpt { text, span })
    }

    fn new(path: impl Into<String>, extent: Extent) -> Self {
        Self {
            path: path.into(),
            part: None,
            extent,
        }
    }

    /// The same place, in a part of the file.
    #[must_use]
    pub fn in_part(mut self, part: Option<&str>) -> Self {
        self.part = part.map(str::to_owned);
        self
    }

    /// The path, with the part where there is one: `a.json (value.content.content)`.
    #[must_use]
    pub fn path_and_part(&self) -> String {
        match &self.part {
            Some(part) => format!("{} ({part})", self.path),
            None => self.path.clone(),
        }
    }

    /// The position in the file, where there is one.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match &self.extent {
            Extent::Whole => None,
            Extent::At(position) => Some(*position),
            Extent::Excerpt { text, span } => Some(Position::of(text, span.start)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path_and_part())?;
        match self.position() {
            Some(position) => write!(f, ":{position}"),
            None => Ok(()),
        }
    }
}

/// A path as arkerr shows and records it: with forward slashes on every system.
#[must_use]
pub fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_not_bytes() {
        let text = SourceText::from("一二\n三<h2>");
        let offset = text.find('<').expect("the text has a <");
        let position = |line, column| Position {
            line,
            column: Some(column),
        };
        assert_eq!(Position::of(&text, offset), position(2, 2));
        assert_eq!(Position::of(&text, 0), position(1, 1));
    }
}
