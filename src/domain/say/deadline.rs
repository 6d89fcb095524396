//! A deadline and the way it was counted, in words a shopper can check with a calendar beside
//! him. Only wording: what is counted is decided in `deadline`.

use super::{NBSP, date, full_date, holiday, time};
use crate::civil::{Date, Local, Weekday};
use crate::deadline::{Counted, Dates, Day, Deadline, Delay, Rest, Role, Start, Unit};
use crate::lang::Lang;
use std::cmp::Ordering;

#[cfg(test)]
mod tests;

/// "14 jours calendaires", "2 ans"; "3 working days".
pub fn amount(lang: Lang, delay: Delay) -> String {
    let n = delay.within;
    let s = if n > 1 { "s" } else { "" };
    match (lang, delay.unit) {
        (Lang::Fr, Unit::CalendarDays) => format!("{n}{NBSP}jour{s} calendaire{s}"),
        (Lang::Fr, Unit::JoursOuvrables) => format!("{n}{NBSP}jour{s} ouvrable{s}"),
        (Lang::Fr, Unit::JoursOuvres) => format!("{n}{NBSP}jour{s} ouvré{s}"),
        (Lang::Fr, Unit::Months) => format!("{n}{NBSP}mois"),
        (Lang::Fr, Unit::Years) => format!("{n}{NBSP}an{s}"),
        (Lang::En, Unit::CalendarDays) => format!("{n}{NBSP}calendar day{s}"),
        (Lang::En, Unit::JoursOuvrables | Unit::JoursOuvres) => format!("{n}{NBSP}working day{s}"),
        (Lang::En, Unit::Months) => format!("{n}{NBSP}month{s}"),
        (Lang::En, Unit::Years) => format!("{n}{NBSP}year{s}"),
    }
}

/// The whole rule: "14 jours ouvrables (du lundi au samedi, sauf jours fériés) à compter de la réception".
pub fn rule(lang: Lang, delay: Delay, start: Start) -> String {
    let amount = amount(lang, delay);
    let which = match (lang, delay.unit) {
        (Lang::Fr, Unit::CalendarDays) => " (tous les jours comptent)",
        (Lang::Fr, Unit::JoursOuvrables) => " (du lundi au samedi, sauf jours fériés)",
        (Lang::Fr, Unit::JoursOuvres) => " (du lundi au vendredi, sauf jours fériés)",
        (Lang::En, Unit::CalendarDays) => " (every day counts)",
        (Lang::En, Unit::JoursOuvrables) => " (Monday to Saturday, except public holidays)",
        (Lang::En, Unit::JoursOuvres) => " (Monday to Friday, except public holidays)",
        (_, Unit::Months | Unit::Years) => "",
    };
    let event = event(lang, start);
    match lang {
        Lang::Fr => format!("{amount}{which} à compter de {event}"),
        Lang::En => format!("{amount}{which} from {event}"),
    }
}

/// "la réception", "receipt": stands after "de" and "jour de", "from" and "day of".
pub fn event(lang: Lang, start: Start) -> &'static str {
    let (fr, en) = match start {
        Start::Receipt => ("la réception", "receipt"),
        Start::Order => ("la commande", "the order"),
        Start::Dispatch => ("l’expédition", "dispatch"),
        Start::Agreement => ("la conclusion du contrat", "the agreement"),
        Start::EndOfService => ("la fin de la prestation", "the end of the service"),
        Start::Withdrawal => ("votre rétractation", "your withdrawal"),
        Start::Discovery => ("la découverte du défaut", "the discovery of the defect"),
        Start::Complaint => ("votre demande", "your request"),
    };
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// What to ask for the day of the event: "Quel jour avez-vous reçu l’article ?".
pub fn question(lang: Lang, start: Start) -> &'static str {
    let (fr, en) = match start {
        Start::Receipt => (
            "Quel jour avez-vous reçu l’article\u{a0}?",
            "Which day did you receive the item?",
        ),
        Start::Order => (
            "Quel jour avez-vous commandé\u{a0}?",
            "Which day did you order?",
        ),
        Start::Dispatch => (
            "Quel jour le colis est-il parti\u{a0}?",
            "Which day was the parcel sent?",
        ),
        Start::Agreement => (
            "Quel jour avez-vous donné votre accord\u{a0}?",
            "Which day did you give your agreement?",
        ),
        Start::EndOfService => (
            "Quel jour la prestation s’est-elle terminée\u{a0}?",
            "Which day did the service end?",
        ),
        Start::Withdrawal => (
            "Quel jour avez-vous annoncé votre rétractation\u{a0}?",
            "Which day did you tell us that you withdraw?",
        ),
        Start::Discovery => (
            "Quel jour avez-vous découvert le défaut\u{a0}?",
            "Which day did you find the defect?",
        ),
        Start::Complaint => (
            "Quel jour avez-vous envoyé votre demande\u{a0}?",
            "Which day did you send your request?",
        ),
    };
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// What helps to answer [`question`] rightly, where something can be mistaken.
pub fn question_note(lang: Lang, start: Start) -> Option<&'static str> {
    match (lang, start) {
        (Lang::Fr, Start::Receipt) => {
            Some("Si la commande est arrivée en plusieurs colis, prenez le dernier.")
        }
        (Lang::En, Start::Receipt) => {
            Some("If the order came in several parcels, take the last one.")
        }
        _ => None,
    }
}

