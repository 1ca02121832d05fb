//! The compilers from npm, installed once for all tests.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Project, Run, repository};
use crate::tools::run;

/// The scripts of `tests/e2e/npm`.
const SCRIPTS: [&str; 7] = [
    "browse.mjs",
    "bundle.mjs",
    "hover.mjs",
    "lint-arkts.mjs",
    "lint-ci.mjs",
    "packages.mjs",
    "read-json5.mjs",
];

/// Runs a script of `tests/e2e/npm`.
#[track_caller]
pub fn script(name: &str, argument: &Path) -> Run {
    run(Command::new("node").arg(install().join(name)).arg(argument))
}

/// Has a file of continuous integration read as its host would: a `workflow` or an `action` of
/// GitHub, or for `gitlab` what is in the folder of a git repository.
#[track_caller]
pub fn lint_ci(kind: &str, path: &Path) -> Run {
    let script = install().join("lint-ci.mjs");
    run(Command::new("node").arg(script).arg(kind).arg(path))
}

/// Looks at a file in a browser, and checks some things about it.
#[track_caller]
pub fn browse(file: &Path, checks: &[&str]) {
    let script = install().join("browse.mjs");
    let run = run(Command::new("node").arg(script).arg(file).args(checks));
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

/// What an editor shows of the last name in a piece of a file of a project.
#[track_caller]
pub fn hover(project: &Project, file: &str, piece: &str) -> String {
    let script = install().join("hover.mjs");
    let run = run(Command::new("node")
        .arg(script)
        .arg(project.path(file))
        .arg(piece));
    run.succeeded().stdout
}

/// Runs npm in a folder of a project. It fetches nothing.
#[track_caller]
pub fn npm(project: &Project, folder: &str, arguments: &[&str]) -> String {
    let run = run(Command::new(NPM)
        .args(arguments)
        .args(["--offline", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(project.path(folder)));
    run.succeeded().stdout
}

/// Runs a file of a project that is a program of JavaScript, and returns what it prints.
#[track_caller]
pub fn node(project: &Project, file: &str) -> String {
    run(Command::new("node").arg(project.path(file)))
        .succeeded()
        .stdout
}

/// Runs the TypeScript compiler on a file of a project.
#[track_caller]
pub fn tsc(project: &Project, file: &str, options: &[&str]) -> Run {
    let compiler = install().join("node_modules/typescript/bin/tsc");
    run(Command::new("node")
        .arg(compiler)
        .args(["--noEmit", "--strict", "--pretty", "false"])
        .args(options)
        .arg(file)
        .current_dir(project.path("")))
}

/// Runs a program of JavaScript that is a module, and returns what it prints.
#[track_caller]
pub fn javascript(program: &str) -> String {
    let run = run(Command::new("node").args(["--input-type=module", "--eval", program]));
    run.succeeded().stdout
}

/// The folder with the scripts and what they need. Tests that run at the same time wait for the
/// one that installs.
fn install() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let lock = File::create(folder.join("lock")).expect("the lock can be made");
    lock.lock().expect("the lock can be had");

    let is_installed = same(
        &repository("tests/e2e/npm/package-lock.json"),
        &folder.join("package-lock.json"),
    ) && folder.join("installed").exists();
    if !is_installed {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(repository("tests/e2e/npm").join(file), folder.join(file))
                .expect("it can be copied");
        }
        npm_ci(&folder);
        File::create(folder.join("installed")).expect("the mark can be made");
    }
    for file in SCRIPTS {
        let from = repository("tests/e2e/npm").join(file);
        if !same(&from, &folder.join(file)) {
            fs::copy(from, folder.join(file)).expect("it can be copied");
        }
    }
    folder
}

/// The command of npm, which is a script.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn npm_ci(folder: &Path) {
    let run = run(Command::new(NPM)
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder));
    assert_eq!(run.status, 0, "npm ci: {run:#?}");
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
