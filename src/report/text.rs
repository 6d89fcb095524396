//! A report as text for a terminal or an e-mail. Only arranges what `figures` says.

mod head;

use crate::action::actions;
use crate::desk::{Row, rows};
use crate::figures::{Group, Report};
use crate::plain::{heading, line, printable, wrapped};
use crate::say;
use crate::words::{count, counted, percent, pick};
use guichet_domain::deflection::Ladder;
use guichet_domain::lang::Lang;
use std::fmt::Write as _;

/// Most unanswered queries shown; the JSON has all.
const MAX_UNANSWERED: usize = 20;
/// Most phrasings of one meaning.
const MAX_PHRASINGS: usize = 4;

/// A column: its heading on two lines, and its figure.
type Column = (&'static str, &'static str, fn(&Ladder) -> u32);

const ENGLISH: [Column; 7] = [
    ("", "seen", |ladder| ladder.seen),
    ("", "read", |ladder| ladder.read),
    ("", "confirmed", |ladder| ladder.confirmed),
    ("not", "confirmed", |ladder| ladder.not_confirmed),
    ("", "asked", |ladder| ladder.asked),
    ("avoided", "(stated)", |ladder| ladder.avoided_stated),
    ("", "contradicted", |ladder| ladder.contradicted),
];
const FRENCH: [Column; 7] = [
    ("", "vu", |ladder| ladder.seen),
    ("", "lu", |ladder| ladder.read),
    ("", "confirmé", |ladder| ladder.confirmed),
    ("non", "confirmé", |ladder| ladder.not_confirmed),
    ("", "interrogé", |ladder| ladder.asked),
    ("évité", "(déclaré)", |ladder| ladder.avoided_stated),
    ("", "contredit", |ladder| ladder.contradicted),
];

/// Writes the whole report.
pub fn render(report: &Report) -> String {
    let lang = report.lang;
    let mut out = pick(
        lang,
        "Quelles questions ont évité un appel",
        "Which questions avoided a call",
    )
    .to_owned()
        + "\n\n";
    head::write(&mut out, report);
    if report.visits.all == 0 {
        let nothing = pick(
            lang,
            "Rien à rapporter\u{a0}: aucune visite n’a été enregistrée.",
            "There is nothing to report: no visit was recorded.",
        );
        let _ = write!(out, "\n{nothing}\n");
        desk(&mut out, report);
        if report.desk.is_some() {
            meanings(&mut out, report);
            return out;
        }
        out.push('\n');
        wrapped(&mut out, "", report.statement);
        return out;
    }
    changes(&mut out, report);
    questions(&mut out, report);
    contacts(&mut out, report);
    calls(&mut out, report);
    desk(&mut out, report);
    unanswered(&mut out, report);
    phrased(&mut out, report);
    experiments(&mut out, report);
    meanings(&mut out, report);
    out
}

fn changes(out: &mut String, report: &Report) {
    let actions = actions(report, 3);
    if actions.is_empty() {
        return;
    }
    heading(
        out,
        pick(
            report.lang,
            "Ce qui éviterait le plus de contacts",
            "What would avoid most contacts",
        ),
    );
    for (number, action) in (1..).zip(&actions) {
        let advice = say::action(report, action);
        wrapped(out, "  ", &format!("{number}. {}", printable(&advice.todo)));
        wrapped(out, "     ", &printable(&advice.evidence));
    }
}

