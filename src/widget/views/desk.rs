//! The screens of requests: what stands on them until the part of the module that fills them is
//! there, and the plain page of the server where it does not come.

use super::{bar, heading, skeleton, try_again};
use crate::desk::{self, Desk};
use crate::dom::{El, el};
use crate::loading::Load;
use crate::prelude::{AnyView, untrack};
use crate::rich::link;
use crate::state::{App, Subject};
use guichet_domain::claim::Kind;

/// A request to be written.
pub(super) fn claim(app: App, kind: Kind, subject: Subject) -> AnyView {
    let title = match kind {
        Kind::CallBack => app.texts.ask_call,
        _ => app.texts.claim,
    };
    let page = match kind {
        Kind::CallBack => "claims/call",
        _ => "claims/new",
    };
    screen(app, title, page, move |desk| {
        (desk.ways.claim)(app, desk, kind, &subject)
    })
}

/// A request that was written.
pub(super) fn follow(app: App, number: String) -> AnyView {
    screen(app, app.texts.follow, "claims", move |desk| {
        (desk.ways.follow)(app, desk, &number)
    })
}

fn screen(
    app: App,
    title: &'static str,
    page: &'static str,
    fill: impl Fn(&'static Desk) -> AnyView + 'static,
) -> AnyView {
    desk::start(app);
    let content = el("div")
        .class("scroll reading")
        .child(heading(None, title))
        .live(move || match app.desk.get() {
            Load::Ready(desk) => untrack(|| fill(desk)),
            Load::Waiting => skeleton(app).into(),
            Load::Failed => failed(app, title, page).into(),
        });
    el("div")
        .class("screen")
        .child(bar(app, app.texts.contact))
        .child(content)
        .into()
}

fn failed(app: App, title: &'static str, page: &'static str) -> El {
    let site = &app.manifest.site.id;
    let server = app.config.server().unwrap_or_default();
    let href = [&server, page, "?site=", site, "&lang=", app.lang.code()].concat();
    try_again(app, app.texts.form_failed, move || desk::start(app))
        .child(link(&href).class("action").text(title))
}
