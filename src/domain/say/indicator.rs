//! Indicators in words. Only wording, and never better than what was counted: shares and points
//! are cut, not rounded up.

use super::{long_date, time};
use crate::civil::Local;
use crate::indicator::{DAYS, Delay, Indicator, MIN_CASES};
use crate::lang::Lang;

fn pick(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// What all of them together are called.
pub fn title(lang: Lang) -> &'static str {
    pick(lang, "Comment nous répondons", "How we answer")
}

/// The name of an indicator.
pub fn name(lang: Lang, indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::FirstContact => pick(
            lang,
            "Réglées dès la première réponse",
            "Settled by the first answer",
        ),
        Indicator::Kept => pick(lang, "Délais tenus", "Dates kept"),
        Indicator::Delay => pick(
            lang,
            "Délai de la première réponse",
            "Time to the first answer",
        ),
        Indicator::Satisfaction => pick(
            lang,
            "Ce qu’en disent nos clients",
            "What our customers say",
        ),
    }
}

/// What it counts, in a sentence.
pub fn meaning(lang: Lang, indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::FirstContact => pick(
            lang,
            "Demandes pour lesquelles une seule réponse a suffi : personne n’a eu à réécrire.",
            "Requests that one answer settled: nobody had to write again.",
        ),
        Indicator::Kept => pick(
            lang,
            "Demandes qui ont eu leur réponse avant la date annoncée à l’ouverture.",
            "Requests answered by the date given when they were opened.",
        ),
        Indicator::Delay => pick(
            lang,
            "Compté en heures d’ouverture, de la réception à la première réponse d’une personne.",
            "Counted in opening hours, from receipt to the first answer of a person.",
        ),
        Indicator::Satisfaction => pick(
            lang,
            "Notes de 1 à 5 données à la fin d’une demande.",
            "Points from 1 to 5 given at the end of a request.",
        ),
    }
}

/// The period, and when the figures were computed by the shop's clock.
pub fn period(lang: Lang, updated: Local) -> String {
    let (day, time) = (long_date(lang, updated.date), time(lang, updated.time));
    let days = DAYS.to_string();
    match lang {
        Lang::Fr => [
            "Demandes des ",
            &days,
            " derniers jours. Mis à jour le ",
            &day,
            " à ",
            &time,
            ".",
        ]
        .concat(),
        Lang::En => [
            "Requests of the last ",
            &days,
            " days. Updated on ",
            &day,
            " at ",
            &time,
            ".",
        ]
        .concat(),
    }
}

/// Who computed them, and what the shop cannot do.
pub fn honest(lang: Lang) -> &'static str {
    pick(
        lang,
        "Ces chiffres sont calculés par Guichet à partir des demandes elles-mêmes ; la boutique choisit lesquels elle montre, elle ne peut pas les modifier.",
        "Guichet computes these figures from the requests themselves; the shop chooses which to show and cannot change them.",
    )
}

/// "93 %", "93%": of a share from 0 to 1.
pub fn percent(lang: Lang, share: f64) -> String {
    let whole = whole(share * 100.0).to_string();
    match lang {
        Lang::Fr => [&whole, "\u{a0}%"].concat(),
        Lang::En => [&whole, "%"].concat(),
    }
}

/// "4,2", "4.2".
pub fn points(lang: Lang, points: f64) -> String {
    let tenths = whole(points * 10.0);
    let (whole, tenth) = ((tenths / 10).to_string(), (tenths % 10).to_string());
    [&whole, pick(lang, ",", "."), &tenth].concat()
}

/// Cut, but for what is lost when a share is multiplied.
fn whole(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "shares and points are small and not negative"
    )]
    let whole = (value + 1e-9) as u32;
    whole
}

/// What shoppers gave their points for.
pub fn rated(lang: Lang) -> [&'static str; 2] {
    [
        pick(lang, "Le délai", "The delay"),
        pick(lang, "L’écoute", "Being listened to"),
    ]
}

/// "48 demandes".
pub fn counted(lang: Lang, cases: usize) -> String {
    [&cases.to_string(), pick(lang, " demandes", " requests")].concat()
}

