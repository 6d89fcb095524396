//! The panel's frame: the dialog, the keys that work everywhere, the screen on top, the way
//! to a person below it, and what is said to screen readers.

use crate::dom::{El, el, live, nothing, text};
use crate::icons::{self, icon};
use crate::prelude::{AnyView, untrack};
use crate::state::{App, Screen};
use crate::views;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// The whole panel.
pub(crate) fn panel(app: App) -> AnyView {
    let label = [app.texts.help, " – ", &app.manifest.site.name].concat();
    let first = app.is_contact_first();
    let screens = live(move || {
        let screen = app.screen();
        // Views follow what they show through their own live parts; only the change of
        // screen replaces the whole, so that the focus is never taken away meanwhile.
        untrack(|| views::screen(app, screen))
    });
    let parts = if first {
        [footer(app), screens]
    } else {
        [screens, footer(app)]
    };
    el("section")
        .class("panel")
        .attr("part", "panel")
        .attr("role", if app.is_inline() { "region" } else { "dialog" })
        .attr("aria-label", label)
        .attr("lang", app.lang.code())
        .live_attr("hidden", move || (!app.is_open.get()).then_some("".into()))
        .on("keydown", move |event| escape(app, &event))
        .children(parts)
        .child(
            el("div")
                .class("unseen")
                .attr("role", "status")
                .child(live(move || text(app.announcement.get()))),
        )
        .into()
}

fn escape(app: App, event: &Event) {
    let is_escape = event
        .dyn_ref::<KeyboardEvent>()
        .is_some_and(|event| event.key() == "Escape");
    if is_escape {
        if app.is_inline() {
            return;
        }
        event.stop_propagation();
        // A sheet that the browser would close as well must not be told twice.
        event.prevent_default();
        app.close();
    }
}

fn footer(app: App) -> AnyView {
    live(move || {
        if matches!(app.screen(), Screen::Contact(_)) {
            return nothing();
        }
        person(app)
    })
}

/// The way to a person, present on every screen.
fn person(app: App) -> AnyView {
    let brief = live(move || match views::contact::brief(app, app.now.get()) {
        Some((is_open, words)) => el("span")
            .class(if is_open { "state open" } else { "state" })
            .text(words)
            .into(),
        None => el("span")
            .class("state")
            .text(app.texts.contact_lead)
            .into(),
    });
    let button: El = el("button")
        .class("person")
        .attr("type", "button")
        .attr("data-id", "contact")
        .click(move || app.ask_person())
        .child(el("span").class("badge").child(icon(icons::PERSON)))
        .child(
            el("span")
                .class("grow")
                .child(el("span").class("strong").text(app.texts.talk))
                .child(brief),
        )
        .child(icon(icons::NEXT));
    el("div").class("foot").child(button).into()
}
