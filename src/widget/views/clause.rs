//! A clause on its own: where it stands in the terms, and its exact words.

use super::{bar, citation, deadline, feedback, heading, skeleton, try_again};
use crate::dom::{el, live};
use crate::loading::Load;
use crate::prelude::{AnyView, untrack};
use crate::state::App;
use guichet_domain::document::{Clause, Document};

pub(super) fn view(app: App, id: String) -> AnyView {
    // Clauses are opened from content that is there; the other arms are for a link to one.
    let content = live(move || match app.content.get() {
        Load::Ready(pack) => match pack.find(&id) {
            Some(Document::Clause(clause)) => untrack(|| whole(app, clause)),
            _ => el("p").class("notice").text(app.texts.gone).into(),
        },
        Load::Waiting => skeleton(app).into(),
        Load::Failed => try_again(app, app.texts.rest_failed).into(),
    });
    el("div")
        .class("screen")
        .child(bar(app, app.texts.clause))
        .child(el("article").class("scroll reading").child(content))
        .into()
}

fn whole(app: App, clause: &Clause) -> AnyView {
    let above = clause.path.len().saturating_sub(1);
    let path = clause.path.get(..above).unwrap_or_default().join(" › ");
    let path = (!path.is_empty()).then(|| el("p").class("path").text(path));
    el("div")
        .maybe(path)
        .child(heading(
            citation::number(clause),
            citation::title(clause).to_owned(),
        ))
        .child(citation::words(app, clause))
        .child(deadline::cards(app, clause.deadlines.clone()))
        .child(feedback::view(app, &clause.id))
        .into()
}
