//! The brake on guessing passwords: after a few failures for one name, each further try must
//! wait, twice as long every time, up to a minute. That stops a machine and hardly hinders the
//! person who mistyped; a longer pause would let a stranger lock the shop out. In memory only,
//! for names that exist and names that don't alike, so that it tells nothing of either.

use guichet_domain::zone::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Failures without a pause.
const FREE: u32 = 4;
/// The first pause; the next ones double.
const FIRST_MS: i64 = 2_000;
/// The longest pause.
const LONGEST_MS: i64 = 60_000;
/// After this long without a try, failures are forgotten.
const FORGET_MS: i64 = 15 * 60_000;
/// Most names remembered at once.
const MAX_NAMES: usize = 10_000;

/// Failures by name.
#[derive(Debug, Default)]
pub(crate) struct Brake(Mutex<HashMap<String, Failures>>);

#[derive(Debug)]
struct Failures {
    count: u32,
    last: Timestamp,
}

impl Failures {
    fn pause_ms(&self) -> i64 {
        let Some(doublings) = self.count.checked_sub(FREE) else {
            return 0;
        };
        FIRST_MS
            .checked_shl(doublings.min(16))
            .map_or(LONGEST_MS, |ms| ms.min(LONGEST_MS))
    }
}

impl Brake {
    /// Seconds until the next try for `name` is looked at; `Ok` if it may be now. A try that may
    /// be made counts as failed until [`Self::release`] says that it was not, so that many at
    /// once don't slip through.
    pub(crate) fn admit(&self, name: &str, now: Timestamp) -> Result<(), u64> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MAX_NAMES {
            names.retain(|_, failures| now.0.saturating_sub(failures.last.0) < FORGET_MS);
            if names.len() >= MAX_NAMES {
                names.clear();
            }
        }
        let failures = names.entry(name.to_owned()).or_insert(Failures {
            count: 0,
            last: now,
        });
        let elapsed_ms = now.0.saturating_sub(failures.last.0).max(0);
        if elapsed_ms >= FORGET_MS {
            failures.count = 0;
        }
        let left_ms = failures.pause_ms() - elapsed_ms;
        if failures.count > 0 && left_ms > 0 {
            return Err(u64::try_from(left_ms).unwrap_or(0).div_ceil(1000));
        }
        failures.count = failures.count.saturating_add(1);
        failures.last = now;
        Ok(())
    }

    /// The right password was given.
    pub(crate) fn release(&self, name: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_slips_are_free_then_each_guess_waits_longer_up_to_a_minute() {
        let brake = Brake::default();
        for _ in 0..FREE {
            assert_eq!(brake.admit("zoe", Timestamp(0)), Ok(()));
        }
        assert_eq!(brake.admit("zoe", Timestamp(0)), Err(2));
        assert_eq!(brake.admit("zoe", Timestamp(1_500)), Err(1));
        let mut now = 0;
        let mut pauses = Vec::new();
        for _ in 0..8 {
            let pause = brake.admit("zoe", Timestamp(now)).unwrap_err();
            pauses.push(pause);
            now += i64::try_from(pause).unwrap() * 1000;
            assert_eq!(brake.admit("zoe", Timestamp(now)), Ok(()));
        }
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn the_right_password_and_a_quarter_of_an_hour_take_the_brake_off() {
        let brake = Brake::default();
        for _ in 0..FREE {
            brake.admit("zoe", Timestamp(0)).unwrap();
        }
        assert!(brake.admit("zoe", Timestamp(0)).is_err());
        assert_eq!(
            brake.admit("leo", Timestamp(0)),
            Ok(()),
            "others are not slowed"
        );
        brake.release("zoe");
        assert_eq!(brake.admit("zoe", Timestamp(0)), Ok(()));
        for _ in 0..FREE - 1 {
            brake.admit("zoe", Timestamp(0)).unwrap();
        }
        assert!(brake.admit("zoe", Timestamp(0)).is_err());
        assert_eq!(brake.admit("zoe", Timestamp(FORGET_MS)), Ok(()));
    }

    #[test]
    fn memory_stays_bounded_under_a_flood_of_names() {
        let brake = Brake::default();
        for n in 0..MAX_NAMES * 2 {
            brake.admit(&n.to_string(), Timestamp(0)).unwrap();
            assert!(brake.0.lock().unwrap().len() <= MAX_NAMES);
        }
    }
}
