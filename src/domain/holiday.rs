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

/// Easter Sunday of a Gregorian year (Gauss's method as corrected by Lilius and Clavius,
/// in the shape of Knuth's "The Art of Computer Programming", volume 1, section 1.3.2, exercise 14).
fn easter(year: i32) -> Date {
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let skipped_leap_years = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - skipped_leap_years - 10;
    let mut epact = (11 * golden + 20 + moon_correction - skipped_leap_years).rem_euclid(30);
    if (epact == 25 && golden > 11) || epact == 24 {
        epact += 1;
    }
    // Days after the last of February of the full moon, then of the Sunday behind it.
    let moon = if 44 - epact < 21 {
        74 - epact
    } else {
        44 - epact
    };
    let day = moon + 7 - (sunday + moon) % 7;
    let last_of_february = Date::new(year, 3, 1).unwrap_or(Date(0)).plus_days(-1);
    last_of_february.plus_days(day)
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
