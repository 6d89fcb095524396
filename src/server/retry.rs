//! When something the network did not take is tried again: soon at first, since most troubles pass
//! within minutes, then more and more seldom, for about four days, as mail servers do among
//! themselves. Mails and webhooks keep the same pauses.

use guichet_domain::zone::Timestamp;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Pauses after the first, second, … attempt. After the attempt that follows the last, it is given up.
const PAUSES_MS: [i64; 11] = [
    MINUTE_MS,
    5 * MINUTE_MS,
    15 * MINUTE_MS,
    HOUR_MS,
    3 * HOUR_MS,
    6 * HOUR_MS,
    12 * HOUR_MS,
    12 * HOUR_MS,
    24 * HOUR_MS,
    24 * HOUR_MS,
    24 * HOUR_MS,
];

/// How long an attempt may take before it counts as lost with the server that made it: well above
/// the time limits of one conversation.
pub(crate) const LEASE_MS: i64 = 10 * MINUTE_MS;

/// When to try next after attempt number `attempts` (1 for the first) failed at `now`; `None`: give up.
pub(crate) fn next(attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let rank = usize::try_from(attempts).ok()?.saturating_sub(1);
    let pause = PAUSES_MS.get(rank)?;
    Some(Timestamp(now.0.saturating_add(*pause)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_after_some_days() {
        let pauses: Vec<i64> = (1..)
            .map_while(|attempts| next(attempts, Timestamp(0)))
            .map(|due| due.0)
            .collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
        assert_eq!(pauses.first(), Some(&MINUTE_MS));
        let days = pauses.iter().sum::<i64>() / (24 * HOUR_MS);
        assert!((3..=5).contains(&days), "{days} days");
        assert_eq!(next(u32::MAX, Timestamp(0)), None);
    }
}
