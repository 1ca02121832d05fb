//! Problems of a saved file that cannot be read as a page.

use super::{Describe, Description};

/// A problem of a saved file that cannot be read as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnapshotProblem {}

impl Describe for SnapshotProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
