//! A report as one page to mail, print or keep: everything in it, no script, nothing fetched. Every
//! figure opens its definition; every plot is a picture of a table that is there too.

mod contacts;
mod desk;
mod plot;

use crate::action::{Action, actions};
use crate::figures::{Group, Question, Report};
use crate::period::DatedBy;
use crate::say;
use crate::words::{Word, count, duration, percent, pick};
use guichet_domain::lang::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use plot::Series;

/// Rows of a table before the rest is left to the other formats.
const MAX_ROWS: usize = 20;
/// Phrasings of one meaning.
const MAX_PHRASINGS: usize = 4;

/// The stylesheet of report and digest.
pub const STYLE: &str = include_str!("page/style.css");

/// What a page of a server has around it, which one to mail or to keep has not.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Address of [`STYLE`], where a policy allows no style within the page.
    pub style: String,
    /// Stands above the page on the screen, not on paper.
    pub above: Markup,
}

/// Writes the whole page, with everything in it.
pub fn render(report: &Report) -> String {
    render_in(report, None)
}

/// The same within a frame, if there is one.
pub fn render_in(report: &Report, frame: Option<&Frame>) -> String {
    let lang = report.lang;
    let title = pick(
        lang,
        "Quelles questions ont évité un appel",
        "Which questions avoided a call",
    );
    let shop = report
        .names
        .shop
        .clone()
        .unwrap_or_else(|| report.sites.iter().cloned().collect::<Vec<_>>().join(", "));
    let body = html! {
        header {
            p.shop { (say::clean(&shop)) }
            h1 { (title) }
            p.period { (say::period(report)) }
        }
        @if report.visits.all == 0 {
            p { (pick(lang, "Rien à rapporter\u{a0}: aucune visite n’a été enregistrée.", "There is nothing to report: no visit was recorded.")) }
            p { (report.statement) }
            @if report.desk.is_some() {
                (desk::section(report))
                (definitions(report))
            }
        } @else {
            (tiles(report))
            p.statement { (report.statement) }
            (to_do(report, &actions(report, 3)))
            (movement(report))
            (avoided(report))
            (not_avoided(report))
            (unanswered(report))
            (phrased(report))
            (contacts::section(report))
            (desk::section(report))
            (experiments(report))
            (definitions(report))
        }
    };
    document(lang, &[title, " – ", &shop].concat(), &body, frame)
}

/// A page that stands alone, or in a frame.
pub(crate) fn document(lang: Lang, title: &str, body: &Markup, frame: Option<&Frame>) -> String {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (say::clean(title)) }
                @if let Some(frame) = frame {
                    meta name="robots" content="noindex";
                    link rel="stylesheet" href=(frame.style);
                } @else {
                    style { (PreEscaped(STYLE)) }
                }
            }
            body {
                @if let Some(frame) = frame { nav.above { (frame.above) } }
                main { (body) }
            }
        }
    }
    .into_string()
}

/// A word that opens its meaning.
fn word(lang: Lang, word: Word) -> Markup {
    let definition = word.definition(lang);
    html! {
        details.word {
            summary { (definition.word) }
            p { (definition.meaning) "." }
        }
    }
}

fn tiles(report: &Report) -> Markup {
    let lang = report.lang;
    let (visits, avoided, saved) = (&report.visits, report.avoided, report.time_saved);
    let n = |value| count(lang, value);
    let of_visits = |value| match lang {
        Lang::Fr => format!(
            "{} des {} visites",
            percent(lang, value, visits.all),
            n(visits.all)
        ),
        Lang::En => format!(
            "{} of {} visits",
            percent(lang, value, visits.all),
            n(visits.all)
        ),
    };
    let before = |then: fn(&crate::figures::Visits) -> u64| {
        report
            .before
            .filter(|before| before.visits.all > 0)
            .map(|before| {
                let rate = percent(lang, then(&before.visits), before.visits.all);
                match lang {
                    Lang::Fr => format!("avant\u{a0}: {rate}"),
                    Lang::En => format!("before: {rate}"),
                }
            })
    };
    let unknown = match lang {
        Lang::Fr => format!("dont {} inconnus", n(avoided.unknown)),
        Lang::En => format!("{} of them unknown", n(avoided.unknown)),
    };
    let (low, high) = (
        duration(lang, saved.low_minutes),
        duration(lang, saved.high_minutes),
    );
    let minutes = report.minutes.information;
    html! {
        section.tiles aria-label=(pick(lang, "En bref", "In short")) {
            (tile(lang, Word::AvoidedStated, &range(lang, avoided.at_least, avoided.stated), &[unknown, of_visits(avoided.stated)], before(|visits| visits.avoided_stated)))
            (tile(lang, Word::TimeSaved, &if low == high { high } else { match lang { Lang::Fr => format!("{low} à {high}"), Lang::En => format!("{low} to {high}") } }, &[match lang {
                Lang::Fr => format!("à {minutes} min par appel"),
                Lang::En => format!("at {minutes} min a call"),
            }], None))
            (tile(lang, Word::Unanswered, &n(visits.unanswered), &[of_visits(visits.unanswered)], before(|visits| visits.unanswered)))
            (tile(lang, Word::Contact, &n(visits.with_contact), &[of_visits(visits.with_contact)], before(|visits| visits.with_contact)))
        }
    }
}

