//! By when an answer is promised. The rules of counting are here and nowhere else:
//! working days are days on which the channel itself opens.

use crate::civil::{Date, Local};
use crate::hours::{ClosedDay, Schedule};
use serde::{Deserialize, Serialize};

/// How a promise is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minutes during which the channel is open.
    OpeningMinutes,
    /// Hours during which the channel is open.
    OpeningHours,
    /// Days on which the channel opens; the day of the request is not counted.
    WorkingDays,
    /// All days; the day of the request is not counted, and a last day on which the channel
    /// is closed is prolonged to the next on which it opens.
    CalendarDays,
}

/// "Within `within` `unit`", counted from the moment a request is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// How many units; at least 1.
    pub within: u16,
    /// What is counted.
    pub unit: Unit,
}

/// The last moment at which a promise is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Wall-clock moment in the shop's time zone: for days, the end of that day's last opening.
    pub due: Local,
    /// Days on the way that a holiday or closure took, in order.
    pub skipped: Vec<(Date, ClosedDay)>,
}

impl Promise {
    /// The deadline for a request received at `received`, `None` where the channel does not
    /// open often enough within 400 days.
    ///
    /// Example (a test below): hours Monday to Friday 9:00 to 17:30, one working day,
    /// received Saturday 9 June 2012: Monday 11 June, 17:30.
    pub fn deadline(&self, schedule: &Schedule<'_>, received: Local) -> Option<Deadline> {
        let due = match self.unit {
            Unit::OpeningMinutes => after_open_minutes(schedule, received, u32::from(self.within)),
            Unit::OpeningHours => {
                after_open_minutes(schedule, received, u32::from(self.within) * 60)
            }
            Unit::WorkingDays => {
                let rank = usize::from(self.within.max(1)) - 1;
                let mut days: Vec<Local> = Vec::new();
                for end in day_ends(schedule, received.date.plus_days(1)) {
                    days.push(end);
                    if days.len() > rank {
                        break;
                    }
                }
                days.get(rank).copied()
            }
            Unit::CalendarDays => {
                day_ends(schedule, received.date.plus_days(i32::from(self.within))).next()
            }
        }?;
        let skipped = schedule.skipped(received.date, due.date);
        Some(Deadline { due, skipped })
    }
}

fn after_open_minutes(schedule: &Schedule<'_>, from: Local, minutes: u32) -> Option<Local> {
    let mut left = minutes;
    for (date, span) in schedule.openings(from) {
        let length = u32::from(span.end.0 - span.start.0);
        if left <= length {
            let time = u32::from(span.start.0) + left;
            return Some(Local {
                date,
                time: crate::civil::Minute(u16::try_from(time).ok()?),
            });
        }
        left -= length;
    }
    None
}

/// The end of the last opening of each open day, from `from` on.
fn day_ends<'a>(schedule: &Schedule<'a>, from: Date) -> impl Iterator<Item = Local> + use<'a> {
    let start = Local {
        date: from,
        time: crate::civil::Minute(0),
    };
    let schedule = *schedule;
    schedule
        .openings(start)
        .filter(move |(date, span)| schedule.spans(*date).last() == Some(span))
        .map(|(date, span)| Local {
            date,
            time: span.end,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holiday::Region;
    use crate::hours::{Closure, Week};
    use crate::lang::Localized;

    fn at(text: &str) -> Local {
        let (date, time) = text.split_once(' ').unwrap();
        Local {
            date: date.parse().unwrap(),
            time: time.parse().unwrap(),
        }
    }

    fn check(hours: &str, within: u16, unit: Unit, received: &str, expected: &str) {
        let week: Week = serde_json::from_str(hours).unwrap();
        let closures = [Closure {
            from: "2026-12-28".parse().unwrap(),
            until: "2026-12-31".parse().unwrap(),
            reason: Localized::default(),
        }];
        let schedule = Schedule {
            week: &week,
            closures: &closures,
            region: Region::Fr,
        };
        let due = Promise { within, unit }
            .deadline(&schedule, at(received))
            .unwrap()
            .due;
        assert_eq!(format!("{} {}", due.date, due.time), expected, "{received}");
    }

    const OFFICE: &str = r#"{"mon":["09:00-17:30"],"tue":["09:00-17:30"],"wed":["09:00-17:30"],"thu":["09:00-17:30"],"fri":["09:00-17:30"]}"#;
    const LUNCH: &str = r#"{"mon":["09:00-12:30","14:00-18:00"],"tue":["09:00-12:30","14:00-18:00"],"fri":["09:00-12:30","14:00-18:00"]}"#;

    #[test]
    fn a_saturday_request_is_promised_for_monday() {
        check(
            OFFICE,
            1,
            Unit::WorkingDays,
            "2012-06-09 11:00",
            "2012-06-11 17:30",
        );
    }

    #[test]
    fn working_days_leave_out_the_day_of_the_request_holidays_and_closures() {
        check(
            OFFICE,
            2,
            Unit::WorkingDays,
            "2026-06-11 10:00",
            "2026-06-15 17:30",
        );
        // 14 May 2026 is Ascension.
        check(
            OFFICE,
            1,
            Unit::WorkingDays,
            "2026-05-13 10:00",
            "2026-05-15 17:30",
        );
        // Christmas, a weekend, four closed days, New Year, a weekend.
        check(
            OFFICE,
            1,
            Unit::WorkingDays,
            "2026-12-24 10:00",
            "2027-01-04 17:30",
        );
    }

    #[test]
    fn opening_hours_stop_for_lunch_and_the_night() {
        check(
            LUNCH,
            4,
            Unit::OpeningHours,
            "2026-06-12 11:30",
            "2026-06-12 17:00",
        );
        check(
            LUNCH,
            4,
            Unit::OpeningHours,
            "2026-06-12 17:00",
            "2026-06-15 12:00",
        );
        check(
            LUNCH,
            10,
            Unit::OpeningMinutes,
            "2026-06-12 12:25",
            "2026-06-12 14:05",
        );
        // Exactly to the end of an opening stays in it.
        check(
            LUNCH,
            1,
            Unit::OpeningHours,
            "2026-06-12 11:30",
            "2026-06-12 12:30",
        );
    }

    #[test]
    fn opening_hours_do_not_change_over_a_daylight_saving_night() {
        // Clocks go forward in the night to Sunday 29 March 2026.
        check(
            OFFICE,
            2,
            Unit::OpeningHours,
            "2026-03-27 16:30",
            "2026-03-30 10:00",
        );
        check(
            OFFICE,
            2,
            Unit::OpeningHours,
            "2026-10-23 16:30",
            "2026-10-26 10:00",
        );
    }

    #[test]
    fn calendar_days_that_end_on_a_closed_day_are_prolonged() {
        check(
            OFFICE,
            7,
            Unit::CalendarDays,
            "2026-06-11 10:00",
            "2026-06-18 17:30",
        );
        check(
            OFFICE,
            2,
            Unit::CalendarDays,
            "2026-06-11 10:00",
            "2026-06-15 17:30",
        );
    }

    #[test]
    fn a_channel_that_never_opens_promises_nothing() {
        let week = Week::default();
        let schedule = Schedule {
            week: &week,
            closures: &[],
            region: Region::Fr,
        };
        let promise = Promise {
            within: 1,
            unit: Unit::WorkingDays,
        };
        assert_eq!(promise.deadline(&schedule, at("2026-06-11 10:00")), None);
    }
}