fn questions(out: &mut String, report: &Report) {
    let lang = report.lang;
    heading(
        out,
        pick(
            lang,
            "Questions, en visites, d’abord celles qui ont évité (déclaré) le plus d’appels",
            "Questions, in visits, most avoided (stated) first",
        ),
    );
    if report.questions.is_empty() {
        line(
            out,
            pick(
                lang,
                "  aucune réponse n’a été montrée",
                "  no answer was shown",
            ),
        );
        return;
    }
    let columns = match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    };
    let totals = pick(lang, "toutes les questions", "all questions");
    let names: Vec<_> = report
        .questions
        .iter()
        .map(|question| printable(&question.document))
        .collect();
    let longest = names.iter().map(|name| name.chars().count()).max();
    let width = longest.unwrap_or(0).max(totals.chars().count());
    let mut row = |name: &str, cells: [String; 7]| {
        let mut text = format!("  {name:width$}");
        for (cell, (above, below, _)) in cells.iter().zip(columns) {
            let width = above.chars().count().max(below.chars().count()) + 2;
            // Writing to a string can't fail.
            let _ = write!(text, "{cell:>width$}");
        }
        line(out, text.trim_end());
    };
    row("", columns.map(|(above, ..)| above.to_owned()));
    row("", columns.map(|(_, below, _)| below.to_owned()));
    for (name, question) in names.iter().zip(&report.questions) {
        row(
            name,
            columns.map(|(_, _, figure)| figure(&question.ladder).to_string()),
        );
    }
    row(
        totals,
        columns.map(|(_, _, figure)| figure(&report.totals).to_string()),
    );
    line(
        out,
        pick(
            lang,
            "  Une visite compte pour chaque question qu’elle concerne\u{a0}: les sommes peuvent dépasser les visites.",
            "  A visit counts under every question it concerns, so sums may exceed the visits.",
        ),
    );
}

fn contacts(out: &mut String, report: &Report) {
    heading(
        out,
        pick(
            report.lang,
            "Contacts choisis, en visites",
            "Contacts chosen, in visits",
        ),
    );
    let rows: Vec<(u64, &str)> = report
        .contacts
        .iter()
        .map(|contact| (contact.visits, contact.channel.as_str()))
        .collect();
    listed(out, &rows);
    if rows.is_empty() {
        line(out, pick(report.lang, "  aucun", "  none"));
    }
}

fn calls(out: &mut String, report: &Report) {
    let lang = report.lang;
    let Some((first, last)) = report.call_log else {
        return;
    };
    heading(
        out,
        &match lang {
            Lang::Fr => format!("Appels importés par catégorie (journal du {first} au {last})"),
            Lang::En => format!("Imported calls by category (log of {first} to {last})"),
        },
    );
    for category in &report.categories {
        let name = match category.category.as_str() {
            "" => pick(lang, "sans catégorie", "no category"),
            id => report.names.category(id),
        };
        line(out, &format!("  {:6}  {}", category.calls, printable(name)));
        if let Some(document) = &category.most_after {
            let why = pick(
                lang,
                "Comment l’éviter\u{a0}? Le plus de contacts viennent après",
                "How could it have been avoided? Most asked a person after",
            );
            wrapped(
                out,
                "          ",
                &format!("{why} {}", printable(report.names.document(document))),
            );
        }
    }
    if let Some(repeats) = report.repeats {
        line(
            out,
            &match lang {
                Lang::Fr => format!(
                    "  dossiers ayant demandé plusieurs contacts\u{a0}: {} sur {} (jusqu’à {})\u{a0}; contacts sans numéro de dossier\u{a0}: {}",
                    repeats.repeated, repeats.cases, repeats.most, repeats.without_number
                ),
                Lang::En => format!(
                    "  cases that took several contacts: {} of {} (up to {}); contacts without a case number: {}",
                    repeats.repeated, repeats.cases, repeats.most, repeats.without_number
                ),
            },
        );
    }
}

fn desk(out: &mut String, report: &Report) {
    let Some(desk) = &report.desk else { return };
    let title = pick(report.lang, "Demandes reçues", "Claims received");
    heading(out, title);
    for Row { word, of, text } in rows(report, desk) {
        let word = word.definition(report.lang).word;
        let name = if of.is_empty() {
            word.to_owned()
        } else {
            format!("{word}, {of}")
        };
        let colon = pick(report.lang, "\u{a0}:", ":");
        wrapped(out, "  ", &printable(&format!("{name}{colon} {text}")));
    }
}

