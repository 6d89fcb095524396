//! A clause on its own: where it stands in the terms, and its exact words.

use super::{bar, citation, deadline, feedback, heading, skeleton, try_again};
use crate::dom::{El, el, live};
use crate::loading::Load;
use crate::prelude::{AnyView, untrack};
use crate::state::App;
use guichet_bundle::{Pack, page_file};
use guichet_domain::civil::Date;
use guichet_domain::document::{Clause, Document};
use guichet_domain::say;

pub(super) fn view(app: App, id: String) -> AnyView {
    // Clauses are opened from content that is there; the other arms are for a link to one.
    let content = live(move || match app.content.get() {
        Load::Ready(pack) => match pack.find(&id) {
            Some(Document::Clause(clause)) => untrack(|| (pack.later.clause)(app, &pack, clause)),
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

pub(crate) fn whole(app: App, pack: &Pack, clause: &Clause) -> AnyView {
    let above = clause.path.len().saturating_sub(1);
    let path = clause.path.get(..above).unwrap_or_default().join(" › ");
    let path = (!path.is_empty()).then(|| el("p").class("path").text(path));
    el("div")
        .maybe(path)
        .child(heading(
            citation::number(clause),
            citation::title(clause).to_owned(),
        ))
        .maybe(earlier(app, pack, clause))
        .child(citation::words(app, clause))
        .child(version(app, pack, clause))
        .child(deadline::cards(app, clause.deadlines.clone()))
        .child(feedback::view(app, &clause.id))
        .into()
}

/// Which version is quoted, and the way to the whole text at this clause.
fn version(app: App, pack: &Pack, clause: &Clause) -> El {
    let since = pack
        .versions(clause)
        .and_then(|versions| versions.effective)
        .map(|day| say::long_date(app.lang, day));
    let since = since.map(|day| el("span").text([app.texts.in_force_since, &day, ". "].concat()));
    el("p").class("aside").maybe(since).child(whole_text(
        app,
        clause,
        &clause.id,
        app.texts.all_terms,
    ))
}

/// That an order fell under an earlier version, where the page told its day.
fn earlier(app: App, pack: &Pack, clause: &Clause) -> Option<El> {
    let versions = pack.versions(clause)?;
    let ordered: Date = app.config.order_date()?.parse().ok()?;
    let held = versions.earlier_on(ordered)?;
    let day = |date| say::long_date(app.lang, date);
    let told = [
        app.texts.ordered_on,
        &day(ordered),
        app.texts.falls_under,
        &day(held),
        ". ",
    ]
    .concat();
    let anchor = [&versions.name, "@", &held.to_string()].concat();
    Some(el("p").class("notice").text(told).child(whole_text(
        app,
        clause,
        &anchor,
        app.texts.read_version,
    )))
}

/// A link into the static page of the terms, which a shopper can print.
fn whole_text(app: App, clause: &Clause, anchor: &str, words: &'static str) -> El {
    let page = page_file(clause.lang.unwrap_or(app.lang));
    el("a")
        .attr("href", [&app.config.site(), page, "#", anchor].concat())
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(words)
}
