//! The last day of a delay, counted from the day a shopper gives: until when, how it was
//! counted with a small calendar to check it by, and the law's delay beside the shop's.

use crate::dom::{El, el, live, nothing};
use crate::engine::{DeadlineTool, LastDay};
use crate::loading::Load;
use crate::prelude::AnyView;
use crate::signal::Signal;
use crate::state::App;
use guichet_domain::deadline::Deadline;
use guichet_domain::document::Document;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A card for each deadline of an answer: its own, then those of the clauses it rests on.
pub(super) fn of_answer(app: App, own: &[Deadline], clauses: &[String]) -> AnyView {
    let mut all: Vec<Deadline> = own.to_vec();
    let content = app.content();
    for id in clauses {
        if let Some(Document::Clause(clause)) = content.as_ref().and_then(|it| it.find(id)) {
            for deadline in &clause.deadlines {
                if all.iter().all(|own| own.title != deadline.title) {
                    all.push(deadline.clone());
                }
            }
        }
    }
    cards(app, all)
}

/// A card for each deadline, once the engine that counts them is there.
pub(super) fn cards(app: App, deadlines: Vec<Deadline>) -> AnyView {
    if deadlines.is_empty() {
        return nothing();
    }
    live(move || {
        let Load::Ready(engine) = app.engine.get() else {
            return nothing();
        };
        let cards = deadlines.iter().enumerate().filter_map(|(nth, deadline)| {
            let tool = engine.deadline(deadline.clone().into())?;
            Some(card(app, nth, deadline.title.clone(), tool))
        });
        el("section")
            .class("group")
            .child(el("h3").text(app.texts.deadlines))
            .children(cards)
            .into()
    })
}

fn card(app: App, nth: usize, title: String, tool: DeadlineTool) -> El {
    let counted = Rc::new(Signal::new(None::<LastDay>));
    let nth = nth.to_string();
    let (field, note) = (["day-", &nth].concat(), ["note-", &nth].concat());
    let label = el("label").attr("for", field.clone()).text(tool.question());
    let (rule, hint) = (tool.rule(), tool.note());
    let (chosen, by) = (counted.clone(), tool.clone());
    let input = el("input")
        .attr("type", "date")
        .attr("id", field)
        .attr("aria-describedby", note.clone())
        .on("input", move |event| {
            let input = event.target().and_then(|it| it.dyn_into().ok());
            let day = input.map(|input: HtmlInputElement| input.value());
            let now = app.now.get_untracked();
            chosen.set(day.and_then(|day| by.count(&day, now.date.0, now.time.0)));
        });
    el("div")
        .class("card deadline")
        .child(el("h4").text(title))
        .child(el("p").class("aside").text(rule))
        .child(label)
        .child(input)
        .child(el("p").class("aside").attr("id", note).text(hint))
        .child(
            el("div")
                .attr("role", "status")
                .live(move || match counted.get() {
                    Some(counted) => last_day(app, &tool, &counted),
                    None => nothing(),
                }),
        )
}

fn last_day(app: App, tool: &DeadlineTool, counted: &LastDay) -> AnyView {
    let law = Some(counted.law()).filter(|law| !law.is_empty());
    let steps = counted.steps();
    let how = el("details")
        .child(el("summary").text(app.texts.how_counted))
        .child(el("ul").children(steps.into_iter().map(|step| el("li").text(step))))
        .maybe(calendar(app, tool, &counted.squares()));
    el("div")
        .child(el("p").class("strong").text(counted.last()))
        .maybe(law.map(|law| el("p").text(law)))
        .child(how)
        .into()
}

fn calendar(app: App, tool: &DeadlineTool, squares: &[String]) -> Option<El> {
    if squares.is_empty() {
        return None;
    }
    let head = tool.weekdays().into_iter().map(|name| {
        let short: String = name.chars().take(2).collect();
        el("th")
            .attr("scope", "col")
            .child(el("abbr").attr("title", name).text(short))
    });
    let rows = squares
        .chunks(7)
        .map(|week| el("tr").children(week.iter().map(|square| self::square(square))));
    Some(
        el("table")
            .class("calendar")
            .child(el("caption").class("unseen").text(app.texts.how_counted))
            .child(el("thead").child(el("tr").children(head)))
            .child(el("tbody").children(rows)),
    )
}

fn square(square: &str) -> El {
    let mut parts = square.split('\t').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (class, number, spoken) = (next(), next(), next());
    if spoken.is_empty() {
        return el("td").attr("class", class).text(number);
    }
    el("td")
        .attr("class", class)
        .child(el("span").attr("aria-hidden", "true").text(number))
        .child(el("span").class("unseen").text(spoken))
}
