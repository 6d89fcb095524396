//! Clauses as an answer quotes them: number, heading, the sentence they complete, and their
//! exact words, never shortened, folded away where they are long.

use crate::dom::{El, el, nothing};
use crate::prelude::AnyView;
use crate::state::{App, Screen};
use guichet_domain::document::{Clause, Document};

/// Longer texts are folded, so that the answer stays in sight.
const FOLD_CHARS: usize = 360;

/// The clauses an answer rests on.
pub(super) fn all(app: App, ids: &[String]) -> AnyView {
    let content = app.content();
    let quoted: Vec<El> = ids
        .iter()
        .filter_map(|id| match content.as_ref()?.find(id)? {
            Document::Clause(clause) => Some(quoted(app, clause)),
            Document::Faq(_) => None,
        })
        .collect();
    if quoted.is_empty() {
        return nothing();
    }
    el("section")
        .class("group")
        .child(el("h3").text(app.texts.terms_say))
        .children(quoted)
        .into()
}

fn quoted(app: App, clause: &Clause) -> El {
    let id = clause.id.clone();
    let title = el("h4")
        .maybe(number(clause))
        .text(title(clause).to_owned());
    let text = if clause.text.chars().count() > FOLD_CHARS {
        el("details")
            .child(el("summary").text(app.texts.exact_text))
            .child(words(app, clause))
    } else {
        words(app, clause)
    };
    let open = el("button")
        .class("link")
        .attr("type", "button")
        .attr("data-id", clause.id.clone())
        .text(app.texts.clause_page)
        .click(move || app.show(Screen::Clause(id.clone())));
    el("div")
        .class("card clause")
        .child(title)
        .child(text)
        .child(open)
}

/// A clause's number, where it has one: an item by its whole address, `7.2.b`, since `b)`
/// says nothing away from its list.
pub(super) fn number(clause: &Clause) -> Option<El> {
    label(&clause.number, &clause.id).map(|label| el("span").class("number").text(label.to_owned()))
}

/// A number as it is shown.
pub(crate) fn label<'a>(number: &'a str, id: &'a str) -> Option<&'a str> {
    let address = id.rsplit('/').next().unwrap_or(id);
    match number {
        "" => None,
        item if item.ends_with(')') => Some(address),
        number => Some(number),
    }
}

/// A clause's heading without its number, which stands beside it.
pub(crate) fn title(clause: &Clause) -> &str {
    let whole = clause.title();
    let bare = whole
        .strip_prefix(clause.number.as_str())
        .unwrap_or(whole)
        .trim_start_matches([' ', '\u{a0}', '–', '—', '-', '.', ':', ')']);
    if bare.is_empty() { whole } else { bare }
}

/// The sentence a clause completes and its exact text, in the language it was written in.
pub(super) fn words(app: App, clause: &Clause) -> El {
    let lead = clause.lead.clone().filter(|lead| !lead.is_empty());
    let lead = lead.map(|lead| el("p").class("lead").text(lead));
    let paragraphs = clause.text.lines().filter(|line| !line.trim().is_empty());
    let quote = el("blockquote")
        .maybe(lead)
        .children(paragraphs.map(|line| el("p").text(line.to_owned())));
    match clause.lang.filter(|lang| *lang != app.lang) {
        None => quote,
        Some(lang) => el("div")
            .child(el("p").class("aside").text(app.texts.original))
            .child(quote.attr("lang", lang.code())),
    }
}
