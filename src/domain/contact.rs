//! Contacts outside the widget, from an imported call log or from claims, and what they can say
//! against a stated avoided call. Nobody knows who called: a call fits a statement when it is of the
//! same question or category and came within seven days after it. Then it may be the same shopper,
//! or another one, so that only a bound can be given.
//!
//! ```text
//! 3 visits said "yes, I would have called", 2 calls of that category followed within 7 days
//! → at most 2 of the 3 are contradicted; between 1 and 3 calls were avoided
//! ```
//!
//! Claims speak against statements as calls do, but never for them: a week without a claim is no
//! week without a call, so that only a call log covers one.

use crate::claim::{Claim, Kind};
use crate::deflection::Statement;
use crate::zone::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A contact after this long is about something else.
pub const WINDOW_MS: i64 = 7 * 24 * 3_600_000;

/// How far the shopper's clock and the server's may be apart for an event and a claim to be known as one.
const SAME_MS: i64 = 15 * 60_000;

/// Somebody contacted the shop. Who is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// When.
    pub at: Timestamp,
    /// How: `telephone`, `e-mail`, … as the log calls it.
    pub channel: String,
    /// Id of the category, where the log has one.
    pub category: Option<String>,
    /// The question or clause it was about, as a document id, where the log has one.
    pub document: Option<String>,
    /// Stands for the claim it belongs to: equal for the contacts of one case, and nothing else can be read from it.
    pub case: Option<u64>,
    /// Whether he had looked at the help before, where he was asked.
    pub after_help: Option<bool>,
}

/// A claim that an event told of, after its visit had said that it saved a call: it contradicts that
/// statement on the ladder, and no other one. The event does not say which claim it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldClaim {
    /// When, by the shopper's clock.
    pub at: Timestamp,
    /// Id of the category; empty where none was chosen.
    pub category: String,
}

/// A log of contacts, for looking up.
#[derive(Clone, Debug, Default)]
pub struct ContactLog {
    /// Calls and claims, in the order of time.
    contacts: Vec<Contact>,
    /// The first and the last call.
    covers: Option<(Timestamp, Timestamp)>,
}

/// What a log says of the statements about one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Statements the log speaks against by no contact at all.
    pub stand: u32,
    /// Statements after which a contact came that fits.
    pub doubtful: u32,
    /// Contacts that fit one of them. No more of them can be contradicted than there are contacts.
    pub fitting_contacts: u32,
    /// Statements whose seven days no log covers.
    pub uncovered: u32,
}

impl Checked {
    /// The most that can be contradicted by the log.
    pub fn at_most_contradicted(self) -> u32 {
        self.doubtful.min(self.fitting_contacts)
    }

    /// Statements of which nobody knows whether a contact followed.
    pub fn unknown(self) -> u32 {
        self.at_most_contradicted() + self.uncovered
    }
}

impl ContactLog {
    /// Puts the calls of a call log in order.
    pub fn new(mut calls: Vec<Contact>) -> Self {
        calls.sort_by_key(|contact| contact.at);
        let ends = calls.first().zip(calls.last());
        Self {
            covers: ends.map(|(first, last)| (first.at, last.at)),
            contacts: calls,
        }
    }

    /// Adds claims, but for those that already contradict a statement of their own visit: for each of
    /// `told`, the claim of its category that was opened nearest to it, a quarter of an hour away at most.
    #[must_use]
    pub fn with_claims(mut self, mut claims: Vec<Contact>, told: &[ToldClaim]) -> Self {
        for told in told {
            let distance = |claim: &Contact| claim.at.0.abs_diff(told.at.0);
            let is_of = |claim: &Contact| {
                told.category.is_empty() || claim.category.as_ref() == Some(&told.category)
            };
            let nearest = claims
                .iter()
                .enumerate()
                .filter(|(_, claim)| is_of(claim) && distance(claim) <= SAME_MS.unsigned_abs())
                .min_by_key(|(_, claim)| distance(claim));
            if let Some((at, _)) = nearest {
                claims.remove(at);
            }
        }
        self.contacts.extend(claims);
        self.contacts.sort_by_key(|contact| contact.at);
        self
    }

    /// The first and the last call it knows of; `None` without a call log.
    pub fn covers(&self) -> Option<(Timestamp, Timestamp)> {
        self.covers
    }