/// "Vous avez jusqu’au mardi 2 juin 2026 à minuit", or that it is over.
pub fn last_day(lang: Lang, counted: &Counted, now: Local) -> String {
    let last = last_moment(lang, counted);
    match (lang, counted.is_over(now)) {
        (Lang::Fr, false) => format!("Vous avez jusqu’au {last}"),
        (Lang::Fr, true) => format!("Le délai a pris fin le {last}"),
        (Lang::En, false) => format!("You have until {last}"),
        (Lang::En, true) => format!("The time ended on {last}"),
    }
}

/// "mardi 2 juin 2026 à minuit", "Tuesday 2 June 2026 at 11.59 pm". French means the midnight
/// that ends the day; English would not be sure which, so it gives the last minute.
fn last_moment(lang: Lang, counted: &Counted) -> String {
    let day = full_date(lang, counted.last.date);
    match lang {
        Lang::Fr => format!("{day} à minuit"),
        Lang::En => format!("{day} at {}", time(lang, counted.last.time)),
    }
}

/// What the law gives, and whether the terms give more or less; `None` where the owner gave no law.
pub fn law(lang: Lang, deadline: &Deadline, dates: &Dates) -> Option<String> {
    let (law, counted) = (deadline.law.as_ref()?, dates.law.as_ref()?);
    let amount = amount(lang, law.delay);
    let last = last_moment(lang, counted);
    let source = &law.source;
    Some(match (lang, dates.compared()?) {
        (Lang::Fr, Ordering::Equal) => {
            format!("C’est le délai de la loi{NBSP}: {amount} ({source}).")
        }
        (Lang::Fr, Ordering::Greater) => format!(
            "La loi donne {amount}, jusqu’au {last} ({source}). La boutique vous laisse plus de temps, à ses conditions."
        ),
        (Lang::Fr, Ordering::Less) => format!(
            "La loi vous donne plus de temps{NBSP}: {amount}, jusqu’au {last} ({source}). C’est elle qui l’emporte."
        ),
        (Lang::En, Ordering::Equal) => format!("This is the law’s own time: {amount} ({source})."),
        (Lang::En, Ordering::Greater) => format!(
            "The law gives {amount}, until {last} ({source}). The shop gives you more time, on its own terms."
        ),
        (Lang::En, Ordering::Less) => format!(
            "The law gives you more time: {amount}, until {last} ({source}). The law prevails."
        ),
    })
}

/// How it was counted, a sentence each: the day of the event, the first day, what was stepped
/// over and why, and where the last day falls.
pub fn steps(lang: Lang, delay: Delay, start: Start, counted: &Counted) -> Vec<String> {
    let mut steps = Vec::new();
    let year = counted.last.date;
    if let Some(day) = counted.days.first() {
        steps.push(uncounted(lang, day, start, year));
    }
    if delay.unit.is_days()
        && let Some(first) = counted.first()
    {
        let first = date(lang, first.date, year);
        steps.push(match lang {
            Lang::Fr => format!("Le premier jour est le {first}."),
            Lang::En => format!("The first day is {first}."),
        });
    }
    steps.extend(weekly(lang, delay.unit).map(str::to_owned));
    let holidays = counted.days.iter().filter(|day| {
        let weekday = day.date.weekday();
        let each_week =
            weekday == Weekday::Sun || weekday == Weekday::Sat && delay.unit == Unit::JoursOuvres;
        day.role == Role::Skipped && !each_week
    });
    steps.extend(holidays.map(|day| uncounted(lang, day, start, year)));
    steps.extend(end(lang, delay, start, counted));
    steps
}

/// Which days of every week are stepped over.
fn weekly(lang: Lang, unit: Unit) -> Option<&'static str> {
    match (lang, unit) {
        (Lang::Fr, Unit::JoursOuvrables) => Some("Les dimanches ne sont pas comptés."),
        (Lang::Fr, Unit::JoursOuvres) => Some("Les samedis et les dimanches ne sont pas comptés."),
        (Lang::En, Unit::JoursOuvrables) => Some("Sundays are not counted."),
        (Lang::En, Unit::JoursOuvres) => Some("Saturdays and Sundays are not counted."),
        (_, Unit::CalendarDays | Unit::Months | Unit::Years) => None,
    }
}

