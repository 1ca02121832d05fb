//! Shows problems and differences: a reporter for each format. They know nothing about where the
//! problems come from.

mod problems;

#[cfg(feature = "cli")]
pub(crate) mod github;
#[cfg(feature = "cli")]
pub(crate) mod junit;
#[cfg(feature = "cli")]
mod results;
#[cfg(feature = "cli")]
pub(crate) mod sarif;
#[cfg(feature = "cli")]
pub(crate) mod text;

pub use problems::report;
#[cfg(feature = "cli")]
pub(crate) use results::{Category, Checked, Results, Status};
