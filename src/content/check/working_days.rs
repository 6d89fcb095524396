//! Working days where the law counts calendar days: for the withdrawal period, and for the refund after withdrawal.

use super::delay::{Count, Delay, Unit, delays};
use super::subject::Subject;
use super::text::{mentions, quote, sentences, words};
use super::{Finding, Rule};
use crate::sources::TermsFile;

/// A shorter delay in a sentence about withdrawal is about something else: an answer, a pick-up.
const SHORTEST_DAYS: u32 = 7;

/// From so many on, working days may last longer than the 14 calendar days of L221-24: `ouvrables`, then `ouvrés`.
const LATE_REFUND: [u32; 2] = [12, 10];

pub(super) fn check(terms: &TermsFile, findings: &mut Vec<Finding>) {
    for clause in terms.clauses() {
        for delay in delays(&clause.path.join("\n"), &clause.text) {
            let said = &clause.text[delay.range.clone()];
            let (message, remedy) = if is_period(&delay) {
                (
                    format!(
                        "the withdrawal period is given as `{}`; the law counts 14 calendar days (L221-18)",
                        quote(said, 60)
                    ),
                    "write `14 jours calendaires`, or say that you grant more than the law and until which day",
                )
            } else if is_late_refund(&delay) && is_about_withdrawal(&clause.text, &delay) {
                (
                    format!(
                        "the refund after withdrawal may take `{}`; the law gives 14 calendar days (L221-24)",
                        quote(said, 60)
                    ),
                    "write `14 jours calendaires`, counted from the day you learn of the withdrawal",
                )
            } else {
                continue;
            };
            let at = terms.at_words(clause, said);
            findings.push(Finding::new(
                Rule::WorkingDays,
                &at,
                terms.id(clause),
                message,
                remedy,
            ));
        }
    }
}

fn is_period(delay: &Delay) -> bool {
    delay.subject == Some(Subject::Withdrawal)
        && delay.unit == Unit::Days
        && delay.amount.1 >= SHORTEST_DAYS
        && delay.count != Count::Unsaid
        && delay.count != Count::Calendar
}

fn is_late_refund(delay: &Delay) -> bool {
    let [ouvrables, ouvres] = LATE_REFUND;
    let most = delay.amount.1;
    delay.subject == Some(Subject::Refund)
        && delay.unit == Unit::Days
        && match delay.count {
            Count::Ouvrables => most >= ouvrables,
            Count::Ouvres | Count::Working => most >= ouvres,
            Count::Unsaid | Count::Calendar => false,
        }
}

/// Whether the sentence speaks of withdrawal: a commercial return may be refunded when the shop likes.
fn is_about_withdrawal(text: &str, delay: &Delay) -> bool {
    sentences(text)
        .into_iter()
        .filter(|sentence| sentence.contains(&delay.range.start))
        .any(|sentence| mentions(&words(&text[sentence]), &["retract*", "withdraw*"]))
}
