//! The days of a report, and which clock tells them.

use guichet_domain::civil::{Date, Local, Minute};
use guichet_domain::zone::{Timestamp, Zone};
use serde::Serialize;

/// The days asked for, both included; open where none was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Where days begin and end.
    pub zone: Zone,
}

impl Period {
    /// Everything there is.
    pub fn always(zone: Zone) -> Self {
        Self {
            from: None,
            to: None,
            zone,
        }
    }

    /// The first moment.
    pub fn begin(self) -> Option<Timestamp> {
        self.from.map(|day| self.midnight(day))
    }

    /// The first moment after it.
    pub fn end(self) -> Option<Timestamp> {
        self.to.map(|day| self.midnight(day.plus_days(1)))
    }

    /// Whether a moment lies within it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.begin().is_none_or(|begin| at >= begin) && self.end().is_none_or(|end| at < end)
    }

    /// As many days right before it; `None` where it has no end or no beginning.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let (from, to) = (self.from?, self.to?);
        Some(Self {
            from: Some(from.plus_days(from.0 - to.0 - 1)),
            to: Some(from.plus_days(-1)),
            zone: self.zone,
        })
    }

    /// The day of a moment.
    pub fn day(self, at: Timestamp) -> Date {
        self.zone.local(at).date
    }

    fn midnight(self, date: Date) -> Timestamp {
        let time = Minute(0);
        self.zone.timestamp(Local { date, time })
    }
}

/// Which clock tells the day of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    /// When the server received its first event.
    ServerClock,
    /// When its first event happened, by the shopper's clock.
    ShopperClock,
}

/// The days of a report, as it says them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// As asked for.
    pub from: Option<Date>,
    /// As asked for.
    pub to: Option<Date>,
    /// The first day with a visit.
    pub first_day: Option<Date>,
    /// The last day with a visit.
    pub last_day: Option<Date>,
    /// Where days begin and end.
    pub time_zone: &'static str,
    /// Which clock told them.
    pub dated_by: DatedBy,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_before_is_as_long_and_ends_the_day_before() {
        let zone = Zone::named("Europe/Paris").unwrap();
        let week = Period {
            from: Some("2026-06-08".parse().unwrap()),
            to: Some("2026-06-14".parse().unwrap()),
            zone,
        };
        let before = week.before().unwrap();
        assert_eq!(before.from.unwrap().to_string(), "2026-06-01");
        assert_eq!(before.to.unwrap().to_string(), "2026-06-07");
        assert_eq!(before.end(), week.begin());
        assert_eq!(Period::always(zone).before(), None);
    }
}
