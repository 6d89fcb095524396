//! The head of a report as text: which days, how many visits, what moved.

use crate::figures::Report;
use crate::period::{DatedBy, Days};
use crate::plain::{heading, line, printable};
use crate::say;
use crate::words::{duration, pick};
use guichet_domain::lang::Lang;

pub(super) fn write(out: &mut String, report: &Report) {
    let lang = report.lang;
    let sites: Vec<_> = report.sites.iter().map(|id| printable(id)).collect();
    match sites.as_slice() {
        [] => {}
        [site] => line(out, &format!("{:8}{site}", pick(lang, "Site", "Site"))),
        sites => line(out, &format!("{:8}{}", "Sites", sites.join(", "))),
    }
    line(
        out,
        &format!(
            "{:8}{}",
            pick(lang, "Période", "Period"),
            period(&report.period, lang)
        ),
    );
    let clock = match report.period.dated_by {
        DatedBy::ServerClock => pick(
            lang,
            "une visite compte le jour où le serveur a reçu son premier événement",
            "a visit belongs to the day on which the server received its first event",
        ),
        DatedBy::ShopperClock => pick(
            lang,
            "une visite compte le jour de son premier événement, à l’horloge du client",
            "a visit belongs to the day of its first event by the shopper's clock",
        ),
    };
    let days = pick(lang, "jours de", "days of");
    line(
        out,
        &format!("        {days} {}; {clock}", report.period.time_zone),
    );
    if report.visits.all > 0 {
        counts(out, report);
        movement(out, report);
    }
}

fn counts(out: &mut String, report: &Report) {
    let (lang, visits) = (report.lang, &report.visits);
    let counts = [
        (
            pick(lang, "Visites", "Visits"),
            visits.all,
            pick(
                lang,
                "où l’aide a été ouverte ou utilisée\u{a0}; parmi elles",
                "in which the widget was opened or used; of these",
            ),
        ),
        (
            "",
            visits.with_search,
            pick(lang, "avec une recherche", "with a search"),
        ),
        (
            "",
            visits.unanswered,
            pick(
                lang,
                "avec une recherche restée sans réponse",
                "with a search that nothing answered",
            ),
        ),
        (
            "",
            visits.with_contact,
            pick(
                lang,
                "où un contact a été choisi",
                "in which a contact was chosen",
            ),
        ),
        (
            "",
            visits.with_claim,
            pick(
                lang,
                "où une demande a été ouverte",
                "in which a claim was opened",
            ),
        ),
        (
            "",
            visits.avoided_stated,
            pick(
                lang,
                "avec un appel évité (déclaré)",
                "with an avoided (stated) call",
            ),
        ),
        (
            "",
            report.avoided.unknown,
            pick(
                lang,
                "de ces derniers, dont personne ne sait s’ils ont été suivis d’un appel",
                "of the last, of which nobody knows whether a call followed",
            ),
        ),
    ];
    let width = visits.all.to_string().len();
    for (label, count, meaning) in counts {
        line(out, &format!("{label:8}{count:width$}  {meaning}"));
    }
    let saved = report.time_saved;
    let (low, high) = (
        duration(lang, saved.low_minutes),
        duration(lang, saved.high_minutes),
    );
    let minutes = report.minutes.information;
    line(
        out,
        &match lang {
            Lang::Fr => format!("Temps   entre {low} et {high} gagnés, à {minutes} min par appel"),
            Lang::En => format!("Time    between {low} and {high} saved, at {minutes} min a call"),
        },
    );
}

fn movement(out: &mut String, report: &Report) {
    let (lang, visits) = (report.lang, &report.visits);
    if let Some(before) = report.before.filter(|before| before.visits.all > 0) {
        let rate = |now, then| say::change(lang, (now, visits.all), (then, before.visits.all));
        heading(
            out,
            &match lang {
                Lang::Fr => format!(
                    "Depuis la période précédente ({} au {})",
                    before.from, before.to
                ),
                Lang::En => format!("Since the period before ({} to {})", before.from, before.to),
            },
        );
        let rows = [
            (
                pick(lang, "visites", "visits"),
                format!(
                    "{}, {} {}",
                    visits.all,
                    before.visits.all,
                    pick(lang, "avant", "before")
                ),
            ),
            (
                pick(lang, "évité (déclaré)", "avoided (stated)"),
                rate(visits.avoided_stated, before.visits.avoided_stated),
            ),
            (
                pick(lang, "sans réponse", "nothing answered"),
                rate(visits.unanswered, before.visits.unanswered),
            ),
            (
                pick(lang, "contact choisi", "contact chosen"),
                rate(visits.with_contact, before.visits.with_contact),
            ),
        ];
        for (name, text) in rows {
            line(out, &format!("  {name:18}{text}"));
        }
    }
}

fn period(days: &Days, lang: Lang) -> String {
    let fr = lang == Lang::Fr;
    let asked = match (days.from, days.to) {
        (None, None) => {
            pick(lang, "tout ce qui a été enregistré", "everything recorded").to_owned()
        }
        (Some(from), None) => format!("{} {from}", pick(lang, "depuis le", "from")),
        (None, Some(to)) => format!("{} {to}", pick(lang, "jusqu’au", "until")),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} {} {to}", pick(lang, "au", "to")),
    };
    match (days.first_day, days.last_day) {
        (Some(first), Some(last)) if first == last && fr => format!("{asked} (visites du {first})"),
        (Some(first), Some(last)) if fr => format!("{asked} (visites du {first} au {last})"),
        (Some(first), Some(last)) if first == last => format!("{asked} (visits of {first})"),
        (Some(first), Some(last)) => format!("{asked} (visits of {first} to {last})"),
        _ => asked,
    }
}
