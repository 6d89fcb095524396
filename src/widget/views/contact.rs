//! The ways to a person: for each channel whether it is open now, its hours, and by when an
//! answer is promised, in the shop's own time.

use super::{bar, heading};
use crate::dom::{El, el, live, nothing, value};
use crate::figures;
use crate::icons::{self, Icon, icon};
use crate::prelude::AnyView;
use crate::rich::link;
use crate::signal::Signal;
use crate::state::{App, Screen, Subject};
use guichet_domain::channel::{Channel, ChannelKind};
use guichet_domain::civil::{Local, Weekday};
use guichet_domain::claim::Kind;
use guichet_domain::event::What;
use guichet_domain::holiday::Region;
use guichet_domain::hours::{Span, Status};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use std::rc::Rc;

pub(super) fn view(app: App, subject: &Subject) -> AnyView {
    let site = &app.manifest.site;
    if takes_claims(app) {
        figures::start(app);
    }
    let chosen = Rc::new(Signal::new(subject.category.clone()));
    let question = subject.question.clone();
    let carried = (!question.is_empty()).then(|| {
        el("p")
            .class("carried")
            .child(el("span").class("aside").text(app.texts.your_question))
            .child(el("span").text(question.clone()))
    });
    let subjects = (!site.categories.is_empty()).then(|| subjects(app, site, &chosen));
    let more = site
        .contact_url
        .as_deref()
        .map(|url| el("p").child(link(url).text(app.texts.more_ways)));
    let content = el("div")
        .class("scroll reading")
        .child(heading(None, app.texts.contact))
        .maybe(carried)
        .maybe(subjects)
        .live(move || ways(app, chosen.get().as_deref(), &question))
        .child(figures::way(app))
        .maybe(more)
        .child(rights(app, site));
    el("div")
        .class("screen")
        .child(bar(app, &site.name))
        .child(content)
        .into()
}

/// What it is about, for the shopper to say or correct.
fn subjects(app: App, site: &'static Site, chosen: &Rc<Signal<Option<String>>>) -> El {
    let now = chosen.get_untracked().unwrap_or_default();
    let option = |id: &str, name: &str| {
        let option = el("option")
            .attr("value", id.to_owned())
            .text(name.to_owned());
        if id == now {
            option.attr("selected", "")
        } else {
            option
        }
    };
    let categories = site.categories.iter();
    let options = categories.map(|own| option(&own.id, own.name.get(app.lang)));
    let chosen = chosen.clone();
    let select = el("select")
        .attr("id", "subject")
        .child(option("", app.texts.any_subject))
        .children(options)
        .on("change", move |event| {
            chosen.set(Some(value(&event)).filter(|id| !id.is_empty()));
        });
    el("p")
        .class("subject")
        .child(el("label").attr("for", "subject").text(app.texts.subject))
        .child(select)
}

/// The team that can act, and the channels that lead to it.
fn ways(app: App, category: Option<&str>, question: &str) -> AnyView {
    let site = &app.manifest.site;
    let is_sales = site
        .categories
        .iter()
        .any(|own| own.sales && Some(own.id.as_str()) == category);
    let mut serving: Vec<usize> = (0..site.channels.len())
        .filter(|at| site.channels[*at].serves(category))
        .collect();
    if serving.is_empty() {
        // A subject that no channel claims is everybody's: a person is never hidden.
        serving = (0..site.channels.len()).collect();
    }
    if is_sales {
        // Who would buy is called back, so that nobody has to call twice.
        serving.sort_by_key(|at| site.channels[*at].kind != ChannelKind::Callback);
    }
    let team = category.and_then(|category| site.team_for(category));
    let team = team.map(|team| team.name.get(app.lang));
    let lead = match team {
        Some(team) if is_sales => [app.texts.sales_lead, " ", team].concat(),
        Some(team) => [app.texts.team_for_you, " ", team].concat(),
        None => app.texts.contact_lead.to_owned(),
    };
    let channels = serving.into_iter().enumerate().map(|(nth, at)| {
        let class = if nth == 0 {
            "card channel first"
        } else {
            "card channel"
        };
        channel(app, site, at, category, question).class(class)
    });
    el("div")
        .child(el("p").class("aside").attr("role", "status").text(lead))
        .children(channels)
        .maybe(takes_claims(app).then(|| claim(app, category, question)))
        .into()
}

/// The way to a written request, which gets a number to follow it by.
fn claim(app: App, category: Option<&str>, question: &str) -> El {
    let head = el("div")
        .class("head")
        .child(el("span").class("badge").child(icon(icons::CLAUSE)))
        .child(
            el("div")
                .class("grow")
                .child(el("h3").text(app.texts.claim))
                .child(el("p").class("state").text(app.texts.claim_note)),
        );
    el("section")
        .class("card channel")
        .child(head)
        .child(written(app, Kind::Request, category, question).text(app.texts.claim_write))
}

