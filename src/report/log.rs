//! Events held in little room, so that a year of a large shop can be counted in memory: texts and
//! ids once each, an event in 32 bytes. They may come in any order and are given back visit by visit.
//!
//! Clocks of shoppers are wrong. A moment later than the server's receipt, or more than eight days
//! before it (nothing waits longer in a browser), is moved to the receipt.

use guichet_domain::event::{Arm, Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// Events wait seven days in a browser, then they are given up; a day more for its clock.
const OLDEST_MS: i64 = 8 * 24 * 3_600_000;

/// A log in memory.
#[derive(Debug, Default)]
pub struct Log {
    texts: Pool<Arc<str>>,
    lists: Pool<Arc<[u32]>>,
    places: HashMap<RandomId, u32>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    is_sorted: bool,
}

/// What is known of a visit.
#[derive(Debug)]
struct Head {
    visit: RandomId,
    locale: Lang,
    first: Timestamp,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    visit: u32,
    /// Its place among all: the order of events of one millisecond.
    place: u32,
    at: Timestamp,
    what: Packed,
}

/// An event's content; numbers are places in `texts` and `lists`.
#[derive(Clone, Copy, Debug)]
enum Packed {
    Opened,
    Searched {
        query: u32,
        results: u32,
        declined: bool,
    },
    ResultOpened(u32),
    Read(u32, u32),
    Confirmed(u32),
    NotConfirmed(u32, u32),
    CallAvoided(u32, bool),
    ContactChosen(u32),
    ClaimOpened(u32),
    NoticeSeen(u32),
    Assigned(u32, Arm),
}

impl Log {
    /// Adds an event, with the moment the server received it where there was one. Each id must come once.
    pub fn add(&mut self, event: Event, received: Option<Timestamp>) {
        let dated = received.unwrap_or(event.at);
        let at = received.map_or(event.at, |received| {
            let plausible = Timestamp(received.0.saturating_sub(OLDEST_MS))..=received;
            if plausible.contains(&event.at) {
                event.at
            } else {
                received
            }
        });
        let next = number(self.heads.len());
        let visit = *self.places.entry(event.visit).or_insert(next);
        if visit == next {
            self.heads.push(Head {
                visit: event.visit,
                locale: event.locale,
                first: dated,
            });
        } else if let Some(head) = self.heads.get_mut(visit as usize) {
            head.first = head.first.min(dated);
        }
        let what = self.pack(event.what);
        let place = number(self.rows.len());
        self.rows.push(Row {
            visit,
            place,
            at,
            what,
        });
        self.is_sorted = false;
    }

    /// How many events it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Hands every visit to `take`: when it was first heard of, and its events in the order they happened.
    pub fn each_visit(&mut self, mut take: impl FnMut(Timestamp, &[Event])) {
        if !self.is_sorted {
            self.rows
                .sort_unstable_by_key(|row| (row.visit, row.at, row.place));
            self.is_sorted = true;
        }
        let mut events = Vec::new();
        for rows in self.rows.chunk_by(|a, b| a.visit == b.visit) {
            let Some(head) = rows
                .first()
                .and_then(|row| self.heads.get(row.visit as usize))
            else {
                continue;
            };
            events.clear();
            events.extend(rows.iter().map(|row| Event {
                // The id did its work when the log was read.
                id: RandomId(u128::from(row.place)),
                visit: head.visit,
                at: row.at,
                locale: head.locale,
                what: self.unpack(row.what),
            }));
            take(head.first, &events);
        }
    }

    fn pack(&mut self, what: What) -> Packed {
        match what {
            What::Opened => Packed::Opened,
            What::Searched {
                query,
                results,
                declined,
            } => {
                let results: Vec<u32> = results.iter().map(|id| self.text(id)).collect();
                Packed::Searched {
                    query: self.text(&query),
                    results: self.lists.place(&results[..]),
                    declined,
                }
            }
            What::ResultOpened { document } => Packed::ResultOpened(self.text(&document)),
            What::Read { document, dwell_ms } => Packed::Read(self.text(&document), dwell_ms),
            What::Confirmed { document } => Packed::Confirmed(self.text(&document)),
            What::NotConfirmed { document, reason } => {
                Packed::NotConfirmed(self.text(&document), self.text(&reason))
            }
            What::CallAvoided {
                document,
                would_have_called,
            } => Packed::CallAvoided(self.text(&document), would_have_called),
            What::ContactChosen { channel } => Packed::ContactChosen(self.text(&channel)),
            What::ClaimOpened { category } => Packed::ClaimOpened(self.text(&category)),
            What::NoticeSeen { notice } => Packed::NoticeSeen(self.text(&notice)),
            What::Assigned { experiment, arm } => Packed::Assigned(self.text(&experiment), arm),
        }
    }

    fn unpack(&self, what: Packed) -> What {
        let text = |place| self.texts.get(place).map(str::to_owned).unwrap_or_default();
        match what {
            Packed::Opened => What::Opened,
            Packed::Searched {
                query,
                results,
                declined,
            } => What::Searched {
                query: text(query),
                results: self
                    .lists
                    .get(results)
                    .map(|list| list.iter().map(|place| text(*place)).collect())
                    .unwrap_or_default(),
                declined,
            },
            Packed::ResultOpened(document) => What::ResultOpened {
                document: text(document),
            },
            Packed::Read(document, dwell_ms) => What::Read {
                document: text(document),
                dwell_ms,
            },
            Packed::Confirmed(document) => What::Confirmed {
                document: text(document),
            },
            Packed::NotConfirmed(document, reason) => What::NotConfirmed {
                document: text(document),
                reason: text(reason),
            },
            Packed::CallAvoided(document, would_have_called) => What::CallAvoided {
                document: text(document),
                would_have_called,
            },
            Packed::ContactChosen(channel) => What::ContactChosen {
                channel: text(channel),
            },
            Packed::ClaimOpened(category) => What::ClaimOpened {
                category: text(category),
            },
            Packed::NoticeSeen(notice) => What::NoticeSeen {
                notice: text(notice),
            },
            Packed::Assigned(experiment, arm) => What::Assigned {
                experiment: text(experiment),
                arm,
            },
        }
    }

    fn text(&mut self, text: &str) -> u32 {
        self.texts.place(text)
    }
}

/// Values once each, by place.
#[derive(Debug)]
struct Pool<T> {
    places: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            values: Vec::new(),
        }
    }
}

