//! arkerr turns saved HarmonyOS error-code pages into Rust, ArkTS, TypeScript, Markdown and
//! JSON, and keeps them in sync.
//!
//! Data flows one way, a module a stage:
//!
//! ```text
//! docs-snapshot/*   arkerr.toml, names.toml   templates/
//!       |                     |                    |
//!   snapshot -> parse -> catalog -> naming -> render -> plan -> generate: carry the plan out
//!  (Document)  (Page)   (Catalog)  (names)   (files in  (what   check: show it, touch nothing
//!                                             memory)   differs)
//! ```
//!
//! [`bilingual`] puts the two languages of a page together on the way, [`lint`] tells what is odd
//! about a page's records, and [`names`] reads and edits `names.toml`. [`project::Project`] walks the whole way:
//!
//! ```no_run
//! let project = arkerr::project::Project::open(".").expect("arkerr.toml is right");
//! match project.analyse() {
//!     Ok(analysis) if analysis.plan.differences.is_empty() => println!("in sync"),
//!     Ok(analysis) => println!("{} files differ", analysis.plan.differences.len()),
//!     Err(diagnostics) => diagnostics.iter().for_each(|found| eprintln!("{found}")),
//! }
//! ```

pub mod bilingual;
mod build_script;
pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
mod error;
pub mod lint;
pub mod lookup;
pub mod names;
pub mod naming;
pub mod parse;
pub mod plan;
pub mod project;
pub mod render;
mod report;
pub mod snapshot;
mod text;

pub use build_script::{build, try_build};
pub use catalog::Catalog;
pub use error::{Error, ErrorKind};
pub use project::Project;
pub use report::report;
