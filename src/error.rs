//! Why something could not be done, for callers of the library.

use std::fmt;

use crate::diagnostic::Diagnostic;

/// Why something could not be done: what was wrong with what, all of it.
///
/// It prints a line for each finding, as compilers do; [`Error::diagnostics`] has them as data, and
/// [`report`](crate::report) shows them with excerpts of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
}

/// What an error is about, for callers that do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `arkerr.toml` is wrong.
    Config,
    /// There are no snapshots, or none that says anything: pages have to be saved, or saved again.
    Snapshots,
    /// `names.toml` is wrong, or misses names where it must not.
    Names,
    /// A template is wrong, or two files would have one path.
    Templates,
    /// The outputs cannot be read or written, or there is something in the way that is not
    /// arkerr's.
    Output,
    /// A link leads out of the project, through which nothing is read or written.
    OutsideProject,
    /// The documentation site cannot be asked, or gives no page: the network may be to blame, or
    /// the page has another name.
    Fetch,
    /// Something else, such as a page that cannot be read.
    Other,
}

impl Error {
    /// What it is about; where it is about several things, the first of them.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        let first = self.diagnostics.iter().find(|found| found.is_error());
        match first.map_or("", |found| found.id) {
            "config" => ErrorKind::Config,
            "no-snapshots" | "no-codes" | "unreadable" => ErrorKind::Snapshots,
            "names" | "names-missing" => ErrorKind::Names,
            "template" | "render" => ErrorKind::Templates,
            "output" => ErrorKind::Output,
            "outside-project" => ErrorKind::OutsideProject,
            id if id.starts_with("fetch-") => ErrorKind::Fetch,
            _ => ErrorKind::Other,
        }
    }

    /// Everything that was found, warnings included, in the order of the inputs.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, found) in self.diagnostics.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{}", crate::text::visible(&found.to_string()))?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<Vec<Diagnostic>> for Error {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

impl From<Error> for Vec<Diagnostic> {
    fn from(error: Error) -> Self {
        error.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_it_is_about_and_all_that_was_found() {
        let error = Error::from(vec![
            Diagnostic::warning("no-codes", "there is a page without codes"),
            Diagnostic::error("config", "there is no page `a`"),
            Diagnostic::error("output", "the file is in the way"),
        ]);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.to_string(),
            "warning[no-codes]: there is a page without codes\n\
             error[config]: there is no page `a`\n\
             error[output]: the file is in the way"
        );
    }
}
