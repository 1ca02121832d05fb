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
    /// The character in the line, from 1.
    pub column: usize,
}

impl Position {
    /// The position of a byte in a text.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let start = Self { line: 1, column: 1 };
        start.after(text.get(..offset).unwrap_or(text))
    }

    /// The position behind a text that begins at this one.
    fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self {
                line: self.line,
                column: self.column + text.chars().count(),
            },
            Some(last) => Self {
                line: self.line + text.bytes().filter(|&byte| byte == b'\n').count(),
                column: text[last + 1..].chars().count() + 1,
            },
        }
    }
}

/// The positions in one text, found without a walk over all of it.
#[derive(Debug)]
pub struct PositionIndex {
    /// Every so many bytes: where a character begins, and its position.
    marks: Vec<(usize, Position)>,
}

impl PositionIndex {
    /// How many bytes lie between two marks, about.
    const STEP: usize = 1024;

    /// Looks once over a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut position = Position { line: 1, column: 1 };
        let mut marks = vec![(0, position)];
        let mut start = 0;
        while start + Self::STEP < text.len() {
            let mut end = start + Self::STEP;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            position = position.after(&text[start..end]);
            marks.push((end, position));
            start = end;
        }
        Self { marks }
    }

    /// The position of a byte in the text that the index was made of.
    #[must_use]
    pub fn of(&self, text: &str, offset: usize) -> Position {
        let after = self.marks.partition_point(|(at, _)| *at <= offset);
        let (start, mark) = self.marks[after.saturating_sub(1)];
        mark.after(text.get(start..offset).unwrap_or_default())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            part: None,
            extent: Extent::Whole,
        }
    }

    /// A position in a file.
    pub fn at(path: impl Into<String>, position: Position) -> Self {
        Self {
            path: path.into(),
            part: None,
            extent: Extent::At(position),
        }
    }

    /// A piece of a file whose text is shown.
    pub fn excerpt(path: impl Into<String>, text: &Arc<str>, span: Range<usize>) -> Self {
        Self {
            path: path.into(),
            part: None,
            extent: Extent::Excerpt {
                text: Arc::clone(text),
                span,
            },
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
        assert_eq!(Position::of(text, offset), Position { line: 2, column: 2 });
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
    }

    #[test]
    fn an_index_gives_the_same_positions_as_a_walk() {
        let text = "一 two\n三四 five <six>\n\n七".repeat(200);
        let index = PositionIndex::new(&text);
        for (offset, _) in text.char_indices() {
            assert_eq!(index.of(&text, offset), Position::of(&text, offset));
        }
        assert_eq!(index.of(&text, text.len()), Position::of(&text, text.len()));
    }
}
