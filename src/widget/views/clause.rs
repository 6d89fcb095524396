//! A clause on its own: where it stands in the terms, and its exact words.

use super::{bar, citation, deadline, feedback, heading, skeleton, try_again, version};
use crate::dom::{el, live};
use crate::later::Content;
use crate::loading::{self, Load};
use crate::prelude::{AnyView, untrack};
use crate::state::{App, ENTRY};
use guichet_domain::document::{Clause, Document};
use std::rc::Rc;

pub(super) fn view(app: App, id: String) -> AnyView {
    // Clauses are opened from content that is there; the other arms are for a link to one.
    let mut waited = false;
    let content = live(move || match app.content.get() {
        Load::Ready(pack) => {
            if waited {
                // The heading, which the focus goes to, was not there when the screen came up.
                app.focus(ENTRY);
            }
            match pack.find(&id) {
                Some(Document::Clause(clause)) => {
                    untrack(|| (pack.later.clause)(app, &pack, clause))
                }
                _ => el("p").class("notice").text(app.texts.gone).into(),
            }
        }
        Load::Waiting => {
            waited = true;
            skeleton(app).into()
        }
        Load::Failed => try_again(app, app.texts.rest_failed, move || loading::start(app)).into(),
    });
    el("div")
        .class("screen")
        .child(bar(app, app.texts.clause))
        .child(el("article").class("scroll reading").child(content))
        .into()
}

pub(crate) fn whole(app: App, content: &Rc<Content>, clause: &Clause) -> AnyView {
    let above = clause.path.len().saturating_sub(1);
    let path = clause.path.get(..above).unwrap_or_default().join(" › ");
    let path = (!path.is_empty()).then(|| el("p").class("path").text(path));
    el("div")
        .maybe(path)
        .child(heading(
            citation::number(clause),
            citation::title(clause).to_owned(),
        ))
        .child(version::notice(app, content, clause))
        .child(version::words(app, content, clause))
        .child(version::in_force(app, content, clause))
        .maybe(version::ask_order(app, content, clause))
        .child(deadline::of_clause(app, content, clause))
        .child(feedback::view(app, &clause.id))
        .into()
}
