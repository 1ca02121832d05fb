//! How far the fetching of pages has come, for people who watch.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// So many pages are there before anybody has wondered.
const FEW: usize = 3;

/// A bar on standard error. It shows itself on a terminal only, and not for a few pages.
pub(super) fn bar(pages: usize, quiet: bool) -> ProgressBar {
    if quiet || pages <= FEW {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(pages).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("fetching {bar:30} {pos}/{len} {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