/// The button to a request of a kind.
fn written(app: App, kind: Kind, category: Option<&str>, question: &str) -> El {
    let subject = Subject {
        question: question.to_owned(),
        category: category.map(str::to_owned),
    };
    el("button")
        .class("action")
        .attr("type", "button")
        .attr("data-id", kind.word())
        .click(move || app.show(Screen::Claim(kind, subject.clone())))
}

/// Whether requests are written in the panel.
fn takes_claims(app: App) -> bool {
    app.manifest.desk.is_some() && app.config.server().is_some()
}

/// The most telling state among the channels where a person answers at once: the first
/// that is open, else the one that opens soonest. With whether it is open.
pub(crate) fn brief(app: App, now: Local) -> Option<(bool, String)> {
    let site = &app.manifest.site;
    let mut best: Option<(Status, &Channel)> = None;
    for channel in &site.channels {
        if !answers_at_once(channel.kind) || channel.hours.is_empty() {
            continue;
        }
        let status = channel.schedule(site.holidays).status(now);
        let better = match (&status, &best) {
            (Status::Open { .. }, Some((Status::Open { .. }, _))) => false,
            (Status::Open { .. }, _) | (_, None) => true,
            (
                Status::Closed { opens: Some(a), .. },
                Some((Status::Closed { opens: Some(b), .. }, _)),
            ) => a < b,
            _ => false,
        };
        if better {
            best = Some((status, channel));
        }
    }
    let (mut status, channel) = best?;
    if let Status::Closed { skipped, .. } = &mut status {
        // In brief: the reason stands in the contact view.
        skipped.clear();
    }
    let words = say::status(app.lang, &status, now.date);
    let words = [channel.name.get(app.lang), " · ", &words].concat();
    Some((matches!(status, Status::Open { .. }), words))
}

fn channel(app: App, site: &Site, at: usize, category: Option<&str>, question: &str) -> El {
    let channel = &site.channels[at];
    let name = channel.name.get(app.lang).to_owned();
    let head = el("div")
        .class("head")
        .child(el("span").class("badge").child(icon(picture(channel.kind))))
        .child(
            el("div")
                .class("grow")
                .child(el("h3").text(name))
                .child(state(app, at)),
        );
    let place = matches!(channel.kind, ChannelKind::Store | ChannelKind::Email)
        .then(|| el("p").class("place").text(channel.contact.clone()));
    el("section")
        .child(head)
        .maybe(words(channel.note.get(app.lang), ""))
        .maybe(place)
        .maybe(action(app, channel, category, question))
        .maybe(words(channel.cost.get(app.lang), "aside"))
        .child(promised(app, at))
        .child(figures::delay(app, &channel.id))
        .maybe((!channel.hours.is_empty()).then(|| hours(app, site, channel)))
}

fn words(text: &str, class: &'static str) -> Option<El> {
    (!text.is_empty()).then(|| el("p").class(class).text(text.to_owned()))
}

/// Open or closed, for channels where that matters to the shopper; a letter can be written at night.
fn state(app: App, at: usize) -> AnyView {
    live(move || {
        let now = app.now.get();
        let site = &app.manifest.site;
        let Some(channel) = site.channels.get(at) else {
            return nothing();
        };
        let (class, words) = match channel.kind {
            ChannelKind::Email => ("state", app.texts.write_any_time.to_owned()),
            ChannelKind::Callback => ("state", app.texts.ask_any_time.to_owned()),
            _ if channel.hours.is_empty() => return nothing(),
            _ => {
                let status = channel.schedule(site.holidays).status(now);
                let class = match status {
                    Status::Open { .. } => "state open",
                    Status::Closed { .. } => "state shut",
                };
                (class, say::status(app.lang, &status, now.date))
            }
        };
        el("p").class(class).text(words).into()
    })
}

/// By when an answer is promised, with the days that holidays and closures take.
fn promised(app: App, at: usize) -> AnyView {
    live(move || {
        let now = app.now.get();
        let site = &app.manifest.site;
        let Some(channel) = site.channels.get(at) else {
            return nothing();
        };
        let Some(promise) = &channel.promise else {
            return nothing();
        };
        if answers_at_once(channel.kind) {
            let within = say::promise(app.lang, promise);
            return promise_line(app.texts.answer_within, within, Vec::new());
        }
        let schedule = channel.schedule(site.holidays);
        let Some(deadline) = promise.deadline(&schedule, now) else {
            return nothing();
        };
        let by = match channel.kind {
            ChannelKind::Callback => app.texts.call_back_by,
            _ => app.texts.answer_by,
        };
        let due = say::moment(app.lang, deadline.due, now.date);
        let reasons = deadline
            .skipped
            .iter()
            .filter_map(|(day, why)| say::skipped(app.lang, *day, why, now.date))
            .collect();
        promise_line(by, due, reasons)
    })
}

