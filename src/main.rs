//! The `arkerr` command; all of it stands in the library.

/// Templates make and drop millions of small values. See `docs/dependencies.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    arkerr::cli::run()
}
