//! Problems of what the command line was asked to do.

use super::{Describe, Description};

/// A problem of what the command line was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandProblem {}

impl Describe for CommandProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
