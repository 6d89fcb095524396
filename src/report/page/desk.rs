//! The section about the desk: the claims that came, how soon and how well they were answered.

use super::word;
use crate::desk::{Row, rows};
use crate::figures::Report;
use crate::say;
use crate::words::pick;
use maud::{Markup, html};

pub(super) fn section(report: &Report) -> Markup {
    let Some(desk) = &report.desk else {
        return html! {};
    };
    let lang = report.lang;
    html! {
        section {
            h2 { (pick(lang, "Les demandes, et comment elles ont été traitées", "The claims, and how they were dealt with")) }
            div.scroll { table { tbody {
                @for Row { word: of_word, of, text } in rows(report, desk) { tr {
                    th scope="row" { (word(lang, of_word)) @if !of.is_empty() { " " span.note { (say::clean(&of)) } } }
                    td { (say::clean(&text)) }
                } }
            } } }
        }
    }
}