    /// Holds the log against statements, by document, and all together under the empty id.
    /// `category_of` gives the category of a document; without one, any category fits.
    pub fn check<'a>(
        &self,
        statements: &[Statement<'a>],
        category_of: impl Fn(&str) -> Option<String>,
    ) -> BTreeMap<&'a str, Checked> {
        let mut by_document: BTreeMap<&str, Vec<Timestamp>> = BTreeMap::new();
        for statement in statements {
            by_document
                .entry(statement.document)
                .or_default()
                .push(statement.at);
        }
        let mut all = Checked::default();
        let mut fits_any = vec![false; self.contacts.len()];
        let mut checked = BTreeMap::new();
        for (document, mut moments) in by_document {
            moments.sort_unstable();
            let category = category_of(document);
            let fitting: Vec<usize> = (0..self.contacts.len())
                .filter(|at| self.contacts[*at].fits(document, category.as_deref()))
                .collect();
            let mut own = Checked::default();
            for at in &moments {
                match self.against(*at, &fitting) {
                    None => own.uncovered += 1,
                    Some(false) => own.stand += 1,
                    Some(true) => own.doubtful += 1,
                }
            }
            for at in fitting {
                let contact = self.contacts[at].at;
                let next = moments.partition_point(|moment| *moment < contact);
                if next > 0 && contact.0 - moments[next - 1].0 <= WINDOW_MS {
                    own.fitting_contacts += 1;
                    fits_any[at] = true;
                }
            }
            all.stand += own.stand;
            all.doubtful += own.doubtful;
            all.uncovered += own.uncovered;
            checked.insert(document, own);
        }
        // A contact that fits several questions contradicts one of them at most.
        let fitting = fits_any.iter().filter(|fits| **fits).count();
        all.fitting_contacts = u32::try_from(fitting).unwrap_or(u32::MAX);
        checked.insert("", all);
        checked
    }

    /// Whether one of the `fitting` contacts came within the window; `None` where the log does not cover it.
    fn against(&self, at: Timestamp, fitting: &[usize]) -> Option<bool> {
        let (first, last) = self.covers()?;
        let end = at.0 + WINDOW_MS;
        if at < first || end > last.0 {
            return None;
        }
        let next = fitting.partition_point(|one| self.contacts[*one].at <= at);
        Some(
            fitting
                .get(next)
                .is_some_and(|one| self.contacts[*one].at.0 <= end),
        )
    }
}

impl Contact {
    /// A claim as a contact; `None` for a withdrawal: the law gives it a form, and nobody calls instead.
    pub fn of_claim(claim: &Claim) -> Option<Self> {
        (claim.kind != Kind::Withdrawal).then(|| Self {
            at: claim.opened,
            channel: claim.kind.word().to_owned(),
            category: Some(claim.category.clone()),
            document: None,
            case: None,
            after_help: None,
        })
    }

