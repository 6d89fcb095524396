//! Worked examples: those of terms and of the law, months' ends, leap years, and the nights
//! in which clocks change.

use super::{Counted, Deadline, Delay, Law, Rest, Role, Start, Unit, count};
use crate::civil::{Date, Local, Minute};
use crate::holiday::{Holiday, Region};
use std::cmp::Ordering;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn delay(within: u16, unit: Unit, prolonged: bool) -> Delay {
    Delay {
        within,
        unit,
        prolonged,
        holidays: Region::Fr,
    }
}

fn check(delay: Delay, event: &str, expected: &str) -> Counted {
    let counted = count(delay, day(event));
    assert_eq!(
        counted.last.date.to_string(),
        expected,
        "{delay:?} from {event}"
    );
    assert_eq!(counted.last.time, Minute(1439));
    counted
}

const WITHDRAWAL: (u16, Unit, bool) = (14, Unit::CalendarDays, true);

fn check_withdrawal(event: &str, expected: &str) -> Counted {
    let (within, unit, prolonged) = WITHDRAWAL;
    check(delay(within, unit, prolonged), event, expected)
}

#[test]
fn the_day_of_receipt_is_not_counted_and_the_last_day_is_whole() {
    let counted = check_withdrawal("2026-11-03", "2026-11-17");
    assert_eq!(counted.days[0].role, Role::Event);
    assert_eq!(counted.first().unwrap().date, day("2026-11-04"));
    assert!(!counted.is_prolonged());
    let at = |date: &str, time| Local {
        date: day(date),
        time: Minute(time),
    };
    assert!(!counted.is_over(at("2026-11-17", 1439)));
    assert!(counted.is_over(at("2026-11-18", 0)));
}

#[test]
fn a_last_day_on_a_weekend_or_holiday_is_put_off_to_the_next_working_day() {
    // Day 14 on a Saturday, on a Sunday, on Whit Monday.
    check_withdrawal("2026-05-16", "2026-06-01");
    check_withdrawal("2026-05-17", "2026-06-01");
    check_withdrawal("2026-05-11", "2026-05-26");
    // Day 14 on Christmas Day, a Friday: over the weekend too.
    let counted = check_withdrawal("2026-12-11", "2026-12-28");
    assert_eq!(
        counted.end().unwrap().rest,
        Some(Rest::Holiday(Holiday::Christmas))
    );
    let behind: Vec<_> = counted.days.iter().rev().take(3).map(|d| d.role).collect();
    assert_eq!(behind, [Role::Prolonged; 3]);
}

#[test]
fn without_prolongation_the_last_day_stays() {
    check(
        delay(14, Unit::CalendarDays, false),
        "2026-05-16",
        "2026-05-30",
    );
    check(
        delay(3, Unit::JoursOuvrables, false),
        "2026-05-20",
        "2026-05-23",
    );
    check(
        delay(3, Unit::JoursOuvrables, true),
        "2026-05-20",
        "2026-05-26",
    );
}

#[test]
fn every_day_of_the_way_says_why_it_is_counted_or_not() {
    // Received on Thursday; Sunday and Whit Monday are stepped over.
    let counted = check(
        delay(3, Unit::JoursOuvrables, true),
        "2026-05-21",
        "2026-05-26",
    );
    let told: Vec<_> = counted.days.iter().map(|d| (d.role, d.rest)).collect();
    assert_eq!(
        told,
        [
            (Role::Event, None),
            (Role::Counted(1), None),
            (Role::Counted(2), Some(Rest::Saturday)),
            (Role::Skipped, Some(Rest::Sunday)),
            (Role::Skipped, Some(Rest::Holiday(Holiday::WhitMonday))),
            (Role::Counted(3), None),
        ]
    );
}

#[test]
fn alsace_and_moselle_step_over_good_friday_and_saint_stephen() {
    let ouvres = delay(1, Unit::JoursOuvres, false);
    check(ouvres, "2026-04-02", "2026-04-03");
    let there = Delay {
        holidays: Region::FrAlsaceMoselle,
        ..ouvres
    };
    check(there, "2026-04-02", "2026-04-07");
    let ouvrables = delay(1, Unit::JoursOuvrables, false);
    check(ouvrables, "2026-12-24", "2026-12-26");
    let there = Delay {
        holidays: Region::FrAlsaceMoselle,
        ..ouvrables
    };
    check(there, "2026-12-24", "2026-12-28");
}

