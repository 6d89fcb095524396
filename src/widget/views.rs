//! One file per screen, and the pieces they share. Views read the state and call its moves;
//! they decide nothing.

pub(crate) mod answer;
pub(crate) mod citation;
pub(crate) mod clause;
pub(crate) mod contact;
mod deadline;
mod feedback;
mod home;
pub(crate) mod results;

use crate::dom::{El, el};
use crate::icons::{self, Icon, icon};
use crate::prelude::AnyView;
use crate::state::{App, Screen};

/// The view of a screen.
pub(crate) fn screen(app: App, screen: Screen) -> AnyView {
    match screen {
        Screen::Home => home::view(app),
        Screen::Answer(id) => answer::view(app, id),
        Screen::Clause(id) => clause::view(app, id),
        Screen::Contact(subject) => contact::view(app, &subject),
    }
}

/// The bar above every screen but home.
fn bar(app: App, title: &'static str) -> El {
    el("div")
        .class("bar")
        .child(round(icons::BACK, app.texts.back).click(move || app.back()))
        .child(el("p").class("grow").text(title))
        .child(close(app))
}

fn close(app: App) -> El {
    round(icons::CLOSE, app.texts.close).click(move || app.close())
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
fn heading(number: Option<El>, title: impl Into<crate::dom::Text>) -> El {
    el("h2")
        .attr("tabindex", "-1")
        .attr("data-entry", "")
        .maybe(number)
        .text(title)
}

/// A line that opens something.
fn row(id: &str, title: String) -> El {
    el("button")
        .class("row")
        .attr("type", "button")
        .attr("data-id", id.to_owned())
        .child(el("span").class("grow").text(title))
        .child(icon(icons::NEXT))
}

/// A sentence with a button to try loading again.
fn try_again(app: App, sentence: &'static str) -> El {
    let button = el("button")
        .class("quiet")
        .attr("type", "button")
        .text(app.texts.retry)
        .click(move || crate::loading::start(app));
    el("div")
        .class("notice")
        .child(el("p").text(sentence))
        .child(button)
}

/// Grey lines where text is about to be.
fn skeleton(app: App) -> El {
    el("div")
        .class("skeleton")
        .attr("role", "img")
        .attr("aria-label", app.texts.loading_rest)
        .children((0..3).map(|_| el("span")))
}
