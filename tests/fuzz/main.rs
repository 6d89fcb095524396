//! Spoils what merchants and shoppers write, and what networks carry, at random for as long as
//! one likes, and watches for a panic, a hang, or a cut that breaks its promises. Seeds are the
//! project's own files; what goes wrong is written to a file, with the way to see it again.
//! Run by `cargo xtask fuzz`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for developers: what cannot be read ends it, with its reason"
)]

mod mutate;
mod targets;

use mutate::Random;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use targets::{Target, Targets};

/// A case that takes longer hangs, as a shopper or a merchant would see it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The case being tried, for whoever has to tell of it.
struct Trial {
    target: Target,
    input: Vec<u8>,
    since: Instant,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok());
    let seconds = number().unwrap_or(60);
    let seed = number().unwrap_or(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let targets = Targets::new(&root);
    println!("{} seeds, seed {seed}, {seconds} s", targets.seeds());

    let trial: Arc<Mutex<Option<Trial>>> = Arc::default();
    watch(trial.clone());
    let mut random = Random::new(seed);
    let mut counts: BTreeMap<Target, (u64, Duration)> = BTreeMap::new();
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        let (target, input) = targets.case(&mut random);
        let since = Instant::now();
        let held = input.clone();
        *trial.lock().expect("the trial") = Some(Trial {
            target,
            input,
            since,
        });
        let outcome = catch_unwind(std::panic::AssertUnwindSafe(|| targets.run(target, &held)));
        if outcome.is_err() {
            report("panicked", target, &held);
        }
        let took = since.elapsed();
        let (count, slowest) = counts.entry(target).or_default();
        *count += 1;
        *slowest = took.max(*slowest);
    }
    for (target, (count, slowest)) in counts {
        println!(
            "{target:?}: {count} cases, the slowest {} ms",
            slowest.as_millis()
        );
    }
}

/// Ends the program when a case hangs.
fn watch(trial: Arc<Mutex<Option<Trial>>>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            if let Some(trial) = &*trial.lock().expect("the trial")
                && trial.since.elapsed() > PATIENCE
            {
                report("hung", trial.target, &trial.input);
            }
        }
    });
}

fn report(what: &str, target: Target, input: &[u8]) -> ! {
    let path = PathBuf::from(format!("fuzz-{what}-{target:?}.bin"));
    std::fs::write(&path, input).expect("a file for the case");
    println!("{target:?} {what}; the case is in `{}`", path.display());
    std::process::exit(1);
}
