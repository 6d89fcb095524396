//! The results of what is typed, as the listbox of the search field's combobox.

use super::{home, try_again};
use crate::dom::{El, Text, el};
use crate::icons::{self, icon};
use crate::loading::Load;
use crate::prelude::AnyView;
use crate::search::{self, Hit, Outcome, Piece, Stage};
use crate::state::App;

/// The listbox, as the field names it.
pub(super) const LIST_ID: &str = "results";

/// An option, as the field names it.
pub(super) fn option_id(at: usize) -> String {
    ["hit-", &at.to_string()].concat()
}

pub(super) fn view(app: App) -> AnyView {
    let outcome = app.outcome.get();
    match outcome.stage {
        Stage::Idle => el("div").into(),
        Stage::Waiting => el("p")
            .class("notice busy")
            .attr("role", "status")
            .text(app.texts.preparing)
            .into(),
        Stage::Failed => el("div")
            .child(try_again(app, app.texts.search_failed).attr("role", "status"))
            .child(home::top(app))
            .into(),
        Stage::Done => match app.content.get_untracked() {
            Load::Ready(content) => (content.later.list)(app, &outcome),
            // Nothing is found before there is content.
            _ => el("div").into(),
        },
    }
}

/// Makes an option the active one and brings it into view.
pub(super) fn activate(app: App, at: usize) {
    app.active.set(Some(at));
    if let Some(option) = app.find(&["#", &option_id(at)].concat()) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Opens the option at a place.
pub(super) fn choose_at(app: App, at: usize) {
    let id = app
        .outcome
        .with_untracked(|outcome| outcome.hits.get(at).map(|hit| hit.id.clone()));
    if let Some(id) = id {
        search::choose(app, &id);
    }
}

pub(crate) fn list(app: App, outcome: &Outcome) -> AnyView {
    let hits = &outcome.hits;
    let notice = outcome.declined || hits.is_empty();
    let notice = notice.then(|| {
        let sentence = if hits.is_empty() {
            app.texts.nothing_near
        } else {
            app.texts.declined
        };
        el("div")
            .class("notice")
            .child(el("p").class("strong").text(sentence))
            .child(el("p").text(app.texts.person_knows))
    });
    let listbox = el("div")
        .attr("id", LIST_ID)
        .attr("role", "listbox")
        .attr("aria-label", app.texts.suggestions);
    let listbox = if outcome.declined {
        listbox.maybe((!hits.is_empty()).then(|| group(app, app.texts.perhaps, 0, hits)))
    } else {
        // The groups follow each other; the one with the best hit stands first.
        let first_is_clause = hits.first().is_some_and(|hit| hit.is_clause);
        let split = hits
            .iter()
            .position(|hit| hit.is_clause != first_is_clause)
            .unwrap_or(hits.len());
        let name = |clauses: bool| {
            if clauses {
                app.texts.clauses
            } else {
                app.texts.answers
            }
        };
        let (first, second) = hits.split_at(split);
        listbox
            .maybe((!first.is_empty()).then(|| group(app, name(first_is_clause), 0, first)))
            .maybe((!second.is_empty()).then(|| group(app, name(!first_is_clause), split, second)))
    };
    el("div").maybe(notice).child(listbox).into()
}

fn group(app: App, name: &'static str, from: usize, hits: &[Hit]) -> El {
    let id = if from == 0 { "group-0" } else { "group-1" };
    let options = hits
        .iter()
        .enumerate()
        .map(|(nth, hit)| option(app, from + nth, hit));
    el("div")
        .class("group")
        .attr("role", "group")
        .attr("aria-labelledby", id)
        .child(
            el("h3")
                .attr("id", id)
                .attr("role", "presentation")
                .text(name),
        )
        .child(
            el("div")
                .class("card")
                .attr("role", "presentation")
                .children(options),
        )
}

fn option(app: App, at: usize, hit: &Hit) -> El {
    let id = hit.id.clone();
    let picture = if hit.is_clause {
        icons::CLAUSE
    } else {
        icons::ANSWER
    };
    let number =
        (!hit.number.is_empty()).then(|| el("span").class("number").text(hit.number.clone()));
    let title = el("span")
        .class("strong")
        .maybe(number)
        .children(pieces(&hit.title));
    el("div")
        .class("row hit")
        .attr("role", "option")
        .attr("id", option_id(at))
        .live_attr("aria-selected", move || {
            let selected = app.active.get() == Some(at);
            Some(Text::from(if selected { "true" } else { "false" }))
        })
        .click(move || search::choose(app, &id))
        .child(icon(picture))
        .child(
            el("span")
                .class("grow")
                .child(title)
                .child(el("span").class("excerpt").children(pieces(&hit.excerpt))),
        )
}

fn pieces(pieces: &[Piece]) -> impl Iterator<Item = AnyView> {
    pieces.iter().map(|piece| {
        if piece.marked {
            el("mark").text(piece.text.clone()).into()
        } else {
            crate::dom::text(piece.text.clone())
        }
    })
}
