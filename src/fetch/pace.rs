//! When the site may be asked next, and until when it may be asked at all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait before a request is made again, where the site names none.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The first of these waits at least: a site that has trouble gets time, whatever pause is set.
const SHORTEST_WAIT: Duration = Duration::from_millis(500);

/// The pace of all requests together.
#[derive(Debug)]
pub(super) struct Pace {
    pause: Duration,
    end: Instant,
    /// When the next request may be made.
    next: Mutex<Instant>,
}

impl Pace {
    /// A pace with a pause between requests, for as long as all of them may take.
    pub(super) fn new(pause: Duration, total: Duration) -> Self {
        let now = Instant::now();
        Self {
            pause,
            end: now + total,
            next: Mutex::new(now),
        }
    }

    /// Waits until it is this request's turn. What it may take at most is returned; nothing where
    /// there is no time left.
    pub(super) fn wait_for_turn(&self) -> Option<Duration> {
        loop {
            let now = Instant::now();
            let turn = {
                let mut next = self.next();
                let turn = *next;
                if turn <= now {
                    *next = now + self.pause;
                }
                turn
            };
            if turn >= self.end || now >= self.end {
                return None;
            }
            if turn <= now {
                return Some(self.end - now);
            }
            thread::sleep(turn - now);
        }
    }

    /// How long to wait before a request is made again, longer from time to time.
    pub(super) fn backoff(&self, retry: u32) -> Duration {
        let first = self.pause.saturating_mul(2).max(SHORTEST_WAIT);
        first.saturating_mul(1 << retry.min(16)).min(LONGEST_WAIT)
    }

    /// Lets no request be made for some time, if there is any time after it.
    pub(super) fn hold(&self, wait: Duration) -> bool {
        let until = Instant::now().checked_add(wait);
        let Some(until) = until.filter(|until| *until < self.end) else {
            return false;
        };
        let mut next = self.next();
        *next = until.max(*next);
        true
    }

    fn next(&self) -> MutexGuard<'_, Instant> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_have_their_turns_until_time_is_up() {
        let pace = Pace::new(Duration::from_millis(1), Duration::from_secs(3_600));
        let left = pace.wait_for_turn().expect("there is time");
        assert!(left <= Duration::from_secs(3_600));
        assert!(pace.wait_for_turn().expect("there is time") <= left);
        let no_time = Pace::new(Duration::ZERO, Duration::ZERO);
        assert_eq!(no_time.wait_for_turn(), None);
    }

    #[test]
    fn each_retry_waits_longer_whatever_pause_is_set() {
        let waits = |pause| {
            let pace = Pace::new(Duration::from_millis(pause), Duration::from_secs(3_600));
            [0, 1, 2, 10, u32::MAX].map(|retry| pace.backoff(retry).as_millis())
        };
        assert_eq!(waits(0), [500, 1_000, 2_000, 60_000, 60_000]);
        assert_eq!(waits(250), waits(0));
        assert_eq!(waits(500), [1_000, 2_000, 4_000, 60_000, 60_000]);
        assert_eq!(waits(60_000), [60_000; 5]);
    }

    #[test]
    fn nobody_waits_for_what_comes_after_the_end() {
        let pace = Pace::new(Duration::from_secs(60), Duration::from_secs(30));
        assert!(pace.wait_for_turn().is_some());
        assert_eq!(pace.wait_for_turn(), None);
        assert!(!pace.hold(Duration::from_secs(31)));
        assert!(!pace.hold(Duration::MAX));
    }
}
