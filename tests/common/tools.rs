//! Tools beside Rust and Node.js, which not everybody has who works on arkerr.

// Every test file compiles this module for itself and uses a part of it; what was passed over is
// for people to read.
#![allow(dead_code, clippy::print_stderr)]

use std::env;

/// What a tool may be called, and what is to be done where it is missing.
const TOOLS: [(&str, &[&str], &str); 6] = [
    ("gcc", &["gcc"], "install gcc"),
    ("g++", &["g++"], "install g++"),
    (
        "pre-commit",
        &["pre-commit"],
        "install pre-commit: https://pre-commit.com",
    ),
    (
        "shellcheck",
        &["shellcheck"],
        "install ShellCheck: https://www.shellcheck.net",
    ),
    ("strace", &["strace"], "install strace: https://strace.io"),
    (
        "chromium",
        &["chromium", "chromium-browser", "google-chrome"],
        "install Chromium, or name a browser in CHROMIUM",
    ),
];

/// Whether some tools are here. Where one is missing, the tests that need it are passed over, and
/// say so; in continuous integration they fail, since nobody would see that they did not run.
#[track_caller]
pub fn are_here(names: &[&str]) -> bool {
    let mut all = true;
    for (tool, programs, advice) in TOOLS.iter().filter(|(tool, ..)| names.contains(tool)) {
        let is_named = *tool == "chromium" && env::var_os("CHROMIUM").is_some();
        if is_named || programs.iter().any(|program| is_on_path(program)) {
            continue;
        }
        assert!(!is_ci(), "{tool} is needed for the tests: {advice}");
        eprintln!("passed over, since {tool} is missing: {advice}");
        all = false;
    }
    all
}

/// Whether this is continuous integration, where no test is passed over.
pub fn is_ci() -> bool {
    env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false")
}

fn is_on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).any(|folder| folder.join(&program).is_file())
}
