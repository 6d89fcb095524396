//! "Voix du client", the page of Monday morning: what customers asked, complained about and praised
//! last week, and three changes with their evidence. As text for a mail, and as a page.

use crate::action::actions;
use crate::figures::{Question, Report};
use crate::page::{self, Frame};
use crate::plain::{printable, wrapped};
use crate::say;
use crate::words::{count, counted, pick};
use guichet_domain::civil::{Date, Weekday};
use guichet_domain::deflection::Ladder;
use guichet_domain::lang::Lang;
use maud::{Markup, PreEscaped, html};

/// Lines of a section: one page is all a manager reads on Monday.
const MAX_LINES: usize = 5;

/// The week that ended last before `today`: Monday and Sunday.
pub fn last_week(today: Date) -> (Date, Date) {
    let mut monday = today;
    while monday.weekday() != Weekday::Mon {
        monday = monday.plus_days(-1);
    }
    (monday.plus_days(-7), monday.plus_days(-1))
}

/// A heading, and lines below it.
struct Section {
    title: &'static str,
    /// What is said where there is no line.
    none: &'static str,
    lines: Vec<Line>,
}

/// What was said, and what speaks for it.
struct Line {
    said: String,
    evidence: String,
}

/// The digest as text.
pub fn text(report: &Report) -> String {
    let mut out = title(report) + "\n" + &say::period(report) + "\n\n";
    wrapped(&mut out, "", &summary(report));
    for section in sections(report) {
        out.push('\n');
        wrapped(&mut out, "", section.title);
        if section.lines.is_empty() {
            wrapped(&mut out, "  ", section.none);
        }
        for line in section.lines {
            wrapped(&mut out, "  - ", &printable(&line.said));
            wrapped(&mut out, "      ", &printable(&line.evidence));
        }
    }
    out.push('\n');
    wrapped(&mut out, "", report.statement);
    out
}

/// The digest as a page that stands alone.
pub fn html(report: &Report) -> String {
    page::document(report.lang, &title(report), &body(report), None)
}

/// A digest that was kept, within a frame: its language, its title, and what [`body`] made of it.
pub fn kept(lang: Lang, title: &str, body: &str, frame: &Frame) -> String {
    let body = PreEscaped(body.to_owned());
    page::document(lang, title, &body, Some(frame))
}

/// What stands on the page.
pub fn body(report: &Report) -> Markup {
    html! {
        header {
            h1 { (title(report)) }
            p.period { (say::period(report)) }
        }
        p.statement { (summary(report)) }
        @for section in sections(report) {
            section {
                h2 { (section.title) }
                @if section.lines.is_empty() {
                    p.note { (section.none) }
                } @else {
                    ul.groups {
                        @for line in section.lines {
                            li {
                                p.todo { (say::clean(&line.said)) }
                                p.note { (say::clean(&line.evidence)) }
                            }
                        }
                    }
                }
            }
        }
        p.note { (report.statement) }
    }
}

/// What it is called.
pub fn title(report: &Report) -> String {
    let name = pick(report.lang, "Voix du client", "Voice of the customer");
    match &report.names.shop {
        Some(shop) => format!("{name} – {}", say::clean(shop)),
        None => name.to_owned(),
    }
}

fn summary(report: &Report) -> String {
    let (lang, visits) = (report.lang, report.visits);
    let n = |value, one, more| counted(lang, value, one, more);
    let own = match lang {
        Lang::Fr => format!(
            "{}, {} dont {}, {} sans réponse, {} avec un contact.",
            n(visits.all, "visite", "visites"),
            n(
                report.avoided.stated,
                "appel évité (déclaré)",
                "appels évités (déclarés)"
            ),
            n(report.avoided.unknown, "inconnu", "inconnus"),
            n(visits.unanswered, "visite", "visites"),
            count(lang, visits.with_contact),
        ),
        Lang::En => format!(
            "{}, {} of which {} unknown, {} that nothing answered, {} with a contact.",
            n(visits.all, "visit", "visits"),
            n(
                report.avoided.stated,
                "avoided (stated) call",
                "avoided (stated) calls"
            ),
            count(lang, report.avoided.unknown),
            n(visits.unanswered, "visit", "visits"),
            count(lang, visits.with_contact),
        ),
    };
    let Some(before) = report
        .before
        .map(|before| before.visits)
        .filter(|before| before.all > 0)
    else {
        return own;
    };
    let change = |now, then| say::change(lang, (now, visits.all), (then, before.all));
    match lang {
        Lang::Fr => format!(
            "{own} Sans réponse\u{a0}: {}\u{a0}; contacts\u{a0}: {}.",
            change(visits.unanswered, before.unanswered),
            change(visits.with_contact, before.with_contact)
        ),
        Lang::En => format!(
            "{own} Nothing answered: {}; contacts: {}.",
            change(visits.unanswered, before.unanswered),
            change(visits.with_contact, before.with_contact)
        ),
    }
}