/// "48 réponses".
pub fn answers(lang: Lang, answers: usize) -> String {
    [&answers.to_string(), pick(lang, " réponses", " answers")].concat()
}

/// Instead of a figure that would rest on too few.
pub fn too_few(lang: Lang, cases: usize) -> String {
    let (cases, least) = (cases.to_string(), MIN_CASES.to_string());
    match lang {
        Lang::Fr => [
            "Pas encore assez de cas pour un chiffre juste\u{a0}: ",
            &cases,
            " sur ",
            &least,
            ".",
        ]
        .concat(),
        Lang::En => [
            "Not enough cases yet for a fair figure: ",
            &cases,
            " of ",
            &least,
            ".",
        ]
        .concat(),
    }
}

/// How long it takes, to stand below a promise: nothing where too few cases are known.
pub fn delay(lang: Lang, delay: &Delay) -> Option<String> {
    let (median, p90) = (delay.median_minutes?, delay.p90_minutes?);
    let days = DAYS.to_string();
    let (since, until) = match lang {
        Lang::Fr => ("En fait, ces ", " derniers jours\u{a0}: "),
        Lang::En => ("In fact, over the last ", " days: "),
    };
    let (median, spread) = (duration(lang, median), spread(lang, p90));
    let cases = counted(lang, delay.cases);
    Some(
        [
            since, &days, until, &median, " ", &spread, " (", &cases, ").",
        ]
        .concat(),
    )
}

/// What a median and a 90th percentile mean, to stand behind the median.
pub fn spread(lang: Lang, p90_minutes: u32) -> String {
    let p90 = duration(lang, p90_minutes);
    match lang {
        Lang::Fr => [
            "au plus pour une demande sur deux, ",
            &p90,
            " au plus pour neuf sur dix",
        ],
        Lang::En => [
            "or less for one request in two, ",
            &p90,
            " or less for nine in ten",
        ],
    }
    .concat()
}

/// "6 h 30 d’ouverture", "40 opening minutes".
pub fn duration(lang: Lang, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let (told, zero) = (hours.to_string(), if rest < 10 { "0" } else { "" });
    let rest_told = rest.to_string();
    match (lang, hours, rest) {
        (Lang::Fr, 0, _) => [&rest_told, "\u{a0}min d’ouverture"].concat(),
        (Lang::Fr, _, 0) => [&told, "\u{a0}h d’ouverture"].concat(),
        (Lang::Fr, ..) => [&told, "\u{a0}h\u{a0}", zero, &rest_told, " d’ouverture"].concat(),
        (Lang::En, 0, _) => [&rest_told, " opening minutes"].concat(),
        (Lang::En, _, 0) => [&told, " opening hours"].concat(),
        (Lang::En, ..) => [&told, "\u{a0}h ", zero, &rest_told, " of opening hours"].concat(),
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
        assert_eq!(points(Lang::Fr, 4.25), "4,2");
        assert_eq!(points(Lang::En, 4.29), "4.2");
        assert_eq!(points(Lang::En, 5.0), "5.0");
        assert_eq!(duration(Lang::Fr, 390), "6\u{a0}h\u{a0}30 d’ouverture");
        assert_eq!(duration(Lang::Fr, 125), "2\u{a0}h\u{a0}05 d’ouverture");
        assert_eq!(duration(Lang::Fr, 120), "2\u{a0}h d’ouverture");
        assert_eq!(duration(Lang::En, 5), "5 opening minutes");
    }

    #[test]
    fn a_delay_is_told_with_its_cases_and_not_at_all_without_enough() {
        let mut of_mail = Delay {
            channel: "mail".to_owned(),
            cases: 48,
            median_minutes: Some(90),
            p90_minutes: Some(480),
        };
        let told = "En fait, ces 90 derniers jours\u{a0}: 1\u{a0}h\u{a0}30 d’ouverture au plus pour une \
                    demande sur deux, 8\u{a0}h d’ouverture au plus pour neuf sur dix (48 demandes).";
        assert_eq!(delay(Lang::Fr, &of_mail).as_deref(), Some(told));
        of_mail.median_minutes = None;
        assert_eq!(delay(Lang::Fr, &of_mail), None);
    }
}
