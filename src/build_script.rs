//! Rendering from a build script, into the folder that Cargo has for it.

use std::env;
use std::path::Path;

use crate::config::Config;
use crate::escape::{Form, printed, visible_line};
use crate::output;
use crate::problem::{CommandProblem, Locate as _, Report};
use crate::project::Project;
use crate::render::target::Description;
use crate::report::report;
use crate::{config, names};

/// The target that a build script of Rust wants, and its layout for `include!`.
const TARGET: &str = "rust";
const LAYOUT: &str = "include";

/// Renders the error codes of a project into `OUT_DIR`, as a build script does it.
///
/// `project` is the folder of the project, which has the snapshots and perhaps an `arkerr.toml`; a
/// relative path begins at the package. With this `build.rs`
///
/// ```no_run
/// fn main() {
///     arkerr::build("error-codes");
/// }
/// ```
///
/// the package has the enums of all pages where it includes them:
///
/// ```ignore
/// pub mod error_codes {
///     include!(concat!(env!("OUT_DIR"), "/error_codes.rs"));
/// }
/// ```
///
/// Cargo runs the script again when a snapshot, a template, `names.toml` or `arkerr.toml` has
/// changed. Warnings become those of Cargo. `names.toml` is read and not written: what it lacks is
/// told in a warning, since such a name may be another after the next update of the documentation;
/// `arkerr names record` records it.
///
/// # Exits
/// Where something is wrong, the process ends with status 1, which fails the build, once
/// everything that was found is printed. [`try_build`] returns it instead.
#[expect(clippy::needless_doctest_main, reason = "a build script is a program")]
#[expect(clippy::print_stdout, reason = "Cargo reads what build scripts print")]
#[expect(clippy::print_stderr, reason = "Cargo shows it where the script fails")]
pub fn build(project: impl AsRef<Path>) {
    match try_build(project) {
        Ok(script) => println!("{}", printed(&script.join("\n"), Form::Plain)),
        Err(error) => {
            eprint!(
                "{}",
                printed(&report(error.diagnostics(), false), Form::Plain)
            );
            std::process::exit(1);
        }
    }
}

/// Does what [`build`] does, but for what a process does: it returns the lines that a build script
/// prints for Cargo, and errors.
///
/// # Errors
/// As [`Project::analyse`]; a page that cannot be read is one. `OUT_DIR` is not set, or cannot be
/// written.
pub fn try_build(project: impl AsRef<Path>) -> Result<Vec<String>, Report> {
    let root = project.as_ref();
    let out = env::var("OUT_DIR")
        .map_err(|error| CommandProblem::NoOutDir(error.to_string()).nowhere())?;
    let target = Description::all()
        .into_iter()
        .find(|description| description.name == TARGET)
        .and_then(|description| description.target(Some(LAYOUT)));
    let mut target = target.expect("the target and its layout are built in");
    target.folder = String::new();

    let mut project = Project::open(root)?;
    project.config.targets = vec![target];
    project.config.output = out;
    let analysis = project.analyse()?;
    output::write(root, &[], Some(&analysis.outputs))?;

    let mut script = rerun_lines(&project.config, root);
    let diagnostics = analysis.diagnostics.iter();
    let mut warnings: Vec<String> = diagnostics.map(ToString::to_string).collect();
    let unnamed = analysis.names.added();
    if unnamed > 0 {
        warnings.push(format!(
            "{}: names.toml lacks {unnamed} names, which may change with the documentation; `arkerr names record` records them",
            root.display()
        ));
    }
    script.extend(
        warnings
            .iter()
            .map(|warning| format!("cargo::warning={}", visible_line(warning))),
    );
    Ok(script)
}

/// What the outputs depend on. A file that is not there would make Cargo run the script each time.
fn rerun_lines(config: &Config, root: &Path) -> Vec<String> {
    [config::FILE_NAME, names::FILE_NAME, &config.snapshots]
        .into_iter()
        .chain(config.templates.as_deref())
        .map(|path| root.join(path))
        .filter(|path| path.exists())
        .map(|path| {
            // A path with lines would be further lines for Cargo; it looks at all below a folder.
            let mut lines = path.ancestors().map(|path| path.display().to_string());
            let line = lines.find(|path| !path.contains(['\n', '\r']));
            format!("cargo::rerun-if-changed={}", line.unwrap_or_default())
        })
        .collect()
}
