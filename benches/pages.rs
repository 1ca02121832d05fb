//! How long the stages of arkerr take, each in this process: `cargo bench -p arkerr-benches`.
//!
//! How long the commands take, with everything that a process does besides, is measured by
//! `benches/processes.py`.

mod synthetic;

use std::fs;
use std::path::Path;

use arkerr::{Catalog, Project};
use divan::{Bencher, black_box};
use tempfile::TempDir;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// The pages that the whole way is measured with.
const PAGES: [usize; 3] = [1, 200, 2000];

/// A project with so many pages, in a folder that is deleted with it.
fn project(pages: usize) -> (TempDir, Project) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let snapshots = folder.path().join("docs-snapshot");
    match pages {
        1 => {
            fs::create_dir(&snapshots).expect("the folder can be made");
            let page = synthetic::page(synthetic::ORDINARY);
            let name = format!("{}.html", synthetic::id(synthetic::ORDINARY));
            fs::write(snapshots.join(name), page).expect("the page can be written");
        }
        _ => synthetic::write(&snapshots, pages).expect("the pages can be written"),
    }
    let project = open(folder.path());
    (folder, project)
}

fn open(folder: &Path) -> Project {
    Project::open(folder).expect("there are no settings that could be wrong")
}

fn analyse(project: &Project) -> Catalog {
    project.analyse().expect("the pages are good").catalog
}

/// All that `arkerr check` does before it prints: reading, naming, rendering, comparing with an
/// output folder that has nothing yet.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn analysis(bencher: Bencher, pages: usize) {
    let (_folder, project) = project(pages);
    bencher.bench(|| project.analyse().expect("the pages are good"));
}

/// From the records to the texts of all targets.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn render(bencher: Bencher, pages: usize) {
    let (_folder, project) = project(pages);
    let catalog = analyse(&project);
    bencher.bench(|| project.render(black_box(&catalog)).expect("it renders"));
}

/// What most of the time of `arkerr explain` is: reading 2,500 records from the outputs.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn explain(bencher: Bencher) {
    let (folder, project) = project(200);
    let analysis = project.analyse().expect("the pages are good");
    project.write(&analysis).expect("it can be written");
    bencher.bench(|| {
        let catalog = open(folder.path()).saved_catalog();
        catalog.expect("it has been written")
    });
}
