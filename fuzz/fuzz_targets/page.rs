//! Saved pages all the way: records, canonical snapshots, names, outputs of all targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::page(bytes));
