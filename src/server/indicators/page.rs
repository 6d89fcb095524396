//! Indicators for people to read: `/indicators`, and a part of the console's page.

use guichet_domain::indicator::{Delay, Indicator, Indicators, Satisfaction, Share};
use guichet_domain::lang::Lang;
use guichet_domain::say::indicator as say;
use guichet_domain::site::Site;
use maud::{Markup, html};

/// One indicator with its figures and the number of cases.
pub(crate) fn figure(
    site: &Site,
    lang: Lang,
    figures: &Indicators,
    indicator: Indicator,
) -> Markup {
    html! {
        h2 { (say::name(lang, indicator)) }
        p.muted.small { (say::meaning(lang, indicator)) }
        @match indicator {
            Indicator::FirstContact => (share(lang, figures.first_contact)),
            Indicator::Kept => (share(lang, figures.kept)),
            Indicator::Delay => (delays(site, lang, &figures.delay)),
            Indicator::Satisfaction => (satisfaction(lang, figures.satisfaction)),
        }
    }
}

/// The period and the last update, in a sentence.
pub(crate) fn period(site: &Site, lang: Lang, figures: &Indicators) -> String {
    say::period(lang, site.time_zone.local(figures.updated))
}

fn share(lang: Lang, share: Share) -> Markup {
    match share.share {
        Some(part) => html! {
            p.figure { (say::percent(lang, part)) }
            p.small { (say::counted(lang, share.cases)) }
        },
        None => too_few(lang, share.cases),
    }
}

fn delays(site: &Site, lang: Lang, delays: &[Delay]) -> Markup {
    html! {
        @for delay in delays {
            @let channel = site.channels.iter().find(|channel| channel.id == delay.channel);
            h3 { (channel.map_or(delay.channel.as_str(), |channel| channel.name.get(lang))) }
            @if let (Some(median), Some(p90)) = (delay.median_minutes, delay.p90_minutes) {
                p.figure { (say::duration(lang, median)) }
                p { (say::spread(lang, p90)) "." }
                p.small { (say::counted(lang, delay.cases)) }
            } @else { (too_few(lang, delay.cases)) }
        }
    }
}

fn satisfaction(lang: Lang, said: Satisfaction) -> Markup {
    let line = |name: &str, points: f64| html! { dt { (name) } dd { strong { (say::points(lang, points)) } " / 5" } };
    match (said.delay, said.listened) {
        (Some(delay), Some(listened)) => html! {
            @let names = say::rated(lang);
            dl.facts { (line(names[0], delay)) (line(names[1], listened)) }
            p.small { (say::answers(lang, said.answers)) }
        },
        _ => too_few(lang, said.answers),
    }
}

fn too_few(lang: Lang, cases: usize) -> Markup {
    html! { p.muted { (say::too_few(lang, cases)) } }
}
