//! The last day of a delay that terms or an answer give ("14 days from receipt"), and how it
//! was counted, day by day. Sentences about it are in `say::deadline`; by when the shop itself
//! answers is `promise`, which counts opening hours.
//!
//! The rules are those of regulation (EEC, Euratom) 1182/71, article 3, and of L221-19 of the
//! Code de la consommation: the day of the event is not counted; a delay ends with the last
//! hour of its last day; a delay in months or years ends on the day of the event's number, or
//! on the last of a month that has no such number; a last day on a Saturday, Sunday or public
//! holiday is put off to the next working day, where the rule says so. Article 3(5), which
//! gives a delay of two days or more two working days at least, is left out: it changes
//! nothing for delays of six days and more.

use crate::civil::{Date, Local, Minute, Weekday};
use crate::holiday::{Holiday, Region, holiday};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

mod notation;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod worked;

/// What a delay is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// All days (*jours calendaires*).
    CalendarDays,
    /// Monday to Saturday without public holidays (*jours ouvrables*).
    JoursOuvrables,
    /// Monday to Friday without public holidays (*jours ouvrés*).
    JoursOuvres,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] = [
        Self::CalendarDays,
        Self::JoursOuvrables,
        Self::JoursOuvres,
        Self::Months,
        Self::Years,
    ];

    /// The most of it that is counted: about a year of days, else thirty years, the longest
    /// delay of French law.
    pub fn most(self) -> u16 {
        match self {
            Self::CalendarDays | Self::JoursOuvrables | Self::JoursOuvres => 366,
            Self::Months => 360,
            Self::Years => 30,
        }
    }

    /// Whether single days are counted, so that a calendar shows the count.
    pub fn is_days(self) -> bool {
        !matches!(self, Self::Months | Self::Years)
    }

    /// Whether a day with this rest is one of the delay's days.
    fn counts(self, rest: Option<Rest>) -> bool {
        match self {
            Self::CalendarDays | Self::Months | Self::Years => true,
            Self::JoursOuvrables => matches!(rest, None | Some(Rest::Saturday)),
            Self::JoursOuvres => rest.is_none(),
        }
    }
}

/// What a delay runs from. Its day is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The shopper received the goods; of several parcels of an order, the last.
    Receipt,
    /// The shopper ordered.
    Order,
    /// The parcel was sent.
    Dispatch,
    /// The contract was made, a quote accepted.
    Agreement,
    /// The service was done, or the subscription ended.
    EndOfService,
    /// The shopper told the shop that he withdraws.
    Withdrawal,
    /// The shopper found the defect.
    Discovery,
    /// The shopper complained, or asked for something in writing.
    Complaint,
}

impl Start {
    /// Every event.
    pub const ALL: [Self; 8] = [
        Self::Receipt,
        Self::Order,
        Self::Dispatch,
        Self::Agreement,
        Self::EndOfService,
        Self::Withdrawal,
        Self::Discovery,
        Self::Complaint,
    ];
}

/// How a last day is found from the day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// How many units, 1 to [`Unit::most`]; what lies beyond is counted as the nearest of these.
    pub within: u16,
    /// What is counted.
    pub unit: Unit,
    /// Whether a last day on a Saturday, a Sunday or a holiday is put off to the next working day.
    pub prolonged: bool,
    /// Whose public holidays are kept.
    pub holidays: Region,
}

/// What the law gives beside the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// How it is counted; from the same event as the terms' own delay.
    pub delay: Delay,
    /// Where it is written: "article L221-18 du Code de la consommation".
    pub source: String,
}

/// Something a shopper can do until a day, as a clause or an answer gives it. (What a shop
/// owes him, a moment, is `promise::Deadline`.) In a file it is one text, see `notation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Deadline {
    /// What is to be done in time, in the pack's language: "Renoncer à votre achat".
    pub title: String,
    /// What it runs from.
    pub start: Start,
    /// How it is counted.
    pub delay: Delay,
    /// The law's delay, where the owner gave it.
    pub law: Option<Law>,
}

/// The last days of a deadline for one day of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// By the terms.
    pub terms: Counted,
    /// By the law.
    pub law: Option<Counted>,
}

impl Deadline {
    /// Counts both delays from the day of the event.
    pub fn dates(&self, event: Date) -> Dates {
        Dates {
            terms: count(self.delay, event),
            law: self.law.as_ref().map(|law| count(law.delay, event)),
        }
    }
}

