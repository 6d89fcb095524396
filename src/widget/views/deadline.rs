//! The last day of a delay, counted from the day a shopper gives: until when, how it was
//! counted with a small calendar to check it by, and the law's delay beside the shop's.

use crate::dom::{El, el, nothing};
use crate::prelude::AnyView;
use crate::signal::Signal;
use crate::state::App;
use guichet_domain::civil::{Date, Weekday};
use guichet_domain::deadline::{Counted, Deadline, Role, Square};
use guichet_domain::document::Document;
use guichet_domain::say::{self, deadline as words};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Calendars longer than this show no more than the sentences beside them say.
const MOST_WEEKS: usize = 8;

/// A card for each deadline of an answer: its own, then those of the clauses it rests on.
pub(super) fn of_answer(app: App, own: &[Deadline], clauses: &[String]) -> AnyView {
    let mut all: Vec<Deadline> = own.to_vec();
    for id in clauses {
        if let Some(Document::Clause(clause)) = app.document(id) {
            all.extend(clause.deadlines);
        }
    }
    let mut titles = Vec::new();
    all.retain(|deadline| {
        let fresh = !titles.contains(&deadline.title);
        titles.push(deadline.title.clone());
        fresh
    });
    cards(app, all)
}

/// A card for each deadline.
pub(super) fn cards(app: App, deadlines: Vec<Deadline>) -> AnyView {
    if deadlines.is_empty() {
        return nothing();
    }
    let cards = deadlines.into_iter().enumerate();
    el("section")
        .class("group")
        .child(el("h3").text(app.texts.deadlines))
        .children(cards.map(|(nth, deadline)| card(app, nth, deadline)))
        .into()
}

fn card(app: App, nth: usize, deadline: Deadline) -> El {
    let event = Rc::new(Signal::new(None::<Date>));
    let (field, note) = (format!("day-{nth}"), format!("day-{nth}-note"));
    let label = el("label")
        .attr("for", field.clone())
        .text(words::question(app.lang, deadline.start));
    let hint = words::question_note(app.lang, deadline.start);
    let chosen = event.clone();
    let input = el("input")
        .attr("type", "date")
        .attr("id", field)
        .attr("aria-describedby", note.clone())
        .on("input", move |event| {
            let input = event.target().and_then(|it| it.dyn_into().ok());
            let value = input.map(|input: HtmlInputElement| input.value());
            chosen.set(value.and_then(|value| value.parse().ok()));
        });
    el("div")
        .class("card deadline")
        .child(el("h4").text(deadline.title.clone()))
        .child(
            el("p")
                .class("aside")
                .text(words::rule(app.lang, deadline.delay, deadline.start)),
        )
        .child(label)
        .child(input)
        .child(
            el("p")
                .class("aside")
                .attr("id", note)
                .text(hint.unwrap_or_default()),
        )
        .child(
            el("div")
                .attr("role", "status")
                .live(move || match event.get() {
                    Some(day) => counted(app, &deadline, day),
                    None => nothing(),
                }),
        )
}

fn counted(app: App, deadline: &Deadline, event: Date) -> AnyView {
    let dates = deadline.dates(event);
    let now = app.now.get_untracked();
    let steps = words::steps(app.lang, deadline.delay, deadline.start, &dates.terms);
    let law = words::law(app.lang, deadline, &dates);
    let how = el("details")
        .child(el("summary").text(app.texts.how_counted))
        .child(el("ul").children(steps.into_iter().map(|step| el("li").text(step))))
        .maybe(calendar(app, deadline, &dates.terms));
    el("div")
        .child(
            el("p")
                .class("strong")
                .text(words::last_day(app.lang, &dates.terms, now)),
        )
        .maybe(law.map(|law| el("p").text(law)))
        .child(how)
        .into()
}

fn calendar(app: App, deadline: &Deadline, counted: &Counted) -> Option<El> {
    let weeks = counted.weeks();
    if !deadline.delay.unit.is_days() || weeks.len() > MOST_WEEKS {
        return None;
    }
    let head = Weekday::ALL.map(|day| {
        let name = say::weekday(app.lang, day);
        let short: String = name.chars().take(2).collect();
        el("th")
            .attr("scope", "col")
            .child(el("abbr").attr("title", name).text(short))
    });
    let rows = weeks.into_iter().map(|week| {
        el("tr").children(week.map(|square| self::square(app, deadline, counted, square)))
    });
    Some(
        el("table")
            .class("calendar")
            .child(el("caption").class("unseen").text(app.texts.how_counted))
            .child(el("thead").child(el("tr").children(head)))
            .child(el("tbody").children(rows)),
    )
}

fn square(app: App, deadline: &Deadline, counted: &Counted, square: Square<'_>) -> El {
    let number = square.date.civil().2.to_string();
    let Some(day) = square.day else {
        return el("td").class("out").text(number);
    };
    let class = match day.role {
        _ if day.date == counted.last.date => "last",
        Role::Event => "event",
        Role::Counted(_) => "in",
        Role::Skipped | Role::Prolonged => "skipped",
    };
    let spoken = words::day(app.lang, day, deadline.start, counted.last.date);
    el("td")
        .class(class)
        .child(el("span").attr("aria-hidden", "true").text(number))
        .child(el("span").class("unseen").text(spoken))
}
