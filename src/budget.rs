//! Budgets: how much may be made of a text. All that arkerr makes of a page is counted, so that no
//! page costs more than a small multiple of its size.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many times the size of a text may be made of it. Real pages make two to five times their size
/// of records.
const FACTOR: usize = 8;

/// How many times the weight of records may be in an output of them. Real outputs are about as long
/// as the weight of their records.
const OUTPUT_FACTOR: usize = 4;

/// What may be made of a text however small it is.
const FLOOR: usize = 4 << 20;

/// What may be made of a text however large it is.
const CEILING: usize = 64 << 20;

/// How many bytes may still be made of something.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    spent: AtomicUsize,
}

impl Default for Budget {
    /// The budget of the smallest text.
    fn default() -> Self {
        Self::of_text(0)
    }
}

impl Budget {
    /// The budget of a text with so many bytes.
    pub(crate) fn of_text(size: usize) -> Self {
        Self::new(size.saturating_mul(FACTOR).clamp(FLOOR, CEILING))
    }

    /// The budget of an output that is made of records with such a weight.
    pub(crate) fn of_output(weight: usize) -> Self {
        Self::new(weight.saturating_mul(OUTPUT_FACTOR).clamp(FLOOR, CEILING))
    }

    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            spent: AtomicUsize::new(0),
        }
    }

    /// How much there may be in all.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Whether so much more may be made; once it may not, nothing may.
    pub(crate) fn spend(&self, amount: usize) -> bool {
        let add = |spent: usize| Some(spent.saturating_add(amount));
        let _ = self
            .spent
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        !self.is_exceeded()
    }

    /// Whether more was to be made than there may be.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.spent.load(Ordering::Relaxed) > self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_once_there_was_too_much() {
        let budget = Budget::new(10);
        assert_eq!(
            [4, 6, 1, 0].map(|amount| budget.spend(amount)),
            [true, true, false, false]
        );
        assert!(!Budget::new(1).spend(usize::MAX) && !Budget::of_text(0).spend(FLOOR + 1));
        assert_eq!(Budget::of_text(1 << 20).limit(), FACTOR << 20);
        assert_eq!(Budget::of_text(usize::MAX).limit(), CEILING);
    }
}
