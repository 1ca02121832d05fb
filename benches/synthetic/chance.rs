//! A sequence of numbers that look random and are the same in every run.

/// SplitMix64, by Guy Steele and others: a few operations for each number, without a dependency.
pub struct Chance(u64);

impl Chance {
    /// The sequence of a page.
    pub fn new(page: usize) -> Self {
        let mut chance = Self(page as u64);
        // The first numbers of neighbouring seeds are much alike.
        chance.number();
        chance
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % limit as u64).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some things.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Some small letters.
    pub fn letters(&mut self, count: usize) -> String {
        let letter = |chance: &mut Self| chance.one(b"abcdefghijklmnopqrstuvwxyz") as char;
        (0..count).map(|_| letter(self)).collect()
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
