//! Writes synthetic pages into a folder, for programs that measure whole processes:
//! `cargo run --release -p arkerr-benches --example write_pages -- 200 FOLDER`.

mod synthetic;

use std::env;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [count, folder] = arguments.as_slice() else {
        return Err("arguments: COUNT FOLDER".into());
    };
    synthetic::write(Path::new(folder), count.parse()?)?;
    Ok(())
}
