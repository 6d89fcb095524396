//! Days of the Gregorian calendar and wall-clock minutes. Small on purpose: this is
//! compiled into what the shopper downloads. Time zones live in `zone`, phrases in `say`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// A calendar day, as the number of days since 1970-01-01. Years 1 to 9999 can be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];
}

/// Why a text is not a day or a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CivilError {
    /// Not `YYYY-MM-DD`, or no such day.
    #[error("`{0}` is not a date\nhint: write the day as `YYYY-MM-DD`, for example `2026-06-11`")]
    Date(String),
    /// Not `HH:MM`, or past 24:00.
    #[error("`{0}` is not a time of day\nhint: write it as `HH:MM` from `00:00` to `24:00`")]
    Time(String),
}

impl Date {
    /// The day with this year, month (1 to 12) and day of month; `None` where there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self::from_civil(year, month, day))
    }

    /// Days from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    fn from_civil(year: i32, month: u32, day: u32) -> Self {
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let shifted_month = (i32::try_from(month).unwrap_or(1) + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + i32::try_from(day).unwrap_or(1) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// Year, month (1 to 12) and day of month.
    pub fn civil(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        let index = (self.0 + 3).rem_euclid(7);
        Weekday::ALL[usize::try_from(index).unwrap_or(0)]
    }

    /// The day this many days later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The day of the same number this many months later; the month's last day where it has no
    /// such number: 31 January and one month is 28 or 29 February.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Self {
        let (year, month, day) = self.civil();
        // Months since the year 0, January being 0.
        let index = year * 12 + i32::try_from(month).unwrap_or(1) - 1 + i32::from(months);
        let (year, month) = (
            index.div_euclid(12),
            index.rem_euclid(12).unsigned_abs() + 1,
        );
        Self::from_civil(year, month, day.min(days_in_month(year, month)))
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = CivilError;

    fn from_str(text: &str) -> Result<Self, CivilError> {
        let no_date = || CivilError::Date(text.to_owned());
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(no_date());
        }
        let number = |range: std::ops::Range<usize>| -> Result<u32, CivilError> {
            let digits = text.get(range).ok_or_else(no_date)?;
            if !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(no_date());
            }
            digits.parse().map_err(|_| no_date())
        };
        let year = i32::try_from(number(0..4)?).map_err(|_| no_date())?;
        if year == 0 {
            return Err(no_date());
        }
        Self::new(year, number(5..7)?, number(8..10)?).ok_or_else(no_date)
    }
}

/// A time of day in minutes since midnight, 0 (`00:00`) to 1440 (`24:00`, the end of the day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(pub u16);

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Minute {
    type Err = CivilError;

    fn from_str(text: &str) -> Result<Self, CivilError> {
        let no_time = || CivilError::Time(text.to_owned());
        let (hour, minute) = text.split_once(':').ok_or_else(no_time)?;
        let part = |digits: &str, max: u16| -> Result<u16, CivilError> {
            if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit())
            {
                return Err(no_time());
            }
            digits
                .parse()
                .ok()
                .filter(|value| *value <= max)
                .ok_or_else(no_time)
        };
        if minute.len() != 2 {
            return Err(no_time());
        }
        let total = part(hour, 24)? * 60 + part(minute, 59)?;
        if total > 1440 {
            return Err(no_time());
        }
        Ok(Self(total))
    }
}

/// A wall-clock moment in the shop's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Local {
    /// The day.
    pub date: Date,
    /// The minute of that day.
    pub time: Minute,
}

macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}
serde_as_text!(Date);
serde_as_text!(Minute);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_three_centuries_agrees_with_an_independent_calendar() {
        let first = Date::new(1900, 1, 1).unwrap();
        let mut theirs = jiff::civil::date(1900, 1, 1);
        let mut ours = first;
        while theirs.year() < 2200 {
            let (year, month, day) = ours.civil();
            assert_eq!(
                (year, month, day),
                (
                    i32::from(theirs.year()),
                    theirs.month().unsigned_abs().into(),
                    theirs.day().unsigned_abs().into()
                )
            );
            assert_eq!(Date::new(year, month, day), Some(ours));
            assert_eq!(
                Weekday::ALL
                    .iter()
                    .position(|day| *day == ours.weekday())
                    .unwrap(),
                usize::try_from(theirs.weekday().to_monday_zero_offset()).unwrap()
            );
            ours = ours.plus_days(1);
            theirs = theirs.tomorrow().unwrap();
        }
    }

    #[test]
    fn months_end_as_in_an_independent_calendar() {
        let first = Date::new(2023, 1, 1).unwrap();
        for n in 0..366 * 5 {
            let (year, month, day) = first.plus_days(n).civil();
            let theirs = jiff::civil::date(
                year.try_into().unwrap(),
                month.try_into().unwrap(),
                day.try_into().unwrap(),
            );
            for months in [1_u16, 2, 6, 12, 13, 24, 60] {
                let expected = theirs
                    .checked_add(jiff::Span::new().months(i64::from(months)))
                    .unwrap();
                assert_eq!(
                    first.plus_days(n).plus_months(months).to_string(),
                    expected.to_string(),
                    "{theirs} and {months} months"
                );
            }
        }
    }

    #[test]
    fn what_is_no_date_or_time_is_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "26-01-01",
            "2026/01/01",
            "0000-01-01",
            "2026-01-+1",
            "é026-01-0",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        for text in ["25:00", "24:01", "9h30", "12:60", "12:5", "", "+1:00"] {
            assert!(text.parse::<Minute>().is_err(), "{text}");
        }
        assert_eq!("9:30".parse::<Minute>(), Ok(Minute(570)));
        assert_eq!("24:00".parse::<Minute>(), Ok(Minute(1440)));
    }
}
