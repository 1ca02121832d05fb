//! Paths as they are in the folder where arkerr was started, which is where the services that read
//! a report look for the files.

use std::path::{Path, PathBuf};

use pathdiff::diff_paths;

use crate::diagnostic::display_path;

/// Where arkerr was started, and where it works.
#[derive(Debug)]
pub(super) struct Paths {
    started_in: PathBuf,
    works_in: PathBuf,
}

impl Paths {
    /// Paths for a process that was started in a folder and works in its current one.
    pub(super) fn new(started_in: &Path) -> Self {
        Self {
            started_in: started_in.to_owned(),
            works_in: std::env::current_dir().unwrap_or_default(),
        }
    }

    /// A path of the project, as it is where arkerr was started.
    pub(super) fn seen_from_start(&self, path: &str) -> String {
        let whole = self.works_in.join(path);
        match diff_paths(&whole, &self.started_in) {
            Some(relative) => display_path(&relative),
            None => path.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_where_arkerr_was_started() {
        let paths = |works_in: &str| Paths {
            started_in: "/home/app".into(),
            works_in: works_in.into(),
        };
        let path = "generated/a.rs";
        assert_eq!(paths("/home/app").seen_from_start(path), path);
        assert_eq!(
            paths("/home/app/sub").seen_from_start(path),
            "sub/generated/a.rs"
        );
        assert_eq!(paths("/home").seen_from_start(path), "../generated/a.rs");
        assert_eq!(
            paths("/home/b c").seen_from_start(path),
            "../b c/generated/a.rs"
        );
        let nowhere = Paths {
            started_in: PathBuf::new(),
            works_in: PathBuf::new(),
        };
        assert_eq!(nowhere.seen_from_start(path), path);
    }
}
