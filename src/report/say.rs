//! Sentences of a report in both languages: what to change and why, what an experiment says, what is unknown.

use crate::action::Action;
use crate::figures::{Experiment, Phrased, Report};
use crate::words::{count, counted, percent, pick, points};
use guichet_domain::civil::Date;
use guichet_domain::experiment::Verdict;
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::statistics::Share;

/// A change as a manager reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What to do.
    pub todo: String,
    /// What speaks for it.
    pub evidence: String,
}

/// Words a change.
pub fn action(report: &Report, action: &Action) -> Advice {
    let (todo, evidence) = match report.lang {
        Lang::Fr => french(report, action),
        Lang::En => english(report, action),
    };
    Advice { todo, evidence }
}

fn french(report: &Report, action: &Action) -> (String, String) {
    let title = |id: &str| report.names.document(id).to_owned();
    let n = |value| count(Lang::Fr, value);
    match action {
        Action::Write {
            example,
            visits,
            nearest,
        } => {
            let visits = visites(*visits);
            let evidence = match nearest {
                Some(id) => format!(
                    "{visits} sans rien trouver. La réponse la plus proche est «\u{a0}{}\u{a0}»\u{a0}: ajoutez-y cette façon de demander si elle convient, sinon écrivez une entrée.",
                    title(id)
                ),
                None => format!(
                    "{visits} sans rien trouver, et aucune réponse n’en est proche\u{a0}: écrivez une entrée."
                ),
            };
            (
                format!("Répondre à «\u{a0}{}\u{a0}»", clean(example)),
                evidence,
            )
        }
        Action::Mend {
            document,
            not_confirmed,
            contact_after,
            read,
        } => (
            format!("Revoir «\u{a0}{}\u{a0}»", title(document)),
            format!(
                "Réponse jugée insuffisante dans {}\u{a0}; contact choisi après l’avoir ouverte\u{a0}: {}. Lue dans {}.",
                visites(*not_confirmed),
                n(*contact_after),
                visites(*read)
            ),
        ),
        Action::AskAs {
            document,
            phrasing,
            visits,
        } => (
            format!(
                "Ajouter «\u{a0}{}\u{a0}» aux façons de demander «\u{a0}{}\u{a0}»",
                clean(phrasing),
                title(document)
            ),
            format!(
                "{}\u{a0}: ces mots n’y ont pas mené, et cette réponse, trouvée autrement, a été confirmée.",
                visites(*visits)
            ),
        ),
    }
}

fn english(report: &Report, action: &Action) -> (String, String) {
    let title = |id: &str| report.names.document(id).to_owned();
    let n = |value| count(Lang::En, value);
    match action {
        Action::Write {
            example,
            visits,
            nearest,
        } => {
            let visits = visits_en(*visits);
            let evidence = match nearest {
                Some(id) => format!(
                    "{visits} found nothing. The nearest answer is “{}”: add this way of asking to it if it fits, else write an entry.",
                    title(id)
                ),
                None => format!("{visits} found nothing, and no answer is near: write an entry."),
            };
            (format!("Answer “{}”", clean(example)), evidence)
        }
        Action::Mend {
            document,
            not_confirmed,
            contact_after,
            read,
        } => (
            format!("Rework “{}”", title(document)),
            format!(
                "It does not answer, said {}; {} chose a contact after opening it. Read in {}.",
                visits_en(*not_confirmed),
                n(*contact_after),
                visits_en(*read)
            ),
        ),
        Action::AskAs {
            document,
            phrasing,
            visits,
        } => (
            format!(
                "Add “{}” to the ways “{}” is asked",
                clean(phrasing),
                title(document)
            ),
            format!(
                "{}: these words did not lead there, and this answer, found otherwise, was confirmed.",
                visits_en(*visits)
            ),
        ),
    }
}

/// Whether words lead to their entry, now and before.
pub fn phrased(report: &Report, one: &Phrased) -> Advice {
    let lang = report.lang;
    let title = report.names.document(&one.document);
    let (now, before) = (one.now, one.before);
    let n = |value| count(lang, value);
    let (todo, evidence) = match lang {
        Lang::Fr => (
            format!("«\u{a0}{}\u{a0}» → {title}", clean(&one.phrasing)),
            format!(
                "y mène dans {} visites sur {}, contre {} sur {} avant",
                n(now.0),
                n(now.1),
                n(before.0),
                n(before.1)
            ),
        ),
        Lang::En => (
            format!("“{}” → {title}", clean(&one.phrasing)),
            format!(
                "leads there in {} of {} visits, {} of {} before",
                n(now.0),
                n(now.1),
                n(before.0),
                n(before.1)
            ),
        ),
    };
    Advice { todo, evidence }
}

