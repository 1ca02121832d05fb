//! Nothing in a project makes arkerr read or write outside of it: no setting, no id of a page, no
//! link, no template. What somebody names on the command line is meant, wherever it lies.
//!
//! Each test has a folder with a project and, beside it, files that are nobody's business.

#[cfg(unix)]
mod links;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod places;
mod settings;
mod whatever;

use std::collections::BTreeMap;

use crate::common::{Project, Run};

const PAGE: &str = "<h1>Scan</h1>\n<h2>401 Denied</h2>\n<p><strong>Error Message</strong></p>\n\
    <p>Permission denied.</p>\n";

const SECRET: &str = "<h1>Secret</h1>\n<h2>402 Hidden</h2>\n<p><strong>Error Message</strong></p>\n\
    <p>Sentinel of the neighbours.</p>\n";

/// A folder with a project of one page, and with what lies beside the project.
struct Neighbours {
    folder: Project,
}

impl Neighbours {
    fn new() -> Self {
        let folder = Project::empty();
        folder.write("project/docs-snapshot/scan-error-code.html", PAGE);
        folder.write("outside/pages/secret-error-code.html", SECRET);
        folder.write("outside/names.toml", "sentinel = [");
        folder.write("outside/secret.tera", "Sentinel of the neighbours.");
        Self { folder }
    }

    fn with(files: &[(&str, &str)]) -> Self {
        let neighbours = Self::new();
        for (path, text) in files {
            neighbours.folder.write(&format!("project/{path}"), text);
        }
        neighbours
    }

    /// Runs arkerr in the project, and sees that nothing beside it has changed.
    #[track_caller]
    fn arkerr(&self, arguments: &[&str]) -> Run {
        let before = self.outside();
        let arguments = [&["-C", "project"], arguments].concat();
        let run = self.folder.arkerr(&arguments);
        assert_eq!(self.outside(), before, "{run:#?}");
        run
    }

    /// Runs arkerr, which has to refuse with an error of this id, and to tell nothing of what lies
    /// outside.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], id: &str) -> Run {
        let run = self.arkerr(arguments);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(&format!("error[{id}]")), "{run:#?}");
        assert!(!format!("{run:?}").contains("entinel"), "{run:#?}");
        for (path, bytes) in self.folder.tree() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                path.starts_with("outside/") || !text.contains("entinel"),
                "{path}"
            );
        }
        run
    }

    /// Runs arkerr, which has to succeed.
    #[track_caller]
    fn does(&self, arguments: &[&str]) -> Run {
        let run = self.arkerr(arguments);
        assert_eq!(run.status, 0, "{run:#?}");
        run
    }

    /// All that lies beside the project.
    fn outside(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.folder.tree();
        files.retain(|path, _| !path.starts_with("project/"));
        files
    }
}
