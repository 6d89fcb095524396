//! A part of the module that a browser fetches when what is read has a delay: the last day, counted
//! from the day a shopper gives, how it was counted with a small calendar to check it by, and the
//! law's delay beside the shop's. `cargo xtask build-web` cuts the module at [`part`].

#![expect(clippy::unnecessary_wraps, reason = "the macro returns its own error")]

use crate::dom::{El, el, nothing, value};
use crate::loading::bring;
use crate::prelude::AnyView;
use crate::signal::Signal;
use crate::state::App;
use guichet_domain::civil::Weekday;
use guichet_domain::deadline::{Counted, Dates, Deadline, Role, Square};
use guichet_domain::lang::Lang;
use guichet_domain::say::{self, deadline as words};
use std::rc::Rc;
use wasm_split_helpers::wasm_split;

/// The way into this part.
#[derive(Clone, Copy)]
pub(crate) struct Counting {
    /// A card for each deadline.
    pub(crate) cards: fn(App, &[Deadline]) -> El,
    /// What they look like.
    style: &'static str,
}

/// Calendars longer than this show no more than the sentences beside them say.
const MOST_WEEKS: usize = 8;

/// Fetches this part, where it is not here.
pub(crate) fn start(app: App) {
    bring(app, &app.dates, fetched(app), |_| ());
}

async fn fetched(app: App) -> Result<Counting, String> {
    let counting = part().await.map_err(|error| error.to_string())?;
    app.adopt(counting.style);
    Ok(counting)
}

#[wasm_split(dates, fallible)]
fn part() -> Result<Counting, wasm_split_helpers::SplitLoaderError> {
    Ok(Counting {
        cards,
        style: include_str!(concat!(env!("OUT_DIR"), "/dates.css")),
    })
}

fn cards(app: App, deadlines: &[Deadline]) -> El {
    let cards = deadlines.iter().enumerate();
    el("div").children(cards.map(|(nth, deadline)| card(app, nth, deadline.clone())))
}

fn card(app: App, nth: usize, deadline: Deadline) -> El {
    let lang = app.lang;
    let counted = Rc::new(Signal::new(None::<Dates>));
    let nth = nth.to_string();
    let (field, note) = (["day-", &nth].concat(), ["note-", &nth].concat());
    let (title, start) = (deadline.title.clone(), deadline.start);
    let rule = words::rule(lang, deadline.delay, start);
    let hint = words::question_note(lang, start).unwrap_or_default();
    let (chosen, by) = (counted.clone(), deadline.clone());
    let input = el("input")
        .attr("type", "date")
        .attr("id", field.clone())
        .attr("aria-describedby", note.clone())
        .on("input", move |event| {
            let day = value(&event).parse().ok();
            chosen.set(day.map(|day| by.dates(day)));
        });
    el("div")
        .class("card deadline")
        .child(el("h4").text(title))
        .child(el("p").class("aside").text(rule))
        .child(
            el("label")
                .attr("for", field)
                .text(words::question(lang, start)),
        )
        .child(input)
        .child(el("p").class("aside").attr("id", note).text(hint))
        .child(
            el("div")
                .attr("role", "status")
                .live(move || match counted.get() {
                    Some(dates) => last_day(app, &deadline, &dates),
                    None => nothing(),
                }),
        )
}

fn last_day(app: App, deadline: &Deadline, dates: &Dates) -> AnyView {
    let (lang, terms) = (app.lang, &dates.terms);
    let last = words::last_day(lang, terms, app.now.get_untracked());
    let law = words::law(lang, deadline, dates);
    let steps = words::steps(lang, deadline.delay, deadline.start, terms);
    let how = el("details")
        .child(el("summary").text(app.texts.how_counted))
        .child(el("ul").children(steps.into_iter().map(|step| el("li").text(step))))
        .maybe(calendar(app, deadline, terms));
    el("div")
        .child(el("p").class("strong").text(last))
        .maybe(law.map(|law| el("p").text(law)))
        .child(how)
        .into()
}

/// The weeks of the delay; none where a calendar would not help.
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
    let square = |day| square(app.lang, deadline, counted, day);
    let rows = weeks
        .into_iter()
        .map(|week| el("tr").children(week.into_iter().map(square)));
    Some(
        el("table")
            .class("calendar")
            .child(el("caption").class("unseen").text(app.texts.how_counted))
            .child(el("thead").child(el("tr").children(head)))
            .child(el("tbody").children(rows)),
    )
}

fn square(lang: Lang, deadline: &Deadline, counted: &Counted, square: Square<'_>) -> El {
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
    let spoken = words::day(lang, day, deadline.start, counted.last.date);
    el("td")
        .class(class)
        .child(el("span").attr("aria-hidden", "true").text(number))
        .child(el("span").class("unseen").text(spoken))
}