    fn fits(&self, document: &str, category: Option<&str>) -> bool {
        if self.after_help == Some(false) {
            return false;
        }
        match (&self.document, &self.category, category) {
            (Some(own), _, _) => own == document,
            (None, Some(own), Some(category)) => own == category,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn call(day: i64, category: &str) -> Contact {
        Contact {
            at: Timestamp(day * DAY),
            channel: "telephone".into(),
            category: Some(category.into()),
            document: None,
            case: None,
            after_help: None,
        }
    }

    fn said(day: i64) -> Statement<'static> {
        Statement {
            document: "faq/a",
            at: Timestamp(day * DAY),
        }
    }

    fn check(contacts: Vec<Contact>, days: &[i64], expected: Checked) {
        let statements: Vec<_> = days.iter().map(|day| said(*day)).collect();
        let log = ContactLog::new(contacts);
        let found = log.check(&statements, |_| Some("retours".into()));
        assert_eq!(found["faq/a"], expected);
        assert_eq!(found[""], expected);
    }

    #[test]
    fn without_a_log_nothing_is_known() {
        check(
            vec![],
            &[1, 2],
            Checked {
                uncovered: 2,
                ..Checked::default()
            },
        );
    }

    #[test]
    fn a_call_of_another_category_or_later_than_a_week_says_nothing_against_it() {
        let log = vec![
            call(0, "livraison"),
            call(3, "livraison"),
            call(12, "retours"),
            call(30, "livraison"),
        ];
        check(
            log,
            &[2],
            Checked {
                stand: 1,
                ..Checked::default()
            },
        );
    }

    #[test]
    fn two_calls_contradict_two_statements_at_most() {
        let log = vec![
            call(0, "livraison"),
            call(3, "retours"),
            call(4, "retours"),
            call(30, "livraison"),
        ];
        let expected = Checked {
            doubtful: 3,
            fitting_contacts: 2,
            ..Checked::default()
        };
        check(log, &[1, 1, 2], expected);
        assert_eq!(expected.at_most_contradicted(), 2);
    }

    #[test]
    fn a_week_that_the_log_does_not_cover_is_unknown() {
        let log = vec![call(0, "livraison"), call(10, "livraison")];
        check(
            log,
            &[2, 5],
            Checked {
                stand: 1,
                uncovered: 1,
                ..Checked::default()
            },
        );
    }

    #[test]
    fn a_caller_who_had_not_looked_at_the_help_contradicts_nobody() {
        let mut call_without_help = call(3, "retours");
        call_without_help.after_help = Some(false);
        let log = vec![
            call(0, "livraison"),
            call_without_help,
            call(30, "livraison"),
        ];
        check(
            log,
            &[2],
            Checked {
                stand: 1,
                ..Checked::default()
            },
        );
    }

    #[test]
    fn a_call_that_fits_two_questions_counts_once_in_all() {
        let log = ContactLog::new(vec![call(0, "x"), call(3, "retours"), call(30, "x")]);
        let statements = [
            said(2),
            Statement {
                document: "faq/b",
                at: Timestamp(2 * DAY),
            },
        ];
        let found = log.check(&statements, |_| Some("retours".into()));
        assert_eq!(found["faq/b"].at_most_contradicted(), 1);
        assert_eq!(found[""].at_most_contradicted(), 1);
    }

    #[test]
    fn a_claim_contradicts_as_a_call_does() {
        let calls = vec![call(0, "livraison"), call(30, "livraison")];
        let log = ContactLog::new(calls).with_claims(vec![call(3, "retours")], &[]);
        let found = log.check(&[said(1), said(2)], |_| Some("retours".into()));
        let expected = Checked {
            doubtful: 2,
            fitting_contacts: 1,
            ..Checked::default()
        };
        assert_eq!(found["faq/a"], expected);
        assert_eq!(expected.unknown(), 1);
    }

    #[test]
    fn claims_without_a_call_log_cover_no_week() {
        let claims = vec![call(0, "livraison"), call(30, "livraison")];
        let log = ContactLog::new(Vec::new()).with_claims(claims, &[]);
        assert_eq!(log.covers(), None);
        let found = log.check(&[said(2)], |_| Some("retours".into()));
        assert_eq!(found["faq/a"].uncovered, 1);
    }

    #[test]
    fn a_claim_that_contradicted_its_own_visit_contradicts_no_other() {
        let calls = || vec![call(0, "livraison"), call(30, "livraison")];
        let told = |at: i64, category: &str| ToldClaim {
            at: Timestamp(at),
            category: category.into(),
        };
        let fitting = |told: &[ToldClaim]| {
            let claims = vec![call(3, "retours"), call(4, "retours")];
            let log = ContactLog::new(calls()).with_claims(claims, told);
            let found = log.check(&[said(2), said(2)], |_| Some("retours".into()));
            found["faq/a"].fitting_contacts
        };
        assert_eq!(fitting(&[]), 2);
        assert_eq!(fitting(&[told(3 * DAY - 60_000, "retours")]), 1);
        assert_eq!(fitting(&[told(3 * DAY + 60_000, "")]), 1);
        assert_eq!(
            fitting(&[told(3 * DAY, "retours"), told(3 * DAY + 1, "retours")]),
            1,
            "an event takes no more than its own claim"
        );
        assert_eq!(
            fitting(&[told(3 * DAY, "livraison")]),
            2,
            "another category"
        );
        assert_eq!(
            fitting(&[told(3 * DAY + SAME_MS + 1, "retours")]),
            2,
            "another time"
        );
    }
}
