//! arkerr turns saved HarmonyOS error-code pages into constants, records and documentation for
//! many languages, and keeps them in sync with the pages.
//!
//! This is the library behind the `arkerr` command. A build script needs one call of it, see
//! [`build`]. It shows [`Project`], [`Catalog`], [`Problem`] and [`Report`], with the data that
//! they hold.
//!
//! # A project
//!
//! A [`Project`] is a folder with saved pages, an output folder, and optionally an `arkerr.toml` and
//! a `names.toml`. [`Project::analyse`] reads the pages, names their codes, renders the outputs and
//! compares them with the output folder. Nothing is written until [`Project::write`]:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::create_dir(folder.path().join("docs-snapshot"))?;
//! # let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! # std::fs::write(folder.path().join("docs-snapshot/scan-error-code.html"), page)?;
//! let project = arkerr::Project::open(folder.path())?;
//! let analysis = project.analyse()?;
//! for difference in &analysis.outputs.files {
//!     println!("{}", analysis.outputs.shown_path(difference));
//! }
//! project.write(&analysis)?;
//!
//! assert!(project.analyse()?.outputs.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! A [`Report`] has everything that was found, with places and help as data. Its
//! [`first_error`](Report::first_error) is a [`Problem`], which can be matched:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! use arkerr::{Problem, Project};
//!
//! if let Err(report) = Project::open(folder.path())?.analyse() {
//!     match report.first_error() {
//!         Some(Problem::Project(_)) => println!("save some pages first"),
//!         _ => println!("{report}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # The catalogue
//!
//! A [`Catalog`] has the records of all pages as plain data, the same as `catalog.json`:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::create_dir(folder.path().join("docs-snapshot"))?;
//! # let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! # std::fs::write(folder.path().join("docs-snapshot/scan-error-code.html"), page)?;
//! # let project = arkerr::Project::open(folder.path())?;
//! let catalog = project.analyse()?.catalog;
//! for page in &catalog.pages {
//!     for code in &page.codes {
//!         println!("{}: {} {:?}", page.id, code.code, code.title);
//!     }
//! }
//!
//! let files = project.render(&catalog)?;
//! assert!(files["typescript/index.ts"].contains("ScanErrorCode"));
//! # Ok(())
//! # }
//! ```
//!
//! # Importing pages
//!
//! [`Project::import`] makes a canonical snapshot of a saved page in any form, and
//! [`Project::write_import`] writes it. Such a snapshot has one line for each block of the page, so
//! that a diff of two of them shows what has changed:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! let project = arkerr::Project::open(folder.path())?;
//! let import = project.import("scan-error-code.html", page.into(), &Default::default())?;
//! assert_eq!(import.path, "docs-snapshot/en/scan-error-code.html");
//! assert!(import.text.contains("<h2>401 Denied</h2>\n<p><strong>Error Message</strong></p>\n"));
//! project.write_import(&import, None)?;
//! # assert_eq!(project.analyse()?.catalog.code_count(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! `cli`, on by default, is the command. A build script needs only
//! `arkerr = { version = "…", default-features = false }`, which has fewer dependencies.
//!
//! `fetch`, on by default, fetches pages from the documentation site. Without it there is no network
//! code.

// Without the command, or without fetching, a part of the modules has no use.
#![cfg_attr(
    not(all(feature = "cli", feature = "fetch")),
    allow(dead_code, unused_imports)
)]
// Tests may read and write what they like.
#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

mod bilingual;
mod budget;
mod build_script;
mod canonical;
pub mod catalog;
#[cfg(feature = "cli")]
mod changelog;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod config;
mod diff;
mod edits;
mod escape;
#[cfg(test)]
mod expected;
#[cfg(feature = "fetch")]
mod fetch;
mod file;
mod generate;
#[cfg(feature = "cli")]
mod git;
mod json;
mod lint;
#[cfg(feature = "cli")]
mod lookup;
mod names;
mod naming;
mod output;
mod pages;
mod parallel;
mod parse;
mod path;
pub mod problem;
mod project;
mod render;
mod report;
mod snapshot;
mod text;

pub use build_script::{build, try_build};
pub use catalog::Catalog;
pub use output::{Difference, Differences};
pub use problem::{Problem, Report};
pub use project::{Analysis, Import, ImportFacts, ImportStatus, Project};
pub use report::report;
