//! The files that people write or that arkerr wrote: names, settings, records, changelogs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::settings(bytes));
