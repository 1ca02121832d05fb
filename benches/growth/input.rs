//! Inputs that repeat something.

use std::fs;
use std::path::{Path, PathBuf};

/// Something that an input may repeat, and the command that reads it.
pub struct Construct {
    pub name: String,
    /// How often it is repeated in the smaller input.
    pub repetitions: usize,
    /// Files from which outputs are generated, and which are deleted before the others are written.
    pub former: Vec<File>,
    pub files: Vec<File>,
    pub arguments: Vec<Text>,
    /// The standard input.
    pub input: Text,
}

/// A file of a project; or as many as there are repetitions, where the path has a `{}`.
pub struct File {
    pub path: &'static str,
    pub text: Text,
}

/// A text with something repeated, in which `{}` becomes a number.
#[derive(Clone, Default)]
pub struct Text {
    pub before: String,
    pub piece: String,
    /// What follows the pieces as often as they are there, such as end tags.
    pub end: String,
    pub after: String,
}

impl Text {
    /// A text with nothing repeated.
    pub fn fixed(text: &str) -> Self {
        Self {
            before: text.to_owned(),
            ..Self::default()
        }
    }

    pub fn repeated(before: &str, piece: &str, after: &str) -> Self {
        Self {
            before: before.to_owned(),
            piece: piece.to_owned(),
            after: after.to_owned(),
            ..Self::default()
        }
    }

    pub fn text(&self, repetitions: usize) -> String {
        let mut text = self.before.clone();
        for number in 0..repetitions {
            text.push_str(&self.piece.replace("{}", &number.to_string()));
        }
        text + &self.end.repeat(repetitions) + &self.after
    }
}

impl File {
    /// The paths, and the number of repetitions in each.
    fn paths(&self, project: &Path, repetitions: usize) -> Vec<(PathBuf, usize)> {
        if !self.path.contains("{}") {
            return vec![(project.join(self.path), repetitions)];
        }
        let path = |number: usize| project.join(self.path.replace("{}", &number.to_string()));
        (0..repetitions).map(|number| (path(number), 0)).collect()
    }

    pub fn write(&self, project: &Path, repetitions: usize) {
        for (path, repetitions) in self.paths(project, repetitions) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, self.text.text(repetitions)).unwrap();
        }
    }

    pub fn remove(&self, project: &Path, repetitions: usize) {
        for (path, _) in self.paths(project, repetitions) {
            fs::remove_file(path).unwrap();
        }
    }
}
