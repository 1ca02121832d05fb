//! Carries a plan out.
//!
//! Every new text is first written whole into a folder of its own inside the output folder, and
//! then moved into its place: a reader sees the old file or the new one, and where one text
//! cannot be written, none is moved.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::{Difference, owned};

const STAGING_PREFIX: &str = ".arkerr-staging-";

/// Carries out the differences between the folder `output`, called `shown`, and its plan.
pub(super) fn apply(output: &Path, shown: &str, differences: &[Difference]) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(output).with_context(|| format!("cannot create the folder `{shown}`"))?;
    remove_stale_staging(output).with_context(|| format!("cannot tidy up the folder `{shown}`"))?;
    let staging = tempfile::Builder::new()
        .prefix(STAGING_PREFIX)
        .tempdir_in(output)
        .with_context(|| format!("cannot write to the folder `{shown}`"))?;

    let staged = stage(output, shown, differences, &staging)?;
    // The list of arkerr's files goes last: whatever happens before, it names every file that
    // may have to be deleted the next time.
    let (lists, files): (Vec<_>, Vec<_>) = staged
        .into_iter()
        .partition(|staged| staged.difference.path == owned::FILE_NAME);
    for staged in &files {
        staged.put_in_place(output, shown)?;
    }
    for difference in differences
        .iter()
        .filter(|difference| difference.new_text().is_none())
    {
        delete(output, &difference.path)
            .with_context(|| format!("cannot delete `{shown}/{}`", difference.path))?;
    }
    for staged in &lists {
        staged.put_in_place(output, shown)?;
    }
    Ok(())
}

/// A text that has been written and waits to be moved.
struct Staged<'a> {
    difference: &'a Difference,
    path: PathBuf,
}

impl Staged<'_> {
    fn put_in_place(&self, output: &Path, shown: &str) -> Result<()> {
        fs::rename(&self.path, output.join(&self.difference.path))
            .with_context(|| format!("cannot write `{shown}/{}`", self.difference.path))
    }
}

fn stage<'a>(
    output: &Path,
    shown: &str,
    differences: &'a [Difference],
    staging: &TempDir,
) -> Result<Vec<Staged<'a>>> {
    let mut staged = Vec::new();
    for (number, difference) in differences.iter().enumerate() {
        let Some(text) = difference.new_text() else {
            continue;
        };
        let path = staging.path().join(number.to_string());
        let folder = output.join(&difference.path);
        let folder = folder.parent().unwrap_or(output);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("cannot write `{shown}/{}`", difference.path))?;
        staged.push(Staged { difference, path });
    }
    Ok(staged)
}

/// Deletes a file, and the folders that it leaves empty.
fn delete(output: &Path, path: &str) -> io::Result<()> {
    let path = output.join(path);
    fs::remove_file(&path)?;
    for folder in path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != output)
    {
        match fs::remove_dir(folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => break,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes what a run left behind that was killed.
fn remove_stale_staging(output: &Path) -> io::Result<()> {
    for entry in fs::read_dir(output)? {
        let entry = entry?;
        let is_staging = entry
            .file_name()
            .to_string_lossy()
            .starts_with(STAGING_PREFIX);
        if is_staging && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
