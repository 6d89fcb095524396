//! What a shopper reads, whole.

use super::*;
use crate::civil::Minute;
use crate::deadline::{Law, count};
use crate::holiday::Region;

const RECEIPT: Start = Start::Receipt;

fn parse(text: &str) -> Date {
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

fn at(date: &str) -> Local {
    Local {
        date: parse(date),
        time: Minute(600),
    }
}

/// No-break spaces as plain ones, so that the sentences below can be read.
fn plain(text: &str) -> String {
    text.replace(NBSP, " ")
}

fn check(lang: Lang, delay: Delay, event: &str, expected: &[&str]) {
    let counted = count(delay, parse(event));
    let mut said = vec![last_day(lang, &counted, at(event))];
    said.extend(steps(lang, delay, RECEIPT, &counted));
    let said: Vec<_> = said.iter().map(|text| plain(text)).collect();
    assert_eq!(said, expected);
}

#[test]
fn the_withdrawal_period_that_ends_on_a_saturday() {
    let delay = delay(14, Unit::CalendarDays, true);
    check(
        Lang::Fr,
        delay,
        "2026-05-16",
        &[
            "Vous avez jusqu’au lundi 1er juin 2026 à minuit",
            "Le samedi 16 mai n’est pas compté : c’est le jour de la réception.",
            "Le premier jour est le dimanche 17 mai.",
            "Le dernier jour serait le samedi 30 mai : c’est un samedi. Le délai est prolongé jusqu’au premier jour ouvrable suivant, le lundi 1er juin.",
        ],
    );
    check(
        Lang::En,
        delay,
        "2026-05-16",
        &[
            "You have until Monday 1 June 2026 at 11.59 pm",
            "Saturday 16 May is not counted: it is the day of receipt.",
            "The first day is Sunday 17 May.",
            "The last day would be Saturday 30 May: it is a Saturday. It is put off to the next working day, Monday 1 June.",
        ],
    );
}

#[test]
fn working_days_name_the_holidays_stepped_over() {
    check(
        Lang::Fr,
        delay(3, Unit::JoursOuvrables, false),
        "2026-05-22",
        &[
            "Vous avez jusqu’au mercredi 27 mai 2026 à minuit",
            "Le vendredi 22 mai n’est pas compté : c’est le jour de la réception.",
            "Le premier jour est le samedi 23 mai.",
            "Les dimanches ne sont pas comptés.",
            "Le lundi 25 mai n’est pas compté : c’est le lundi de Pentecôte.",
        ],
    );
    // 26 December is a Saturday, which goes without saying.
    check(
        Lang::En,
        delay(2, Unit::JoursOuvres, true),
        "2026-12-24",
        &[
            "You have until Tuesday 29 December 2026 at 11.59 pm",
            "Thursday 24 December is not counted: it is the day of receipt.",
            "The first day is Monday 28 December.",
            "Saturdays and Sundays are not counted.",
            "Friday 25 December is not counted: it is Christmas Day.",
        ],
    );
}

#[test]
fn months_and_years_end_on_the_same_number_or_say_why_not() {
    check(
        Lang::Fr,
        delay(2, Unit::Years, false),
        "2026-03-02",
        &[
            "Vous avez jusqu’au jeudi 2 mars 2028 à minuit",
            "Le lundi 2 mars 2026 n’est pas compté : c’est le jour de la réception.",
            "Un délai en années finit à la même date que la réception : le jeudi 2 mars 2028.",
        ],
    );
    check(
        Lang::Fr,
        delay(1, Unit::Months, false),
        "2026-01-31",
        &[
            "Vous avez jusqu’au samedi 28 février 2026 à minuit",
            "Le samedi 31 janvier n’est pas compté : c’est le jour de la réception.",
            "Ce mois n’a pas de 31 : le délai finit son dernier jour, le samedi 28 février 2026.",
            "Le dernier jour est le samedi 28 février : c’est un samedi, mais ce délai n’est pas prolongé.",
        ],
    );
}

#[test]
fn a_deadline_gone_by_says_so() {
    let counted = count(delay(14, Unit::CalendarDays, true), parse("2026-05-16"));
    assert_eq!(
        plain(&last_day(Lang::Fr, &counted, at("2026-06-02"))),
        "Le délai a pris fin le lundi 1er juin 2026 à minuit"
    );
}

#[test]
fn terms_that_give_more_or_less_than_the_law_are_shown_beside_it() {
    let check = |within, expected: &str| {
        let deadline = Deadline {
            title: "Renvoyer l’article".to_owned(),
            start: RECEIPT,
            delay: delay(within, Unit::CalendarDays, true),
            law: Some(Law {
                delay: delay(14, Unit::CalendarDays, true),
                source: "article L221-18 du Code de la consommation".to_owned(),
            }),
        };
        let dates = deadline.dates(parse("2026-06-02"));
        assert_eq!(
            law(Lang::Fr, &deadline, &dates).map(|t| plain(&t)),
            Some(expected.to_owned())
        );
    };
    check(
        30,
        "La loi donne 14 jours calendaires, jusqu’au mardi 16 juin 2026 à minuit (article L221-18 du Code de la consommation). La boutique vous laisse plus de temps, à ses conditions.",
    );
    check(
        14,
        "C’est le délai de la loi : 14 jours calendaires (article L221-18 du Code de la consommation).",
    );
    check(
        7,
        "La loi vous donne plus de temps : 14 jours calendaires, jusqu’au mardi 16 juin 2026 à minuit (article L221-18 du Code de la consommation). C’est elle qui l’emporte.",
    );
}

#[test]
fn each_day_of_the_calendar_can_be_read_aloud() {
    let delay = delay(1, Unit::JoursOuvres, false);
    let counted = count(delay, parse("2026-05-22"));
    let said: Vec<_> = counted
        .days
        .iter()
        .map(|each| plain(&day(Lang::Fr, each, RECEIPT, parse("2026-05-22"))))
        .collect();
    assert_eq!(
        said,
        [
            "vendredi 22 mai : non compté, c’est le jour de la réception",
            "samedi 23 mai : non compté, c’est un samedi",
            "dimanche 24 mai : non compté, c’est un dimanche",
            "lundi 25 mai : non compté, c’est le lundi de Pentecôte",
            "mardi 26 mai : jour 1",
        ]
    );
}

#[test]
fn the_rule_says_which_days_count() {
    let said = |lang, unit| plain(&rule(lang, delay(14, unit, true), RECEIPT));
    assert_eq!(
        said(Lang::Fr, Unit::JoursOuvrables),
        "14 jours ouvrables (du lundi au samedi, sauf jours fériés) à compter de la réception"
    );
    assert_eq!(
        said(Lang::Fr, Unit::Years),
        "14 ans à compter de la réception"
    );
    assert_eq!(
        said(Lang::En, Unit::CalendarDays),
        "14 calendar days (every day counts) from receipt"
    );
}
