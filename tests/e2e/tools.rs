//! Programs that the tests start. Where one is missing the tests fail, since nobody would see that
//! they did not run; who does not have it leaves them out: `-- --skip browser`.

use std::process::Command;

use crate::common::Run;

/// Starts a program and returns how it ended.
#[track_caller]
pub fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap_or_else(|error| {
        let program = command.get_program().to_string_lossy();
        panic!("the tests need {program} ({error}); CONTRIBUTING.md lists the tools")
    });
    Run::of(&output)
}
