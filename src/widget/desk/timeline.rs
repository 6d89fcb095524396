//! What is told of a request: how it stands, and what happened to it.

use super::Desk;
use super::texts::Texts;
use crate::dom::{El, el};
use crate::state::App;
use guichet_domain::claim::told::{Message, Standing, Status};
use guichet_domain::claim::{Act, Actor};
use guichet_domain::say;
use guichet_domain::zone::Timestamp;

/// A moment on the shop's wall, as people say it.
pub(super) fn moment(app: App, desk: &Desk, at: Timestamp) -> String {
    let today = app.now.get_untracked().date;
    say::moment(app.lang, desk.site.time_zone.local(at), today)
}

/// A name and what it stands for.
pub(super) fn fact(name: &'static str, what: El) -> El {
    el("div")
        .child(el("dt").text(name))
        .child(el("dd").child(what))
}

/// A list of them.
pub(super) fn facts(all: impl IntoIterator<Item = Option<El>>) -> El {
    el("dl")
        .class("card facts")
        .children(all.into_iter().flatten())
}

/// Number, state, who has it, promise, and what comes next.
pub(super) fn head(app: App, desk: &Desk, status: &Status) -> El {
    let (lang, texts) = (app.lang, Texts::of(app.lang));
    let today = app.now.get_untracked().date;
    let plain = |words: String| el("span").text(words);
    let when = match (status.slot, status.due) {
        (Some(slot), Some(_)) => Some(fact(texts.call, plain(say::claim::slot(lang, slot, today)))),
        (_, Some(due)) => {
            let by = say::claim::by_when(lang, desk.site.time_zone.local(due), today);
            Some(fact(texts.answered, el("strong").text(by)))
        }
        (_, None) => status.promise_kept.map(|kept| {
            let words = if kept { texts.kept } else { texts.not_kept };
            fact(texts.promise, el("span").text(words))
        }),
    };
    let is_late = status.standing == Standing::Missed || status.missed > 0 && status.due.is_some();
    let state = el("span")
        .class("state-badge")
        .text(say::claim::state(lang, status.state));
    el("div")
        .maybe(is_late.then(|| el("p").class("notice").text(say::claim::apology(lang))))
        .child(facts([
            Some(fact(texts.number, plain(status.number.to_string()))),
            Some(fact(texts.state, state)),
            Some(fact(
                texts.received,
                plain(moment(app, desk, status.opened)),
            )),
            Some(fact(texts.with, plain(status.team.clone()))),
            when,
        ]))
        .child(el("p").text(say::claim::next_step(
            lang,
            status.state,
            status.merged_into,
        )))
}

/// What happened, without what was written.
pub(super) fn steps(app: App, desk: &Desk, status: &Status) -> El {
    let items = status
        .timeline
        .iter()
        .map(|step| line(app, desk, step.at, step.act, step.by));
    list(Texts::of(app.lang).happened, items)
}

/// What was written, with its files as `file` shows them.
pub(super) fn messages(
    app: App,
    desk: &Desk,
    all: &[Message],
    file: impl Fn(&guichet_domain::claim::told::File) -> El,
) -> El {
    let items = all.iter().map(|message| {
        let said = message
            .text
            .as_ref()
            .map(|text| el("p").class("said").text(text.clone()));
        line(app, desk, message.at, message.act, message.by)
            .maybe(said)
            .children(message.files.iter().map(&file))
    });
    list(Texts::of(app.lang).exchanged, items)
}

fn list(title: &'static str, items: impl Iterator<Item = El>) -> El {
    el("section").child(el("h3").text(title)).child(
        el("ol")
            .class("timeline")
            .attr("role", "list")
            .children(items),
    )
}

fn line(app: App, desk: &Desk, at: Timestamp, act: Act, by: Actor) -> El {
    let class = if by == Actor::Shopper { "own" } else { "team" };
    el("li")
        .class(class)
        .child(el("strong").text(say::claim::act(app.lang, act, by)))
        .child(el("p").class("aside").text(moment(app, desk, at)))
}
