//! Contacts outside the widget, from an imported call log or from claims, and what they can say
//! against a stated avoided call. Nobody knows who called: a call fits a statement when it is of the
//! same question or category and came within seven days after it. Then it may be the same shopper,
//! or another one, so that only a bound can be given.
//!
//! ```text
//! 3 visits said "yes, I would have called", 2 calls of that category followed within 7 days
//! → at most 2 of the 3 are contradicted; between 1 and 3 calls were avoided
//! ```

use crate::deflection::Statement;
use crate::zone::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A contact after this long is about something else.
pub const WINDOW_MS: i64 = 7 * 24 * 3_600_000;

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

/// A log of contacts, for looking up.
#[derive(Clone, Debug, Default)]
pub struct ContactLog {
    /// In the order of time.
    contacts: Vec<Contact>,
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
    /// Puts contacts in order.
    pub fn new(mut contacts: Vec<Contact>) -> Self {
        contacts.sort_by_key(|contact| contact.at);
        Self { contacts }
    }

    /// All of them, in the order of time.
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// The first and the last moment it knows of; `None` for an empty log.
    pub fn covers(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.contacts.first()?.at, self.contacts.last()?.at))
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
}
