//! Settles who gets which name.

use std::collections::{HashMap, HashSet};

use super::candidate::Candidates;
use crate::names::Name;

/// Chooses among the candidates so that no two codes have the same name in any language, and none
/// has one that is taken. Every code of a clashing set moves on to its next candidate, so that
/// the order does not matter.
pub(super) fn settle(candidates: &[Candidates], taken: &HashSet<String>) -> Vec<Name> {
    let mut choices = vec![0; candidates.len()];
    let mut names: Vec<Name> = candidates
        .iter()
        .map(|candidates| candidates.get(0))
        .collect();
    loop {
        let keys: Vec<String> = names.iter().map(Name::key).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for key in &keys {
            *uses.entry(key).or_default() += 1;
        }
        let clashes = |key: &String| uses[key.as_str()] > 1 || taken.contains(key);
        let clashing: Vec<usize> = (0..keys.len())
            .filter(|&index| clashes(&keys[index]))
            .collect();
        if clashing.is_empty() {
            return names;
        }
        for index in clashing {
            choices[index] += 1;
            names[index] = candidates[index].get(choices[index]);
        }
    }
}