fn unanswered(out: &mut String, report: &Report) {
    let lang = report.lang;
    heading(
        out,
        pick(
            lang,
            "Questions restées sans réponse, en visites",
            "Questions nothing answered, in visits",
        ),
    );
    if !report.groups.is_empty() {
        for Group {
            phrasings,
            visits,
            nearest,
        } in report.groups.iter().take(MAX_UNANSWERED)
        {
            let words: Vec<_> = phrasings
                .iter()
                .take(MAX_PHRASINGS)
                .map(|(text, _)| printable(text))
                .collect();
            line(out, &format!("  {visits:5}  {}", words.join(" · ")));
            if let Some(nearest) = nearest {
                line(
                    out,
                    &format!(
                        "         {} {}",
                        pick(lang, "au plus près de", "nearest"),
                        printable(report.names.document(nearest))
                    ),
                );
            }
        }
        return;
    }
    let rows: Vec<(u64, &str)> = report
        .unanswered
        .iter()
        .take(MAX_UNANSWERED)
        .map(|one| (one.visits.into(), one.query.as_str()))
        .collect();
    listed(out, &rows);
    match report.unanswered.len() {
        0 => line(out, pick(lang, "  aucune", "  none")),
        all if all > MAX_UNANSWERED => {
            let more = all - MAX_UNANSWERED;
            line(
                out,
                &match lang {
                    Lang::Fr => {
                        format!("  et {more} autres\u{a0}: `--format json` les donne toutes")
                    }
                    Lang::En => format!("  and {more} more: `--format json` lists all"),
                },
            );
        }
        _ => {}
    }
}

fn phrased(out: &mut String, report: &Report) {
    if report.phrased.is_empty() {
        return;
    }
    let title = pick(
        report.lang,
        "Façons de demander dont l’effet a changé",
        "Ways of asking that lead elsewhere than before",
    );
    heading(out, title);
    for one in report.phrased.iter().take(MAX_UNANSWERED) {
        let told = say::phrased(report, one);
        let colon = pick(report.lang, "\u{a0}:", ":");
        let text = format!("{}{colon} {}", told.todo, told.evidence);
        wrapped(out, "  ", &printable(&text));
    }
}

fn experiments(out: &mut String, report: &Report) {
    for experiment in &report.experiments {
        heading(
            out,
            &format!(
                "{} {}",
                pick(report.lang, "Expérience", "Experiment"),
                printable(&experiment.id)
            ),
        );
        if let Some(compared) = say::compared(report, experiment) {
            wrapped(out, "  ", &printable(&compared));
        }
        wrapped(out, "  ", &say::experiment(report.lang, experiment));
        for (name, share) in say::arms(report.lang, experiment) {
            let contacts = counted(report.lang, share.count, "contact", "contacts");
            let visits = count(report.lang, share.of);
            let rate = percent(report.lang, share.count, share.of);
            let text = match report.lang {
                Lang::Fr => format!("{name}\u{a0}: {contacts} sur {visits} visites ({rate})"),
                Lang::En => format!("{name}: {contacts} in {visits} visits ({rate})"),
            };
            wrapped(out, "  ", &text);
        }
    }
}

fn listed(out: &mut String, rows: &[(u64, &str)]) {
    let width = rows
        .iter()
        .map(|(count, _)| count.to_string().len())
        .max()
        .unwrap_or(0);
    for (count, name) in rows {
        line(out, &format!("  {count:width$}  {}", printable(name)));
    }
}

fn meanings(out: &mut String, report: &Report) {
    heading(
        out,
        pick(
            report.lang,
            "Ce que les mots veulent dire",
            "What the words mean",
        ),
    );
    for definition in &report.definitions {
        wrapped(
            out,
            "  ",
            &format!(
                "{}{} {}.",
                definition.word,
                pick(report.lang, "\u{a0}:", ":"),
                definition.meaning
            ),
        );
    }
    if report.passed_over > 0 {
        let more = report.passed_over;
        wrapped(
            out,
            "  ",
            &match report.lang {
                Lang::Fr => format!(
                    "{more} événements d’un widget plus récent n’ont pas pu être comptés\u{a0}: mettez ce programme à jour."
                ),
                Lang::En => format!(
                    "{more} events of a newer widget could not be counted: update this program."
                ),
            },
        );
    }
    out.push('\n');
    wrapped(out, "", report.statement);
}
