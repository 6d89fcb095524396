//! The section about contacts: how many, about what, and what would have avoided them.

use super::{column, plot, word, words};
use crate::figures::{CategoryContacts, Report};
use crate::say;
use crate::words::{Word, count, percent, pick};
use guichet_domain::lang::Lang;
use guichet_domain::say::long_date;
use maud::{Markup, html};

pub(super) fn section(report: &Report) -> Markup {
    let lang = report.lang;
    let most = report
        .contacts
        .iter()
        .map(|contact| contact.visits)
        .max()
        .unwrap_or(0);
    html! {
        section {
            h2 { (pick(lang, "Les contacts, et comment ils auraient pu être évités", "The contacts, and how they could have been avoided")) }
            (words(lang, &[Word::Contact, Word::Call, Word::ContactAfter]))
            div.scroll { table {
                thead { tr {
                    th scope="col" { (pick(lang, "Moyen de contact", "Contact way")) }
                    th.bar scope="col" aria-hidden="true" {}
                    (column(lang, Word::Contact))
                    th.number scope="col" { (pick(lang, "part des visites", "share of visits")) }
                } }
                tbody { @for contact in &report.contacts { tr {
                    th scope="row" { (say::clean(report.names.channel(&contact.channel))) }
                    td.bar { (plot::bar(small(contact.visits), 0, small(most))) }
                    td.number data-label=(Word::Contact.definition(lang).word) { (count(lang, contact.visits)) }
                    td.number data-label=(pick(lang, "part des visites", "share of visits")) { (percent(lang, contact.visits, report.visits.all)) }
                } } }
            } }
            @if report.contacts.is_empty() { p { (pick(lang, "Aucun contact n’a été choisi depuis l’aide.", "No contact was chosen from the widget.")) } }
            @if !report.categories.is_empty() {
                div.scroll { table {
                    thead { tr {
                        th scope="col" { (pick(lang, "Sujet", "Subject")) }
                        (column(lang, Word::Call))
                        (column(lang, Word::ContactAfter))
                    } }
                    @for category in &report.categories { tbody.pair {
                        tr {
                            th scope="row" { (category_name(report, category)) }
                            td.number data-label=(Word::Call.definition(lang).word) { (count(lang, category.calls)) }
                            td.number data-label=(Word::ContactAfter.definition(lang).word) { (count(lang, category.after_answers)) }
                        }
                        tr { td.why colspan="3" {
                            (pick(lang, "Comment les éviter\u{a0}? ", "How could they have been avoided? "))
                            (how_to_avoid(report, category))
                        } }
                    } }
                } }
            }
            @if let Some((first, last)) = report.call_log {
                p.note { (match lang {
                    Lang::Fr => format!("Journal d’appels importé\u{a0}: du {} au {}.", long_date(lang, first), long_date(lang, last)),
                    Lang::En => format!("Imported call log: {} to {}.", long_date(lang, first), long_date(lang, last)),
                }) }
            } @else {
                p.note { (pick(lang, "Aucun journal d’appels n’a été importé\u{a0}: les appels passés sans l’aide sont inconnus (guichet import calls).", "No call log was imported: calls made without the widget are unknown (guichet import calls).")) }
            }
            @if let Some(repeats) = report.repeats {
                (word(lang, Word::Repeat))
                p { (match lang {
                    Lang::Fr => format!("Dossiers ayant demandé plusieurs contacts\u{a0}: {} sur {} ({}), jusqu’à {} contacts pour un seul. Pourquoi n’ont-ils pas été réglés au premier\u{a0}? Contacts sans numéro de dossier, qui ne peuvent pas être comptés\u{a0}: {}.", count(lang, repeats.repeated), count(lang, repeats.cases), percent(lang, repeats.repeated, repeats.cases), repeats.most, count(lang, repeats.without_number)),
                    Lang::En => format!("Cases that took several contacts: {} of {} ({}), up to {} contacts for one. Why were they not closed the first time? Contacts without a case number, which cannot be counted: {}.", count(lang, repeats.repeated), count(lang, repeats.cases), percent(lang, repeats.repeated, repeats.cases), repeats.most, count(lang, repeats.without_number)),
                }) }
            }
        }
    }
}

fn category_name(report: &Report, category: &CategoryContacts) -> String {
    match category.category.as_str() {
        "" => pick(report.lang, "sans catégorie", "no category").to_owned(),
        id => say::clean(report.names.category(id)),
    }
}

fn how_to_avoid(report: &Report, category: &CategoryContacts) -> Markup {
    let lang = report.lang;
    let (had, asked) = category.after_help;
    html! {
        @if let Some(document) = &category.most_after {
            (pick(lang, "Revoir d’abord «\u{a0}", "First rework “")) (say::clean(report.names.document(document))) (pick(lang, "\u{a0}». ", "”. "))
        }
        @if asked > 0 {
            (match lang {
                Lang::Fr => format!("{} sur {} avaient d’abord regardé l’aide.", count(lang, had), count(lang, asked)),
                Lang::En => format!("{} of {} had looked at the help first.", count(lang, had), count(lang, asked)),
            })
        } @else if category.most_after.is_none() {
            (pick(lang, "Inconnu\u{a0}: demandez aux appelants s’ils ont regardé l’aide, et montrez-la là où la question naît.", "Unknown: ask callers whether they looked at the help, and show it where the question arises."))
        }
    }
}

fn small(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
