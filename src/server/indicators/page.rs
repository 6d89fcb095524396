//! Indicators for people to read: `/indicators`, and a part of the console's page.

use crate::html::Pick as _;
use guichet_domain::indicator::{
    DAYS, Delay, Indicator, Indicators, MIN_CASES, Satisfaction, Share,
};
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use maud::{Markup, html};

/// The name of an indicator.
pub(crate) fn name(lang: Lang, indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::FirstContact => lang.pick(
            "Réglées dès la première réponse",
            "Settled by the first answer",
        ),
        Indicator::Kept => lang.pick("Délais tenus", "Dates kept"),
        Indicator::Delay => lang.pick("Délai de la première réponse", "Time to the first answer"),
        Indicator::Satisfaction => {
            lang.pick("Ce qu’en disent nos clients", "What our customers say")
        }
    }
}

/// What it counts, in a sentence.
pub(crate) fn meaning(lang: Lang, indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::FirstContact => lang.pick(
            "Demandes pour lesquelles une seule réponse a suffi : personne n’a eu à réécrire.",
            "Requests that one answer settled: nobody had to write again.",
        ),
        Indicator::Kept => lang.pick(
            "Demandes qui ont eu leur réponse avant la date annoncée à l’ouverture.",
            "Requests answered by the date given when they were opened.",
        ),
        Indicator::Delay => lang.pick(
            "Compté en heures d’ouverture, de la réception à la première réponse d’une personne.",
            "Counted in opening hours, from receipt to the first answer of a person.",
        ),
        Indicator::Satisfaction => lang.pick(
            "Notes de 1 à 5 données à la fin d’une demande.",
            "Points from 1 to 5 given at the end of a request.",
        ),
    }
}

/// One indicator with its figures and the number of cases.
pub(crate) fn figure(
    site: &Site,
    lang: Lang,
    figures: &Indicators,
    indicator: Indicator,
) -> Markup {
    html! {
        h2 { (name(lang, indicator)) }
        p.muted.small { (meaning(lang, indicator)) }
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
    let at = site.time_zone.local(figures.updated);
    let day = guichet_domain::say::long_date(lang, at.date);
    let time = guichet_domain::say::time(lang, at.time);
    match lang {
        Lang::Fr => format!("Demandes des {DAYS} derniers jours. Mis à jour le {day} à {time}."),
        Lang::En => format!("Requests of the last {DAYS} days. Updated on {day} at {time}."),
    }
}

fn share(lang: Lang, share: Share) -> Markup {
    match share.share {
        Some(part) => html! {
            p.figure { (percent(lang, part)) }
            p.small { (counted(lang, share.cases)) }
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
                p.figure { (duration(lang, median)) }
                p { (lang.pick("au plus pour une demande sur deux ; ", "or less for one request in two; ")) strong { (duration(lang, p90)) } (lang.pick(" au plus pour neuf sur dix.", " or less for nine in ten.")) }
                p.small { (counted(lang, delay.cases)) }
            } @else { (too_few(lang, delay.cases)) }
        }
    }
}

fn satisfaction(lang: Lang, said: Satisfaction) -> Markup {
    let line = |name: &str, points: f64| html! { dt { (name) } dd { strong { (decimal(lang, points)) } " / 5" } };
    match (said.delay, said.listened) {
        (Some(delay), Some(listened)) => html! {
            dl.facts {
                (line(lang.pick("Le délai", "The delay"), delay))
                (line(lang.pick("L’écoute", "Being listened to"), listened))
            }
            p.small { (said.answers) (lang.pick(" réponses", " answers")) }
        },
        _ => too_few(lang, said.answers),
    }
}

fn counted(lang: Lang, cases: usize) -> String {
    format!("{cases} {}", lang.pick("demandes", "requests"))
}

fn too_few(lang: Lang, cases: usize) -> Markup {
    let text = match lang {
        Lang::Fr => {
            format!("Pas encore assez de cas pour un chiffre juste\u{a0}: {cases} sur {MIN_CASES}.")
        }
        Lang::En => format!("Not enough cases yet for a fair figure: {cases} of {MIN_CASES}."),
    };
    html! { p.muted { (text) } }
}

/// "93 %", rounded down: nothing is made better than it is.
fn percent(lang: Lang, share: f64) -> String {
    let whole = (share * 100.0 + 1e-9).floor();
    match lang {
        Lang::Fr => format!("{whole:.0}\u{a0}%"),
        Lang::En => format!("{whole:.0}%"),
    }
}

fn decimal(lang: Lang, points: f64) -> String {
    let text = format!("{points:.1}");
    match lang {
        Lang::Fr => text.replace('.', ","),
        Lang::En => text,
    }
}

/// "6 h 30 d’ouverture", "40 opening minutes".
fn duration(lang: Lang, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, hours, rest) {
        (Lang::Fr, 0, _) => format!("{rest}\u{a0}min d’ouverture"),
        (Lang::Fr, _, 0) => format!("{hours}\u{a0}h d’ouverture"),
        (Lang::Fr, ..) => format!("{hours}\u{a0}h\u{a0}{rest:02} d’ouverture"),
        (Lang::En, 0, _) => format!("{rest} opening minutes"),
        (Lang::En, _, 0) => format!("{hours} opening hours"),
        (Lang::En, ..) => format!("{hours}\u{a0}h {rest:02} of opening hours"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_worded_without_being_made_better() {
        assert_eq!(percent(Lang::Fr, 0.9999), "99\u{a0}%");
        assert_eq!(percent(Lang::En, 0.29), "29%");
        assert_eq!(percent(Lang::En, 1.0), "100%");
        assert_eq!(decimal(Lang::Fr, 4.25), "4,2");
        assert_eq!(duration(Lang::Fr, 390), "6\u{a0}h\u{a0}30 d’ouverture");
        assert_eq!(duration(Lang::Fr, 120), "2\u{a0}h d’ouverture");
        assert_eq!(duration(Lang::En, 5), "5 opening minutes");
    }
}
