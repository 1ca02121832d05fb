//! Problems of `names.toml` and the names of codes.

use super::{Describe, Description};

/// A problem of `names.toml` and the names of codes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamesProblem {}

impl Describe for NamesProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
