//! Which questions avoided a call: the ladder, computed from events. Each rung has one
//! meaning, written once in [`Rung::definition`] and printed by every report; silence is never success.

use crate::event::{Event, RandomId, What};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A rung of the ladder. Counts are of visits, per document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Shown among the results or opened.
    Seen,
    /// Opened and stayed with.
    Read,
    /// Said to answer the question.
    Confirmed,
    /// Said to have saved a call, and no contact was chosen afterwards in the visit.
    AvoidedStated,
    /// Said to have saved a call, but a contact was chosen afterwards in the same visit.
    Contradicted,
}

/// An answer counts as read after this long on screen.
pub const READ_AFTER_MS: u32 = 4_000;

impl Rung {
    /// From the lowest to the highest.
    pub const ALL: [Self; 5] = [
        Self::Seen,
        Self::Read,
        Self::Confirmed,
        Self::AvoidedStated,
        Self::Contradicted,
    ];

    /// The word used for it everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Read => "read",
            Self::Confirmed => "confirmed",
            Self::AvoidedStated => "avoided (stated)",
            Self::Contradicted => "contradicted",
        }
    }

    /// What it means, as printed with every figure.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Seen => "visits in which the answer was shown among the results, or opened",
            Self::Read => {
                "visits in which it was opened and stayed on screen for 4 seconds or more"
            }
            Self::Confirmed => "visits in which the shopper said that it answers his question",
            Self::AvoidedStated => {
                "visits in which, asked \"auriez-vous appelé ?\", he said yes, and chose no contact afterwards in the same visit"
            }
            Self::Contradicted => {
                "visits in which he said yes, but chose a contact all the same later in the same visit"
            }
        }
    }
}

/// The ladder of one document: how many visits reached each rung.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ladder {
    /// See [`Rung::Seen`].
    pub seen: u32,
    /// See [`Rung::Read`].
    pub read: u32,
    /// See [`Rung::Confirmed`].
    pub confirmed: u32,
    /// Visits in which the shopper said that it does not answer.
    pub not_confirmed: u32,
    /// See [`Rung::AvoidedStated`].
    pub avoided_stated: u32,
    /// See [`Rung::Contradicted`].
    pub contradicted: u32,
    /// Visits that answered "auriez-vous appelé ?" at all: the denominator of the two above.
    pub asked: u32,
}

/// A query that found no answer, with how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    /// The scrubbed query.
    pub query: String,
    /// Visits in which it was typed and declined, or found nothing.
    pub visits: u32,
}

/// What the events of a period say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deflection {
    /// Visits in which the widget was opened or used.
    pub visits: u32,
    /// Visits with at least one search.
    pub visits_with_search: u32,
    /// Visits in which a contact channel was chosen.
    pub visits_with_contact: u32,
    /// Visits with at least one avoided (stated) call that was not contradicted.
    pub visits_avoided_stated: u32,
    /// By document id.
    pub documents: BTreeMap<String, Ladder>,
    /// By channel id: visits that chose it.
    pub contacts: BTreeMap<String, u32>,
    /// Most frequent first.
    pub unanswered: Vec<Unanswered>,
}

/// Computes the ladder. Events may come in any order; they are ordered by the shopper's clock within a visit.
pub fn deflection(events: impl IntoIterator<Item = Event>) -> Deflection {
    let mut visits: BTreeMap<RandomId, Vec<Event>> = BTreeMap::new();
    for event in events {
        visits.entry(event.visit).or_default().push(event);
    }
    let mut report = Deflection::default();
    let mut unanswered: BTreeMap<String, u32> = BTreeMap::new();
    for (_, mut events) in visits {
        events.sort_by_key(|event| (event.at, event.id));
        add_visit(&mut report, &mut unanswered, &events);
    }
    report.unanswered = unanswered
        .into_iter()
        .map(|(query, visits)| Unanswered { query, visits })
        .collect();
    report
        .unanswered
        .sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.query.cmp(&b.query)));
    report
}

