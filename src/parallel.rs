//! Work on all processors; on one where no thread can be made, since a system may allow none.

use std::env;
use std::num::NonZero;
use std::sync::OnceLock;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Does two things, at once where that is possible.
pub(crate) fn join<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    match pool() {
        Some(pool) => pool.install(|| rayon::join(one, other)),
        None => (one(), other()),
    }
}

/// Does something with each of these; the results have their order, whoever was faster.
pub(crate) fn map<T: Send, R: Send>(
    things: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync,
) -> Vec<R> {
    let things = things.into_iter();
    match pool() {
        Some(pool) => {
            let things: Vec<T> = things.collect();
            pool.install(|| things.into_par_iter().map(work).collect())
        }
        None => things.map(work).collect(),
    }
}

/// The threads of this process, which are not those of another user of rayon in it: theirs panic
/// where they cannot be made.
fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let pool = POOL.get_or_init(|| {
        let halves = |count: &usize| Some(count / 2);
        let mut counts =
            std::iter::successors(Some(wanted()), halves).take_while(|count| *count > 1);
        counts.find_map(|count| ThreadPoolBuilder::new().num_threads(count).build().ok())
    });
    pool.as_ref()
}

/// A thread for each processor, or fewer where the variable of rayon says so.
fn wanted() -> usize {
    let most = available_parallelism().map_or(1, NonZero::get);
    let asked = env::var("RAYON_NUM_THREADS").ok();
    let asked = asked.and_then(|count| count.parse().ok());
    asked
        .filter(|count| *count > 0)
        .map_or(most, |count: usize| count.min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_the_order_of_what_they_are_of() {
        assert_eq!(
            map(0..1000, |n| n * 2),
            Vec::from_iter((0..2000).step_by(2))
        );
        assert_eq!(join(|| 1, || map([1, 2], |n| n + 1)), (1, vec![2, 3]));
    }
}
