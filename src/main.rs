//! The `arkerr` command; all of it stands in the library.

/// Templates make and drop millions of small values. See `docs/dependencies.md`. A small run, of
/// which tests have hundreds, is sooner done with the allocator of the system.
#[cfg(not(debug_assertions))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    arkerr::cli::run()
}