fn tile(lang: Lang, of: Word, figure: &str, notes: &[String], before: Option<String>) -> Markup {
    html! {
        div.tile {
            (word(lang, of))
            p.figure { (figure) }
            @for note in notes { p.note { (note) } }
            @if let Some(before) = before { p.note.before { (before) } }
        }
    }
}

/// `12 à 34`, or one number where both are the same.
fn range(lang: Lang, low: u64, high: u64) -> String {
    if low == high {
        return count(lang, high);
    }
    let (low, high) = (count(lang, low), count(lang, high));
    match lang {
        Lang::Fr => format!("{low} à {high}"),
        Lang::En => format!("{low} to {high}"),
    }
}

fn to_do(report: &Report, actions: &[Action]) -> Markup {
    let lang = report.lang;
    html! {
        section {
            h2 { (pick(lang, "Lundi matin\u{a0}: ce qui éviterait le plus de contacts", "Monday morning: what would avoid most contacts")) }
            @if actions.is_empty() {
                p { (pick(lang, "Rien de sûr encore\u{a0}: aucune question ne revient dans deux visites ou plus.", "Nothing certain yet: no question came back in two visits or more.")) }
            } @else {
                ol.actions {
                    @for action in actions {
                        @let advice = say::action(report, action);
                        li {
                            p.todo { (advice.todo) }
                            p { (advice.evidence) }
                        }
                    }
                }
            }
        }
    }
}

fn movement(report: &Report) -> Markup {
    let lang = report.lang;
    if report.days.len() < 2 {
        return html! {};
    }
    let series = |french, english, figure: fn(&crate::figures::Day) -> u64| {
        Series::new(report, pick(lang, french, english), figure).render(lang)
    };
    html! {
        section {
            h2 { (pick(lang, "Jour après jour", "Day by day")) }
            p.note { (pick(lang, "Chaque courbe a sa propre échelle.", "Each curve has a scale of its own.")) }
            div.plots {
                (series("visites", "visits", |day| day.visits))
                (series("visites avec un appel évité (déclaré)", "visits with an avoided (stated) call", |day| day.avoided_stated))
                (series("visites restées sans réponse", "visits that nothing answered", |day| day.unanswered))
                (series("visites avec un contact ou une demande", "visits with a contact or a claim", |day| day.contacted))
            }
        }
    }
}

fn avoided(report: &Report) -> Markup {
    let lang = report.lang;
    let rows: Vec<&Question> = report
        .questions
        .iter()
        .filter(|question| question.ladder.avoided_stated > 0)
        .collect();
    let most = rows
        .iter()
        .map(|question| question.ladder.avoided_stated)
        .max()
        .unwrap_or(0);
    html! {
        section {
            h2 { (pick(lang, "Les questions qui ont évité des appels", "The questions that avoided calls")) }
            @if rows.is_empty() {
                p { (pick(lang, "Aucune encore\u{a0}: aucun client n’a dit qu’une réponse lui a épargné un appel.", "None yet: no shopper said that an answer saved him a call.")) }
            } @else {
                (words(lang, &[Word::AvoidedStated, Word::Unknown, Word::Contradicted, Word::Asked, Word::Confirmed]))
                div.scroll { table {
                    thead { tr {
                        th scope="col" { (pick(lang, "Question", "Question")) }
                        th.bar scope="col" aria-hidden="true" {}
                        (column(lang, Word::AvoidedStated))
                        (column(lang, Word::Unknown))
                        (column(lang, Word::Contradicted))
                        (column(lang, Word::Asked))
                        (column(lang, Word::Confirmed))
                    } }
                    tbody { @for question in rows.iter().take(MAX_ROWS) {
                        @let (ladder, unknown) = (&question.ladder, question.call_log.unknown());
                        tr {
                            th scope="row" { (say::clean(&question.title)) }
                            td.bar { (plot::bar(ladder.avoided_stated - unknown.min(ladder.avoided_stated), unknown.min(ladder.avoided_stated), most)) }
                            (cell(lang, Word::AvoidedStated, ladder.avoided_stated))
                            (cell(lang, Word::Unknown, unknown))
                            (cell(lang, Word::Contradicted, ladder.contradicted))
                            (cell(lang, Word::Asked, ladder.asked))
                            (cell(lang, Word::Confirmed, ladder.confirmed))
                        }
                    } }
                } }
                (more(lang, rows.len()))
                p.note { span.key.sure {} (pick(lang, "rien ne les contredit", "nothing speaks against them")) " " span.key.doubt {} (pick(lang, "inconnu", "unknown")) }
            }
        }
    }
}