impl<V: ?Sized + std::hash::Hash + Eq> Pool<Arc<V>>
where
    for<'a> Arc<V>: From<&'a V>,
{
    fn place(&mut self, value: &V) -> u32 {
        if let Some(place) = self.places.get(value) {
            return *place;
        }
        let (value, place) = (Arc::<V>::from(value), number(self.values.len()));
        self.places.insert(Arc::clone(&value), place);
        self.values.push(value);
        place
    }

    fn get(&self, place: u32) -> Option<&V> {
        self.values.get(place as usize).map(AsRef::as_ref)
    }
}

/// Four thousand million events do not fit in a memory of today.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u128, visit: u128, at: i64, what: What) -> Event {
        Event {
            id: RandomId(id),
            visit: RandomId(visit),
            at: Timestamp(at),
            locale: Lang::Fr,
            what,
        }
    }

    fn visits(log: &mut Log) -> Vec<(Timestamp, Vec<(i64, What)>)> {
        let mut visits = Vec::new();
        log.each_visit(|first, events| {
            let events = events.iter().map(|event| (event.at.0, event.what.clone()));
            visits.push((first, events.collect()));
        });
        visits
    }

    #[test]
    fn every_kind_of_event_comes_back_as_it_was() {
        let document = || "faq/où".to_owned();
        let whats = vec![
            What::Opened,
            What::Searched {
                query: "colis".into(),
                results: vec![document(), "cgv/1".into()],
                declined: false,
            },
            What::ResultOpened {
                document: document(),
            },
            What::Read {
                document: document(),
                dwell_ms: 4321,
            },
            What::Confirmed {
                document: document(),
            },
            What::NotConfirmed {
                document: document(),
                reason: "trop long".into(),
            },
            What::CallAvoided {
                document: document(),
                would_have_called: true,
            },
            What::ContactChosen {
                channel: "telephone".into(),
            },
            What::ClaimOpened {
                category: "retours".into(),
            },
            What::NoticeSeen {
                notice: "greve".into(),
            },
            What::Assigned {
                experiment: "ordre".into(),
                arm: Arm::Treatment,
            },
        ];
        assert_eq!(whats.len(), What::KINDS.len());
        let mut log = Log::default();
        for (at, what) in (0..).zip(&whats) {
            log.add(event(at, 1, i64::try_from(at).unwrap(), what.clone()), None);
        }
        let found = visits(&mut log).remove(0).1;
        assert_eq!(
            found.into_iter().map(|(_, what)| what).collect::<Vec<_>>(),
            whats
        );
    }

    #[test]
    fn visits_come_whole_and_in_order_however_their_events_arrived() {
        let mut log = Log::default();
        let chosen = |channel: &str| What::ContactChosen {
            channel: channel.into(),
        };
        log.add(event(1, 7, 30, chosen("b")), Some(Timestamp(100)));
        log.add(event(2, 8, 5, What::Opened), Some(Timestamp(40)));
        log.add(event(3, 7, 10, chosen("a")), Some(Timestamp(50)));
        assert_eq!(
            visits(&mut log),
            [
                (Timestamp(50), vec![(10, chosen("a")), (30, chosen("b"))]),
                (Timestamp(40), vec![(5, What::Opened)]),
            ]
        );
    }

    #[test]
    fn a_clock_that_is_wrong_is_corrected_by_the_servers() {
        let day = 24 * 3_600_000;
        let mut log = Log::default();
        for (id, at) in [(1, 40 * day), (2, day), (3, 25 * day)] {
            log.add(event(id, id, at, What::Opened), Some(Timestamp(30 * day)));
        }
        let moments: Vec<i64> = visits(&mut log)
            .iter()
            .map(|(_, events)| events[0].0)
            .collect();
        assert_eq!(moments, [30 * day, 30 * day, 25 * day]);
    }
}
