//! Runs the steps of workflows of GitHub as the host would, but for the programs of the host.

// Every test file compiles this module for itself and uses a part of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::repository;

/// A file of YAML of the repository, or one elsewhere by its whole path.
pub fn yaml(path: impl AsRef<Path>) -> Value {
    let path = repository(path);
    let text = fs::read_to_string(&path).expect("there is such a file");
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The steps of the one job of a workflow, or of the action.
pub fn steps(path: &str) -> Value {
    steps_of(&yaml(path))
}

fn steps_of(file: &Value) -> Value {
    let jobs = file["jobs"].as_object().into_iter().flatten();
    let of_jobs = jobs.map(|(_, job)| job["steps"].clone()).next();
    of_jobs.unwrap_or_else(|| file["runs"]["steps"].clone())
}

/// What stands in for the programs of the host. Arkerr is the real one.
const PROGRAMS: [(&str, &str); 2] = [
    // Notes what it is asked. What a project has chosen for itself may be too old to build arkerr.
    (
        "cargo",
        r#"#!/bin/sh
echo "cargo $*" >> "$CALLS"
[ ! -e rust-toolchain.toml ] || { echo "the toolchain is that of the project"; exit 101; }
"#,
    ),
    // Notes what it is asked, and the text of a pull request; knows of the one that is open.
    (
        "gh",
        r#"#!/bin/sh
echo "gh $*" >> "$CALLS"
[ -n "$GH_TOKEN" ] || exit 4
for argument in "$@"; do
  case $argument in
    */arkerr-changes.md) cat "${argument#body=@}" > "$BODY" ;;
  esac
done
case "$1 $2" in
  "pr list") echo "$OPEN_PULL_REQUEST" ;;
esac
"#,
    ),
];

/// Starts arkerr, and notes what it is asked. A command of it can end as no command should.
const WRAPPER: &str = r#"#!/bin/sh
echo "arkerr $*" >> "$CALLS"
status=0
"$ARKERR" "$@" || status=$?
[ "$1" != "$CRASHING" ] || status=101
exit "$status"
"#;

/// How a step ended.
#[derive(Debug)]
pub struct Step {
    pub name: String,
    pub status: i32,
    pub printed: String,
}

/// A machine of the host, with a folder in which it has checked a repository out.
pub struct Machine {
    pub checkout: PathBuf,
    /// Where the steps are started.
    folder: PathBuf,
    temp: TempDir,
    variables: BTreeMap<String, String>,
}

