//! Earlier states of a project, as git has them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, ensure};

use crate::file::MAX_PAGE;
use crate::path::or_here;
use crate::problem::{Diagnostic, Locate as _, ProjectProblem, Report};
use crate::snapshot::is_ending;

const NO_GIT: &str = "git cannot be run";
const BROKEN: &str = "git's answer breaks off";

/// A commit of the repository in which a project lies.
#[derive(Debug)]
pub(crate) struct Revision {
    root: PathBuf,
    commit: String,
}

impl Revision {
    /// Finds the commit that somebody means by `HEAD~1` or `v1.2`.
    pub(crate) fn resolve(root: &Path, given: &str) -> Result<Self, Report> {
        let mut git = git(root);
        git.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]);
        git.arg(format!("{given}^{{commit}}"));
        let output = git.output().context(NO_GIT).map_err(refuse)?;
        if !output.status.success() {
            let problem = ProjectProblem::NotARevision {
                given: given.to_owned(),
                git: said(&output),
                is_shallow: is_shallow(root),
            };
            return Err(problem.nowhere().into());
        }
        Ok(Self {
            root: or_here(root).to_owned(),
            commit: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        })
    }

    /// Writes files and folders as they were into another folder. What was not there then is not
    /// written.
    pub(crate) fn export(&self, paths: &[String], folder: &Path) -> Result<(), Report> {
        let files = self.files_under(paths)?;
        self.copy(&files, folder).map_err(refuse)
    }

    fn copy(&self, files: &[Entry], folder: &Path) -> anyhow::Result<()> {
        let mut git = git(&self.root);
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped());
        let mut child = git.spawn().context(NO_GIT)?;
        let mut stdin = child.stdin.take().context(NO_GIT)?;
        let mut answers = BufReader::new(child.stdout.take().context(NO_GIT)?);
        // Git answers each question at once, and ends when there is nobody to ask or to answer.
        let written = files.iter().try_for_each(move |file| {
            writeln!(stdin, "{}", file.object).context(BROKEN)?;
            export_next(&mut answers, &folder.join(&file.path))
        });
        let ended = child.wait_with_output();
        written?;
        succeeded(ended).map(drop)
    }

    /// The files under some paths.
    ///
    /// What is a link there, or another repository, has no text of its own in the commit. Nobody
    /// may take it for a page that is gone.
    fn files_under(&self, paths: &[String]) -> Result<Vec<Entry>, Report> {
        let mut git = git(&self.root);
        git.args(["ls-tree", "-r", "-z", &self.commit, "--"])
            .args(paths);
        let output = succeeded(git.output()).map_err(refuse)?;
        let lines = output.stdout.split(|&byte| byte == 0);
        let entries: Vec<Entry> = lines.filter_map(Entry::parse).collect();
        let refusals: Report = entries.iter().filter_map(Entry::refusal).collect();
        refusals.check()?;
        let is_wanted = |entry: &Entry| entry.is_file() && entry.is_read();
        Ok(entries.into_iter().filter(is_wanted).collect())
    }
}

/// A file of a commit, or what stands in the place of one.
struct Entry {
    mode: String,
    object: String,
    path: String,
}

impl Entry {
    /// Reads `100644 blob OBJECT<tab>PATH`.
    fn parse(entry: &[u8]) -> Option<Self> {
        let entry = String::from_utf8_lossy(entry);
        let (facts, path) = entry.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, _kind, object) = (facts.next()?, facts.next()?, facts.next()?);
        let mut parts = Path::new(path).components();
        let is_inside = parts.all(|part| matches!(part, Component::Normal(_)));
        is_inside.then(|| Self {
            mode: mode.to_owned(),
            object: object.to_owned(),
            path: path.to_owned(),
        })
    }

    fn is_file(&self) -> bool {
        self.mode.starts_with("100")
    }

    /// Whether its name is that of a page, or of settings or names.
    fn is_read(&self) -> bool {
        let is_read = |ending: &OsStr| ending == "toml" || is_ending(&ending.to_string_lossy());
        Path::new(&self.path).extension().is_some_and(is_read)
    }

    /// Why the entry cannot be read, where something that is read may stand behind it.
    fn refusal(&self) -> Option<Diagnostic> {
        let what = match self.mode.as_str() {
            "120000" => "a link",
            "160000" => "another repository",
            _ => return None,
        };
        let has_ending = Path::new(&self.path).extension().is_some();
        let may_be_read = !has_ending || self.is_read();
        may_be_read.then(|| ProjectProblem::RevisionEntry(what).at_file(&self.path))
    }
}

/// Writes the next file among git's answers into the temporary folder. A long file takes no more
/// memory than a short one.
fn export_next(answers: &mut impl BufRead, path: &Path) -> anyhow::Result<()> {
    let length = next_length(answers)?;
    let mut content = answers.take(length);
    // Whoever reads the file refuses it for one byte too many, and needs no more of it.
    write(path, content.by_ref().take(MAX_PAGE + 1))
        .context("a temporary file cannot be written")?;
    io::copy(&mut content, &mut io::sink()).context(BROKEN)?;
    if content.limit() > 0 {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof)).context(BROKEN);
    }
    answers.read_exact(&mut [0]).context(BROKEN)
}

/// How long the next file among git's answers is.
fn next_length(answers: &mut impl BufRead) -> anyhow::Result<u64> {
    let mut header = String::new();
    answers.read_line(&mut header).context(BROKEN)?;
    let answer = header.trim_end();
    let length = answer.rsplit(' ').next().map(str::parse);
    let missing = || format!("git does not have what it lists: {answer}");
    length.and_then(Result::ok).with_context(missing)
}

/// Writes a file into the temporary folder, which nobody else knows.
#[expect(
    clippy::disallowed_methods,
    reason = "the folder is a temporary one of our own"
)]
fn write(path: &Path, mut content: impl Read) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    io::copy(&mut content, &mut File::create(path)?).map(drop)
}

fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    if !root.as_os_str().is_empty() {
        git.current_dir(root);
    }
    // A hook is told where its repository is, as seen from the top. The project may lie below.
    if std::env::var_os("GIT_WORK_TREE").is_none() {
        for told in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(told);
        }
    }
    // The names of folders are no patterns.
    git.env("GIT_LITERAL_PATHSPECS", "1");
    git.stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    git
}

/// Whether a clone has only the latest revisions, as is usual in CI.
fn is_shallow(root: &Path) -> bool {
    let output = git(root)
        .args(["rev-parse", "--is-shallow-repository"])
        .output();
    output.is_ok_and(|output| output.stdout.starts_with(b"true"))
}

/// What git wrote, if it did what it was asked to.
fn succeeded(output: io::Result<Output>) -> anyhow::Result<Output> {
    let output = output.context(NO_GIT)?;
    let is_success = output.status.success();
    ensure!(is_success, said(&output).unwrap_or_default());
    Ok(output)
}

/// The error with all of its causes, as a problem.
fn refuse(error: anyhow::Error) -> Report {
    let message = format!("{error:#}");
    ProjectProblem::Revision(message).nowhere().into()
}

/// What git said went wrong.
fn said(output: &Output) -> Option<String> {
    match String::from_utf8_lossy(&output.stderr).trim() {
        "" => None,
        said => Some(format!("git says: {said}")),
    }
}
