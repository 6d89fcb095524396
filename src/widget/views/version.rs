//! Which version of the terms a clause is quoted from: the one in force, or the one an order
//! falls under, where the page or the shopper tells the day of the order.

use super::{citation, skeleton, static_page, try_again};
use crate::dom::{El, el, live, nothing};
use crate::later::Content;
use crate::loading::Load;
use crate::network;
use crate::prelude::AnyView;
use crate::state::App;
use guichet_bundle::edition::{Edition, Was};
use guichet_bundle::{FileRef, Versions};
use guichet_domain::document::Clause;
use guichet_domain::say;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

/// How a clause in force stands to the order.
pub(super) enum Standing {
    /// It applies.
    InForce,
    /// An earlier version does, which is on its way, or did not come.
    Loading(Load<()>),
    /// An earlier version does.
    Earlier(Rc<Edition>),
}

/// How a clause stands to the order; follows the order's day and the arrival of the version.
pub(super) fn standing(app: App, content: &Rc<Content>, clause: &Clause) -> Standing {
    // A bundle of before has no file of it: the notice leads to the static page.
    let file = earlier(app, content, clause).and_then(|(versions, at)| versions.editions.get(at));
    let Some(file) = file else {
        return Standing::InForce;
    };
    content.edition_came.with(|()| ());
    if content.edition.borrow().0 != file.name {
        load(app, content, file);
    }
    match &content.edition.borrow().1 {
        Load::Ready(edition) => Standing::Earlier(edition.clone()),
        Load::Waiting => Standing::Loading(Load::Waiting),
        Load::Failed => Standing::Loading(Load::Failed),
    }
}

/// The words that apply: in force, or as they were when it was ordered.
pub(super) fn words(app: App, content: &Rc<Content>, clause: &Clause) -> AnyView {
    let (content, clause) = (content.clone(), clause.clone());
    live(move || match standing(app, &content, &clause) {
        Standing::InForce => citation::words(app, &clause).into(),
        Standing::Earlier(edition) => as_it_was(app, &clause, &edition),
        Standing::Loading(Load::Failed) => {
            let content = content.clone();
            try_again(app, app.texts.rest_failed, move || {
                content.edition.replace((String::new(), Load::Waiting));
                content.edition_came.set(());
            })
            .into()
        }
        Standing::Loading(_) => skeleton(app).into(),
    })
}

/// Whether a clause reads for the order as it does today.
pub(super) fn is_unchanged(app: App, content: &Rc<Content>, clause: &Clause) -> bool {
    match standing(app, content, clause) {
        Standing::InForce => true,
        Standing::Earlier(edition) => edition.was(&clause.id) == Was::Same,
        Standing::Loading(_) => false,
    }
}

/// That the order falls under an earlier version, and the way to the whole of it.
pub(super) fn notice(app: App, content: &Rc<Content>, clause: &Clause) -> AnyView {
    let (content, clause) = (content.clone(), clause.clone());
    live(move || {
        let told = || {
            let ordered = app.ordered.get()?;
            let (versions, at) = earlier(app, &content, &clause)?;
            let held = versions.older.get(at)?;
            let day = |date| say::long_date(app.lang, date);
            let told = [
                app.texts.ordered_on,
                &day(ordered),
                app.texts.falls_under,
                &day(*held),
                ". ",
            ]
            .concat();
            let anchor = [&versions.name, "@", &held.to_string()].concat();
            let read = whole_text(app, &clause, &anchor, app.texts.read_version);
            let notice = el("p").class("notice").attr("role", "status");
            Some(notice.text(told).child(read))
        };
        told().map_or_else(nothing, Into::into)
    })
}

/// Since when the version in force holds, and the way to the whole text at this clause.
pub(super) fn in_force(app: App, content: &Content, clause: &Clause) -> El {
    let since = content
        .versions(clause)
        .and_then(|versions| versions.effective)
        .map(|day| say::long_date(app.lang, day));
    let since = since.map(|day| el("span").text([app.texts.in_force_since, &day, ". "].concat()));
    let all = whole_text(app, clause, &clause.id, app.texts.all_terms);
    el("p").class("aside").maybe(since).child(all)
}

/// Asks for the day of the order, where it may fall under an earlier version and the page does not tell.
pub(super) fn ask_order(app: App, content: &Content, clause: &Clause) -> Option<El> {
    let versions = content.versions(clause)?;
    if versions.editions.is_empty() || app.config.told("orderDate").is_some() {
        return None;
    }
    let since = say::long_date(app.lang, versions.effective?);
    let question = [app.texts.ordered_before, &since, app.texts.give_order_day].concat();
    let known = app
        .ordered
        .with_untracked(|day| day.map(|day| day.to_string()));
    let input = el("input")
        .attr("type", "date")
        .attr("id", "ordered")
        .attr("value", known.unwrap_or_default())
        .on("change", move |event| {
            let input = event.target().and_then(|it| it.dyn_into().ok());
            let day = input.map(|input: HtmlInputElement| input.value());
            app.ordered.set(day.and_then(|day| day.parse().ok()));
        });
    let label = el("label").attr("for", "ordered").text(question);
    Some(el("div").class("card deadline").child(label).child(input))
}

/// The versions of a clause's terms, and the place of the one its order falls under.
fn earlier<'a>(app: App, content: &'a Content, clause: &Clause) -> Option<(&'a Versions, usize)> {
    let ordered = app.ordered.get()?;
    let versions = content.versions(clause)?;
    Some((versions, versions.earlier_on(ordered)?))
}

fn load(app: App, content: &Rc<Content>, file: &FileRef) {
    content.edition.replace((file.name.clone(), Load::Waiting));
    let asked = network::ask(&app.config.site(), file);
    let (name, content) = (file.name.clone(), content.clone());
    spawn_local(async move {
        let edition = match asked.receive().await {
            Ok(bytes) => crate::json::read::<Edition>(&name, &bytes).ok(),
            Err(_) => None,
        };
        // The shopper reads it in the panel, and may try again.
        let edition = edition.map_or(Load::Failed, |edition| Load::Ready(Rc::new(edition)));
        // He may have given another day meanwhile.
        if app.is_alive() && content.edition.borrow().0 == name {
            content.edition.replace((name, edition));
            content.edition_came.set(());
        }
    });
}

fn as_it_was(app: App, clause: &Clause, edition: &Edition) -> AnyView {
    let now = || {
        el("details")
            .child(el("summary").text(app.texts.now_reads))
            .child(citation::words(app, clause))
    };
    let aside = |words| el("p").class("aside").text(words);
    match edition.was(&clause.id) {
        Was::Same => el("div")
            .child(aside(app.texts.was_same))
            .child(citation::words(app, clause)),
        Was::Otherwise(was) => el("div")
            .maybe((was.path.last() != clause.path.last()).then(|| {
                let title = citation::title(was).to_owned();
                (el("p").class("strong").maybe(citation::number(was))).text(title)
            }))
            .child(citation::words(app, was))
            .child(now()),
        Was::Absent => el("div").child(aside(app.texts.was_absent)).child(now()),
    }
    .into()
}

/// The whole text, at one of its clauses.
fn whole_text(app: App, clause: &Clause, anchor: &str, words: &'static str) -> El {
    static_page(app, clause.lang.unwrap_or(app.lang), anchor, words)
}
