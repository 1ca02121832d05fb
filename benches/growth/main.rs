//! Whether the work of arkerr grows with its input and not faster: each construct that an input can
//! repeat is read n times and 4n times, and the second takes at most 5 times the work of the first.
//!
//! Work is counted in instructions, so that a busy machine gives the same answer.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that is run by hand"
)]

mod input;
mod measure;
mod table;

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use input::Construct;
use measure::Meter;

/// The most that four times the input may cost.
const MOST: f64 = 5.0;

fn main() -> ExitCode {
    let (flags, filters): (Vec<_>, Vec<_>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let meter = match flags.as_slice() {
        [] => Meter::Instructions,
        [flag] if flag == "--time" => Meter::Time,
        _ => {
            println!("usage: growth [--time] [PART OF A NAME]...");
            return ExitCode::from(2);
        }
    };
    let is_meant = |construct: &Construct| {
        filters.is_empty() || filters.iter().any(|filter| construct.name.contains(filter))
    };
    let mut constructs = table::constructs();
    constructs.retain(is_meant);
    let mut growths = measured(&constructs, meter);
    growths.sort_by(|a, b| b.factor().total_cmp(&a.factor()));
    let excessive = growths.iter().filter(|growth| growth.factor() > MOST);
    let excessive = excessive.count();
    println!(
        "{:>6}  {:>14} {:>14}  construct",
        "growth", "work of n", "of 4n"
    );
    for Growth {
        name,
        once,
        four_times,
    } in &growths
    {
        let factor = four_times / once;
        println!("{factor:>6.2}  {once:>14.3} {four_times:>14.3}  {name}");
    }
    println!(
        "{excessive} of {} grow more than {MOST} times",
        growths.len()
    );
    ExitCode::from(u8::from(excessive > 0))
}

/// What a construct costs, in millions of instructions or in seconds.
struct Growth {
    name: String,
    once: f64,
    four_times: f64,
}

impl Growth {
    fn factor(&self) -> f64 {
        self.four_times / self.once
    }
}

/// Measures constructs, as many at once as there are processors.
fn measured(constructs: &[Construct], meter: Meter) -> Vec<Growth> {
    let next = AtomicUsize::new(0);
    let growths = Mutex::new(Vec::new());
    let work = || {
        while let Some(construct) = constructs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let growth = growth(construct, meter);
            let mut growths = growths.lock().unwrap();
            growths.push(growth);
            eprint!("\r{} of {} ", growths.len(), constructs.len());
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    growths.into_inner().unwrap()
}

fn growth(construct: &Construct, meter: Meter) -> Growth {
    let n = construct.repetitions * meter.scale();
    // What a program does before and after is not the input's. With nothing repeated at all it may do
    // something else, such as not to find an error.
    let [base, once, four_times] = [1, n, 4 * n].map(|n| meter.work(construct, n));
    let floor = meter.floor();
    Growth {
        name: format!("{} × {n}", construct.name),
        once: (once - base).max(floor),
        four_times: (four_times - base).max(floor),
    }
}