/// The arms of an experiment by their names, the old way first, and their visits with a contact.
pub fn arms(lang: Lang, experiment: &Experiment) -> [(&'static str, Share); 2] {
    let [old, new] = match (lang, &experiment.entry) {
        (Lang::Fr, Some(_)) => ["ancienne formulation", "nouvelle formulation"],
        (Lang::Fr, None) => ["ancienne version", "nouvelle version"],
        (Lang::En, Some(_)) => ["old wording", "new wording"],
        (Lang::En, None) => ["old way", "new way"],
    };
    let analysis = &experiment.analysis;
    [(old, analysis.control), (new, analysis.treatment)]
}

/// What an experiment compares, and in which visits; `None`: the panel, in all of them.
pub fn compared(report: &Report, experiment: &Experiment) -> Option<String> {
    let title = report.names.document(experiment.entry.as_ref()?);
    Some(match report.lang {
        Lang::Fr => format!(
            "Deux formulations de «\u{a0}{title}\u{a0}», dans les visites où cette réponse figurait parmi les résultats ou a été ouverte."
        ),
        Lang::En => format!(
            "Two wordings of “{title}”, in the visits in which that answer was among the results or opened."
        ),
    })
}

/// What an experiment says, in one or two sentences.
pub fn experiment(lang: Lang, experiment: &Experiment) -> String {
    let [_, (new, _)] = arms(lang, experiment);
    let analysis = &experiment.analysis;
    let range = analysis.interval.map(|interval| {
        let (low, high) = (signed(lang, interval.low), signed(lang, interval.high));
        match lang {
            Lang::Fr => format!("entre {low} et {high} de contacts"),
            Lang::En => format!("between {low} and {high} of contacts"),
        }
    });
    let range = range.unwrap_or_else(|| {
        pick(
            lang,
            "trop peu de jours pour un intervalle",
            "too few days for an interval",
        )
        .to_owned()
    });
    let least = analysis.control.of.min(analysis.treatment.of);
    let power = points(lang, analysis.power);
    match (analysis.verdict, lang) {
        (Verdict::NotEnoughData, Lang::Fr) => {
            let more = analysis.visits_needed.map_or_else(
                || "Aucun contact n’a encore été choisi.".to_owned(),
                |needed| format!("Il faut {} visites par groupe pour voir un écart de {}\u{a0}; il en manque {} (puissance atteinte\u{a0}: {power}).", count(lang, needed), points(lang, experiment.effect), count(lang, needed.saturating_sub(least))),
            );
            format!("Pas assez de données\u{a0}: {range}. {more}")
        }
        (Verdict::NotEnoughData, Lang::En) => {
            let more = analysis.visits_needed.map_or_else(
                || "No contact was chosen yet.".to_owned(),
                |needed| format!("It takes {} visits an arm to see a change of {}; {} are missing (power reached: {power}).", count(lang, needed), points(lang, experiment.effect), count(lang, needed.saturating_sub(least))),
            );
            format!("Not enough data: {range}. {more}")
        }
        (Verdict::NoDifference, Lang::Fr) => format!("Aucune différence visible\u{a0}: {range}."),
        (Verdict::NoDifference, Lang::En) => format!("No difference to be seen: {range}."),
        (Verdict::Fewer, Lang::Fr) => {
            format!("La {new} évite des contacts\u{a0}: {range}.")
        }
        (Verdict::Fewer, Lang::En) => format!("The {new} avoids contacts: {range}."),
        (Verdict::More, Lang::Fr) => {
            format!("La {new} amène plus de contacts\u{a0}: {range}. Revenez à l’ancienne.")
        }
        (Verdict::More, Lang::En) => {
            format!("The {new} brings more contacts: {range}. Go back to the old one.")
        }
    }
}

/// The period in words.
pub fn period(report: &Report) -> String {
    let (lang, days) = (report.lang, &report.period);
    let day = |date: Date| say::long_date(lang, date);
    let (from, to) = (days.from.or(days.first_day), days.to.or(days.last_day));
    match (from, to, lang) {
        (Some(from), Some(to), _) if from == to => day(from),
        (Some(from), Some(to), Lang::Fr) => format!("du {} au {}", day(from), day(to)),
        (Some(from), Some(to), Lang::En) => format!("{} to {}", day(from), day(to)),
        _ => pick(lang, "aucune visite", "no visit").to_owned(),
    }
}

/// How a count moved against the period before, as rates of its visits.
pub fn change(lang: Lang, now: (u64, u64), before: (u64, u64)) -> String {
    let (own, other) = (
        percent(lang, now.0, now.1),
        percent(lang, before.0, before.1),
    );
    match lang {
        Lang::Fr => format!("{own} des visites, contre {other} avant"),
        Lang::En => format!("{own} of visits, {other} before"),
    }
}

/// Typed by somebody: shown as it is, without what would move the text around it.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| {
            let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if c.is_control() || turns { ' ' } else { c }
        })
        .collect()
}

fn signed(lang: Lang, ratio: f64) -> String {
    let text = points(lang, ratio);
    let text = if ratio > 0.0 {
        format!("+{text}")
    } else {
        text
    };
    match lang {
        Lang::Fr => text.replace('%', "point").replace("point", "pt"),
        Lang::En => text.replace('%', " pt"),
    }
}

fn visites(visits: u64) -> String {
    counted(Lang::Fr, visits, "visite", "visites")
}

fn visits_en(visits: u64) -> String {
    counted(Lang::En, visits, "visit", "visits")
}
