//! A part of the module that a browser fetches beside the ways to a person: how long answers really
//! take, below what is promised, and the figures the shop shows of how it answers. `cargo xtask
//! build-web` cuts the module at [`part`]. Where nothing comes, promises stand alone.

#![expect(clippy::unnecessary_wraps, reason = "the macro returns its own error")]

use crate::dom::{El, Text, el, live, nothing};
use crate::loading::{Load, bring};
use crate::prelude::AnyView;
use crate::state::{App, Screen};
use crate::views::{bar, heading, row};
use crate::{json, network};
use guichet_domain::indicator::told::Public;
use guichet_domain::indicator::{Delay, Indicator, Satisfaction, Share};
use guichet_domain::say::indicator as say;
use std::rc::Rc;
use wasm_split_helpers::wasm_split;

/// What the server tells, and the code that shows it.
pub(crate) struct Figures {
    told: Public,
    ways: Ways,
}

/// The ways into this part.
#[derive(Clone, Copy)]
struct Ways {
    read: fn(&[u8]) -> Result<Public, String>,
    delay: fn(App, &Public, &str) -> AnyView,
    door: fn(App, &Public) -> AnyView,
    all: fn(App, &Public) -> AnyView,
    style: &'static str,
}

/// Fetches the figures, where they are not here.
pub(crate) fn start(app: App) {
    bring(app, &app.figures, fetched(app), |_| ());
}

async fn fetched(app: App) -> Result<Rc<Figures>, String> {
    let server = app.config.server().unwrap_or_default();
    let site = &app.manifest.site.id;
    // Asked for before the code is waited for, so that both are on their way at once.
    let told = network::get([&server, "v1/indicators?site=", site].concat());
    let ways = part().await.map_err(|error| error.to_string())?;
    let told = told.receive().await.map_err(|error| error.to_string())?;
    let told = (ways.read)(&told)?;
    app.adopt(ways.style);
    Ok(Rc::new(Figures { told, ways }))
}

#[wasm_split(figures, fallible)]
fn part() -> Result<Ways, wasm_split_helpers::SplitLoaderError> {
    Ok(Ways {
        read,
        delay: delay_of,
        door,
        all: screen,
        style: include_str!(concat!(env!("OUT_DIR"), "/figures.css")),
    })
}

/// Below a promise: how long the answers of a channel really take.
pub(crate) fn delay(app: App, channel: &str) -> AnyView {
    let channel = channel.to_owned();
    shown(app, move |figures| {
        (figures.ways.delay)(app, &figures.told, &channel)
    })
}

/// The way to all figures, where any is shown.
pub(crate) fn way(app: App) -> AnyView {
    shown(app, move |figures| (figures.ways.door)(app, &figures.told))
}

/// The screen of all figures.
pub(crate) fn view(app: App) -> AnyView {
    shown(app, move |figures| (figures.ways.all)(app, &figures.told))
}

fn shown(app: App, show: impl Fn(&Figures) -> AnyView + 'static) -> AnyView {
    live(move || match app.figures.get() {
        Load::Ready(figures) => show(&figures),
        _ => nothing(),
    })
}

fn read(bytes: &[u8]) -> Result<Public, String> {
    json::read("indicators", bytes).map_err(|error| error.to_string())
}

fn delay_of(app: App, told: &Public, channel: &str) -> AnyView {
    let delays = told.delay.iter().flatten();
    let own = delays.filter(|delay| delay.channel == channel);
    let mut words = own.filter_map(|delay| say::delay(app.lang, delay));
    match words.next() {
        Some(words) => aside(words).into(),
        None => nothing(),
    }
}

fn door(app: App, told: &Public) -> AnyView {
    if told.is_empty() {
        return nothing();
    }
    let title = say::title(app.lang).to_owned();
    let row = row("figures", title).click(move || app.show(Screen::Figures));
    el("div").class("card door").child(row).into()
}

fn screen(app: App, told: &Public) -> AnyView {
    let lang = app.lang;
    let updated = app.manifest.site.time_zone.local(told.updated);
    let content = el("div")
        .class("scroll reading figures")
        .child(heading(None, say::title(lang)))
        .child(aside(say::period(lang, updated)))
        .maybe(share(app, Indicator::FirstContact, told.first_contact))
        .maybe(share(app, Indicator::Kept, told.kept))
        .maybe(told.delay.as_deref().map(|told| delays(app, told)))
        .maybe(told.satisfaction.map(|told| satisfaction(app, told)))
        .child(aside(say::honest(lang)));
    el("div")
        .class("screen")
        .child(bar(app, app.texts.contact))
        .child(content)
        .into()
}

fn share(app: App, indicator: Indicator, told: Option<Share>) -> Option<El> {
    let told = told?;
    let section = section(app, indicator);
    Some(match told.share {
        Some(part) => section
            .child(figure(say::percent(app.lang, part)))
            .child(aside(say::counted(app.lang, told.cases))),
        None => section.child(aside(say::too_few(app.lang, told.cases))),
    })
}

fn delays(app: App, told: &[Delay]) -> El {
    let (lang, site) = (app.lang, &app.manifest.site);
    let lines = told.iter().flat_map(|delay| {
        let mut channels = site.channels.iter();
        let channel = channels.find(|channel| channel.id == delay.channel);
        let name = channel.map_or(delay.channel.as_str(), |channel| channel.name.get(lang));
        let name = el("h4").text(name.to_owned());
        match (delay.median_minutes, delay.p90_minutes) {
            (Some(median), Some(p90)) => vec![
                name,
                figure(say::duration(lang, median)),
                el("p").text(say::spread(lang, p90)),
                aside(say::counted(lang, delay.cases)),
            ],
            _ => vec![name, aside(say::too_few(lang, delay.cases))],
        }
    });
    section(app, Indicator::Delay).children(lines)
}

fn satisfaction(app: App, told: Satisfaction) -> El {
    let lang = app.lang;
    let section = section(app, Indicator::Satisfaction);
    let (Some(delay), Some(listened)) = (told.delay, told.listened) else {
        return section.child(aside(say::too_few(lang, told.answers)));
    };
    let lines = say::rated(lang).into_iter().zip([delay, listened]);
    let lines = lines.map(|(name, points)| {
        el("p")
            .text([name, " "].concat())
            .child(el("strong").text([&say::points(lang, points), "\u{a0}/\u{a0}5"].concat()))
    });
    section
        .children(lines)
        .child(aside(say::answers(lang, told.answers)))
}

fn section(app: App, indicator: Indicator) -> El {
    el("section")
        .class("card")
        .child(el("h3").text(say::name(app.lang, indicator)))
        .child(aside(say::meaning(app.lang, indicator)))
}

fn figure(value: String) -> El {
    el("p").class("figure").text(value)
}

fn aside(words: impl Into<Text>) -> El {
    el("p").class("aside").text(words)
}
