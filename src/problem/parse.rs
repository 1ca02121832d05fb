//! Problems of the text of a page.

use super::{Describe, Description};

/// A problem of the text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseProblem {}

impl Describe for ParseProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
