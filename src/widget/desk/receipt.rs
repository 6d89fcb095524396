//! What a shopper gets for his request: its number, what opens it, and by when there is an answer.

use super::Desk;
use super::field;
use super::numbers;
use super::texts::Texts;
use super::timeline::{fact, facts, moment};
use crate::dom::{El, el};
use crate::prelude::AnyView;
use crate::state::{App, Screen};
use guichet_domain::claim::Kind;
use guichet_domain::claim::told::Receipt;
use guichet_domain::say::claim as say;
use guichet_domain::tracking::TrackingNumber;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The receipt; the same goes out by mail where there is an address.
pub(super) fn view(app: App, desk: &'static Desk, receipt: &Receipt) -> AnyView {
    let texts = Texts::of(app.lang);
    let status = &receipt.status;
    let title = match status.kind {
        Kind::CallBack => texts.booked,
        Kind::Request | Kind::Withdrawal => texts.arrived,
    };
    let today = app.now.get_untracked().date;
    let when = status.due.map(|due| {
        let by = desk.site.time_zone.local(due);
        fact(
            texts.answered,
            el("strong").text(say::by_when(app.lang, by, today)),
        )
    });
    let when = match status.slot {
        Some(slot) => Some(fact(
            texts.call,
            el("strong").text(say::slot(app.lang, slot, today)),
        )),
        None => when,
    };
    let number = receipt.number;
    let follow = field::button(texts.follow_this)
        .attr("data-id", "follow")
        .click(move || app.show(Screen::Follow(number.to_string())));
    el("div")
        .class("desk")
        .child(
            el("h3")
                .class("done")
                .attr("tabindex", "-1")
                .attr("data-prompt", "")
                .text(title),
        )
        .child(facts([
            Some(fact(texts.number, large(number.to_string()))),
            Some(fact(texts.code, large(receipt.code.clone()))),
            when,
            Some(fact(texts.with, el("span").text(status.team.clone()))),
            Some(fact(
                texts.received,
                el("span").text(moment(app, desk, status.opened)),
            )),
        ]))
        .child(el("p").text(texts.keep_both))
        .maybe(receipt.mailed.then(|| el("p").text(texts.mail_comes)))
        .child(kept(app, desk, number))
        .child(follow)
        .into()
}

fn large(words: String) -> El {
    el("span").class("large").text(words)
}

/// Whether the number stays on this device: only where the shopper says so.
pub(super) fn kept(app: App, desk: &'static Desk, number: TrackingNumber) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("id", "keep-number");
    let input = if numbers::is_kept(app, number) {
        input.attr("checked", "")
    } else {
        input
    };
    let input = input.on("change", move |event| {
        let target = event.target().and_then(|it| it.dyn_into().ok());
        let wanted = target.is_some_and(|input: HtmlInputElement| input.checked());
        numbers::keep(app, desk, number, wanted);
    });
    el("p").class("check").child(input).child(
        el("label")
            .attr("for", "keep-number")
            .text(Texts::of(app.lang).on_device),
    )
}