impl Machine {
    pub fn new(checkout: &Path) -> Self {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let bin = temp.path().join("bin");
        fs::create_dir(&bin).expect("it can be made");
        for (name, text) in PROGRAMS {
            write_program(&bin.join(name), text);
        }
        let mut machine = Self {
            checkout: checkout.to_path_buf(),
            folder: checkout.to_path_buf(),
            temp,
            variables: BTreeMap::new(),
        };
        let file = |name: &str| machine.temp.path().join(name).display().to_string();
        let arkerr = Path::new(env!("CARGO_BIN_EXE_arkerr"));
        let arkerr_bin = arkerr.parent().expect("it lies in a folder").display();
        let path = std::env::var("PATH").expect("there is a PATH");
        let variables = [
            ("PATH", format!("{}:{arkerr_bin}:{path}", bin.display())),
            ("ARKERR", arkerr.display().to_string()),
            ("CRASHING", String::new()),
            ("OPEN_PULL_REQUEST", String::new()),
            ("CALLS", file("calls")),
            ("BODY", file("body")),
            ("HOME", file("")),
            ("RUNNER_TEMP", file("")),
            ("GITHUB_ENV", file("env")),
            ("GITHUB_PATH", file("path")),
            ("GITHUB_OUTPUT", file("outputs")),
            ("GITHUB_STEP_SUMMARY", file("summary")),
            ("GITHUB_SERVER_URL", "https://github.example".to_owned()),
            ("GITHUB_REPOSITORY", "team/app".to_owned()),
            ("GITHUB_RUN_ID", "7".to_owned()),
            ("GITHUB_REF_NAME", "main".to_owned()),
            ("CI_PROJECT_DIR", checkout.display().to_string()),
            ("GIT_CONFIG_GLOBAL", "/dev/null".to_owned()),
            ("GIT_CONFIG_SYSTEM", "/dev/null".to_owned()),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value));
        machine.variables = variables.into();
        machine
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.to_owned(), value.to_owned());
    }

    /// Has the calls of arkerr noted, too.
    pub fn note_arkerr(&self) {
        write_program(&self.temp.path().join("bin/arkerr"), WRAPPER);
    }

    /// Has a command of arkerr end with a status that arkerr itself does not have.
    pub fn crash(&mut self, command: &str) {
        self.note_arkerr();
        self.set("CRASHING", command);
    }

    /// What the programs were asked.
    pub fn calls(&self) -> Vec<String> {
        let calls = self.read("calls");
        calls.lines().map(str::to_owned).collect()
    }

    /// A file that the steps have written; empty where there is none.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.temp.path().join(name)).unwrap_or_default()
    }

    /// Runs the steps of a workflow, or of the action, that are scripts, up to the first that fails.
    pub fn run(&mut self, path: impl AsRef<Path>) -> Vec<Step> {
        let file = yaml(path);
        for (name, value) in file["env"].as_object().into_iter().flatten() {
            self.set(name, value.as_str().expect("a variable is a text"));
        }
        if let Some(folder) = file["defaults"]["run"]["working-directory"].as_str() {
            self.folder = self.checkout.join(folder);
        }
        let mut done = Vec::new();
        for step in steps_of(&file).as_array().expect("there are steps") {
            let Some(script) = step["run"].as_str() else {
                continue;
            };
            let mut variables = self.variables.clone();
            for (name, value) in step["env"].as_object().into_iter().flatten() {
                let value = value.as_str().expect("a variable is a text");
                variables.insert(name.clone(), self.filled(value));
            }
            let name = step["name"].as_str().unwrap_or("a step without a name");
            let step = self.run_script(name, script, &variables);
            let has_failed = step.status != 0;
            done.push(step);
            self.take_variables();
            if has_failed {
                break;
            }
        }
        done
    }

    /// Runs a script by the command line that the host has for bash.
    pub fn run_script(
        &self,
        name: &str,
        script: &str,
        variables: &BTreeMap<String, String>,
    ) -> Step {
        assert!(
            !script.contains("${{"),
            "{name} has an expression in its script"
        );
        let file = self.temp.path().join("script.sh");
        fs::write(&file, script).expect("it can be written");
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
            .arg(&file)
            .current_dir(&self.folder)
            .env_clear()
            .envs(variables)
            .output()
            .expect("bash can be started");
        let printed = [output.stdout, output.stderr].concat();
        Step {
            name: name.to_owned(),
            status: output.status.code().expect("the process was not killed"),
            printed: String::from_utf8_lossy(&printed).into_owned(),
        }
    }

    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }

    /// The expressions that the steps have in their variables.
    fn filled(&self, value: &str) -> String {
        let Some(expression) = value.strip_prefix("${{ ") else {
            return value.to_owned();
        };
        let expression = expression.trim_end_matches(" }}");
        let value = self.variables.get(expression);
        value
            .unwrap_or_else(|| panic!("the test knows nothing of {expression}"))
            .clone()
    }

    /// Takes what a step has written for those after it.
    fn take_variables(&mut self) {
        for line in self.read("env").lines() {
            let (name, value) = line.split_once('=').expect("it sets a variable");
            self.set(name, value);
        }
    }
}

fn write_program(path: &Path, text: &str) {
    fs::write(path, text).expect("it can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(path, mode).expect("the mode can be set");
    }
}
