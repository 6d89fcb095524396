//! Time saved: avoided calls times the minutes one would have taken. An information request takes
//! six minutes, a complaint an hour (targets of a manufacturer's service); the owner sets both.

use guichet_domain::contact::Checked;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes a call takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Minutes {
    /// For information.
    pub information: f64,
    /// For a complaint.
    pub complaint: f64,
    /// Ids of categories whose calls are complaints.
    pub complaint_categories: BTreeSet<String>,
}

impl Default for Minutes {
    fn default() -> Self {
        Self {
            information: 6.0,
            complaint: 60.0,
            complaint_categories: BTreeSet::new(),
        }
    }
}

impl Minutes {
    /// Of a call about something of this category.
    pub fn of(&self, category: Option<&str>) -> f64 {
        if category.is_some_and(|id| self.complaint_categories.contains(id)) {
            self.complaint
        } else {
            self.information
        }
    }
}

/// What was saved: between `low` and `high`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Saved {
    /// Minutes of the calls that nothing can contradict any more.
    pub low_minutes: f64,
    /// Minutes of all calls that were said to be avoided and not contradicted.
    pub high_minutes: f64,
}

/// `stated_minutes`: sum over visits, the longest of a visit's calls. What is unknown of each document
/// is taken off at its own length.
pub(crate) fn saved(
    stated_minutes: f64,
    checked: &BTreeMap<&str, Checked>,
    minutes_of: impl Fn(&str) -> f64,
) -> Saved {
    let unknown: f64 = checked
        .iter()
        .filter(|(document, _)| !document.is_empty())
        .map(|(document, checked)| f64::from(checked.unknown()) * minutes_of(document))
        .sum();
    Saved {
        low_minutes: (stated_minutes - unknown).max(0.0),
        high_minutes: stated_minutes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_been_contradicted_is_taken_off_the_lower_end() {
        let checked = BTreeMap::from([
            (
                "",
                Checked {
                    stand: 7,
                    doubtful: 2,
                    fitting_contacts: 1,
                    uncovered: 1,
                },
            ),
            (
                "faq/a",
                Checked {
                    stand: 7,
                    doubtful: 2,
                    fitting_contacts: 1,
                    uncovered: 0,
                },
            ),
            (
                "faq/b",
                Checked {
                    uncovered: 1,
                    ..Checked::default()
                },
            ),
        ]);
        let minutes = |document: &str| if document == "faq/b" { 60.0 } else { 6.0 };
        let saved = saved(9.0 * 6.0 + 60.0, &checked, minutes);
        assert_eq!(
            saved,
            Saved {
                low_minutes: 48.0,
                high_minutes: 114.0
            }
        );
    }
}
