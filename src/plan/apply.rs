//! Carries a plan out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::changes::{self, Change};
use super::{Difference, Kind, Plan, file, owned, staging};
use crate::diagnostic::Diagnostic;
use crate::links::or_here;

/// Carries out a plan, and before it changes of files of the project that are not below the output
/// folder.
pub(super) fn apply(plan: &Plan, first: &[&Difference]) -> Result<(), Vec<Diagnostic>> {
    let output = &plan.output;
    staging::tidy_up(staging::left_in(or_here(&output.root)));
    staging::tidy_up(plan.left.iter().cloned());
    let changes = changes(plan, first).map_err(|error| vec![error])?;
    if changes.is_empty() {
        return Ok(());
    }
    changes::carry_out(&changes, || refuse_links(plan))?;
    for difference in &plan.differences {
        if difference.new_text().is_none() {
            remove_empty_folders(&output.path, &difference.path);
        }
    }
    Ok(())
}

/// Errors for links that lead astray and are in the way of the changes.
fn refuse_links(plan: &Plan) -> Result<(), Vec<Diagnostic>> {
    let differences = plan.differences.iter();
    let folders: BTreeSet<&str> = differences
        .map(|difference| folder_of(&difference.path))
        .collect();
    let refusals = match folders.is_empty() {
        true => Vec::new(),
        false => plan.output.refuse_links(folders),
    };
    match refusals.is_empty() {
        true => Ok(()),
        false => Err(refusals),
    }
}

/// All changes, in the order in which they are carried out.
///
/// What comes first is the record of what the outputs are made of. Then files are deleted: where
/// case does not count, an old name may be that of a new file. The list of arkerr's files goes
/// last: until then the old one stands, which names every file that may still have to be deleted.
/// New files that do not say themselves that arkerr made them are named beforehand, though, or the
/// next run would not know them again.
fn changes<'a>(plan: &'a Plan, first: &[&'a Difference]) -> Result<Vec<Change<'a>>, Diagnostic> {
    let output = &plan.output;
    let mut changes = Vec::new();
    for difference in first {
        let place = file::place(&output.root, &difference.path)?;
        let shown = difference.path.clone();
        // Who has made an empty file has said nothing in it.
        let is_empty = fs::metadata(&place).is_ok_and(|data| data.len() == 0);
        let change = change(difference, place, shown);
        changes.push(Change {
            old: change.old.or(is_empty.then_some("")),
            is_precious: true,
            ..change
        });
    }
    let below = |difference: &'a Difference| {
        let place = output.path.join(&difference.path);
        change(difference, place, output.shown(&difference.path))
    };
    let (lists, files): (Vec<_>, Vec<_>) = plan
        .differences
        .iter()
        .partition(|difference| difference.path == owned::FILE_NAME);
    let (deleted, written): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file| file.new_text().is_none());
    let mut list = lists.first().map(|list| below(list));
    if let (Some(list), Some(interim)) = (&mut list, &plan.interim_list) {
        changes.push(Change {
            place: list.place.clone(),
            shown: list.shown.clone(),
            new: Some(interim),
            ..*list
        });
        list.old = Some(interim);
    }
    changes.extend(deleted.into_iter().chain(written).map(below));
    changes.extend(list.filter(|list| list.old != list.new));
    Ok(changes)
}

fn change(difference: &Difference, place: PathBuf, shown: String) -> Change<'_> {
    let old = match &difference.kind {
        Kind::Missing { .. } => None,
        Kind::Changed { old, .. } | Kind::LeftOver { old } => Some(old.as_str()),
    };
    Change {
        place,
        shown,
        old,
        new: difference.new_text(),
        is_precious: false,
    }
}

/// The folder of a file under the output folder; empty for the output folder itself.
pub(super) fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Removes the folders above a deleted file that have nothing left in them. A link to a folder
/// elsewhere is somebody's arrangement, and stays.
fn remove_empty_folders(output: &Path, file: &str) {
    let file = output.join(file);
    let folders = file.ancestors().skip(1);
    for folder in folders.take_while(|folder| *folder != output) {
        let _ = fs::remove_dir(folder);
    }
}