/// The documents of one visit that reached each state.
#[derive(Default)]
struct Visit<'a> {
    seen: BTreeSet<&'a str>,
    read: BTreeSet<&'a str>,
    confirmed: BTreeSet<&'a str>,
    not_confirmed: BTreeSet<&'a str>,
    asked: BTreeSet<&'a str>,
    avoided: BTreeSet<&'a str>,
    contradicted: BTreeSet<&'a str>,
    channels: BTreeSet<&'a str>,
    unanswered: BTreeSet<&'a str>,
    searched: bool,
}

impl<'a> Visit<'a> {
    fn add(&mut self, what: &'a What) {
        match what {
            What::Opened => {}
            What::Searched {
                query,
                results,
                declined,
            } => {
                self.searched = true;
                self.seen.extend(results.iter().map(String::as_str));
                if *declined || results.is_empty() {
                    self.unanswered.insert(query);
                }
            }
            What::ResultOpened { document } => {
                self.seen.insert(document);
            }
            What::Read { document, dwell_ms } => {
                if *dwell_ms >= READ_AFTER_MS {
                    self.read.insert(document);
                }
            }
            // The last word counts: a shopper may correct himself.
            What::Confirmed { document } => {
                self.not_confirmed.remove(document.as_str());
                self.confirmed.insert(document);
            }
            What::NotConfirmed { document, .. } => {
                self.confirmed.remove(document.as_str());
                self.avoided.remove(document.as_str());
                self.not_confirmed.insert(document);
            }
            What::CallAvoided {
                document,
                would_have_called,
            } => {
                self.asked.insert(document);
                self.contradicted.remove(document.as_str());
                if *would_have_called {
                    self.avoided.insert(document);
                } else {
                    self.avoided.remove(document.as_str());
                }
            }
            What::ContactChosen { channel } => {
                self.channels.insert(channel);
                self.contradicted.append(&mut self.avoided);
            }
        }
    }
}

