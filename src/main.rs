//! The `arkerr` command; all of it stands in the library.

fn main() -> std::process::ExitCode {
    arkerr::cli::run()
}
