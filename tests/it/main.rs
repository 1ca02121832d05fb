//! The fast tests: the real binary, in temporary folders. They need Rust alone.
//!
//! `SNAPSHOTS=overwrite cargo test` writes the expected files below `cases/` and `docs/` anew. Read what changed.

mod budget;
mod check;
mod cli;
#[path = "../common/mod.rs"]
mod common;
mod diff;
mod errors;
#[path = "../../src/expected.rs"]
mod expected;
mod fetch;
mod fetch_failures;
mod forms;
mod golden;
mod import;
mod init;
mod library;
mod lint;
mod lookup;
mod names;
mod readme;
mod templates;

use std::path::Path;

/// The repository.
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// The binary under test.
fn arkerr() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_arkerr"))
}
