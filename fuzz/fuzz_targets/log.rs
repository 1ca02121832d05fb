//! Texts in which codes are looked for.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::log(bytes));
