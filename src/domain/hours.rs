//! When a channel is open: weekly hours, closures and public holidays, in wall-clock
//! minutes of the shop's time zone. What is promised within those hours is in `promise`.

use crate::civil::{Date, Local, Minute, Weekday};
use crate::holiday::{Holiday, Region, holiday};
use crate::lang::Localized;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// How far ahead an opening is looked for. A channel that stays closed longer has none.
const HORIZON_DAYS: i32 = 400;

/// An opening within one day, from `start` until just before `end`; `start < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First open minute.
    pub start: Minute,
    /// First closed minute after it.
    pub end: Minute,
}

/// Why a text is no opening.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an opening\nhint: write `HH:MM-HH:MM` with the end after the start, for example `09:00-12:30`"
)]
pub struct SpanError(pub String);

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let no_span = || SpanError(text.to_owned());
        let (start, end) = text.split_once('-').ok_or_else(no_span)?;
        let minute = |part: &str| part.trim().parse::<Minute>().map_err(|_| no_span());
        let (start, end) = (minute(start)?, minute(end)?);
        if start >= end {
            return Err(no_span());
        }
        Ok(Self { start, end })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The openings of a week; a day without spans is closed. Spans of a day are in order and
/// do not overlap (the reader of `site.toml` refuses others).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mon: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tue: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wed: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    thu: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fri: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sat: Vec<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sun: Vec<Span>,
}

impl Week {
    /// The openings of one day of the week.
    pub fn day(&self, day: Weekday) -> &[Span] {
        match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }

    /// The openings of one day of the week, to be added to.
    pub fn day_mut(&mut self, day: Weekday) -> &mut Vec<Span> {
        match day {
            Weekday::Mon => &mut self.mon,
            Weekday::Tue => &mut self.tue,
            Weekday::Wed => &mut self.wed,
            Weekday::Thu => &mut self.thu,
            Weekday::Fri => &mut self.fri,
            Weekday::Sat => &mut self.sat,
            Weekday::Sun => &mut self.sun,
        }
    }

    /// Whether the channel never opens.
    pub fn is_empty(&self) -> bool {
        Weekday::ALL.iter().all(|day| self.day(*day).is_empty())
    }

    /// Two spans of one day that overlap or are out of order, with the day.
    pub fn conflict(&self) -> Option<(Weekday, Span, Span)> {
        Weekday::ALL.into_iter().find_map(|day| {
            self.day(day)
                .windows(2)
                .find(|pair| pair[1].start < pair[0].end)
                .map(|pair| (day, pair[0], pair[1]))
        })
    }
}

/// Days on which a channel is closed in spite of its weekly hours, first and last included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub until: Date,
    /// Said to the shopper, when given.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub reason: Localized,
}

/// Weekly hours together with everything that interrupts them.
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    /// The openings of an ordinary week.
    pub week: &'a Week,
    /// Exceptional closures.
    pub closures: &'a [Closure],
    /// Whose public holidays close the channel.
    pub region: Region,
}

/// Why a whole day is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosedDay {
    /// No opening on this day of the week.
    Weekly,
    /// A public holiday.
    Holiday(Holiday),
    /// An exceptional closure, with the merchant's words for it.
    Closure(Localized),
}

/// What a shopper sees beside a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Open until this time today.
    Open {
        /// When it closes (for lunch or for the day).
        until: Minute,
    },
    /// Closed now.
    Closed {
        /// The next opening; `None` where there is none within 400 days.
        opens: Option<Local>,
        /// Days between today and the opening on which it would usually be open but is not.
        skipped: Vec<(Date, ClosedDay)>,
    },
}

impl<'a> Schedule<'a> {
    /// Why the day is closed, `None` where it has an opening.
    pub fn closed_day(&self, date: Date) -> Option<ClosedDay> {
        if let Some(closure) = self
            .closures
            .iter()
            .find(|closure| (closure.from..=closure.until).contains(&date))
        {
            return Some(ClosedDay::Closure(closure.reason.clone()));
        }
        if let Some(holiday) = holiday(date, self.region) {
            return Some(ClosedDay::Holiday(holiday));
        }
        self.week
            .day(date.weekday())
            .is_empty()
            .then_some(ClosedDay::Weekly)
    }

