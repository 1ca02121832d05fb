//! Problems of a project as a whole: its pages, revisions and imports.

use super::{Describe, Description};

/// A problem of a project as a whole: its pages, revisions and imports.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectProblem {}

impl Describe for ProjectProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
