//! The least that any program of this kind has to do, to compare arkerr with: it reads each file of
//! a folder, builds its DOM with scraper, and writes as many files and bytes as it is told, one
//! thing after another. It looks at nothing in the DOM, so that it knows no code.
//!
//! `cargo run --release -p arkerr-benches --example dom_only -- SNAPSHOTS [SIZES OUTPUT]`
//!
//! Each line of the file SIZES is a number of bytes and the path of a file to be written below
//! OUTPUT, which must not exist.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use scraper::Html;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    match arguments.as_slice() {
        [snapshots] => read(snapshots),
        [snapshots, sizes, output] => {
            read(snapshots)?;
            write(sizes, output)
        }
        _ => Err("arguments: SNAPSHOTS [SIZES OUTPUT]".into()),
    }
}

fn read(snapshots: &Path) -> Result<(), Box<dyn Error>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(snapshots)?.collect();
    let mut paths: Vec<PathBuf> = entries?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        // It is dropped here; what keeps all pages in memory until the end is another program.
        let page = Html::parse_document(&text);
        std::hint::black_box(&page);
    }
    Ok(())
}

fn write(sizes: &Path, output: &Path) -> Result<(), Box<dyn Error>> {
    let sizes = fs::read_to_string(sizes)?;
    let files = sizes.lines().filter_map(|line| line.split_once(' '));
    let files: Result<Vec<(usize, &str)>, _> = files
        .map(|(size, path)| size.parse().map(|size| (size, path)))
        .collect();
    let files = files?;
    let largest = files.iter().map(|(size, _)| *size).max();
    let bytes = vec![b' '; largest.unwrap_or_default()];
    for (size, path) in files {
        let path = output.join(path);
        let folder = path.parent().unwrap_or(output);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &bytes[..size])?;
    }
    Ok(())
}
