//! Public holidays, computed: the eleven of France (Code du travail, L3133-1) and the
//! two more of Alsace-Moselle (L3134-13). Their names in words are in `say`.

use crate::civil::Date;
use serde::{Deserialize, Serialize};

/// Which public holidays close a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Metropolitan France.
    #[default]
    Fr,
    /// Bas-Rhin, Haut-Rhin and Moselle: France's, Good Friday and 26 December.
    FrAlsaceMoselle,
    /// No public holidays.
    None,
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter (Alsace-Moselle).
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    LabourDay,
    /// 8 May.
    Victory1945,
    /// 39 days after Easter.
    Ascension,
    /// 50 days after Easter.
    WhitMonday,
    /// 14 July.
    NationalDay,
    /// 15 August.
    Assumption,
    /// 1 November.
    AllSaints,
    /// 11 November.
    Armistice1918,
    /// 25 December.
    Christmas,
    /// 26 December (Alsace-Moselle).
    SaintStephen,
}

/// The holiday on this day in this region. Where two fall together (Ascension on 1 or 8 May) the fixed one.
pub fn holiday(date: Date, region: Region) -> Option<Holiday> {
    if region == Region::None {
        return None;
    }
    let (year, month, day) = date.civil();
    let fixed = match (month, day) {
        (1, 1) => Some(Holiday::NewYear),
        (5, 1) => Some(Holiday::LabourDay),
        (5, 8) => Some(Holiday::Victory1945),
        (7, 14) => Some(Holiday::NationalDay),
        (8, 15) => Some(Holiday::Assumption),
        (11, 1) => Some(Holiday::AllSaints),
        (11, 11) => Some(Holiday::Armistice1918),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) if region == Region::FrAlsaceMoselle => Some(Holiday::SaintStephen),
        _ => None,
    };
    fixed.or_else(|| match date.0 - easter(year).0 {
        -2 if region == Region::FrAlsaceMoselle => Some(Holiday::GoodFriday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        50 => Some(Holiday::WhitMonday),
        _ => None,
    })
}

/// Easter Sunday of a Gregorian year (the "anonymous" algorithm, Nature, 20 April 1876).
fn easter(year: i32) -> Date {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, month.unsigned_abs(), day.unsigned_abs()).unwrap_or(Date(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(day: &str, region: Region, expected: Option<Holiday>) {
        assert_eq!(holiday(day.parse().unwrap(), region), expected, "{day}");
    }

    #[test]
    fn movable_feasts_follow_published_easter_dates() {
        // Easter: 2024-03-31, 2025-04-20, 2026-04-05, 2027-03-28, 2038-04-25 (the latest possible).
        for monday in [
            "2024-04-01",
            "2025-04-21",
            "2026-04-06",
            "2027-03-29",
            "2038-04-26",
        ] {
            check(monday, Region::Fr, Some(Holiday::EasterMonday));
        }
        check("2026-05-14", Region::Fr, Some(Holiday::Ascension));
        check("2026-05-25", Region::Fr, Some(Holiday::WhitMonday));
        check("2027-05-17", Region::Fr, Some(Holiday::WhitMonday));
    }

    #[test]
    fn alsace_moselle_has_two_more() {
        check(
            "2026-04-03",
            Region::FrAlsaceMoselle,
            Some(Holiday::GoodFriday),
        );
        check("2026-04-03", Region::Fr, None);
        check(
            "2026-12-26",
            Region::FrAlsaceMoselle,
            Some(Holiday::SaintStephen),
        );
        check("2026-12-26", Region::Fr, None);
    }

    #[test]
    fn each_year_has_eleven_holidays_unless_two_fall_together() {
        for year in 2020..2060 {
            let first = Date::new(year, 1, 1).unwrap();
            let days = (0..366)
                .map(|n| first.plus_days(n))
                .filter(|day| day.year() == year && holiday(*day, Region::Fr).is_some())
                .count();
            let ascension = easter(year).plus_days(39).civil();
            let together = matches!((ascension.1, ascension.2), (5, 1 | 8));
            assert_eq!(days, if together { 10 } else { 11 }, "{year}");
        }
    }
}
