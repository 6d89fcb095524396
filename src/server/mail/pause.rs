//! When a mail that was not taken is tried again: soon at first, since most troubles pass within
//! minutes, then more and more seldom, for about four days, as mail servers do among themselves.

use super::Outcome;
use super::sender::Trouble;
use guichet_domain::zone::Timestamp;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// Pauses after the first, second, … attempt. After the attempt that follows the last, the mail is given up.
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

/// How long an attempt may take before it counts as lost with the server that made it, in
/// milliseconds: well above the time limits of one conversation.
pub(crate) const LEASE: i64 = 10 * MINUTE_MS;

/// Most characters of a server's reply that are kept.
const MAX_PROBLEM_CHARS: usize = 300;

/// What becomes of a mail whose attempt number `attempts` (1 for the first) ended in `trouble`.
pub(super) fn after(trouble: Trouble, attempts: u32, now: Timestamp) -> Outcome {
    let permanent = matches!(trouble, Trouble::Refused(_));
    let problem: String = trouble
        .into_text()
        .chars()
        .take(MAX_PROBLEM_CHARS)
        .collect();
    let pause = usize::try_from(attempts)
        .ok()
        .and_then(|attempts| PAUSES_MS.get(attempts.saturating_sub(1)));
    match pause {
        Some(pause) if !permanent => Outcome::Again {
            due: Timestamp(now.0.saturating_add(*pause)),
            problem,
        },
        _ => Outcome::Failed { problem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due_after(attempts: u32) -> Option<i64> {
        let trouble = Trouble::Unreachable("connection refused".into());
        match after(trouble, attempts, Timestamp(0)) {
            Outcome::Again { due, .. } => Some(due.0),
            _ => None,
        }
    }

    #[test]
    fn pauses_grow_and_end_after_some_days() {
        let pauses: Vec<i64> = (1..).map_while(due_after).collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
        assert_eq!(pauses.first(), Some(&MINUTE_MS));
        let days = pauses.iter().sum::<i64>() / (24 * HOUR_MS);
        assert!((3..=5).contains(&days), "{days} days");
        assert_eq!(due_after(u32::MAX), None);
    }

    #[test]
    fn an_address_that_is_refused_is_not_tried_again() {
        let refused = Trouble::Refused("550 no such user".into());
        let expected = Outcome::Failed {
            problem: "550 no such user".into(),
        };
        assert_eq!(after(refused, 1, Timestamp(0)), expected);
    }

    #[test]
    fn a_long_reply_is_cut() {
        let refused = Trouble::Refused("é".repeat(10_000));
        let Outcome::Failed { problem } = after(refused, 1, Timestamp(0)) else {
            panic!("a refusal ends it");
        };
        assert_eq!(problem.chars().count(), MAX_PROBLEM_CHARS);
    }
}
