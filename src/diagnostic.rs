//! To be removed: the old paths of what is in `problem` now.

pub use crate::problem::*;
