//! What to change: the changes that would avoid most contacts, each with its evidence. A change is
//! worth the visits it concerns; none is proposed on the word of a single visit.

use crate::figures::{Question, Report};
use serde::Serialize;
use std::collections::BTreeSet;

/// Fewer visits than this prove nothing.
const MIN_VISITS: u64 = 2;

/// A change and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Action {
    /// Questions of one meaning that nothing answers: write an entry, or say it in the nearest one.
    Write {
        /// The words of most visits.
        example: String,
        /// Visits that typed one of its phrasings.
        visits: u64,
        /// The document search came nearest to.
        nearest: Option<String>,
    },
    /// An answer after which shoppers say no, or ask a person.
    Mend {
        /// The answer.
        document: String,
        /// Visits that said it does not answer.
        not_confirmed: u64,
        /// Visits that asked a person after it.
        contact_after: u64,
        /// Visits that read it.
        read: u64,
    },
    /// Words that should have led to an entry.
    AskAs {
        /// The entry.
        document: String,
        /// The words.
        phrasing: String,
        /// Visits that typed them before they found the entry otherwise.
        visits: u64,
    },
}

impl Action {
    /// How many visits it concerns, at least: who said no and then asked a person is one visit.
    pub fn weight(&self) -> u64 {
        match self {
            Self::Write { visits, .. } | Self::AskAs { visits, .. } => *visits,
            Self::Mend {
                not_confirmed,
                contact_after,
                ..
            } => *not_confirmed.max(contact_after),
        }
    }
}

/// The changes worth most, the best first; one a document.
pub fn actions(report: &Report, most: usize) -> Vec<Action> {
    let write = report.groups.iter().filter_map(|group| {
        Some(Action::Write {
            example: group.phrasings.first()?.0.clone(),
            visits: group.visits,
            nearest: group.nearest.clone(),
        })
    });
    let mend = report.questions.iter().map(
        |Question {
             document, ladder, ..
         }| Action::Mend {
            document: document.clone(),
            not_confirmed: ladder.not_confirmed.into(),
            contact_after: ladder.contact_after.into(),
            read: ladder.read.into(),
        },
    );
    let ask_as = report.asked_as.iter().filter_map(|asked| {
        let (phrasing, visits) = asked.phrasings.first()?.clone();
        Some(Action::AskAs {
            document: asked.document.clone(),
            phrasing,
            visits,
        })
    });
    let mut all: Vec<Action> = write
        .chain(mend)
        .chain(ask_as)
        .filter(|action| action.weight() >= MIN_VISITS)
        .collect();
    all.sort_by_key(|action| std::cmp::Reverse(action.weight()));
    let mut taken = BTreeSet::new();
    all.retain(|action| match action {
        Action::Mend { document, .. } | Action::AskAs { document, .. } => {
            taken.insert(document.clone())
        }
        Action::Write { .. } => true,
    });
    all.truncate(most);
    all
}
