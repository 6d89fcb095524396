//! What becomes of a mail that was not taken.

use super::Outcome;
use super::sender::Trouble;
use crate::retry;
use guichet_domain::zone::Timestamp;

/// Most characters of a server's reply that are kept.
const MAX_PROBLEM_CHARS: usize = 300;

/// What becomes of a mail whose attempt number `attempts` (1 for the first) ended in `trouble`.
pub(super) fn after(trouble: Trouble, attempts: u32, now: Timestamp) -> Outcome {
    let refused = matches!(trouble, Trouble::Refused(_));
    let problem = trouble
        .into_text()
        .chars()
        .take(MAX_PROBLEM_CHARS)
        .collect();
    match retry::next(attempts, now) {
        Some(due) if !refused => Outcome::Again { due, problem },
        _ => Outcome::Failed { problem },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