fn not_avoided(report: &Report) -> Markup {
    let lang = report.lang;
    let failures = |question: &Question| {
        let ladder = &question.ladder;
        ladder.not_confirmed + ladder.contradicted + ladder.contact_after
    };
    let mut rows: Vec<&Question> = report
        .questions
        .iter()
        .filter(|question| failures(question) + question.ladder.read_only > 0)
        .collect();
    rows.sort_by_key(|question| std::cmp::Reverse((failures(question), question.ladder.read_only)));
    html! {
        section {
            h2 { (pick(lang, "Les questions qui n’en ont pas évité", "The questions that did not")) }
            @if rows.is_empty() {
                p { (pick(lang, "Aucune réponse n’a été lue sans être confirmée.", "No answer was read without being confirmed.")) }
            } @else {
                (words(lang, &[Word::NotConfirmed, Word::ContactAfter, Word::Contradicted, Word::ReadOnly, Word::Read]))
                div.scroll { table {
                    thead { tr {
                        th scope="col" { (pick(lang, "Question", "Question")) }
                        (column(lang, Word::NotConfirmed))
                        (column(lang, Word::ContactAfter))
                        (column(lang, Word::Contradicted))
                        (column(lang, Word::ReadOnly))
                        (column(lang, Word::Read))
                    } }
                    tbody { @for question in rows.iter().take(MAX_ROWS) {
                        @let ladder = &question.ladder;
                        tr {
                            th scope="row" { (say::clean(&question.title)) }
                            (cell(lang, Word::NotConfirmed, ladder.not_confirmed))
                            (cell(lang, Word::ContactAfter, ladder.contact_after))
                            (cell(lang, Word::Contradicted, ladder.contradicted))
                            (cell(lang, Word::ReadOnly, ladder.read_only))
                            (cell(lang, Word::Read, ladder.read))
                        }
                    } }
                } }
                (more(lang, rows.len()))
            }
        }
    }
}

fn unanswered(report: &Report) -> Markup {
    let lang = report.lang;
    html! {
        section {
            h2 { (pick(lang, "Les questions restées sans réponse", "The questions nothing answered")) }
            (word(lang, Word::Unanswered))
            @if !report.groups.is_empty() {
                ul.groups { @for Group { phrasings, visits, nearest } in report.groups.iter().take(MAX_ROWS) {
                    li {
                        p.todo { @for (at, (text, _)) in phrasings.iter().take(MAX_PHRASINGS).enumerate() {
                            @if at > 0 { " · " }
                            (quoted(lang, text))
                        } }
                        p.note {
                            (count(lang, *visits)) (pick(lang, "\u{a0}visites. ", " visits. "))
                            @match nearest {
                                Some(id) => { (pick(lang, "À ajouter à «\u{a0}", "Add to “")) (say::clean(report.names.document(id))) (pick(lang, "\u{a0}» si cette réponse convient, sinon une entrée à écrire.", "” if that answer fits, else write an entry.")) }
                                None => { (pick(lang, "Une entrée à écrire\u{a0}: aucune réponse n’en est proche.", "An entry to write: no answer is near.")) }
                            }
                        }
                    }
                } }
                (more(lang, report.groups.len()))
            } @else if report.unanswered.is_empty() {
                p { (pick(lang, "Aucune dont le texte ait été gardé.", "None whose text was kept.")) }
            } @else {
                ul.groups { @for one in report.unanswered.iter().take(MAX_ROWS) {
                    li { (quoted(lang, &one.query)) " " span.note { (count(lang, one.visits.into())) (pick(lang, "\u{a0}visites", " visits")) } }
                } }
                (more(lang, report.unanswered.len()))
            }
        }
    }
}

