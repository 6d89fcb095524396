//! What a report says, arranged for reading and for programs (`--json`): the counts of
//! `guichet_domain::deflection` with the definition of every word beside them.

use super::input::{DatedBy, Input, Period};
use guichet_domain::civil::Date;
use guichet_domain::deflection::{Ladder, Rung, Unanswered, deflection};
use serde::Serialize;
use std::collections::BTreeSet;

/// What may be called an avoided call, and what nobody knows.
pub(super) const STATEMENT: &str = "Only an answer of which the shopper himself said that it saved a call, and after which he chose no contact in the same visit, counts as an avoided call. A shopper who leaves in silence counts for nothing. Calls made outside the widget are unknown, because no call log was imported.";

/// A report.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    /// Ids; empty where events do not say.
    pub(super) sites: BTreeSet<String>,
    pub(super) period: Days,
    pub(super) visits: Visits,
    /// The one with most avoided (stated) calls first.
    pub(super) questions: Vec<Question>,
    /// Sums over questions; a visit may count under several.
    pub(super) totals: Ladder,
    /// Most chosen first.
    pub(super) contacts: Vec<Contact>,
    /// Most frequent first.
    pub(super) unanswered: Vec<Unanswered>,
    pub(super) definitions: Vec<Definition>,
    pub(super) statement: &'static str,
}

/// Which days it covers, both included.
#[derive(Debug, Serialize)]
pub(super) struct Days {
    /// As asked for.
    pub(super) from: Option<Date>,
    /// As asked for.
    pub(super) to: Option<Date>,
    /// The first day with events.
    pub(super) first_day: Option<Date>,
    /// The last day with events.
    pub(super) last_day: Option<Date>,
    pub(super) time_zone: &'static str,
    pub(super) dated_by: DatedBy,
}

/// The denominators.
#[derive(Debug, Serialize)]
pub(super) struct Visits {
    pub(super) all: u32,
    pub(super) with_search: u32,
    pub(super) with_contact: u32,
    pub(super) avoided_stated: u32,
}

/// One answer and how far visits came with it.
#[derive(Debug, Serialize)]
pub(super) struct Question {
    pub(super) document: String,
    #[serde(flatten)]
    pub(super) ladder: Ladder,
}

/// One channel and the visits that chose it.
#[derive(Debug, Serialize)]
pub(super) struct Contact {
    pub(super) channel: String,
    pub(super) visits: u32,
}

/// A word of the report and its meaning.
#[derive(Debug, Serialize)]
pub(super) struct Definition {
    pub(super) word: &'static str,
    pub(super) meaning: &'static str,
}

impl Summary {
    /// Counts the events.
    pub(super) fn new(input: Input, period: Period) -> Self {
        let counted = deflection(input.events);
        let mut questions: Vec<_> = counted
            .documents
            .into_iter()
            .map(|(document, ladder)| Question { document, ladder })
            .collect();
        // Stable: among equals, ids stay in alphabetical order.
        questions.sort_by_key(|question| std::cmp::Reverse(merit(&question.ladder)));
        let mut contacts: Vec<_> = counted
            .contacts
            .into_iter()
            .map(|(channel, visits)| Contact { channel, visits })
            .collect();
        contacts.sort_by_key(|contact| std::cmp::Reverse(contact.visits));
        Self {
            sites: input.sites,
            period: Days {
                from: period.from,
                to: period.to,
                first_day: input.days.map(|(first, _)| first),
                last_day: input.days.map(|(_, last)| last),
                time_zone: period.zone.name(),
                dated_by: input.dated_by,
            },
            visits: Visits {
                all: counted.visits,
                with_search: counted.visits_with_search,
                with_contact: counted.visits_with_contact,
                avoided_stated: counted.visits_avoided_stated,
            },
            totals: totals(&questions),
            questions,
            contacts,
            unanswered: counted.unanswered,
            definitions: definitions(),
            statement: STATEMENT,
        }
    }
}

/// By what questions are ordered, the most telling figure first.
fn merit(ladder: &Ladder) -> (u32, u32, u32, u32) {
    (
        ladder.avoided_stated,
        ladder.confirmed,
        ladder.read,
        ladder.seen,
    )
}

fn totals(questions: &[Question]) -> Ladder {
    let mut sum = Ladder::default();
    for Question { ladder, .. } in questions {
        sum.seen += ladder.seen;
        sum.read += ladder.read;
        sum.confirmed += ladder.confirmed;
        sum.not_confirmed += ladder.not_confirmed;
        sum.asked += ladder.asked;
        sum.avoided_stated += ladder.avoided_stated;
        sum.contradicted += ladder.contradicted;
    }
    sum
}

fn definitions() -> Vec<Definition> {
    let rungs = Rung::ALL.map(|rung| Definition {
        word: rung.name(),
        meaning: rung.definition(),
    });
    let mut definitions = Vec::from(rungs);
    definitions.extend([
        Definition {
            word: "not confirmed",
            meaning: "visits in which the shopper said that it does not answer his question; his last word counts",
        },
        Definition {
            word: "asked",
            meaning: "visits in which he answered \"auriez-vous appelé ?\" with yes or no; avoided (stated) and contradicted are parts of these",
        },
        Definition {
            word: "nothing answered",
            meaning: "visits in which these words were typed, and the widget found nothing or said that nothing answers this exactly",
        },
        Definition {
            word: "unknown",
            meaning: "whether a shopper called later, or without the widget: no call log was imported",
        },
    ]);
    definitions
}
