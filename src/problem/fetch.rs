//! Problems of answers of the documentation site.

use super::{Describe, Description};

/// A problem of answers of the documentation site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchProblem {}

impl Describe for FetchProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
