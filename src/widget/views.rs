//! One file per screen, and the pieces they share. Views read the state and call its moves;
//! they decide nothing.

pub(crate) mod answer;
pub(crate) mod citation;
pub(crate) mod clause;
pub(crate) mod contact;
mod deadline;
mod desk;
mod feedback;
mod home;
mod idle;
pub(crate) mod results;
mod version;

use crate::dom::{self, El, el, live, nothing};
use crate::figures;
use crate::icons::{self, Icon, icon};
use crate::prelude::{AnyView, untrack};
use crate::signal::Signal;
use crate::state::{App, Screen};
use guichet_bundle::page_file;
use guichet_domain::lang::Lang;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The view of a screen.
pub(crate) fn screen(app: App, screen: Screen) -> AnyView {
    match screen {
        Screen::Home => home::view(app),
        Screen::Answer(id) => answer::view(app, id),
        Screen::Clause(id) => clause::view(app, id),
        Screen::Contact(subject) => contact::view(app, &subject),
        Screen::Claim(kind, subject) => desk::claim(app, kind, subject),
        Screen::Follow(number) => desk::follow(app, number),
        Screen::Figures => figures::view(app),
    }
}

/// The bar above every screen but home.
pub(crate) fn bar(app: App, title: &'static str) -> El {
    el("div")
        .class("bar")
        .child(round(icons::BACK, app.texts.back).click(move || app.back()))
        .child(el("p").class("grow").text(title))
        .maybe(close(app))
}

/// Nothing where the panel is part of the page.
fn close(app: App) -> Option<El> {
    let button = round(icons::CLOSE, app.texts.close).click(move || app.close());
    (!app.is_inline()).then_some(button)
}

/// A round button that is a picture with a name.
fn round(picture: Icon, name: &'static str) -> El {
    el("button")
        .class("round")
        .attr("type", "button")
        .attr("aria-label", name)
        .child(icon(picture))
}

/// The heading of a screen, behind a number where it has one; takes the focus when the screen comes up.
pub(crate) fn heading(number: Option<El>, title: impl Into<crate::dom::Text>) -> El {
    el("h2")
        .attr("tabindex", "-1")
        .attr("data-entry", "")
        .maybe(number)
        .text(title)
}

/// A line that opens something.
pub(crate) fn row(id: &str, title: String) -> El {
    el("button")
        .class("row")
        .attr("type", "button")
        .attr("data-id", id.to_owned())
        .child(el("span").class("grow").text(title))
        .child(icon(icons::NEXT))
}

/// A link into the static page of all answers and terms, which works without a script and prints.
fn static_page(app: App, lang: Lang, anchor: &str, words: &'static str) -> El {
    el("a")
        .attr(
            "href",
            [&app.config.site(), page_file(lang), "#", anchor].concat(),
        )
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(words)
}

/// A sentence with a button to try loading again.
pub(crate) fn try_again(app: App, sentence: &'static str, again: impl FnMut() + 'static) -> El {
    let button = el("button")
        .class("quiet")
        .attr("type", "button")
        .text(app.texts.retry)
        .click(again);
    el("div")
        .class("notice")
        .child(el("p").text(sentence))
        .child(button)
}

/// What is drawn once the browser has shown what stands before it: all at once would keep a telephone busy for long.
pub(crate) fn after(app: App, mut make: impl FnMut() -> AnyView + 'static) -> AnyView {
    let due = Rc::new(Signal::new(false));
    let is_due = due.clone();
    spawn_local(async move {
        dom::shown().await;
        due.set(true);
        dom::pause().await;
        app.focus_origin();
    });
    live(move || {
        if is_due.get() {
            untrack(&mut make)
        } else {
            nothing()
        }
    })
}

/// Grey lines where text is about to be.
pub(crate) fn skeleton(app: App) -> El {
    el("div")
        .class("skeleton")
        .attr("role", "img")
        .attr("aria-label", app.texts.loading_rest)
        .children((0..3).map(|_| el("span")))
}
