//! An answer: in short first, then the whole, the clauses it rests on word for word, whether
//! it helped, and what to read next. From the manifest alone it can already show the short answer.

use super::{
    after, bar, citation, deadline, feedback, heading, row, skeleton, static_page, try_again,
};
use crate::dom::{El, el, live, nothing, text};
use crate::loading::{self, Load};
use crate::prelude::{AnyView, untrack, window};
use crate::rich;
use crate::signal::Signal;
use crate::state::{App, Screen};
use guichet_bundle::page_file;
use guichet_domain::document::{Document, FaqEntry};
use js_sys::{Function, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

pub(super) fn view(app: App, id: String) -> AnyView {
    // The question keeps its place when the rest arrives: it has the focus.
    let content = app.content();
    let question = match content.as_ref().and_then(|content| content.find(&id)) {
        Some(Document::Faq(entry)) => entry.question.clone(),
        _ => app
            .top_question(&id)
            .map_or_else(|| app.texts.answer.to_owned(), |top| top.question.clone()),
    };
    let rest = live(move || match app.content.get() {
        Load::Ready(pack) => match pack.find(&id) {
            Some(Document::Faq(entry)) => untrack(|| (pack.later.answer)(app, entry)),
            _ => el("p").class("notice").text(app.texts.gone).into(),
        },
        Load::Waiting => brief(app, &id, skeleton(app)),
        Load::Failed => {
            let again = try_again(app, app.texts.rest_failed, move || loading::start(app));
            brief(app, &id, again)
        }
    });
    let article = el("article")
        .class("scroll reading")
        .child(heading(None, question))
        .child(rest);
    el("div")
        .class("screen")
        .child(bar(app, app.texts.answer))
        .child(article)
        .into()
}

/// What the manifest knows of an answer, above what stands for the rest.
fn brief(app: App, id: &str, rest: El) -> AnyView {
    let top = app.top_question(id).filter(|top| !top.short.is_empty());
    el("div")
        .maybe(top.map(|top| short(top.short.clone())))
        .child(rest)
        .into()
}

fn short(words: String) -> El {
    el("p").class("short").text(words)
}

pub(crate) fn whole(app: App, entry: &FaqEntry) -> AnyView {
    let (words, body) = entry.answer(app.reads_tried());
    let rest = entry.clone();
    el("div")
        .child(short(words.to_owned()))
        .child(el("div").class("body").children(rich::blocks(body)))
        .child(deadline::of_answer(app, entry))
        .child(after(app, move || {
            el("div")
                .child(citation::all(app, &rest.clauses))
                .child(feedback::view(app, &rest.id))
                .child(related(app, &rest))
                .child(pass_on(app, &rest.id))
                .into()
        }))
        .into()
}

/// The answer on a page of its own, and its address to pass on.
fn pass_on(app: App, id: &str) -> El {
    let page = static_page(app, app.lang, id, app.texts.own_page);
    let address = [&app.config.site(), page_file(app.lang), "#", id].concat();
    el("p")
        .class("aside choices")
        .child(page)
        .maybe(copy(app, address))
}

/// Copies an address; nothing where the browser does not let us.
fn copy(app: App, address: String) -> Option<El> {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok();
    let clipboard = get(&window().navigator(), "clipboard")?;
    let write: Function = get(&clipboard, "writeText")?.dyn_into().ok()?;
    let done = Rc::new(Signal::new(app.texts.copy));
    let words = done.clone();
    let button = el("button")
        .class("link")
        .attr("type", "button")
        .attr("aria-live", "polite")
        .live(move || text(words.get()))
        .click(move || {
            let Ok(promise) = write.call1(&clipboard, &address.as_str().into()) else {
                return;
            };
            let done = done.clone();
            spawn_local(async move {
                // A browser that refuses leaves the link beside it.
                if JsFuture::from(Promise::resolve(&promise)).await.is_ok() {
                    done.set(app.texts.copied);
                }
            });
        });
    Some(button)
}

fn related(app: App, entry: &FaqEntry) -> AnyView {
    let today = app.now.get_untracked().date;
    let content = app.content();
    let rows: Vec<El> = entry
        .related
        .iter()
        .filter_map(|id| match content.as_ref()?.find(id)? {
            Document::Faq(other) if other.valid.contains(today) => {
                let id = other.id.clone();
                let row = row(&other.id, other.question.clone());
                Some(el("li").child(row.click(move || app.show(Screen::Answer(id.clone())))))
            }
            _ => None,
        })
        .collect();
    if rows.is_empty() {
        return nothing();
    }
    el("section")
        .class("group")
        .child(el("h3").text(app.texts.related))
        .child(el("ul").class("card").attr("role", "list").children(rows))
        .into()
}
