//! A project in a temporary folder, on which the tests run the real binary. Both tiers compile it,
//! and use parts of it.

#![allow(dead_code)]

pub mod changes;
pub mod docs;
pub mod names;
pub mod server;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use arkerr::catalog::{Catalog, plain_text};
use tempfile::TempDir;

/// The page that the repository keeps as it was saved.
pub const SEED: &str = "docs-snapshot/core-vision-error-code.html";

/// What a run of arkerr came to.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    /// The diagnostics.
    pub stderr: String,
    /// The account of the pages' text, which follows the diagnostics; empty where none is given.
    pub account: String,
}

impl Run {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let stderr = text(&output.stderr);
        let last_line = stderr.lines().last().unwrap_or_default();
        let (diagnostics, account) = if last_line.starts_with("read ") {
            let diagnostics = stderr.trim_end_matches('\n').trim_end_matches(last_line);
            (diagnostics.to_owned(), last_line.to_owned())
        } else {
            (stderr, String::new())
        };
        Self {
            status: output.status.code().expect("the process was not killed"),
            stdout: text(&output.stdout),
            stderr: diagnostics,
            account,
        }
    }

    /// The run, once it is seen to have ended well.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.status, 0, "{self:#?}");
        assert_eq!(self.stderr, "", "{self:#?}");
        self
    }
}

/// A temporary folder with a project in it.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// A project without any file.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// A project with the seed page and the repository's configuration.
    pub fn seed() -> Self {
        let project = Self::empty();
        for file in [SEED, "arkerr.toml"] {
            project.write(
                file,
                fs::read(repository(file)).expect("the file is in the repository"),
            );
        }
        project
    }

    /// A project with one page, which is one of `tests/it/cases/pages`.
    pub fn page(name: &str) -> Self {
        let project = Self::empty();
        let page =
            fs::read(repository("tests/it/cases/pages").join(name)).expect("there is such a page");
        project.write(&format!("docs-snapshot/{name}"), &page);
        project
    }

    /// A project with a page in Chinese and in English, which differ in one code, and which have a
    /// table of codes, a deprecated code and a symbol.
    pub fn bilingual() -> Self {
        Self::copy_of(&repository("tests/it/cases/bilingual"))
    }

    /// A project of which people have renamed a page and codes, with the old names as aliases.
    pub fn renamed() -> Self {
        Self::copy_of(&repository("tests/it/cases/renamed"))
    }

    /// A project with the files of a folder of the repository.
    pub fn copy_of(folder: &Path) -> Self {
        let project = Self::empty();
        for (path, bytes) in read_tree(folder) {
            project.write(&path, &bytes);
        }
        project
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        let folder = path.parent().expect("the path has a folder");
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file can be read")
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("the file can be deleted");
    }

    /// Every file of the project by its path.
    pub fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        read_tree(self.folder.path())
    }

    /// Runs arkerr in the project.
    pub fn arkerr(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output();
        Run::of(&output.expect("arkerr can be started"))
    }

    /// Runs arkerr in the project, and sees that it writes nothing.
    #[track_caller]
    pub fn arkerr_reads(&self, arguments: &[&str]) -> Run {
        let before = self.tree();
        let run = self.arkerr(arguments);
        assert_eq!(self.tree(), before, "{arguments:?} has written something");
        run
    }

    /// Runs arkerr in the project with a text on its standard input, and sees that it reads all.
    #[track_caller]
    pub fn arkerr_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let (run, written) = self.arkerr_offered(arguments, input);
        written.expect("arkerr reads its standard input");
        run
    }

    /// Runs arkerr in the project with a text on its standard input, which it may leave unread:
    /// then the write fails.
    pub fn arkerr_offered(&self, arguments: &[&str], input: &[u8]) -> (Run, io::Result<()>) {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("arkerr can be started");
        let mut stdin = child.stdin.take().expect("it is piped");
        let written = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("arkerr ends");
        (Run::of(&output), written)
    }

    /// The command that runs arkerr in the project.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(crate::arkerr());
        command.args(arguments).current_dir(self.folder.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SSL_CERT_FILE"] {
            command.env_remove(variable);
        }
        for variable in ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"] {
            command.env_remove(variable);
        }
        for variable in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"] {
            command.env_remove(variable);
            command.env_remove(variable.to_lowercase());
        }
        command
    }
}

/// A path in the repository.
pub fn repository(path: impl AsRef<Path>) -> PathBuf {
    Path::new(crate::REPOSITORY).join(path)
}

/// Every file below a folder by its path, with forward slashes.
pub fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let path = entry
                .path()
                .strip_prefix(folder)
                .expect("the file is below");
            let path = path.to_str().expect("the path is UTF-8").replace('\\', "/");
            files.insert(path, fs::read(entry.path()).expect("the file can be read"));
        }
    }
    files
}

/// The message and the description of every code of the project's one page, one after another,
/// as the records have them.
pub fn texts(project: &Project) -> Vec<String> {
    let records = project.arkerr(&["parse"]).stdout;
    let catalog: Catalog = serde_json::from_str(&records).expect("the records are JSON");
    let codes = catalog.pages.into_iter().flat_map(|page| page.codes);
    let cases = codes.map(|mut code| code.cases.remove(0));
    let texts = cases.flat_map(|case| [plain_text(&case.message), plain_text(&case.description)]);
    texts.map(|lines| lines.join("\n")).collect()
}