impl Dates {
    /// Whether the terms give more time than the law (`Greater`), as much, or less. `None`
    /// where the law's delay is not given.
    pub fn compared(&self) -> Option<Ordering> {
        let law = self.law.as_ref()?;
        Some(self.terms.last.cmp(&law.last))
    }
}

/// Why a day is not a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// A Saturday; a working day of *jours ouvrables*.
    Saturday,
    /// A Sunday.
    Sunday,
    /// A public holiday, on whichever day of the week.
    Holiday(Holiday),
}

impl Rest {
    /// The rest of a day; a holiday before the day of the week.
    pub fn of(date: Date, region: Region) -> Option<Self> {
        let weekly = match date.weekday() {
            Weekday::Sat => Some(Self::Saturday),
            Weekday::Sun => Some(Self::Sunday),
            _ => None,
        };
        holiday(date, region).map(Self::Holiday).or(weekly)
    }
}

/// What a day is to a delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The day of the event: not counted.
    Event,
    /// A day of the delay, numbered from 1.
    Counted(u16),
    /// Stepped over, for its rest.
    Skipped,
    /// Behind the last day counted: the delay is prolonged over it, or to it.
    Prolonged,
}

/// A day on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// What it is to the delay.
    pub role: Role,
    /// Its rest, whether or not the delay minds it.
    pub rest: Option<Rest>,
}

/// A delay counted from one day of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last moment in time: 23:59 of the last day, where the shop is.
    pub last: Local,
    /// Every day from that of the event to the last, without a gap.
    pub days: Vec<Day>,
}

/// The last minute of a day.
const LAST_MINUTE: Minute = Minute(1439);

/// Counts a delay from the day of its event.
///
/// Example (a test): 14 calendar days, prolonged, received on Saturday 16 May 2026: day 14 is
/// Saturday 30 May, so the last day is Monday 1 June.
pub fn count(delay: Delay, event: Date) -> Counted {
    let within = delay.within.clamp(1, delay.unit.most());
    let rest = |date| Rest::of(date, delay.holidays);
    let end = match delay.unit {
        Unit::Months => Some(event.plus_months(within)),
        Unit::Years => Some(event.plus_months(within * 12)),
        Unit::CalendarDays | Unit::JoursOuvrables | Unit::JoursOuvres => None,
    };
    let mut date = event;
    let mut days = vec![Day {
        date,
        role: Role::Event,
        rest: rest(date),
    }];
    let mut counted = 0;
    while end.map_or(counted < within, |end| date < end) {
        date = date.plus_days(1);
        let rest = rest(date);
        let role = if delay.unit.counts(rest) {
            counted += 1;
            Role::Counted(counted)
        } else {
            Role::Skipped
        };
        days.push(Day { date, role, rest });
    }
    while delay.prolonged && rest(date).is_some() {
        date = date.plus_days(1);
        days.push(Day {
            date,
            role: Role::Prolonged,
            rest: rest(date),
        });
    }
    let time = LAST_MINUTE;
    let last = Local { date, time };
    Counted { last, days }
}

/// A square of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Square<'a> {
    /// Which day.
    pub date: Date,
    /// What it is to the delay; `None` before the event and behind the last day.
    pub day: Option<&'a Day>,
}

impl Counted {
    /// The first day counted.
    pub fn first(&self) -> Option<&Day> {
        let is_counted = |day: &&Day| matches!(day.role, Role::Counted(_));
        self.days.iter().find(is_counted)
    }

    /// The last day counted, before any prolongation.
    pub fn end(&self) -> Option<&Day> {
        let is_counted = |day: &&Day| matches!(day.role, Role::Counted(_));
        self.days.iter().rev().find(is_counted)
    }

    /// Whether the last day was put off.
    pub fn is_prolonged(&self) -> bool {
        self.end().is_some_and(|end| end.date != self.last.date)
    }

    /// Whether it is too late at this moment.
    pub fn is_over(&self, now: Local) -> bool {
        now > self.last
    }

    /// The weeks of a calendar that shows all days, each from Monday to Sunday.
    pub fn weeks(&self) -> Vec<[Square<'_>; 7]> {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return Vec::new();
        };
        let into_week = first.date.weekday() as i32;
        let mut monday = first.date.plus_days(-into_week);
        let mut weeks = Vec::new();
        while monday <= last.date {
            weeks.push([0, 1, 2, 3, 4, 5, 6].map(|n| {
                let date = monday.plus_days(n);
                let place = usize::try_from(date.0 - first.date.0).ok();
                Square {
                    date,
                    day: place.and_then(|place| self.days.get(place)),
                }
            }));
            monday = monday.plus_days(7);
        }
        weeks
    }
}
