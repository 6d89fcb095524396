//! Which deadlines belong to an answer or a clause, and whether they hold for the order. The cards
//! that count them are in `dates`.

use super::{skeleton, try_again, version};
use crate::dates;
use crate::dom::{El, el, live, nothing};
use crate::later::Content;
use crate::loading::Load;
use crate::prelude::{AnyView, untrack};
use crate::state::App;
use guichet_domain::deadline::Deadline;
use guichet_domain::document::{Clause, Document, FaqEntry};
use std::rc::Rc;

/// A card for each deadline of an answer: its own, then those of the clauses it rests on.
pub(super) fn of_answer(app: App, entry: &FaqEntry) -> AnyView {
    let Some(content) = app.content() else {
        return nothing();
    };
    let clauses = entry
        .clauses
        .iter()
        .filter_map(|id| match content.find(id)? {
            Document::Clause(clause) => Some(clause),
            Document::Faq(_) => None,
        });
    let clauses: Vec<Clause> = clauses.cloned().collect();
    let mut all: Vec<Deadline> = entry.deadlines.clone();
    for deadline in clauses.iter().flat_map(|clause| &clause.deadlines) {
        if all.iter().all(|own| own.title != deadline.title) {
            all.push(deadline.clone());
        }
    }
    cards(app, all, content, clauses)
}

/// A card for each deadline of a clause.
pub(super) fn of_clause(app: App, content: &Rc<Content>, clause: &Clause) -> AnyView {
    let deadlines = clause.deadlines.clone();
    cards(app, deadlines, content.clone(), vec![clause.clone()])
}

/// Cards once what counts them is there, unless the order falls under terms in which one of the
/// clauses they rest on reads otherwise: the owner confirmed those of today.
fn cards(
    app: App,
    deadlines: Vec<Deadline>,
    content: Rc<Content>,
    clauses: Vec<Clause>,
) -> AnyView {
    if deadlines.is_empty() {
        return nothing();
    }
    dates::start(app);
    live(move || {
        if !(clauses.iter()).all(|clause| version::is_unchanged(app, &content, clause)) {
            return el("p")
                .class("notice")
                .text(app.texts.delay_of_version)
                .into();
        }
        let inside: El = match app.dates.get() {
            Load::Ready(counting) => untrack(|| (counting.cards)(app, &deadlines)),
            Load::Waiting => skeleton(app),
            Load::Failed => try_again(app, app.texts.rest_failed, move || dates::start(app)),
        };
        el("section")
            .class("group")
            .child(el("h3").text(app.texts.deadlines))
            .child(inside)
            .into()
    })
}
