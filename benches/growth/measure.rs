//! Runs arkerr and counts what it does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::input::Construct;

/// What is counted.
#[derive(Clone, Copy)]
pub enum Meter {
    /// Instructions in millions, which valgrind counts.
    Instructions,
    /// Seconds of a processor, of larger inputs: to look for what is too small to be seen in
    /// instructions. A busy machine spoils it.
    Time,
}

impl Meter {
    /// How many times larger an input is than the table says.
    pub fn scale(self) -> usize {
        match self {
            Self::Instructions => 1,
            Self::Time => 8,
        }
    }

    /// The least work that means anything: below, a hash more or less decides.
    pub fn floor(self) -> f64 {
        match self {
            Self::Instructions => 3.0,
            Self::Time => 0.1,
        }
    }

    /// The work of a command that reads a construct repeated so many times.
    pub fn work(self, construct: &Construct, repetitions: usize) -> f64 {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("arkerr-growth-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let project = folder.join("project");
        fs::create_dir_all(&project).unwrap();
        if !construct.former.is_empty() {
            for file in &construct.former {
                file.write(&project, repetitions);
            }
            let mut generate = Command::new(program());
            run(arkerr(&mut generate, &project).arg("generate"), construct);
            for file in &construct.former {
                file.remove(&project, repetitions);
            }
        }
        for file in &construct.files {
            file.write(&project, repetitions);
        }
        let input = folder.join("input");
        fs::write(&input, construct.input.text(repetitions)).unwrap();
        let work = self.run(construct, repetitions, &folder);
        fs::remove_dir_all(&folder).unwrap();
        work
    }

    fn run(self, construct: &Construct, repetitions: usize, folder: &Path) -> f64 {
        let log = folder.join("log");
        let mut command = match self {
            Self::Instructions => {
                let mut command = Command::new("valgrind");
                command.args(["--tool=cachegrind", "--cache-sim=no"]);
                command.arg("--cachegrind-out-file=/dev/null");
                command.arg(format!("--log-file={}", log.display()));
                command
            }
            Self::Time => {
                let script =
                    "log=$1; shift; timeout 20 \"$@\"; code=$?; times > \"$log\"; exit $code";
                let mut command = Command::new("sh");
                command.args(["-c", script, "sh"]).arg(&log);
                command
            }
        };
        command.arg(program());
        arkerr(&mut command, &folder.join("project"));
        let arguments = construct.arguments.iter();
        command.args(arguments.map(|argument| argument.text(repetitions)));
        command.stdin(fs::File::open(folder.join("input")).unwrap());
        run(&mut command, construct);
        let log = fs::read_to_string(log).unwrap();
        self.read(&log)
            .unwrap_or_else(|| panic!("{}: {log}", construct.name))
    }

    /// What a log says.
    fn read(self, log: &str) -> Option<f64> {
        match self {
            // ==1== I   refs:      354,896,704
            Self::Instructions => {
                let line = log.lines().find(|line| line.contains("refs:"))?;
                let number = line.rsplit(' ').next()?.replace(',', "");
                Some(number.parse::<f64>().ok()? / 1e6)
            }
            // The second line is that of the children: 0m0.120000s 0m0.010000s
            Self::Time => {
                let (minutes, rest) = log.lines().nth(1)?.split_once('m')?;
                let (seconds, _) = rest.split_once('s')?;
                Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
            }
        }
    }
}

/// The binary beside this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.with_file_name("arkerr")
}

/// The command with what arkerr is given in every run.
fn arkerr<'a>(command: &'a mut Command, project: &Path) -> &'a mut Command {
    command
        .env("RAYON_NUM_THREADS", "1")
        .args(["-C"])
        .arg(project)
}

/// Runs a command, which may find something wrong but not break down.
fn run(command: &mut Command, construct: &Construct) {
    let output = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let code = output
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
        .code();
    assert!(
        matches!(code, Some(0..=2 | 124)),
        "{}: {code:?}",
        construct.name
    );
}
