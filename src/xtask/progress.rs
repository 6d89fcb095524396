//! What the person at the terminal reads while xtask works. Everything goes to standard
//! error, so that standard output stays free for what a program may read (`sizes --json`).

use std::time::{Duration, Instant};

use anyhow::Result;

/// Prints one line.
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

/// Runs `work` under a title and says how long it took. A failure says nothing here:
/// it is told once, by whoever ends the program.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("▸ {title}"));
    let start = Instant::now();
    let value = work()?;
    say(&format!("  {title}: done in {}", duration(start.elapsed())));
    Ok(value)
}

/// `0.4 s`, `12.3 s`, `3 min 05 s`.
pub(crate) fn duration(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds < 60 {
        format!("{:.1} s", elapsed.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A count with its thousands apart: `12,345`.
pub(crate) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_and_more_is_told_in_minutes() {
        assert_eq!(duration(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000), "1,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