    /// The day's openings, in order; none on closed days.
    pub fn spans(&self, date: Date) -> &'a [Span] {
        if self.closed_day(date).is_some() {
            &[]
        } else {
            self.week.day(date.weekday())
        }
    }

    /// Openings from a moment on, day by day, as far as the horizon; one under way is cut to begin at `from`.
    pub fn openings(&self, from: Local) -> impl Iterator<Item = (Date, Span)> + use<'a> {
        let schedule = *self;
        (0..HORIZON_DAYS).flat_map(move |offset| {
            let date = from.date.plus_days(offset);
            schedule.spans(date).iter().filter_map(move |span| {
                let start = if offset == 0 {
                    span.start.max(from.time)
                } else {
                    span.start
                };
                (start < span.end).then_some((
                    date,
                    Span {
                        start,
                        end: span.end,
                    },
                ))
            })
        })
    }

    /// Open minutes between two moments, 0 where `until` is not after `from`. Looks no further
    /// ahead than the horizon.
    pub fn open_minutes(&self, from: Local, until: Local) -> u32 {
        self.openings(from)
            .take_while(|(date, span)| {
                let start = Local {
                    date: *date,
                    time: span.start,
                };
                start < until
            })
            .map(|(date, span)| {
                let end = if date == until.date {
                    span.end.min(until.time)
                } else {
                    span.end
                };
                u32::from(end.0 - span.start.0)
            })
            .sum()
    }

    /// Open or closed at this moment, and when that changes.
    pub fn status(&self, now: Local) -> Status {
        let next = self.openings(now).next();
        match next {
            Some((date, span)) if date == now.date && span.start == now.time => {
                Status::Open { until: span.end }
            }
            Some((date, span)) => Status::Closed {
                opens: Some(Local {
                    date,
                    time: span.start,
                }),
                skipped: self.skipped(now.date, date),
            },
            None => Status::Closed {
                opens: None,
                skipped: Vec::new(),
            },
        }
    }

    /// Days from `from` until before `until` that the week would have open but a holiday or closure takes.
    pub fn skipped(&self, from: Date, until: Date) -> Vec<(Date, ClosedDay)> {
        (from.0..until.0)
            .map(Date)
            .filter(|date| !self.week.day(date.weekday()).is_empty())
            .filter_map(|date| self.closed_day(date).map(|why| (date, why)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week() -> Week {
        let day = || {
            vec![
                "09:00-12:30".parse().unwrap(),
                "14:00-18:00".parse().unwrap(),
            ]
        };
        Week {
            mon: day(),
            tue: day(),
            wed: day(),
            thu: day(),
            fri: day(),
            ..Week::default()
        }
    }

    fn at(text: &str) -> Local {
        let (date, time) = text.split_once(' ').unwrap();
        Local {
            date: date.parse().unwrap(),
            time: time.parse().unwrap(),
        }
    }

    fn check(now: &str, expected: &str) {
        let week = week();
        let closures = [Closure {
            from: "2026-08-03".parse().unwrap(),
            until: "2026-08-14".parse().unwrap(),
            reason: Localized::default(),
        }];
        let schedule = Schedule {
            week: &week,
            closures: &closures,
            region: Region::Fr,
        };
        let got = match schedule.status(at(now)) {
            Status::Open { until } => format!("open until {until}"),
            Status::Closed {
                opens: Some(opens),
                skipped,
            } => {
                format!(
                    "opens {} {}, skipped {}",
                    opens.date,
                    opens.time,
                    skipped.len()
                )
            }
            Status::Closed { opens: None, .. } => "never".into(),
        };
        assert_eq!(got, expected, "{now}");
    }

    #[test]
    fn a_channel_is_open_within_its_spans_only() {
        check("2026-06-11 09:00", "open until 12:30");
        check("2026-06-11 12:29", "open until 12:30");
        check("2026-06-11 12:30", "opens 2026-06-11 14:00, skipped 0");
        check("2026-06-11 18:00", "opens 2026-06-12 09:00, skipped 0");
    }

    #[test]
    fn a_weekend_a_holiday_and_a_closure_are_stepped_over() {
        check("2026-06-12 18:30", "opens 2026-06-15 09:00, skipped 0");
        // Whit Monday, 25 May 2026.
        check("2026-05-23 10:00", "opens 2026-05-26 09:00, skipped 1");
        // Two weeks of summer closure, ten working days, then Saturday 15 August.
        check("2026-07-31 18:00", "opens 2026-08-17 09:00, skipped 10");
    }

    #[test]
    fn open_minutes_leave_out_lunch_nights_and_closed_days() {
        let week = week();
        let schedule = Schedule {
            week: &week,
            closures: &[],
            region: Region::Fr,
        };
        let check = |from: &str, until: &str, expected| {
            assert_eq!(schedule.open_minutes(at(from), at(until)), expected);
        };
        check("2026-06-11 09:00", "2026-06-11 12:00", 180);
        check("2026-06-11 12:00", "2026-06-11 14:30", 60);
        check("2026-06-11 13:00", "2026-06-11 13:30", 0);
        // From Friday evening to Monday morning.
        check("2026-06-12 17:00", "2026-06-15 10:00", 120);
        // Whit Monday, 25 May 2026.
        check("2026-05-22 18:00", "2026-05-26 09:01", 1);
        check("2026-06-12 17:00", "2026-06-12 16:00", 0);
    }

    #[test]
    fn a_channel_without_hours_never_opens() {
        let week = Week::default();
        let schedule = Schedule {
            week: &week,
            closures: &[],
            region: Region::Fr,
        };
        assert_eq!(
            schedule.status(at("2026-06-12 10:00")),
            Status::Closed {
                opens: None,
                skipped: Vec::new()
            }
        );
    }

    #[test]
    fn overlapping_spans_are_found() {
        let mut week = week();
        week.tue[1].start = Minute(600);
        assert_eq!(week.conflict().map(|(day, ..)| day), Some(Weekday::Tue));
        assert!("12:30-09:00".parse::<Span>().is_err());
    }
}
