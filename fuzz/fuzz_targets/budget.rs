//! Pages that repeat what they say: no records and no outputs are longer than the budget.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| arkerr_fuzz::budget(bytes));