fn add_visit(report: &mut Deflection, unanswered: &mut BTreeMap<String, u32>, events: &[Event]) {
    let mut visit = Visit::default();
    for event in events {
        visit.add(&event.what);
    }
    report.visits += 1;
    report.visits_with_search += u32::from(visit.searched);
    report.visits_with_contact += u32::from(!visit.channels.is_empty());
    report.visits_avoided_stated += u32::from(!visit.avoided.is_empty());
    for query in visit.unanswered {
        *unanswered.entry(query.to_owned()).or_default() += 1;
    }
    for channel in visit.channels {
        *report.contacts.entry(channel.to_owned()).or_default() += 1;
    }
    let mut count = |documents: BTreeSet<&str>, rung: fn(&mut Ladder) -> &mut u32| {
        for document in documents {
            *rung(report.documents.entry(document.to_owned()).or_default()) += 1;
        }
    };
    count(visit.seen, |ladder| &mut ladder.seen);
    count(visit.read, |ladder| &mut ladder.read);
    count(visit.confirmed, |ladder| &mut ladder.confirmed);
    count(visit.not_confirmed, |ladder| &mut ladder.not_confirmed);
    count(visit.asked, |ladder| &mut ladder.asked);
    count(visit.avoided, |ladder| &mut ladder.avoided_stated);
    count(visit.contradicted, |ladder| &mut ladder.contradicted);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::zone::Timestamp;

    fn visit(number: u128, whats: Vec<What>) -> Vec<Event> {
        (0_u32..)
            .zip(whats)
            .map(|(n, what)| Event {
                id: RandomId(number * 1000 + u128::from(n)),
                visit: RandomId(number),
                at: Timestamp(i64::from(n)),
                locale: Lang::Fr,
                what,
            })
            .collect()
    }

    fn document() -> String {
        "faq/ou-est-mon-colis".to_owned()
    }
    fn searched(found: bool) -> What {
        let results = if found { vec![document()] } else { Vec::new() };
        What::Searched {
            query: "jai pas recu mon coli".into(),
            results,
            declined: !found,
        }
    }
    fn avoided(would_have_called: bool) -> What {
        What::CallAvoided {
            document: document(),
            would_have_called,
        }
    }
    fn confirmed() -> What {
        What::Confirmed {
            document: document(),
        }
    }
    fn contact() -> What {
        What::ContactChosen {
            channel: "telephone".into(),
        }
    }

    fn check(visits: Vec<Vec<What>>, expected: &Ladder) {
        let events = (1..).zip(visits).flat_map(|(n, whats)| visit(n, whats));
        let report = deflection(events);
        assert_eq!(
            report
                .documents
                .get(&document())
                .unwrap_or(&Ladder::default()),
            expected
        );
    }

    #[test]
    fn a_shopper_who_leaves_in_silence_has_only_seen_the_answer() {
        check(
            vec![vec![What::Opened, searched(true)]],
            &Ladder {
                seen: 1,
                ..Ladder::default()
            },
        );
    }

    #[test]
    fn only_a_stated_yes_without_later_contact_is_an_avoided_call() {
        let yes = Ladder {
            seen: 1,
            confirmed: 1,
            asked: 1,
            avoided_stated: 1,
            ..Ladder::default()
        };
        check(vec![vec![searched(true), confirmed(), avoided(true)]], &yes);
        let no = Ladder {
            seen: 1,
            confirmed: 1,
            asked: 1,
            ..Ladder::default()
        };
        check(vec![vec![searched(true), confirmed(), avoided(false)]], &no);
        let contradicted = Ladder {
            seen: 1,
            confirmed: 1,
            asked: 1,
            contradicted: 1,
            ..Ladder::default()
        };
        check(
            vec![vec![searched(true), confirmed(), avoided(true), contact()]],
            &contradicted,
        );
    }

    #[test]
    fn a_contact_before_the_answer_does_not_contradict_it() {
        let ladder = Ladder {
            seen: 1,
            confirmed: 1,
            asked: 1,
            avoided_stated: 1,
            ..Ladder::default()
        };
        check(
            vec![vec![contact(), searched(true), confirmed(), avoided(true)]],
            &ladder,
        );
    }

    #[test]
    fn a_visit_counts_once_however_often_it_repeats_itself() {
        let ladder = Ladder {
            seen: 1,
            confirmed: 1,
            ..Ladder::default()
        };
        check(
            vec![vec![
                searched(true),
                searched(true),
                confirmed(),
                confirmed(),
            ]],
            &ladder,
        );
    }

    #[test]
    fn the_last_word_counts() {
        let ladder = Ladder {
            seen: 1,
            not_confirmed: 1,
            asked: 1,
            ..Ladder::default()
        };
        let no = What::NotConfirmed {
            document: document(),
            reason: String::new(),
        };
        check(
            vec![vec![searched(true), confirmed(), avoided(true), no]],
            &ladder,
        );
    }

    #[test]
    fn a_glance_is_not_a_reading() {
        let read = |dwell_ms| What::Read {
            document: document(),
            dwell_ms,
        };
        check(vec![vec![read(3_999)]], &Ladder::default());
        check(
            vec![vec![read(4_000)]],
            &Ladder {
                read: 1,
                ..Ladder::default()
            },
        );
    }

    #[test]
    fn declined_queries_are_listed_most_frequent_first() {
        let report = deflection((1..=2).flat_map(|n| visit(n, vec![searched(false)])).chain(
            visit(
                3,
                vec![What::Searched {
                    query: "alpaga".into(),
                    results: Vec::new(),
                    declined: true,
                }],
            ),
        ));
        let listed: Vec<_> = report
            .unanswered
            .iter()
            .map(|u| (u.query.as_str(), u.visits))
            .collect();
        assert_eq!(listed, [("jai pas recu mon coli", 2), ("alpaga", 1)]);
    }
}
