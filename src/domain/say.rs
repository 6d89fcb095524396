//! Dates, hours and promises as people say them, in French and English. Only wording:
//! what is true is decided in `hours`, `promise` and `holiday`.

use crate::civil::{Date, Local, Minute, Weekday};
use crate::holiday::Holiday;
use crate::hours::{ClosedDay, Status};
use crate::lang::Lang;
use crate::promise::{Promise, Unit};

pub mod claim;
pub mod deadline;
pub mod indicator;

/// No-break space, which French puts between a number and `h`.
const NBSP: char = '\u{a0}';

const WEEKDAYS_FR: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "lundi", "Monday".
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match lang {
        Lang::Fr => WEEKDAYS_FR[day as usize],
        Lang::En => WEEKDAYS_EN[day as usize],
    }
}

/// "lundi 1er juin", "Monday 1 June", with the year where it is not `today`'s.
pub fn date(lang: Lang, date: Date, today: Date) -> String {
    let year = if date.year() == today.year() {
        String::new()
    } else {
        format!(" {}", date.year())
    };
    let weekday = weekday(lang, date.weekday());
    format!("{weekday} {}{year}", day_of_month(lang, date))
}

/// "1er juin 2026", "1 June 2026": a day of a document, which is read in any year.
pub fn long_date(lang: Lang, date: Date) -> String {
    format!("{} {}", day_of_month(lang, date), date.year())
}

/// "lundi 1er juin 2026", "Monday 1 June 2026".
pub fn full_date(lang: Lang, date: Date) -> String {
    let day = day_of_month(lang, date);
    format!("{} {day} {}", weekday(lang, date.weekday()), date.year())
}

fn day_of_month(lang: Lang, date: Date) -> String {
    let (_, month, day) = date.civil();
    let month = usize::try_from(month - 1).unwrap_or(0);
    let day = if lang == Lang::Fr && day == 1 {
        "1er".to_owned()
    } else {
        day.to_string()
    };
    let month = match lang {
        Lang::Fr => MONTHS_FR[month],
        Lang::En => MONTHS_EN[month],
    };
    format!("{day}{NBSP}{month}")
}

/// "9 h", "17 h 30"; "9 am", "5.30 pm", "noon", "midnight".
pub fn time(lang: Lang, time: Minute) -> String {
    let (hour, minute) = (time.0 / 60, time.0 % 60);
    match lang {
        Lang::Fr if minute == 0 => format!("{hour}{NBSP}h"),
        Lang::Fr => format!("{hour}{NBSP}h{NBSP}{minute:02}"),
        Lang::En => {
            let half = if (12..24).contains(&hour) { "pm" } else { "am" };
            match (hour, minute) {
                (12, 0) => "noon".to_owned(),
                (0 | 24, 0) => "midnight".to_owned(),
                (_, 0) => format!("{}{NBSP}{half}", (hour + 11) % 12 + 1),
                _ => format!("{}.{minute:02}{NBSP}{half}", (hour + 11) % 12 + 1),
            }
        }
    }
}

/// "aujourd’hui à 18 h", "demain à 9 h", "lundi 11 juin à 17 h 30".
pub fn moment(lang: Lang, at: Local, today: Date) -> String {
    let clock = time(lang, at.time);
    let day = match (lang, at.date.0 - today.0) {
        (Lang::Fr, 0) => "aujourd’hui".to_owned(),
        (Lang::Fr, 1) => "demain".to_owned(),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::En, 1) => "tomorrow".to_owned(),
        _ => date(lang, at.date, today),
    };
    match lang {
        Lang::Fr => format!("{day} à {clock}"),
        Lang::En => format!("{day} at {clock}"),
    }
}

/// "l’Ascension", "Easter Monday", to stand after "c’est" or "it is".
pub fn holiday(lang: Lang, holiday: Holiday) -> &'static str {
    let (fr, en) = match holiday {
        Holiday::NewYear => ("le jour de l’An", "New Year’s Day"),
        Holiday::GoodFriday => ("le Vendredi saint", "Good Friday"),
        Holiday::EasterMonday => ("le lundi de Pâques", "Easter Monday"),
        Holiday::LabourDay => ("la fête du Travail", "Labour Day"),
        Holiday::Victory1945 => ("le 8 mai", "Victory Day"),
        Holiday::Ascension => ("l’Ascension", "Ascension Day"),
        Holiday::WhitMonday => ("le lundi de Pentecôte", "Whit Monday"),
        Holiday::NationalDay => ("le 14 juillet", "Bastille Day"),
        Holiday::Assumption => ("l’Assomption", "Assumption Day"),
        Holiday::AllSaints => ("la Toussaint", "All Saints’ Day"),
        Holiday::Armistice1918 => ("le 11 novembre", "Armistice Day"),
        Holiday::Christmas => ("Noël", "Christmas Day"),
        Holiday::SaintStephen => ("la Saint-Étienne", "St Stephen’s Day"),
    };
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// Why a day was stepped over: "lundi 25 mai : le lundi de Pentecôte". Days closed every week need no word: `None`.
pub fn skipped(lang: Lang, day: Date, why: &ClosedDay, today: Date) -> Option<String> {
    let reason = match why {
        ClosedDay::Weekly => return None,
        ClosedDay::Holiday(which) => holiday(lang, *which),
        ClosedDay::Closure(reason) if reason.is_empty() => match lang {
            Lang::Fr => "fermeture exceptionnelle",
            Lang::En => "exceptional closure",
        },
        ClosedDay::Closure(reason) => reason.get(lang),
    };
    let day = date(lang, day, today);
    Some(match lang {
        Lang::Fr => format!("{day}{NBSP}: {reason}"),
        Lang::En => format!("{day}: {reason}"),
    })
}

