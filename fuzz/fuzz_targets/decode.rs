//! Saved pages of every form, from their bytes to a document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::decode(bytes));
