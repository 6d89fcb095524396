//! Receipt on each day of 2026 and 2027, against a count made with another calendar library,
//! another way to Easter, and days found by filtering instead of stepping.

use super::{Delay, Unit, count};
use crate::civil::Date as OurDate;
use crate::holiday::Region;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

/// Easter Sunday: the Sunday after the first full moon of spring, the moons being those of
/// the years 1900 to 2199 (ecclesiastical full moons by golden number, as church calendars
/// print them; month and day).
fn easter(year: i16) -> Date {
    const FULL_MOONS: [(i8, i8); 19] = [
        (4, 14),
        (4, 3),
        (3, 23),
        (4, 11),
        (3, 31),
        (4, 18),
        (4, 8),
        (3, 28),
        (4, 16),
        (4, 5),
        (3, 25),
        (4, 13),
        (4, 2),
        (3, 22),
        (4, 10),
        (3, 30),
        (4, 17),
        (4, 7),
        (3, 27),
    ];
    assert!((1900..2200).contains(&year));
    let golden = usize::try_from(year % 19).unwrap();
    let (month, day) = FULL_MOONS[golden];
    let moon = date(year, month, day);
    moon.nth_weekday(1, Weekday::Sunday).unwrap()
}

fn is_holiday(day: Date, region: Region) -> bool {
    let from_easter = day.since(easter(day.year())).unwrap().get_days();
    let fixed = [
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    ];
    let alsace_moselle = region == Region::FrAlsaceMoselle;
    fixed.contains(&(day.month(), day.day()))
        || [1, 39, 50].contains(&from_easter)
        || alsace_moselle && (from_easter == -2 || (day.month(), day.day()) == (12, 26))
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The `within`th of the days after `event` that `counts`.
fn nth(event: Date, within: u16, counts: impl Fn(Date) -> bool) -> Date {
    event
        .series(1.day())
        .skip(1)
        .filter(|day| counts(*day))
        .nth(usize::from(within) - 1)
        .unwrap()
}

fn expected(delay: Delay, event: Date) -> Date {
    let region = delay.holidays;
    let within = i64::from(delay.within);
    let end = match delay.unit {
        Unit::CalendarDays => event.checked_add(Span::new().days(within)).unwrap(),
        Unit::JoursOuvrables => nth(event, delay.within, |day| {
            day.weekday() != Weekday::Sunday && !is_holiday(day, region)
        }),
        Unit::JoursOuvres => nth(event, delay.within, |day| {
            !is_weekend(day) && !is_holiday(day, region)
        }),
        Unit::Months => event.checked_add(Span::new().months(within)).unwrap(),
        Unit::Years => event.checked_add(Span::new().years(within)).unwrap(),
    };
    let is_last = |day: &Date| !delay.prolonged || !is_weekend(*day) && !is_holiday(*day, region);
    end.series(1.day()).find(is_last).unwrap()
}

/// Every day of these years, every region, prolonged and not.
fn check(within: u16, unit: Unit, years: std::ops::RangeInclusive<i16>) {
    for holidays in [Region::Fr, Region::FrAlsaceMoselle] {
        for prolonged in [false, true] {
            let delay = Delay {
                within,
                unit,
                prolonged,
                holidays,
            };
            for event in date(*years.start(), 1, 1).series(1.day()) {
                if event.year() > *years.end() {
                    break;
                }
                let ours: OurDate = event.to_string().parse().unwrap();
                let counted = count(delay, ours);
                let told = format!("{} {}", counted.last.date, counted.last.time);
                let expected = format!("{} 23:59", expected(delay, event));
                assert_eq!(told, expected, "{delay:?} from {event}");
            }
        }
    }
}

#[test]
fn easter_of_this_test_is_the_published_one() {
    let published = [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2038-04-25",
    ];
    for day in published {
        let day: Date = day.parse().unwrap();
        assert_eq!(easter(day.year()), day);
    }
}

#[test]
fn fourteen_calendar_days_from_each_day_of_2026_and_2027() {
    check(14, Unit::CalendarDays, 2026..=2027);
}

#[test]
fn fourteen_jours_ouvrables_from_each_day_of_2026_and_2027() {
    check(14, Unit::JoursOuvrables, 2026..=2027);
}

#[test]
fn fourteen_jours_ouvres_from_each_day_of_2026_and_2027() {
    check(14, Unit::JoursOuvres, 2026..=2027);
}

#[test]
fn other_delays_of_terms_from_each_day_of_2026_and_2027() {
    check(30, Unit::CalendarDays, 2026..=2027);
    check(3, Unit::JoursOuvrables, 2026..=2027);
    check(10, Unit::JoursOuvres, 2026..=2027);
    check(1, Unit::JoursOuvres, 2026..=2027);
}

#[test]
fn months_and_years_over_leap_years() {
    check(1, Unit::Months, 2027..=2028);
    check(6, Unit::Months, 2027..=2028);
    check(2, Unit::Years, 2026..=2028);
    check(1, Unit::CalendarDays, 2028..=2028);
}