#[test]
fn fourteen_jours_ouvrables_last_sixteen_to_twenty_one_calendar_days() {
    // In 2027, 1 and 8 May are Saturdays, Ascension is on the 6th and Whit Monday on the 17th.
    for (year, longest) in [(2026, 20), (2027, 21)] {
        let lengths = (0..365).map(|n| {
            let event = Date::new(year, 1, 1).unwrap().plus_days(n);
            let counted = count(delay(14, Unit::JoursOuvrables, false), event);
            counted.last.date.0 - event.0
        });
        assert_eq!(lengths.clone().min(), Some(16), "{year}");
        assert_eq!(lengths.max(), Some(longest), "{year}");
    }
}

#[test]
fn months_end_on_the_same_number_or_on_the_last_of_the_month() {
    let month = delay(1, Unit::Months, false);
    check(month, "2026-01-31", "2026-02-28");
    check(month, "2028-01-31", "2028-02-29");
    check(month, "2026-03-31", "2026-04-30");
    check(month, "2026-02-28", "2026-03-28");
    check(delay(24, Unit::Months, false), "2026-05-31", "2028-05-31");
}

#[test]
fn years_over_a_leap_day() {
    let years = delay(2, Unit::Years, false);
    check(years, "2026-03-01", "2028-03-01");
    check(years, "2028-02-29", "2030-02-28");
    check(years, "2026-02-28", "2028-02-28");
    check(delay(4, Unit::Years, false), "2028-02-29", "2032-02-29");
}

#[test]
fn a_night_in_which_clocks_change_is_a_night_like_others() {
    // Clocks go forward on Sunday 29 March 2026, back on Sunday 25 October.
    let days = delay(14, Unit::CalendarDays, false);
    check(days, "2026-03-15", "2026-03-29");
    check(days, "2026-03-16", "2026-03-30");
    check(days, "2026-10-11", "2026-10-25");
    check(days, "2026-10-12", "2026-10-26");
}

#[test]
fn an_amount_out_of_range_is_counted_as_the_nearest_in_it() {
    check(
        delay(0, Unit::CalendarDays, false),
        "2026-06-01",
        "2026-06-02",
    );
    check(
        delay(u16::MAX, Unit::Years, false),
        "2026-06-01",
        "2056-06-01",
    );
}

#[test]
fn the_law_is_counted_beside_the_terms() {
    let law = |within| Law {
        delay: delay(within, Unit::CalendarDays, true),
        source: "article L221-18 du Code de la consommation".to_owned(),
    };
    for (terms, expected) in [
        (30, Ordering::Greater),
        (14, Ordering::Equal),
        (7, Ordering::Less),
    ] {
        let deadline = Deadline {
            title: "Renoncer à votre achat".to_owned(),
            start: Start::Receipt,
            delay: delay(terms, Unit::CalendarDays, true),
            law: Some(law(14)),
        };
        let dates = deadline.dates(day("2026-06-02"));
        assert_eq!(dates.compared(), Some(expected), "{terms} days");
        let written = serde_json::to_string(&deadline).unwrap();
        assert_eq!(
            serde_json::from_str::<Deadline>(&written).unwrap(),
            deadline
        );
    }
}

#[test]
fn a_calendar_shows_whole_weeks_from_monday() {
    let counted = check_withdrawal("2026-05-16", "2026-06-01");
    let weeks = counted.weeks();
    assert_eq!(weeks.len(), 4);
    assert_eq!(
        (weeks[0][0].date, weeks[0][0].day),
        (day("2026-05-11"), None)
    );
    assert_eq!(weeks[0][5].day, counted.days.first());
    assert_eq!(weeks[3][0].day, counted.days.last());
    assert_eq!(weeks[3][1].day, None);
    let shown = weeks.iter().flatten().filter_map(|square| square.day);
    assert!(shown.eq(&counted.days));
}
