//! The model of a shop, visit by visit. Each step is one draw with a stated chance, so that what really
//! happened (`Truth`) is known beside what the log shows.
//!
//! ```text
//! a visit: question by popularity ── 1 of 8 questions has no entry ──► searched, declined
//!          searched .9 → opened .8 → read .85 → understood (by the answer's quality) → speaks .5
//!          would have called .4
//! after:   not understood, would have called: contact in the widget .6, else a call within 7 days
//!          understood, would have called:     contact in the widget .03, a call within 7 days .04, else avoided
//! beside:  calls of people who never opened the widget, 3 for 10 visits
//! ```

use guichet_domain::civil::{Date, Local, Minute, Weekday};
use guichet_domain::event::{Arm, Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::{Timestamp, Zone};
use serde::Serialize;
use std::fmt::Write as _;

/// The experiment's id.
pub(super) const EXPERIMENT: &str = "reponses-d-abord";

const SEARCHED: f64 = 0.9;
const OPENED: f64 = 0.8;
const READ: f64 = 0.85;
const SPEAKS: f64 = 0.5;
const WOULD_HAVE_CALLED: f64 = 0.4;
/// Of those whose question stays open and who would have called: the share that does so from the widget.
const CONTACT_WITHOUT_ANSWER: f64 = 0.6;
const CONTACT_IN_SPITE: f64 = 0.03;
const CALL_IN_SPITE: f64 = 0.04;
const OTHER_CALLS: f64 = 0.3;
const WITH_CASE: f64 = 0.25;
const CASE_AGAIN: f64 = 0.2;
const QUESTIONS: u64 = 48;
const CATEGORIES: [&str; 6] = [
    "livraison",
    "retours",
    "remboursement",
    "garantie",
    "paiement",
    "compte",
];
const WEEK_MS: f64 = 7.0 * 24.0 * 3_600_000.0;

/// Visits of a weekday against those of a Monday.
const BUSY: [f64; 7] = [1.0, 0.95, 0.9, 0.9, 0.85, 0.7, 0.6];

/// What to simulate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shop {
    pub(super) visits: u64,
    pub(super) days: u32,
    pub(super) first_day: Date,
    pub(super) zone: Zone,
    /// Relative change of contacts in one of two arms; none: no experiment.
    pub(super) effect: Option<f64>,
}

/// What really happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Truth {
    pub(super) visits: u64,
    pub(super) events: u64,
    /// Visits whose search nothing answered.
    pub(super) unanswered: u64,
    /// Visits that read an answer.
    pub(super) read: u64,
    /// Visits that said it answers.
    pub(super) confirmed: u64,
    /// Visits that said they would have called, and chose no contact in the widget.
    pub(super) stated: u64,
    /// Visits that said so and chose one.
    pub(super) contradicted_in_visit: u64,
    /// Of the stated: those who called within seven days. The call log does not say that it was they.
    pub(super) contradicted_later: u64,
    /// Calls that were avoided, and that nobody was told of. Unknown to any report.
    pub(super) avoided_in_silence: u64,
    /// Visits that chose a contact in the widget.
    pub(super) contact_in_visit: u64,
    /// Contacts in the call log.
    pub(super) calls: u64,
}

/// The visits one by one, in the order of time within a day.
#[derive(Debug)]
pub(super) struct Model {
    shop: Shop,
    chance: Chance,
    done: u64,
    truth: Truth,
    calls: Vec<Call>,
}

#[derive(Debug)]
struct Call {
    at: Timestamp,
    category: usize,
    case: Option<u64>,
}

impl Model {
    pub(super) fn new(shop: Shop, seed: u64) -> Self {
        Self {
            shop,
            chance: Chance(seed),
            done: 0,
            truth: Truth::default(),
            calls: Vec::new(),
        }
    }

    /// What happened in the visits so far.
    pub(super) fn truth(&self) -> Truth {
        self.truth
    }

    /// The call log as CSV: time in UTC, category, claim number.
    pub(super) fn calls(&self) -> String {
        let mut calls: Vec<&Call> = self.calls.iter().collect();
        calls.sort_by_key(|call| call.at);
        let mut out = String::from("time,category,claim\n");
        for call in calls {
            let case = call
                .case
                .map(|case| format!("S-{case:06}"))
                .unwrap_or_default();
            // Writing to a string can't fail.
            let _ = writeln!(out, "{},{},{case}", call.at.0, CATEGORIES[call.category]);
        }
        out
    }

