//! Home before anything is typed: what the shop wants known now, the questions that belong to the page, those most
//! asked, what was asked before on this page, and the way to a request that is already on its way.

use super::row;
use crate::desk::UNSENT;
use crate::dom::{El, el, nothing};
use crate::icons::{self, icon};
use crate::prelude::AnyView;
use crate::search;
use crate::state::{App, Screen, Subject};
use crate::storage::Kept;
use guichet_bundle::TopQuestion;
use guichet_domain::suggestion::Page;

pub(super) fn view(app: App) -> AnyView {
    // A page may change while the panel is closed: what belongs to it is looked up at each opening.
    app.is_open.with(|_| ());
    let suggested = suggested(app);
    let fewer = |top: &&TopQuestion| suggested.iter().all(|own| own.id != top.id);
    let top = top(app).iter().filter(fewer);
    let top = if suggested.is_empty() {
        questions(app, app.texts.top, top)
    } else {
        questions(app, app.texts.top, top.take(TOP_BESIDE))
    };
    el("div")
        .children(notices(app))
        .maybe(
            (!suggested.is_empty())
                .then(|| questions(app, app.texts.suggested, suggested.iter().copied())),
        )
        .child(top)
        .child(recent(app))
        .maybe(app.config.server().map(|_| requests(app)))
        .into()
}

/// The questions most asked, as the manifest has them.
pub(super) fn all_top(app: App) -> El {
    questions(app, app.texts.top, top(app).iter())
}

/// Beside questions of the page, fewer of the others.
const TOP_BESIDE: usize = 4;

fn top(app: App) -> &'static [TopQuestion] {
    app.files()
        .map(|files| files.top.as_slice())
        .unwrap_or_default()
}

fn notices(app: App) -> impl Iterator<Item = El> {
    let today = app.now.get_untracked().date;
    let all = app.manifest.site.notices.iter();
    all.filter(move |notice| notice.is_shown(today))
        .map(move |notice| {
            let more = notice.entry.clone().map(|id| {
                el("button")
                    .class("link")
                    .attr("type", "button")
                    .attr("data-id", id.clone())
                    .text(app.texts.more)
                    .click(move || app.show(Screen::Answer(id.clone())))
            });
            el("section")
                .class("notice news")
                .attr("aria-label", app.texts.news)
                .child(icon(icons::NEWS))
                .child(
                    el("div")
                        .class("grow")
                        .child(el("p").text(notice.text.get(app.lang).to_owned()))
                        .maybe(more),
                )
        })
}

/// The questions of the first suggestion that belongs to the page.
fn suggested(app: App) -> Vec<&'static TopQuestion> {
    let told = |key| app.config.told(key).unwrap_or_default();
    let (path, page, order) = (told("path"), told("page"), told("orderState"));
    let page = Page {
        path: &path,
        page: &page,
        order: &order,
    };
    let Some(files) = app.files() else {
        return Vec::new();
    };
    let mut all = files.suggestions.iter();
    let own = all.find(|own| own.when.matches(&page));
    own.map(|own| own.questions.iter().collect())
        .unwrap_or_default()
}

fn questions<'a>(app: App, title: &'static str, all: impl Iterator<Item = &'a TopQuestion>) -> El {
    let rows = all
        .map(|top| {
            let id = top.id.clone();
            row(&top.id, top.question.clone()).click(move || app.show(Screen::Answer(id.clone())))
        })
        .collect();
    group(title, rows)
}

#[inline(never)]
fn group(title: &'static str, rows: Vec<El>) -> El {
    let rows = rows.into_iter().map(|row| el("li").child(row));
    el("section")
        .class("group")
        .attr("aria-label", title)
        .child(el("h3").text(title))
        // `list-style: none` makes Safari forget that it is a list.
        .child(el("ul").class("card").attr("role", "list").children(rows))
}

/// What was asked before on this page; kept in memory only.
fn recent(app: App) -> AnyView {
    let rows: Vec<El> = app
        .recent
        .borrow()
        .iter()
        .map(|query| {
            let asked = query.clone();
            row("", query.clone()).click(move || search::ask(app, asked.clone()))
        })
        .collect();
    if rows.is_empty() {
        return nothing();
    }
    group(app.texts.recent, rows).into()
}

/// The way to requests that are on their way, and to one that did not leave yet.
fn requests(app: App) -> El {
    let draft = Kept::of(&app.manifest.site.id, Kept::DRAFT).read();
    let begins = draft.as_bytes().first();
    let unsent = UNSENT.iter().find(|(mark, _)| Some(mark) == begins);
    let unsent = unsent.map(|(_, kind)| {
        row(kind.word(), app.texts.unsent.to_owned())
            .click(move || app.show(Screen::Claim(*kind, Subject::default())))
    });
    let follow = row("follow", app.texts.follow.to_owned())
        .click(move || app.show(Screen::Follow(String::new())));
    group(
        app.texts.requests,
        unsent.into_iter().chain([follow]).collect(),
    )
}