fn sections(report: &Report) -> [Section; 4] {
    let lang = report.lang;
    [
        Section {
            title: pick(
                lang,
                "Ce que les clients ont demandé",
                "What customers asked",
            ),
            none: pick(
                lang,
                "Rien n’a été lu ni cherché.",
                "Nothing was read or searched.",
            ),
            lines: asked(report),
        },
        Section {
            title: pick(
                lang,
                "Ce dont ils se sont plaints",
                "What they complained about",
            ),
            none: pick(
                lang,
                "Personne n’a dit qu’une réponse ne convenait pas.",
                "Nobody said that an answer did not answer.",
            ),
            lines: complained(report),
        },
        Section {
            title: pick(lang, "Ce qui leur a servi", "What served them"),
            none: pick(
                lang,
                "Aucune réponse n’a été confirmée.",
                "No answer was confirmed.",
            ),
            lines: praised(report),
        },
        Section {
            title: pick(
                lang,
                "Trois changements qui éviteraient le plus de contacts",
                "Three changes that would avoid most contacts",
            ),
            none: pick(
                lang,
                "Rien de sûr cette semaine\u{a0}: aucune question ne revient dans deux visites.",
                "Nothing certain this week: no question came back in two visits.",
            ),
            lines: actions(report, 3)
                .iter()
                .map(|action| {
                    let advice = say::action(report, action);
                    Line {
                        said: advice.todo,
                        evidence: advice.evidence,
                    }
                })
                .collect(),
        },
    ]
}

fn asked(report: &Report) -> Vec<Line> {
    let lang = report.lang;
    let mut read = top(report, |ladder| ladder.read);
    let line = |question: &Question| Line {
        said: question.title.clone(),
        evidence: match lang {
            Lang::Fr => format!("lu dans {}", visits(lang, question.ladder.read.into())),
            Lang::En => format!("read in {}", visits(lang, question.ladder.read.into())),
        },
    };
    read.truncate(MAX_LINES - 1);
    let mut lines: Vec<Line> = read.into_iter().map(line).collect();
    let unanswered = report
        .groups
        .first()
        .and_then(|group| Some((group.phrasings.first()?.0.as_str(), group.visits)));
    let unanswered = unanswered.or(report
        .unanswered
        .first()
        .map(|one| (one.query.as_str(), one.visits.into())));
    if let Some((words, typed)) = unanswered {
        lines.push(Line {
            said: match lang {
                Lang::Fr => format!("«\u{a0}{words}\u{a0}»"),
                Lang::En => format!("“{words}”"),
            },
            evidence: match lang {
                Lang::Fr => format!("resté sans réponse dans {}", visits(lang, typed)),
                Lang::En => format!("not answered in {}", visits(lang, typed)),
            },
        });
    }
    lines
}

fn complained(report: &Report) -> Vec<Line> {
    let lang = report.lang;
    // Claims the server keeps are all there are; without them, those the widget told of.
    let (claims, is_all) = match &report.desk {
        Some(desk) => (&desk.by_category, true),
        None => (&report.claims, false),
    };
    let claims = claims.iter().take(2).map(|(category, claims)| Line {
        said: match category.as_str() {
            "" => pick(lang, "Demandes sans sujet", "Claims without a subject").to_owned(),
            id => report.names.category(id).to_owned(),
        },
        evidence: {
            let opened = match lang {
                Lang::Fr => counted(lang, *claims, "demande ouverte", "demandes ouvertes"),
                Lang::En => counted(lang, *claims, "claim opened", "claims opened"),
            };
            let from = pick(lang, " depuis l’aide", " from the widget");
            opened + if is_all { "" } else { from }
        },
    });
    let answers = top(report, |ladder| ladder.not_confirmed);
    let answers = answers.into_iter().map(|question| {
        let reasons = report
            .reasons
            .iter()
            .find(|reasons| reasons.document == question.document);
        let words = reasons
            .and_then(|reasons| reasons.texts.last())
            .map(|text| match lang {
                Lang::Fr => format!("\u{a0}: «\u{a0}{text}\u{a0}»"),
                Lang::En => format!(": “{text}”"),
            });
        let visits = visits(lang, question.ladder.not_confirmed.into());
        Line {
            said: question.title.clone(),
            evidence: match lang {
                Lang::Fr => format!("ne répond pas, dans {visits}"),
                Lang::En => format!("does not answer, in {visits}"),
            } + &words.unwrap_or_default(),
        }
    });
    claims.chain(answers).take(MAX_LINES).collect()
}

fn praised(report: &Report) -> Vec<Line> {
    let lang = report.lang;
    let confirmed = top(report, |ladder| ladder.confirmed)
        .into_iter()
        .take(MAX_LINES);
    let line = |question: &Question| {
        let (yes, no) = (question.ladder.confirmed, question.ladder.not_confirmed);
        let (all, yes) = (count(lang, (yes + no).into()), count(lang, yes.into()));
        let avoided = count(lang, question.ladder.avoided_stated.into());
        Line {
            said: question.title.clone(),
            evidence: match lang {
                Lang::Fr => {
                    format!("{yes} oui sur {all} avis\u{a0}; évité (déclaré)\u{a0}: {avoided}")
                }
                Lang::En => format!("{yes} yes of {all} that spoke; avoided (stated): {avoided}"),
            },
        }
    };
    confirmed.map(line).collect()
}

fn visits(lang: Lang, visits: u64) -> String {
    let (one, more) = match lang {
        Lang::Fr => ("visite", "visites"),
        Lang::En => ("visit", "visits"),
    };
    counted(lang, visits, one, more)
}

/// Questions by a figure of their ladder, the highest first, without those that have none.
fn top(report: &Report, figure: fn(&Ladder) -> u32) -> Vec<&Question> {
    let mut questions: Vec<_> = report
        .questions
        .iter()
        .filter(|question| figure(&question.ladder) > 0)
        .collect();
    questions.sort_by_key(|question| std::cmp::Reverse(figure(&question.ladder)));
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_any_day_of_a_week_the_week_before_is_told() {
        for today in ["2026-06-15", "2026-06-17", "2026-06-21"] {
            let (monday, sunday) = last_week(today.parse().unwrap());
            assert_eq!(
                (monday.to_string().as_str(), sunday.to_string().as_str()),
                ("2026-06-08", "2026-06-14")
            );
        }
    }
}