    fn visit(&mut self) -> Vec<Event> {
        let question = self.question();
        let category = usize::try_from(question).unwrap_or(0) % CATEGORIES.len();
        let document = format!("faq/question-{question:02}");
        let is_answered = question % 8 != 7;
        // From .35 to .95, the same for a question in every visit.
        let quality = 0.35 + 0.6 * f64::from(u32::try_from(question * 29 % 48).unwrap_or(0)) / 47.0;
        let would_call = self.chance.is(WOULD_HAVE_CALLED);
        let mut story = Story::new(self);
        story.tell(What::Opened);
        let contact_factor = self.assign(&mut story);
        let mut understood = false;
        let searched = self.chance.is(SEARCHED);
        if searched {
            let results = if is_answered {
                vec![document.clone(), "cgv/7.2".to_owned()]
            } else {
                Vec::new()
            };
            let query = PHRASES[usize::try_from(self.chance.below(4)).unwrap_or(0)];
            story.tell(What::Searched {
                query: format!(
                    "{query} {}",
                    SUBJECTS[usize::try_from(question).unwrap_or(0) % SUBJECTS.len()]
                ),
                results,
                declined: !is_answered,
            });
            self.truth.unanswered += u64::from(!is_answered);
        }
        let opened = is_answered && (!searched || self.chance.is(OPENED));
        let mut said_yes = false;
        if opened {
            story.tell(What::ResultOpened {
                document: document.clone(),
            });
            if self.chance.is(READ) {
                let dwell_ms = 4_000 + u32::try_from(self.chance.below(60_000)).unwrap_or(0);
                story.wait(i64::from(dwell_ms));
                story.tell(What::Read {
                    document: document.clone(),
                    dwell_ms,
                });
                self.truth.read += 1;
                understood = self.chance.is(quality);
                if self.chance.is(SPEAKS) {
                    if understood {
                        story.tell(What::Confirmed {
                            document: document.clone(),
                        });
                        story.tell(What::CallAvoided {
                            document: document.clone(),
                            would_have_called: would_call,
                        });
                        self.truth.confirmed += 1;
                        said_yes = would_call;
                    } else {
                        story.tell(What::NotConfirmed {
                            document,
                            reason: String::new(),
                        });
                    }
                }
            }
        }
        let after = After {
            category,
            would_call,
            understood,
            said_yes,
            contact_factor,
        };
        self.afterwards(&after, &mut story);
        story.events
    }

    /// Whether he contacts the shop after all, and who else calls.
    fn afterwards(&mut self, after: &After, story: &mut Story) {
        let After {
            category,
            would_call,
            understood,
            said_yes,
            contact_factor,
        } = *after;
        let (by_widget, by_call) = if understood {
            (CONTACT_IN_SPITE, CALL_IN_SPITE)
        } else {
            (CONTACT_WITHOUT_ANSWER, 1.0 - CONTACT_WITHOUT_ANSWER)
        };
        let by_widget = by_widget * contact_factor;
        let draw = self.chance.next();
        let chooses_contact = would_call && draw < by_widget;
        let calls = would_call && !chooses_contact && draw >= 1.0 - by_call;
        if chooses_contact {
            let channel = if self.chance.is(0.6) {
                "telephone"
            } else {
                "e-mail"
            };
            story.tell(What::ContactChosen {
                channel: channel.to_owned(),
            });
            self.truth.contact_in_visit += 1;
        }
        let last = story.at;
        if calls {
            let later = self.chance.below(1 << 32) as f64 / (1_u64 << 32) as f64 * WEEK_MS;
            self.call(
                Timestamp(last.0 + 60_000 + milliseconds(later * 0.98)),
                category,
            );
        }
        if self.chance.is(OTHER_CALLS) {
            let other = usize::try_from(self.chance.below(6)).unwrap_or(0);
            self.call(last, other);
        }
        self.truth.stated += u64::from(said_yes && !chooses_contact);
        self.truth.contradicted_in_visit += u64::from(said_yes && chooses_contact);
        self.truth.contradicted_later += u64::from(said_yes && calls);
        self.truth.avoided_in_silence +=
            u64::from(would_call && understood && !said_yes && !chooses_contact && !calls);
    }

