//! Problems of templates and what they render.

use super::{Describe, Description};

/// A problem of templates and what they render.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplateProblem {}

impl Describe for TemplateProblem {
    fn describe(&self) -> Description {
        match *self {}
    }
}
