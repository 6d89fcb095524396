//! The page and the digest of a small shop, with strangers who type markup.

use super::*;
use crate::digest;
use crate::figures::{AskedAs, Given, Phrased};
use crate::names::{Named, Names};
use crate::{Log, Period};
use guichet_domain::contact::Contact;
use guichet_domain::event::{Arm, Event, RandomId, What};
use guichet_domain::experiment::Wordings;
use guichet_domain::zone::{Timestamp, Zone};

const DAY: i64 = 24 * 3_600_000;
/// 2026-06-08 at noon in Paris, a Monday.
const MONDAY: i64 = 1_780_912_800_000;
const HOSTILE: &str = "<script>alert(1)</script>\u{202e}";

/// An event so many milliseconds after that noon.
fn event(id: u128, visit: u32, after: i64, what: What) -> Event {
    Event {
        id: RandomId(id),
        visit: RandomId(visit.into()),
        at: Timestamp(MONDAY + after),
        locale: Lang::Fr,
        what,
    }
}

fn log() -> Log {
    let document = || "faq/suivi".to_owned();
    let mut log = Log::default();
    let mut id = 0;
    let mut visit = |number: u32, whats: Vec<What>| {
        for (at, what) in (0..).zip(whats) {
            id += 1;
            let day = i64::from(number % 5) * DAY;
            log.add(event(id, number, day + at * 1000, what), None);
        }
    };
    for number in 0..12 {
        let arm = if number % 2 == 0 {
            Arm::Control
        } else {
            Arm::Treatment
        };
        visit(
            number,
            vec![
                What::Assigned {
                    experiment: "ordre".into(),
                    arm,
                },
                What::Searched {
                    query: "colis".into(),
                    results: vec![document()],
                    declined: false,
                },
                What::ResultOpened {
                    document: document(),
                },
                What::Read {
                    document: document(),
                    dwell_ms: 9_000,
                },
                What::Confirmed {
                    document: document(),
                },
                What::CallAvoided {
                    document: document(),
                    would_have_called: number % 3 == 0,
                },
            ],
        );
    }
    for number in 20..23 {
        visit(
            number,
            vec![
                What::Searched {
                    query: HOSTILE.into(),
                    results: Vec::new(),
                    declined: true,
                },
                What::ResultOpened {
                    document: document(),
                },
                What::NotConfirmed {
                    document: document(),
                    reason: HOSTILE.into(),
                },
                What::ContactChosen {
                    channel: "telephone".into(),
                },
            ],
        );
    }
    log
}

fn report(lang: Lang) -> Report {
    let document = || "faq/suivi".to_owned();
    let mut names = Names {
        shop: Some("Cap & Sentier".into()),
        ..Names::default()
    };
    names.documents.insert(
        document(),
        Named {
            title: "Où est mon colis ?".into(),
            category: Some("livraison".into()),
        },
    );
    names
        .categories
        .insert("livraison".into(), "Livraison".into());
    names
        .channels
        .insert("telephone".into(), "Par téléphone".into());
    let period = Period {
        from: Some("2026-06-08".parse().unwrap()),
        to: Some("2026-06-14".parse().unwrap()),
        zone: Zone::named("Europe/Paris").unwrap(),
    };
    Report::new(&mut log(), given(lang), period, names)
}

/// A call log, and what was proposed.
fn given(lang: Lang) -> Given {
    let mut given = Given::new(DatedBy::ShopperClock, lang);
    given.contacts = [(0, Some(1)), (2, Some(1)), (3, None), (11, Some(2))]
        .map(|(day, case)| Contact {
            at: Timestamp(MONDAY + day * DAY + 3_600_000),
            channel: "telephone".into(),
            category: Some("livraison".into()),
            document: None,
            case,
            after_help: Some(day == 2),
        })
        .to_vec();
    given.heard.groups = vec![Group {
        phrasings: vec![(HOSTILE.into(), 3)],
        visits: 3,
        nearest: Some("faq/suivi".into()),
    }];
    given.heard.phrased = vec![Phrased {
        document: "faq/suivi".into(),
        phrasing: "colis perdu".into(),
        now: (7, 7),
        before: (0, 5),
    }];
    given.heard.asked_as = vec![AskedAs {
        document: "faq/autre".into(),
        phrasings: vec![("il est où".into(), 2)],
    }];
    given
}