/// "Le lundi 25 mai n’est pas compté : c’est le lundi de Pentecôte."
fn uncounted(lang: Lang, day: &Day, start: Start, year: Date) -> String {
    let text = date(lang, day.date, year);
    let why = why(lang, day, start);
    match lang {
        Lang::Fr => format!("Le {text} n’est pas compté{NBSP}: c’est {why}."),
        Lang::En => format!("{text} is not counted: it is {why}."),
    }
}

/// Why a day is not counted, to stand after "c’est" or "it is".
fn why(lang: Lang, day: &Day, start: Start) -> String {
    match (lang, day.role, day.rest) {
        (Lang::Fr, Role::Event, _) => format!("le jour de {}", event(lang, start)),
        (Lang::En, Role::Event, _) => format!("the day of {}", event(lang, start)),
        (_, _, Some(rest)) => rest_day(lang, rest).to_owned(),
        (Lang::Fr, ..) => "un jour ouvrable".to_owned(),
        (Lang::En, ..) => "a working day".to_owned(),
    }
}

fn rest_day(lang: Lang, rest: Rest) -> &'static str {
    match (lang, rest) {
        (Lang::Fr, Rest::Saturday) => "un samedi",
        (Lang::Fr, Rest::Sunday) => "un dimanche",
        (Lang::En, Rest::Saturday) => "a Saturday",
        (Lang::En, Rest::Sunday) => "a Sunday",
        (_, Rest::Holiday(which)) => holiday(lang, which),
    }
}

/// Where the last day falls, and whether it is put off.
fn end(lang: Lang, delay: Delay, start: Start, counted: &Counted) -> Vec<String> {
    let mut texts = Vec::new();
    let (Some(first), Some(end)) = (counted.days.first(), counted.end()) else {
        return texts;
    };
    let day = date(lang, end.date, counted.last.date);
    if !delay.unit.is_days() {
        texts.push(same_number(lang, delay.unit, start, first.date, end.date));
    }
    let Some(rest) = end.rest else { return texts };
    let why = rest_day(lang, rest);
    let last = date(lang, counted.last.date, counted.last.date);
    match (lang, counted.is_prolonged()) {
        (Lang::Fr, true) => texts.push(format!(
            "Le dernier jour serait le {day}{NBSP}: c’est {why}. Le délai est prolongé jusqu’au premier jour ouvrable suivant, le {last}."
        )),
        (Lang::En, true) => texts.push(format!(
            "The last day would be {day}: it is {why}. It is put off to the next working day, {last}."
        )),
        // A Saturday is nothing special to days from Monday to Saturday.
        (_, false) if delay.unit == Unit::JoursOuvrables => {}
        (Lang::Fr, false) => texts.push(format!(
            "Le dernier jour est le {day}{NBSP}: c’est {why}, mais ce délai n’est pas prolongé."
        )),
        (Lang::En, false) => texts.push(format!(
            "The last day is {day}: it is {why}, but this time is not put off."
        )),
    }
    texts
}

/// Why a delay in months or years ends on the day it ends.
fn same_number(lang: Lang, unit: Unit, start: Start, first: Date, end: Date) -> String {
    let number = first.civil().2;
    let is_same = number == end.civil().2;
    let event = event(lang, start);
    let end = full_date(lang, end);
    match (lang, is_same, unit) {
        (Lang::Fr, true, Unit::Months) => {
            format!("Un délai en mois finit le même jour du mois que {event}{NBSP}: le {end}.")
        }
        (Lang::Fr, true, _) => {
            format!("Un délai en années finit à la même date que {event}{NBSP}: le {end}.")
        }
        (Lang::Fr, false, _) => {
            format!("Ce mois n’a pas de {number}{NBSP}: le délai finit son dernier jour, le {end}.")
        }
        (Lang::En, true, Unit::Months) => {
            format!("A time in months ends on the same day of the month as {event}: {end}.")
        }
        (Lang::En, true, _) => {
            format!("A time in years ends on the same date as {event}: {end}.")
        }
        (Lang::En, false, _) => {
            format!("That month has no day {number}: it ends on its last day, {end}.")
        }
    }
}

/// A square of the calendar read aloud: "mercredi 20 mai : jour 1", "lundi 25 mai : non compté,
/// c’est le lundi de Pentecôte".
pub fn day(lang: Lang, day: &Day, start: Start, today: Date) -> String {
    let text = date(lang, day.date, today);
    let why = why(lang, day, start);
    match (lang, day.role) {
        (Lang::Fr, Role::Counted(n)) => format!("{text}{NBSP}: jour {n}"),
        (Lang::Fr, Role::Event | Role::Skipped) => {
            format!("{text}{NBSP}: non compté, c’est {why}")
        }
        (Lang::Fr, Role::Prolonged) => format!("{text}{NBSP}: délai prolongé, c’est {why}"),
        (Lang::En, Role::Counted(n)) => format!("{text}: day {n}"),
        (Lang::En, Role::Event | Role::Skipped) => format!("{text}: not counted, it is {why}"),
        (Lang::En, Role::Prolonged) => format!("{text}: put off, it is {why}"),
    }
}