fn promise_line(what: &'static str, when: String, reasons: Vec<String>) -> AnyView {
    let words = el("span")
        .text([what, " "].concat())
        .child(el("strong").text(when))
        .children(
            reasons
                .into_iter()
                .map(|reason| el("span").class("aside").text(reason)),
        );
    el("p")
        .class("promise")
        .child(icon(icons::CHECK))
        .child(words)
        .into()
}

fn action(app: App, channel: &Channel, category: Option<&str>, question: &str) -> Option<El> {
    let words = app.texts.action(channel.kind, &channel.contact)?;
    let contact = &channel.contact;
    if channel.kind == ChannelKind::Callback && !channel.hours.is_empty() && takes_claims(app) {
        return Some(written(app, Kind::CallBack, category, question).text(words));
    }
    let href = match channel.kind {
        ChannelKind::Phone => {
            let number: String = contact.chars().filter(|c| !c.is_whitespace()).collect();
            ["tel:", &number].concat()
        }
        ChannelKind::Email if question.is_empty() => ["mailto:", contact].concat(),
        ChannelKind::Email => {
            // The question goes along, so that it need not be typed twice.
            let subject: String = js_sys::encode_uri_component(question).into();
            ["mailto:", contact, "?subject=", &subject].concat()
        }
        _ => contact.clone(),
    };
    let id = channel.id.clone();
    let link = if guichet_domain::rich::is_safe_href(&href) {
        link(&href)
    } else {
        // Checked when built; a manifest changed on its way must not run script.
        return None;
    };
    Some(link.class("action").text(words).click(move || {
        let channel = id.clone();
        app.record(What::ContactChosen { channel });
    }))
}

/// The week, days with the same hours together: "lundi – vendredi".
fn hours(app: App, site: &Site, channel: &Channel) -> El {
    let mut runs: Vec<(Weekday, Weekday, &[Span])> = Vec::new();
    for day in Weekday::ALL {
        let spans = channel.hours.day(day);
        match runs.last_mut() {
            Some((_, last, same)) if *same == spans => *last = day,
            _ => runs.push((day, day, spans)),
        }
    }
    let rows = runs.into_iter().map(|(first, last, spans)| {
        let days = match (say::weekday(app.lang, first), say::weekday(app.lang, last)) {
            (first, last) if first == last => first.to_owned(),
            (first, last) => [first, " – ", last].concat(),
        };
        let spans = match spans {
            [] => app.texts.closed.to_owned(),
            spans => {
                let said: Vec<String> = spans.iter().map(|span| said(app.lang, *span)).collect();
                said.join(app.texts.and)
            }
        };
        el("tr")
            .child(el("th").attr("scope", "row").text(days))
            .child(el("td").text(spans))
    });
    let holidays = (site.holidays != Region::None)
        .then(|| el("p").class("aside").text(app.texts.closed_holidays));
    el("details")
        .child(el("summary").text(app.texts.hours))
        .child(el("table").child(el("tbody").children(rows)))
        .maybe(holidays)
}

fn said(lang: Lang, span: Span) -> String {
    [
        &say::time(lang, span.start),
        "\u{a0}–\u{a0}",
        &say::time(lang, span.end),
    ]
    .concat()
}

/// What the law wants to be found: the withdrawal function and the mediator.
fn rights(app: App, site: &Site) -> AnyView {
    let withdraw = site
        .withdrawal_url
        .as_deref()
        .map(|url| el("p").child(link(url).text(app.texts.withdraw)));
    let mediator = site.mediator.as_ref().map(|mediator| {
        let address = [", ", &mediator.address].concat();
        el("p")
            .text([app.texts.mediator, " "].concat())
            .child(link(&mediator.url).text(mediator.name.clone()))
            .text(address)
    });
    if withdraw.is_none() && mediator.is_none() {
        return nothing();
    }
    el("section")
        .class("rights")
        .child(el("h3").text(app.texts.rights))
        .maybe(withdraw)
        .maybe(mediator)
        .into()
}

fn answers_at_once(kind: ChannelKind) -> bool {
    matches!(
        kind,
        ChannelKind::Phone | ChannelKind::Store | ChannelKind::Chat
    )
}

fn picture(kind: ChannelKind) -> Icon {
    match kind {
        ChannelKind::Phone => icons::PHONE,
        ChannelKind::Email => icons::EMAIL,
        ChannelKind::Callback => icons::CALLBACK,
        ChannelKind::Store => icons::STORE,
        ChannelKind::Chat => icons::ANSWER,
    }
}