fn phrased(report: &Report) -> Markup {
    let lang = report.lang;
    html! {
        @if !report.phrased.is_empty() {
            section {
                h2 { (pick(lang, "Les façons de demander, avant et maintenant", "Ways of asking, before and now")) }
                (word(lang, Word::Led))
                ul.groups { @for one in report.phrased.iter().take(MAX_ROWS) {
                    @let told = say::phrased(report, one);
                    li { p.todo { (told.todo) } p.note { (told.evidence) } }
                } }
                (more(lang, report.phrased.len()))
            }
        }
    }
}

fn experiments(report: &Report) -> Markup {
    let lang = report.lang;
    html! {
        @for experiment in &report.experiments {
            @let analysis = &experiment.analysis;
            section {
                h2 { (pick(lang, "Expérience\u{a0}: ", "Experiment: ")) (say::clean(&experiment.id)) }
                (word(lang, Word::Experiment))
                @if let Some(compared) = say::compared(report, experiment) { p { (compared) } }
                p { (say::experiment(lang, experiment)) }
                @if let Some(interval) = analysis.interval { (plot::whisker(lang, analysis.difference, interval)) }
                div.scroll { table {
                    thead { tr {
                        th scope="col" { (pick(lang, "Groupe", "Arm")) }
                        th.number scope="col" { (pick(lang, "contacts", "contacts")) }
                        th.number scope="col" { (pick(lang, "visites", "visits")) }
                        th.number scope="col" { (pick(lang, "taux", "rate")) }
                    } }
                    tbody { @for (name, share) in say::arms(lang, experiment) { tr {
                        th scope="row" { (name) }
                        td.number data-label=(pick(lang, "contacts", "contacts")) { (count(lang, share.count)) }
                        td.number data-label=(pick(lang, "visites", "visits")) { (count(lang, share.of)) }
                        td.number data-label=(pick(lang, "taux", "rate")) { (percent(lang, share.count, share.of)) }
                    } } }
                } }
            }
        }
    }
}

fn definitions(report: &Report) -> Markup {
    let lang = report.lang;
    html! {
        section.definitions {
            h2 { (pick(lang, "Ce que les mots veulent dire", "What the words mean")) }
            dl { @for definition in &report.definitions {
                dt { (definition.word) }
                dd { (definition.meaning) "." }
            } }
            p.note { (match report.period.dated_by {
                DatedBy::ServerClock => pick(lang, "Une visite compte le jour où le serveur a reçu son premier événement", "A visit belongs to the day on which the server received its first event"),
                DatedBy::ShopperClock => pick(lang, "Une visite compte le jour de son premier événement, à l’horloge du client", "A visit belongs to the day of its first event by the shopper’s clock"),
            }) " (" (report.period.time_zone) "). " (pick(lang, "Une visite compte pour chaque question qu’elle concerne\u{a0}: les sommes peuvent dépasser les visites.", "A visit counts under every question it concerns, so sums may exceed the visits.")) }
            @if report.passed_over > 0 {
                p.note { (count(lang, report.passed_over)) (pick(lang, "\u{a0}événements d’un widget plus récent n’ont pas pu être comptés\u{a0}: mettez ce programme à jour.", " events of a newer widget could not be counted: update this program.")) }
            }
        }
    }
}

/// What somebody typed.
fn quoted(lang: Lang, text: &str) -> String {
    let text = say::clean(text);
    match lang {
        Lang::Fr => format!("«\u{a0}{text}\u{a0}»"),
        Lang::En => format!("“{text}”"),
    }
}

/// The heading of a column.
fn column(lang: Lang, word: Word) -> Markup {
    html! { th.number scope="col" { (word.definition(lang).word) } }
}

/// A figure, with its word for narrow screens, where rows stand as cards.
fn cell(lang: Lang, word: Word, value: u32) -> Markup {
    html! { td.number data-label=(word.definition(lang).word) { (count(lang, value.into())) } }
}

/// The words of a table, each of which opens its meaning.
fn words(lang: Lang, all: &[Word]) -> Markup {
    html! { div.words { @for one in all { (word(lang, *one)) } } }
}

fn more(lang: Lang, all: usize) -> Markup {
    let rest = all.saturating_sub(MAX_ROWS);
    html! {
        @if rest > 0 {
            p.note { (match lang {
                Lang::Fr => format!("et {rest} autres\u{a0}: le rapport en CSV les donne toutes."),
                Lang::En => format!("and {rest} more: the report as CSV has them all."),
            }) }
        }
    }
}

#[cfg(test)]
mod tests;
