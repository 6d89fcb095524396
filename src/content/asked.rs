//! Whether the ways an entry is asked lead to it, in a period and in the one before: what a phrasing
//! or an entry that was accepted in between has changed.

use crate::site::LocaleContent;
use crate::suggest::{SEEN, way};
use guichet_domain::event::{Event, What};
use std::collections::{BTreeMap, HashMap};

/// Visits that typed a phrasing, and of these those that saw its entry among the first three results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Led {
    /// Saw it, and were not told that nothing answers.
    pub led: u64,
    /// Typed it.
    pub typed: u64,
}

/// An entry's question, or a phrasing of its `asked`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The entry.
    pub entry: String,
    /// As the owner wrote it.
    pub phrasing: String,
    /// In the period.
    pub now: Led,
    /// In the one before.
    pub before: Led,
}

/// Watches for the phrasings of a site's entries.
#[derive(Debug)]
pub struct Watch {
    places: HashMap<String, usize>,
    asked: Vec<Asked>,
}

impl Watch {
    /// Watches for all of them.
    pub fn new(content: &LocaleContent) -> Self {
        let mut watch = Self {
            places: HashMap::new(),
            asked: Vec::new(),
        };
        for own in &content.entries {
            for phrasing in std::iter::once(&own.entry.question).chain(&own.asked) {
                watch.places.insert(way(phrasing), watch.asked.len());
                watch.asked.push(Asked {
                    entry: own.entry.id.clone(),
                    phrasing: phrasing.clone(),
                    now: Led::default(),
                    before: Led::default(),
                });
            }
        }
        watch
    }

    /// Adds a visit of the period, or of the one before. It counts once for a phrasing.
    pub fn add(&mut self, visit: &[Event], is_before: bool) {
        let mut typed: BTreeMap<usize, bool> = BTreeMap::new();
        for event in visit {
            if let What::Searched {
                query,
                results,
                declined,
            } = &event.what
                && let Some(place) = self.places.get(&way(query))
                && let Some(asked) = self.asked.get(*place)
            {
                let led = !declined && results.iter().take(SEEN).any(|id| *id == asked.entry);
                *typed.entry(*place).or_default() |= led;
            }
        }
        for (place, led) in typed {
            if let Some(asked) = self.asked.get_mut(place) {
                let own = if is_before {
                    &mut asked.before
                } else {
                    &mut asked.now
                };
                own.typed += 1;
                own.led += u64::from(led);
            }
        }
    }

    /// The phrasings typed in both periods that lead to their entry more often now, or less; the most
    /// typed first.
    pub fn changed(self) -> Vec<Asked> {
        let rate = |led: Led, other: Led| led.led * other.typed;
        let mut changed: Vec<Asked> = self
            .asked
            .into_iter()
            .filter(|own| own.now.typed > 0 && own.before.typed > 0)
            .filter(|own| rate(own.now, own.before) != rate(own.before, own.now))
            .collect();
        changed.sort_by_key(|own| std::cmp::Reverse(own.now.typed + own.before.typed));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq;
    use crate::problem::{Problems, Source};
    use guichet_domain::event::RandomId;
    use guichet_domain::holiday::Region;
    use guichet_domain::lang::Lang;
    use guichet_domain::zone::Timestamp;
    use std::path::Path;

    fn content() -> LocaleContent {
        let source = Source {
            file: Path::new("suivi.md"),
            text: "+++\nid = \"suivi\"\nquestion = \"Où est mon colis ?\"\nasked = [\"colis perdu\", \"suivi\", \"où\"]\ncategory = \"livraison\"\nshort = \"Suivez-le.\"\n+++\n\nSuivez-le.\n",
        };
        let entry = faq::read(&source, Region::default(), &mut Problems::default());
        LocaleContent {
            entries: vec![entry.unwrap()],
            ..LocaleContent::default()
        }
    }

    fn visit(searches: &[(&str, &[&str])]) -> Vec<Event> {
        let event = |(query, results): &(&str, &[&str])| Event {
            id: RandomId(1),
            visit: RandomId(1),
            at: Timestamp(0),
            locale: Lang::Fr,
            what: What::Searched {
                query: (*query).to_owned(),
                results: results.iter().map(|id| (*id).to_owned()).collect(),
                declined: results.is_empty(),
            },
        };
        searches.iter().map(event).collect()
    }

    #[test]
    fn a_phrasing_that_was_accepted_leads_where_it_did_not() {
        let mut watch = Watch::new(&content());
        let led: &[&str] = &["faq/autre", "faq/suivi"];
        let hidden: &[&str] = &["a", "b", "c", "faq/suivi"];
        // Before: three visits typed it; one found it on the fourth place, none among the first.
        watch.add(&visit(&[("Colis perdu", &[]), ("colis PERDU", &[])]), true);
        watch.add(&visit(&[("colis perdu", hidden)]), true);
        watch.add(&visit(&[("colis perdu", &[]), ("suivi", led)]), true);
        // Now: two of two. What leads as before, or was typed in one period only, is not told.
        watch.add(&visit(&[("colis perdu", led), ("suivi", led)]), false);
        watch.add(&visit(&[("colis perdu", &[]), ("colis perdu", led)]), false);
        watch.add(&visit(&[("où", led)]), false);
        // The question itself, however its marks are typed.
        watch.add(&visit(&[("ou est mon colis", &[])]), true);
        watch.add(&visit(&[("Où est mon colis??", led)]), false);
        let expected = |phrasing: &str, now, before| Asked {
            entry: "faq/suivi".into(),
            phrasing: phrasing.into(),
            now: Led {
                led: now,
                typed: now,
            },
            before: Led {
                led: 0,
                typed: before,
            },
        };
        assert_eq!(
            watch.changed(),
            [
                expected("colis perdu", 2, 3),
                expected("Où est mon colis ?", 1, 1)
            ]
        );
    }
}
