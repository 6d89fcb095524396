//! Which questions avoided a call: the ladder, computed from events. Each rung has one
//! meaning, written once in [`Rung::definition`] and printed by every report; silence is never success.

use crate::event::{Event, RandomId, What};
use crate::zone::Timestamp;
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
    /// Said to have saved a call, and neither contact nor claim followed in the visit.
    AvoidedStated,
    /// Said to have saved a call, but a contact or a claim followed in the same visit.
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
                "visits in which, asked \"auriez-vous appelé ?\", he said yes, and chose no contact and opened no claim afterwards in the same visit"
            }
            Self::Contradicted => {
                "visits in which he said yes, but chose a contact or opened a claim all the same later in the same visit"
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
    /// Visits that read it and said nothing about it, neither yes nor no.
    pub read_only: u32,
    /// Visits that opened or read it, and chose a contact or opened a claim afterwards.
    pub contact_after: u32,
}

impl Ladder {
    /// Adds the counts of another one.
    pub fn add(&mut self, other: &Self) {
        for (own, more) in [
            (&mut self.seen, other.seen),
            (&mut self.read, other.read),
            (&mut self.confirmed, other.confirmed),
            (&mut self.not_confirmed, other.not_confirmed),
            (&mut self.avoided_stated, other.avoided_stated),
            (&mut self.contradicted, other.contradicted),
            (&mut self.asked, other.asked),
            (&mut self.read_only, other.read_only),
            (&mut self.contact_after, other.contact_after),
        ] {
            *own += more;
        }
    }
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
    /// Visits in which a claim was opened.
    pub visits_with_claim: u32,
    /// Visits with a search that found nothing, or that the widget declined to answer.
    pub visits_unanswered: u32,
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
    let mut tally = Tally::default();
    for (_, mut events) in visits {
        events.sort_by_key(|event| (event.at, event.id));
        tally.add(&events);
    }
    tally.finish()
}

/// The ladder, visit by visit: for logs too long to hold. What it keeps grows with the
/// questions there are, not with the visits.
#[derive(Debug, Default)]
pub struct Tally {
    report: Deflection,
    unanswered: BTreeMap<String, u32>,
}

/// A call that was said to be avoided and not contradicted within the visit. A call log may contradict it still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The answer.
    pub document: &'a str,
    /// When he said it, by his clock.
    pub at: Timestamp,
}

impl Tally {
    /// Adds one visit: all its events, in the order they happened. Returns what it said of avoided calls.
    pub fn add<'a>(&mut self, events: &'a [Event]) -> Vec<Statement<'a>> {
        let mut visit = Visit::default();
        for event in events {
            visit.add(event);
        }
        let statements = visit.avoided.iter();
        let statements = statements
            .map(|(document, at)| Statement { document, at: *at })
            .collect();
        self.count(&visit);
        statements
    }

    /// What was counted.
    pub fn finish(self) -> Deflection {
        let mut report = self.report;
        report.unanswered = self
            .unanswered
            .into_iter()
            .map(|(query, visits)| Unanswered { query, visits })
            .collect();
        report
            .unanswered
            .sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.query.cmp(&b.query)));
        report
    }

    fn count(&mut self, visit: &Visit<'_>) {
        let report = &mut self.report;
        report.visits += 1;
        report.visits_with_search += u32::from(visit.searched);
        report.visits_with_contact += u32::from(!visit.channels.is_empty());
        report.visits_with_claim += u32::from(visit.claimed);
        report.visits_unanswered += u32::from(!visit.unanswered.is_empty());
        report.visits_avoided_stated += u32::from(!visit.avoided.is_empty());
        for query in visit.unanswered.iter().filter(|query| !query.is_empty()) {
            if let Some(count) = self.unanswered.get_mut(*query) {
                *count += 1;
            } else {
                self.unanswered.insert((*query).to_owned(), 1);
            }
        }
        for channel in &visit.channels {
            *report.contacts.entry((*channel).to_owned()).or_default() += 1;
        }
        let spoken = |document: &str| {
            visit.confirmed.contains(document) || visit.not_confirmed.contains(document)
        };
        let read_only = visit
            .read
            .iter()
            .copied()
            .filter(|document| !spoken(document))
            .collect();
        let avoided = visit.avoided.keys().copied().collect();
        let mut count = |documents: &BTreeSet<&str>, rung: fn(&mut Ladder) -> &mut u32| {
            for document in documents {
                // Most documents are there already: their name is not copied again.
                if !report.documents.contains_key(*document) {
                    report
                        .documents
                        .insert((*document).to_owned(), Ladder::default());
                }
                if let Some(ladder) = report.documents.get_mut(*document) {
                    *rung(ladder) += 1;
                }
            }
        };
        count(&visit.seen, |ladder| &mut ladder.seen);
        count(&visit.read, |ladder| &mut ladder.read);
        count(&read_only, |ladder| &mut ladder.read_only);
        count(&visit.confirmed, |ladder| &mut ladder.confirmed);
        count(&visit.not_confirmed, |ladder| &mut ladder.not_confirmed);
        count(&visit.asked, |ladder| &mut ladder.asked);
        count(&avoided, |ladder| &mut ladder.avoided_stated);
        count(&visit.contradicted, |ladder| &mut ladder.contradicted);
        count(&visit.contact_after, |ladder| &mut ladder.contact_after);
    }
}

/// The documents of one visit that reached each state.
#[derive(Default)]
struct Visit<'a> {
    seen: BTreeSet<&'a str>,
    read: BTreeSet<&'a str>,
    confirmed: BTreeSet<&'a str>,
    not_confirmed: BTreeSet<&'a str>,
    asked: BTreeSet<&'a str>,
    /// With the moment it was said.
    avoided: BTreeMap<&'a str, Timestamp>,
    contradicted: BTreeSet<&'a str>,
    /// Opened or read.
    on_screen: BTreeSet<&'a str>,
    contact_after: BTreeSet<&'a str>,
    channels: BTreeSet<&'a str>,
    unanswered: BTreeSet<&'a str>,
    searched: bool,
    claimed: bool,
}

impl<'a> Visit<'a> {
    fn add(&mut self, event: &'a Event) {
        match &event.what {
            What::Opened | What::NoticeSeen { .. } | What::Assigned { .. } => {}
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
                self.on_screen.insert(document);
            }
            What::Read { document, dwell_ms } => {
                self.on_screen.insert(document);
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
                    self.avoided.insert(document, event.at);
                } else {
                    self.avoided.remove(document.as_str());
                }
            }
            What::ContactChosen { channel } => {
                self.channels.insert(channel);
                self.ask_a_person();
            }
            What::ClaimOpened { .. } => {
                self.claimed = true;
                self.ask_a_person();
            }
        }
    }

    /// A person is asked: whatever was said to have saved a call did not.
    fn ask_a_person(&mut self) {
        let avoided = std::mem::take(&mut self.avoided);
        self.contradicted.extend(avoided.into_keys());
        self.contact_after.extend(&self.on_screen);
    }
}

#[cfg(test)]
mod tests;
