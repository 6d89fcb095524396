//! Home: the search field, and below it top questions or, once something is typed, results.

use super::{close, idle, results};
use crate::dom::{El, el, live};
use crate::icons::{self, icon};
use crate::prelude::AnyView;
use crate::search::{self, Stage};
use crate::state::App;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

pub(super) fn view(app: App) -> AnyView {
    let logo = app.config.told("logo");
    let logo = logo.map(|src| el("img").attr("src", src).attr("alt", ""));
    let shop = el("p")
        .class("shop grow")
        .maybe(logo)
        .text(app.manifest.site.name.clone());
    let hero = el("div")
        .class("hero")
        .child(el("div").class("bar").child(shop).maybe(close(app)))
        .child(
            el("h2")
                .attr("tabindex", "-1")
                .attr("data-greeting", "")
                .text(app.texts.greeting),
        )
        .child(field(app));
    let below = live(move || {
        if app.outcome.with(|outcome| outcome.stage != Stage::Idle) {
            results::view(app)
        } else if app.is_whole.get() {
            idle::view(app)
        } else {
            el("div").into()
        }
    });
    el("div")
        .class("screen")
        .child(hero)
        // Options are chosen from the field, so nothing in a long list takes the focus: the list
        // itself must, to be scrolled by keyboard.
        .child(el("div").class("scroll").attr("tabindex", "0").child(below))
        .into()
}

fn field(app: App) -> El {
    let input = el("input")
        .attr("id", "question")
        .attr("data-entry", "")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("inputmode", "search")
        .attr("enterkeyhint", "search")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "sentences")
        .attr("spellcheck", "false")
        .attr("maxlength", "300")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", results::LIST_ID)
        .attr("placeholder", app.texts.placeholder)
        .attr("value", app.query.get_untracked())
        .live_attr("aria-expanded", move || {
            let shown = app.outcome.with(|outcome| !outcome.hits.is_empty());
            Some(if shown { "true" } else { "false" }.into())
        })
        .live_attr("aria-activedescendant", move || {
            app.active.get().map(|at| results::option_id(at).into())
        })
        .on("input", move |event| {
            if let Some(input) = target(&event) {
                search::typed(app, input.value());
            }
        })
        .on("keydown", move |event| keys(app, &event));
    let clear = el("button")
        .class("round clear")
        .attr("type", "button")
        .attr("aria-label", app.texts.clear)
        .live_attr("hidden", move || {
            app.query.with(String::is_empty).then_some("".into())
        })
        .child(icon(icons::CLOSE))
        .click(move || empty(app));
    let label = el("label")
        .class("unseen")
        .attr("for", "question")
        .text(app.texts.question);
    el("div")
        .class("field")
        .child(icon(icons::SEARCH))
        .child(label)
        .child(input)
        .child(clear)
}

/// The keys of a combobox (ARIA Authoring Practices, "list autocomplete with manual selection").
fn keys(app: App, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    if key.is_composing() {
        return;
    }
    let key = key.key();
    if matches!(key.as_str(), "ArrowDown" | "ArrowUp" | "Enter") {
        search::catch_up(app);
    }
    let count = app.outcome.with_untracked(|outcome| outcome.hits.len());
    let active = app.active.get_untracked();
    let next = match key.as_str() {
        "ArrowDown" if count > 0 => active.map_or(0, |at| (at + 1) % count),
        "ArrowUp" if count > 0 => active.map_or(count - 1, |at| (at + count - 1) % count),
        "Enter" => {
            event.prevent_default();
            match active {
                Some(at) => results::choose_at(app, at),
                None => search::submit(app),
            }
            return;
        }
        "Escape" if !app.query.with_untracked(String::is_empty) => {
            event.stop_propagation();
            event.prevent_default();
            empty(app);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    results::activate(app, next);
}

fn empty(app: App) {
    search::ask(app, String::new());
}

fn target(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
