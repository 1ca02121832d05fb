//! Places: where in which file a problem is.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

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
        text: Arc<str>,
        /// The bytes that are meant.
        span: Range<usize>,
    },
}

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
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: Some(before[line_start..].chars().count() + 1),
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
    pub fn excerpt(path: impl Into<String>, text: &Arc<str>, span: Range<usize>) -> Self {
        let text = Arc::clone(text);
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
        let text = "一二\n三<h2>";
        let offset = text.find('<').expect("the text has a <");
        let position = |line, column| Position {
            line,
            column: Some(column),
        };
        assert_eq!(Position::of(text, offset), position(2, 2));
        assert_eq!(Position::of(text, 0), position(1, 1));
    }
}
