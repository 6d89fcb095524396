//! The time zones a shop of ours can be in, as rules instead of a database: the EU's
//! summer time is two lines of arithmetic, an embedded time-zone database 100 kB.

use crate::civil::{Date, Local, Minute, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z; what `Date.now()` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

const MS_PER_MINUTE: i64 = 60_000;
const MINUTES_PER_DAY: i64 = 1440;

/// A time zone of the table below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(&'static Rule);

#[derive(Debug, PartialEq, Eq)]
struct Rule {
    name: &'static str,
    /// Minutes east of UTC in winter.
    offset_minutes: i64,
    /// Whether the EU's summer time (directive 2000/84/EC) is kept.
    summer_time: bool,
}

const fn rule(name: &'static str, offset_minutes: i64, summer_time: bool) -> Rule {
    Rule {
        name,
        offset_minutes,
        summer_time,
    }
}

/// IANA names; offsets as in force since 1996.
static RULES: [Rule; 22] = [
    rule("UTC", 0, false),
    rule("Europe/Paris", 60, true),
    rule("Europe/Brussels", 60, true),
    rule("Europe/Luxembourg", 60, true),
    rule("Europe/Monaco", 60, true),
    rule("Europe/Zurich", 60, true),
    rule("Europe/Berlin", 60, true),
    rule("Europe/Madrid", 60, true),
    rule("Europe/Rome", 60, true),
    rule("Europe/Amsterdam", 60, true),
    rule("Europe/Lisbon", 0, true),
    rule("Europe/London", 0, true),
    rule("Europe/Dublin", 0, true),
    rule("Indian/Reunion", 240, false),
    rule("Indian/Mayotte", 180, false),
    rule("America/Guadeloupe", -240, false),
    rule("America/Martinique", -240, false),
    rule("America/Cayenne", -180, false),
    rule("Pacific/Noumea", 660, false),
    rule("Pacific/Tahiti", -600, false),
    rule("Pacific/Wallis", 720, false),
    rule("Africa/Tunis", 60, false),
];

/// The zone's name is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone `{0}`\nhint: use an IANA name such as `Europe/Paris`; known: {known}", known = names())]
pub struct UnknownZone(pub String);

fn names() -> String {
    RULES
        .iter()
        .map(|rule| rule.name)
        .collect::<Vec<_>>()
        .join(", ")
}

impl Zone {
    /// Looks an IANA name up.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        RULES
            .iter()
            .find(|rule| rule.name == name)
            .map(Self)
            .ok_or_else(|| UnknownZone(name.to_owned()))
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The wall clock at a moment, to the minute (seconds are cut off).
    pub fn local(self, at: Timestamp) -> Local {
        let minutes = at.0.div_euclid(MS_PER_MINUTE) + self.offset_minutes(at);
        let day = minutes.div_euclid(MINUTES_PER_DAY);
        let minute = minutes.rem_euclid(MINUTES_PER_DAY);
        Local {
            date: Date(i32::try_from(day).unwrap_or(i32::MAX)),
            time: Minute(u16::try_from(minute).unwrap_or(0)),
        }
    }

    /// The moment of a wall-clock time. In the hour that is skipped in spring, the moment
    /// one hour later; in the hour that comes twice in autumn, its first occurrence.
    pub fn timestamp(self, local: Local) -> Timestamp {
        let wall = i64::from(local.date.0) * MINUTES_PER_DAY + i64::from(local.time.0);
        let as_summer = Timestamp((wall - self.0.offset_minutes - 60) * MS_PER_MINUTE);
        let as_winter = Timestamp((wall - self.0.offset_minutes) * MS_PER_MINUTE);
        if self.is_summer(as_summer) {
            as_summer
        } else {
            as_winter
        }
    }

    fn offset_minutes(self, at: Timestamp) -> i64 {
        self.0.offset_minutes + if self.is_summer(at) { 60 } else { 0 }
    }

    /// Summer time runs from the last Sunday of March to the last Sunday of October, 01:00 UTC.
    fn is_summer(self, at: Timestamp) -> bool {
        if !self.0.summer_time {
            return false;
        }
        let minutes = at.0.div_euclid(MS_PER_MINUTE);
        let year = Date(i32::try_from(minutes.div_euclid(MINUTES_PER_DAY)).unwrap_or(0)).year();
        let change = |month| {
            let last = Date::new(year, month, 31).map_or(0, |mut day| {
                while day.weekday() != Weekday::Sun {
                    day = day.plus_days(-1);
                }
                day.0
            });
            i64::from(last) * MINUTES_PER_DAY + 60
        };
        (change(3)..change(10)).contains(&minutes)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::named(&name).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hour_of_twelve_years_agrees_with_the_time_zone_database() {
        for rule in RULES.iter().filter(|rule| rule.name != "Europe/Dublin") {
            let zone = Zone(rule);
            let theirs = jiff::tz::TimeZone::get(rule.name).unwrap();
            let mut at = 1_420_070_400_000_i64; // 2015-01-01T00:00:00Z
            while at < 1_798_761_600_000 {
                let expected = jiff::Timestamp::from_millisecond(at)
                    .unwrap()
                    .to_zoned(theirs.clone());
                let got = zone.local(Timestamp(at));
                assert_eq!(
                    got.date.to_string(),
                    expected.date().to_string(),
                    "{} {at}",
                    rule.name
                );
                let minute = i32::from(expected.hour()) * 60 + i32::from(expected.minute());
                assert_eq!(i32::from(got.time.0), minute, "{} {at}", rule.name);
                at += 3_600_000;
            }
        }
    }

    #[test]
    fn a_wall_clock_time_goes_to_its_moment_and_back_on_every_day_of_a_year() {
        let zone = Zone::named("Europe/Paris").unwrap();
        let first = Date::new(2026, 1, 1).unwrap();
        for day in 0..365 {
            for time in [0, 540, 1439] {
                let local = Local {
                    date: first.plus_days(day),
                    time: Minute(time),
                };
                assert_eq!(zone.local(zone.timestamp(local)), local);
            }
        }
    }

    #[test]
    fn the_skipped_hour_becomes_the_one_after_and_the_doubled_hour_its_first() {
        let zone = Zone::named("Europe/Paris").unwrap();
        let at = |text: &str, time| {
            zone.timestamp(Local {
                date: text.parse().unwrap(),
                time: Minute(time),
            })
        };
        assert_eq!(zone.local(at("2026-03-29", 150)).time, Minute(210));
        assert_eq!(at("2026-10-25", 150).0, 1_792_888_200_000); // 2026-10-25T00:30:00Z
    }
}
