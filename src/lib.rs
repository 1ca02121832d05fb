//! arkerr turns saved HarmonyOS error-code pages into constants, records and documentation for
//! many languages, and keeps them in sync with the pages.
//!
//! There is a command of this name; this is the library that it is made of, for those who build
//! tools of their own. A build script needs one call of it, see [`build`].
//!
//! # A project
//!
//! A [`Project`] is a folder with saved pages, perhaps with an `arkerr.toml` and a `names.toml`,
//! and an output folder. [`Project::analyse`] reads the pages, names their codes, renders the
//! outputs and compares them with what is there. Nothing is written until
//! [`Project::carry_out`]:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::create_dir(folder.path().join("docs-snapshot"))?;
//! # let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! # std::fs::write(folder.path().join("docs-snapshot/scan-error-code.html"), page)?;
//! let project = arkerr::Project::open(folder.path())?;
//! let analysis = project.analyse()?;
//! for difference in &analysis.plan.files {
//!     println!("{}", analysis.plan.shown(difference));
//! }
//! project.carry_out(&analysis)?;
//!
//! let again = project.analyse()?;
//! assert!(again.plan.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! What is wrong with the inputs is an [`Report`], which has all of it with places and help as
//! data, and whose [`first_error`](Report::first_error) says what to act on. Where single pages are bad, the
//! others are done all the same, and [`Analysis::diagnostics`](project::Analysis::diagnostics)
//! tells of them.
//!
//! # The catalogue
//!
//! What the pages say is a [`Catalog`]: plain data, the same as in `catalog.json`, see [`catalog`].
//! It can be read, [looked up](lookup) in, and rendered by other targets than those of the
//! project:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # std::fs::create_dir(folder.path().join("docs-snapshot"))?;
//! # let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! # std::fs::write(folder.path().join("docs-snapshot/scan-error-code.html"), page)?;
//! # let project = arkerr::Project::open(folder.path())?;
//! let catalog = project.analyse()?.catalog;
//! for found in arkerr::lookup::find(&catalog, "401") {
//!     let message = &found.code.cases[0].message;
//!     println!("{}: {:?}", found.page.id, arkerr::catalog::plain_text(message));
//! }
//!
//! let files = project.render(&catalog)?;
//! assert!(files["typescript/index.ts"].contains("ScanErrorCode"));
//!
//! // `arkerr check` shows the differences, and `arkerr generate` writes them.
//! let differences = project.compare(files)?;
//! assert!(!differences.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Importing pages
//!
//! A page that somebody has saved, in whatever form, becomes a snapshot of the project by
//! [`Project::import`] and [`Project::write_import`]. Such a snapshot has a line for each block of
//! the page and nothing else, so that a comparison of two of them shows what changed:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use arkerr::project::{ImportFacts, ImportStatus};
//! # let folder = tempfile::tempdir()?;
//! let page = "<h1>Scan</h1><h2>401 Denied</h2><p><strong>Error Message</strong></p><p>Permission denied.</p>";
//! let project = arkerr::Project::open(folder.path())?;
//! let facts = ImportFacts {
//!     id: Some("scan-error-code".to_owned()),
//!     ..ImportFacts::default()
//! };
//! let import = project.import("-", page.into(), &facts).map_err(arkerr::Report::from)?;
//! assert_eq!(import.path, "docs-snapshot/en/scan-error-code.html");
//! assert_eq!(import.status, ImportStatus::New);
//! assert!(import.text.contains("<h2>401 Denied</h2>\n<p><strong>Error Message</strong></p>\n"));
//! project.write_import(&import, None).map_err(arkerr::Report::from)?;
//! # assert_eq!(project.read(&[]).catalog.pages, [import.page]);
//! # Ok(())
//! # }
//! ```
//!
//! # How it is built
//!
//! Data flows one way, a module a stage:
//!
//! ```text
//! docs-snapshot/*   arkerr.toml, names.toml   templates/
//!       |                     |                    |
//!   snapshot -> parse -> catalog -> naming -> render -> plan -> generate: carry the plan out
//!  (Document)  (Page)   (Catalog)  (names)   (files in  (what   check: show it, touch nothing
//!                           |                 memory)   differs)
//!                           +-> lookup: explain, search
//! ```
//!
//! Before all of it, `fetch` asks the documentation site for pages; [`Project::import`] makes
//! canonical snapshots of those, and of pages that somebody has saved. [`bilingual`] puts the two
//! languages of a page together on the way, [`lint`] tells what is odd about a page's records, and
//! [`names`] reads and edits `names.toml`. [`diff`](mod@diff) compares two catalogues, and
//! [`changelog`] tells people what it found, see [`Project::diff`].
//!
//! # Features
//!
//! `cli`, on by default, is the command. Without it the library has fewer dependencies; a build
//! script wants `arkerr = { version = "…", default-features = false }`.
//!
//! `fetch`, on by default too, fetches pages from the documentation site. Without it there is no
//! network code at all.

pub mod bilingual;
mod build_script;
pub mod canonical;
pub mod catalog;
pub mod changelog;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diff;
mod escape;
#[cfg(feature = "fetch")]
pub mod fetch;
mod file;
mod generate;
mod git;
mod json;
pub mod lint;
pub mod lookup;
pub mod names;
pub mod naming;
pub mod output;
mod pages;
pub mod parse;
mod path;
pub mod problem;
pub mod project;
pub mod render;
mod report;
pub mod snapshot;
mod text;

pub use build_script::{build, try_build};
pub use catalog::Catalog;
pub use problem::{Problem, Report};
pub use project::Project;
pub use report::report;