    /// Gives the visit an arm, and by what its chance of a contact is multiplied.
    fn assign(&mut self, story: &mut Story) -> f64 {
        let Some(effect) = self.shop.effect else {
            return 1.0;
        };
        let arm = if self.chance.is(0.5) {
            Arm::Treatment
        } else {
            Arm::Control
        };
        story.tell(What::Assigned {
            experiment: EXPERIMENT.to_owned(),
            arm,
        });
        match arm {
            Arm::Treatment => 1.0 + effect,
            Arm::Control => 1.0,
        }
    }

    /// Popular questions are asked much more often than others: the square of an even draw.
    fn question(&mut self) -> u64 {
        let draw = self.chance.next();
        milliseconds(draw * draw * QUESTIONS as f64)
            .unsigned_abs()
            .min(QUESTIONS - 1)
    }

    fn call(&mut self, at: Timestamp, category: usize) {
        let case = self.chance.is(WITH_CASE).then(|| {
            let known = self.calls.len() as u64;
            if known > 0 && self.chance.is(CASE_AGAIN) {
                known - 1
            } else {
                known
            }
        });
        self.calls.push(Call { at, category, case });
        self.truth.calls += 1;
    }

    /// Visits go through the days evenly, weekends have fewer; from 8 to 22 o'clock.
    fn moment(&mut self) -> Timestamp {
        let days = f64::from(self.shop.days);
        let through = self.done as f64 / self.shop.visits as f64;
        let mut day = self
            .shop
            .first_day
            .plus_days(i32::try_from(milliseconds(through * days)).unwrap_or(0));
        // A visit of a quiet day may be one of the day before instead.
        if !self.chance.is(BUSY[weekday(day)]) && day > self.shop.first_day {
            day = day.plus_days(-1);
        }
        let minute = 8 * 60 + self.chance.below(14 * 60);
        let time = Minute(u16::try_from(minute).unwrap_or(0));
        let begin = self.shop.zone.timestamp(Local { date: day, time });
        Timestamp(begin.0 + i64::try_from(self.chance.below(60_000)).unwrap_or(0))
    }
}

impl Iterator for Model {
    type Item = Vec<Event>;

    fn next(&mut self) -> Option<Vec<Event>> {
        if self.done >= self.shop.visits {
            return None;
        }
        let events = self.visit();
        self.done += 1;
        self.truth.visits += 1;
        self.truth.events += events.len() as u64;
        Some(events)
    }
}

/// How a visit ended.
struct After {
    category: usize,
    would_call: bool,
    understood: bool,
    said_yes: bool,
    /// By what the chance of a contact is multiplied.
    contact_factor: f64,
}

/// How people begin.
const PHRASES: [&str; 4] = [
    "où est",
    "je ne trouve pas",
    "comment faire pour",
    "jai un souci avec",
];
/// What they ask about.
const SUBJECTS: [&str; 12] = [
    "mon colis",
    "le retour",
    "mon remboursement",
    "la garantie",
    "le paiement en trois fois",
    "mon compte",
    "la taille",
    "la facture",
    "le point relais",
    "la carte cadeau",
    "ma réparation",
    "la livraison en Corse",
];

/// One visit being told.
struct Story {
    visit: RandomId,
    at: Timestamp,
    events: Vec<Event>,
    ids: Chance,
}

impl Story {
    fn new(model: &mut Model) -> Self {
        Self {
            visit: model.chance.id(),
            at: model.moment(),
            events: Vec::with_capacity(6),
            ids: Chance(model.chance.draw()),
        }
    }

    fn wait(&mut self, milliseconds: i64) {
        self.at.0 += milliseconds;
    }

    fn tell(&mut self, what: What) {
        self.wait(1_500);
        self.events.push(Event {
            id: self.ids.id(),
            visit: self.visit,
            at: self.at,
            locale: Lang::Fr,
            what,
        });
    }
}

/// splitmix64 (Steele, Lea and Flood 2014): a simulation must be the same tomorrow, whatever a library does.
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly from 0 up to, not including, 1.
    fn next(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn is(&mut self, probability: f64) -> bool {
        self.next() < probability
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }

    fn id(&mut self) -> RandomId {
        RandomId(u128::from(self.draw()) << 64 | u128::from(self.draw()))
    }
}

fn weekday(day: Date) -> usize {
    Weekday::ALL
        .iter()
        .position(|own| *own == day.weekday())
        .unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "far below 2^53, and rounded down on purpose"
)]
fn milliseconds(value: f64) -> i64 {
    value.floor() as i64
}
