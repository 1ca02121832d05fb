//! Problems of `arkerr.toml`.

use super::{Describe, Description};

/// A problem of `arkerr.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigProblem {}

impl Describe for ConfigProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
