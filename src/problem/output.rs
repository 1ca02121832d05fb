//! Problems of generated files and the folder that they are written to.

use super::{Describe, Description};

/// A problem of generated files and the folder that they are written to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputProblem {}

impl Describe for OutputProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