/// "Ouvert jusqu’à 12 h 30", "Fermé, rouvre mardi 26 mai à 9 h (lundi 25 mai : le lundi de Pentecôte)".
pub fn status(lang: Lang, status: &Status, today: Date) -> String {
    match status {
        Status::Open { until } => {
            let until = time(lang, *until);
            match lang {
                Lang::Fr => format!("Ouvert jusqu’à {until}"),
                Lang::En => format!("Open until {until}"),
            }
        }
        Status::Closed { opens: None, .. } => match lang {
            Lang::Fr => "Fermé".to_owned(),
            Lang::En => "Closed".to_owned(),
        },
        Status::Closed {
            opens: Some(opens),
            skipped: days,
        } => {
            let opens = moment(lang, *opens, today);
            let mut text = match lang {
                Lang::Fr => format!("Fermé, rouvre {opens}"),
                Lang::En => format!("Closed, opens {opens}"),
            };
            if let Some(reason) = days
                .iter()
                .find_map(|(day, why)| skipped(lang, *day, why, today))
            {
                text.push_str(" (");
                text.push_str(&reason);
                text.push(')');
            }
            text
        }
    }
}

/// "sous 2 jours ouvrés", "within 2 working days".
pub fn promise(lang: Lang, promise: &Promise) -> String {
    let n = promise.within;
    let plural = if n > 1 { "s" } else { "" };
    match (lang, promise.unit) {
        (Lang::Fr, Unit::OpeningMinutes) => format!("sous {n}{NBSP}minute{plural} d’ouverture"),
        (Lang::Fr, Unit::OpeningHours) => format!("sous {n}{NBSP}heure{plural} d’ouverture"),
        (Lang::Fr, Unit::WorkingDays) => format!("sous {n}{NBSP}jour{plural} ouvré{plural}"),
        (Lang::Fr, Unit::CalendarDays) => format!("sous {n}{NBSP}jour{plural}"),
        (Lang::En, Unit::OpeningMinutes) => format!("within {n} opening minute{plural}"),
        (Lang::En, Unit::OpeningHours) => format!("within {n} opening hour{plural}"),
        (Lang::En, Unit::WorkingDays) => format!("within {n} working day{plural}"),
        (Lang::En, Unit::CalendarDays) => format!("within {n} day{plural}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn french_says_hours_and_days_the_french_way() {
        let today = day("2026-05-30");
        let at = |date: &str, minute| Local {
            date: day(date),
            time: Minute(minute),
        };
        assert_eq!(
            moment(Lang::Fr, at("2026-06-01", 540), today),
            "lundi 1er\u{a0}juin à 9\u{a0}h"
        );
        assert_eq!(
            moment(Lang::Fr, at("2026-05-30", 1050), today),
            "aujourd’hui à 17\u{a0}h\u{a0}30"
        );
        assert_eq!(
            moment(Lang::En, at("2026-05-31", 1050), today),
            "tomorrow at 5.30\u{a0}pm"
        );
        assert_eq!(
            moment(Lang::Fr, at("2027-01-04", 720), today),
            "lundi 4\u{a0}janvier 2027 à 12\u{a0}h"
        );
    }

    #[test]
    fn english_noon_and_midnight_are_words() {
        let said: Vec<_> = [0, 5, 720, 725, 1440]
            .map(|m| time(Lang::En, Minute(m)))
            .into();
        assert_eq!(
            said,
            [
                "midnight",
                "12.05\u{a0}am",
                "noon",
                "12.05\u{a0}pm",
                "midnight"
            ]
        );
    }

    #[test]
    fn a_closed_channel_says_when_it_opens_and_which_holiday_is_between() {
        let closed = Status::Closed {
            opens: Some(Local {
                date: day("2026-05-26"),
                time: Minute(540),
            }),
            skipped: vec![(day("2026-05-25"), ClosedDay::Holiday(Holiday::WhitMonday))],
        };
        assert_eq!(
            status(Lang::Fr, &closed, day("2026-05-23")),
            "Fermé, rouvre mardi 26\u{a0}mai à 9\u{a0}h (lundi 25\u{a0}mai\u{a0}: le lundi de Pentecôte)"
        );
    }
}
