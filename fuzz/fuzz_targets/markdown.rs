//! Blocks of any form: what Markdown shows of them is what they say.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::markdown(bytes));