#[test]
fn nothing_a_stranger_typed_can_run_and_nothing_is_fetched() {
    for lang in Lang::ALL {
        let report = report(lang);
        for page in [render(&report), digest::html(&report)] {
            assert!(
                page.contains("&lt;script&gt;alert(1)"),
                "it is shown as typed"
            );
            for forbidden in [
                "<script", "\u{202e}", "http:", "https:", "url(", "@import", "<img", "<link",
                "NaN", "inf",
            ] {
                assert!(!page.contains(forbidden), "{lang}: {forbidden}");
            }
        }
    }
}

#[test]
fn every_plot_has_its_numbers_in_words() {
    let page = render(&report(Lang::Fr));
    let pictures = page.matches("role=\"img\"").count();
    assert!(pictures >= 5, "four curves and an interval");
    for name in [
        "visites par jour",
        "visites avec un appel évité (déclaré) par jour",
        "visites restées sans réponse par jour",
        "visites avec un contact ou une demande par jour",
    ] {
        assert!(page.contains(&format!("aria-label=\"{name}, du")), "{name}");
    }
    assert_eq!(page.matches("role=\"img\" aria-label=\"").count(), pictures);
    let decoration = page
        .matches("aria-hidden=\"true\" focusable=\"false\"")
        .count();
    assert_eq!(page.matches("<svg").count(), pictures + decoration);
}

#[test]
fn every_word_beside_a_figure_opens_its_meaning() {
    let report = report(Lang::En);
    let page = render(&report);
    for definition in &report.definitions {
        assert!(
            page.contains(definition.meaning.split('"').next().unwrap()),
            "{}",
            definition.word
        );
    }
    assert!(page.matches("<details class=\"word\">").count() >= 15);
}

#[test]
fn the_digest_of_a_week_says_what_to_change_and_why() {
    insta::assert_snapshot!("digest_fr", digest::text(&report(Lang::Fr)));
    insta::assert_snapshot!("digest_en", digest::text(&report(Lang::En)));
}

#[test]
fn the_report_reads_well_as_text_and_as_a_table() {
    insta::assert_snapshot!("text_fr", crate::text::render(&report(Lang::Fr)));
    let table = crate::table::render(&report(Lang::En)).unwrap();
    insta::assert_snapshot!("table", table);
}

#[test]
fn a_period_without_visits_says_so() {
    let given = Given::new(DatedBy::ServerClock, Lang::Fr);
    let period = Period::always(Zone::named("Europe/Paris").unwrap());
    let page = render(&Report::new(
        &mut Log::default(),
        given,
        period,
        Names::default(),
    ));
    assert!(page.contains("aucune visite n’a été enregistrée"), "{page}");
}

#[test]
fn two_wordings_are_compared_by_name_in_the_visits_that_came_upon_the_answer() {
    let mut given = given(Lang::Fr);
    given.plan.wordings = Some(Wordings {
        experiment: "ordre".into(),
        entry: "faq/suivi".into(),
    });
    let period = Period::always(Zone::named("Europe/Paris").unwrap());
    let mut log = log();
    let elsewhere = What::Assigned {
        experiment: "ordre".into(),
        arm: Arm::Control,
    };
    log.add(event(900, 90, 0, elsewhere), None);
    let report = Report::new(&mut log, given, period, Names::default());
    let analysis = &report.experiments[0].analysis;
    assert_eq!((analysis.control.of, analysis.treatment.of), (6, 6));
    for text in [render(&report), crate::text::render(&report)] {
        let text = text.replace("\n      ", " ");
        for words in [
            "Deux formulations de «\u{a0}faq/suivi\u{a0}»",
            "ancienne formulation",
            "nouvelle formulation",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
