//! The slow tests: real compilers, Node.js, a browser, git, hostile pages, and what can go wrong on
//! a disk. `cargo test -p arkerr-e2e` runs them.

#![allow(clippy::print_stderr, clippy::print_stdout)]

mod browser;
mod build_script;
mod c_output;
mod ci;
#[path = "../common/mod.rs"]
mod common;
mod confinement;
mod crate_output;
mod dependencies;
mod determinism;
mod faults;
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;
mod fuzz_seeds;
mod git_diff;
mod git_init;
mod git_names;
mod hostile;
mod limits;
mod node;
mod node_outputs;
mod packages;
mod repository;
mod reserved;
mod rust_output;
mod schemas;
mod tls;
mod tools;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The repository.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The binary under test, which is built once. Cargo puts it beside the folder of test data.
static ARKERR: LazyLock<PathBuf> = LazyLock::new(|| {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "arkerr"])
        .current_dir(REPOSITORY)
        .status();
    assert!(status.is_ok_and(|status| status.success()), "arkerr builds");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let name = format!("debug/arkerr{}", std::env::consts::EXE_SUFFIX);
    target
        .expect("it is a folder of the target folder")
        .join(name)
});

fn arkerr() -> &'static Path {
    &ARKERR
}
