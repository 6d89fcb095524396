//! Worked example: a shop that answers Monday to Friday, 9:00 to 17:30, within one working day,
//! and the claims of the week of 8 June 2026.

use super::*;
use crate::figures::Given;
use crate::names::{Named, Names};
use crate::period::DatedBy;
use crate::{Log, page, table, text};
use guichet_domain::civil::Local;
use guichet_domain::claim::due::due;
use guichet_domain::claim::{self, Act, Actor, Kind, Rating, State};
use guichet_domain::contact::Contact;
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::tracking::TrackingNumber;

fn site() -> Site {
    let site: Site = serde_json::from_str(
        r#"{
        "id": "shop", "name": "Shop", "url": "https://shop.example", "locales": ["fr"],
        "time_zone": "Europe/Paris", "holidays": "fr",
        "teams": [{"id": "care", "name": {"fr": "Service client"}}],
        "categories": [
            {"id": "livraison", "team": "care", "name": {"fr": "Livraison"}},
            {"id": "conseil", "team": "care", "name": {"fr": "Conseil"}, "sales": true}
        ],
        "channels": [
            {"id": "mail", "kind": "email", "name": {"fr": "E-mail"}, "contact": "a@shop.example",
             "hours": {"mon": ["09:00-17:30"], "tue": ["09:00-17:30"], "wed": ["09:00-17:30"], "thu": ["09:00-17:30"], "fri": ["09:00-17:30"]},
             "promise": {"within": 1, "unit": "working_days"}}
        ]
    }"#,
    )
    .unwrap();
    Site {
        claims: Some(serde_json::from_str(r#"{"channel": "mail"}"#).unwrap()),
        ..site
    }
}

fn at(text: &str) -> Timestamp {
    let (date, time) = text.split_once(' ').unwrap();
    site().time_zone.timestamp(Local {
        date: date.parse().unwrap(),
        time: time.parse().unwrap(),
    })
}

/// A request opened at one moment, and answered at another where there is one.
fn case(category: &str, opened: &str, answered: Option<&str>) -> Case {
    let opened = at(opened);
    let promised = due(&site(), category, opened);
    let mut acts = vec![(Act::Open, Actor::Shopper)];
    acts.extend(answered.map(|_| (Act::Answer, Actor::Team)));
    Case {
        claim: Claim {
            number: TrackingNumber::from_random(7),
            site: "shop".into(),
            kind: Kind::Request,
            category: category.into(),
            team: "care".into(),
            lang: Lang::Fr,
            state: answered.map_or(State::Received, |_| State::Answered),
            contact: claim::Contact::default(),
            order: None,
            slot: None,
            withdrawal: None,
            opened,
            promised,
            due: promised,
            missed: 0,
            responded: answered.map(at),
            closed: None,
            merged_into: None,
            rating: None,
            updated: opened,
        },
        acts,
    }
}

/// 18 answered within an hour, 2 two days late, 3 wishes of which one waits; one of the week before,
/// one merged, and 20 that were rated.
fn claims() -> Claims {
    let quick = case("livraison", "2026-06-08 10:00", Some("2026-06-08 11:00"));
    let late = case("livraison", "2026-06-08 10:00", Some("2026-06-11 10:00"));
    let wish = case("conseil", "2026-06-14 22:00", Some("2026-06-15 09:20"));
    let waiting = case("conseil", "2026-06-14 23:00", None);
    let before = case("livraison", "2026-06-07 23:59", Some("2026-06-08 11:00"));
    let mut merged = quick.clone();
    merged.claim.merged_into = Some(TrackingNumber::from_random(8));
    let mut cases = vec![quick; 18];
    cases.extend([
        late.clone(),
        late,
        wish.clone(),
        wish,
        waiting,
        before,
        merged,
    ]);
    for (points, case) in (0..).zip(cases.iter_mut().take(20)) {
        case.claim.rating = Some(Rating {
            delay: 4 + u8::from(points % 2 == 0),
            listened: 5,
            line: String::new(),
        });
    }
    Claims {
        cases,
        site: Some(site()),
        now: at("2026-06-15 09:30"),
    }
}

fn week() -> Period {
    Period {
        from: Some("2026-06-08".parse().unwrap()),
        to: Some("2026-06-14".parse().unwrap()),
        zone: site().time_zone,
    }
}

fn report(lang: Lang, claims: Claims) -> Report {
    let mut given = Given::new(DatedBy::ServerClock, lang);
    given.claims = Some(claims);
    Report::new(&mut Log::default(), given, week(), Names::default())
}

#[test]
fn every_figure_is_counted_over_the_claims_opened_in_the_period() {
    let desk = Desk::new(&claims(), week()).unwrap();
    assert_eq!(desk.opened, 23, "neither the one before nor the merged one");
    assert_eq!(
        desk.by_category,
        [("livraison".to_owned(), 20), ("conseil".to_owned(), 3)]
    );
    let kept = desk.figures.kept;
    assert_eq!(
        (kept.good(), kept.cases),
        (Some(20), 22),
        "18 and both wishes; the one that waits has time until Monday evening"
    );
    let delay = &desk.figures.delay[0];
    assert_eq!(
        (delay.cases, delay.median_minutes, delay.p90_minutes),
        (22, Some(60), Some(60)),
        "twice 20 minutes, 18 times an hour, and two late ones past the ninetieth percent"
    );
    let said = desk.figures.satisfaction;
    assert_eq!(
        (said.answers, said.delay, said.listened),
        (20, Some(4.5), Some(5.0))
    );
    assert_eq!(
        desk.wishes,
        Some(Wishes {
            caught: 3,
            answered: 2
        })
    );
}

#[test]
fn few_cases_are_counted_and_make_no_figure() {
    let mut few = claims();
    few.cases.truncate(3);
    let desk = Desk::new(&few, week()).unwrap();
    assert_eq!(
        (desk.figures.kept.good(), desk.figures.kept.cases),
        (None, 3)
    );
    let report = report(Lang::En, few);
    let text = text::render(&report);
    assert!(
        text.contains("no figure yet: 3 cases, it takes 20"),
        "{text}"
    );
}

#[test]
fn a_shop_without_a_desk_has_no_such_figures() {
    let mut none = claims();
    none.cases.clear();
    assert!(Desk::new(&none, week()).is_some(), "nobody wrote: 0 claims");
    none.site = None;
    assert_eq!(Desk::new(&none, week()), None);
}

#[test]
fn text_page_and_table_say_the_same_with_its_meaning() {
    for (lang, name, words) in [
        (Lang::Fr, "text_fr", "Ce que les mots veulent dire"),
        (Lang::En, "text_en", "What the words mean"),
    ] {
        let text = text::render(&report(lang, claims()));
        insta::assert_snapshot!(name, text.split(words).next().unwrap());
    }
    let table = table::render(&report(Lang::En, claims())).unwrap();
    let own: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("claims,"))
        .collect();
    insta::assert_snapshot!("table", own.join("\n"));
    let page = page::render(&report(Lang::Fr, claims()));
    for word in Word::DESK {
        let meaning = word.definition(Lang::Fr).meaning;
        assert!(page.contains(meaning), "{meaning}");
    }
}

#[test]
fn a_claim_bounds_what_was_avoided_and_counts_once() {
    let said_yes = |visit: u128, more: Option<What>| {
        let document = "faq/a".to_owned();
        let yes = What::CallAvoided {
            document,
            would_have_called: true,
        };
        let whats = [Some(yes), more].into_iter().flatten();
        (0..).zip(whats).map(move |(n, what)| Event {
            id: RandomId(visit * 10 + n),
            visit: RandomId(visit),
            at: Timestamp(at("2026-06-09 10:00").0 + i64::try_from(n).unwrap() * 60_000),
            locale: Lang::Fr,
            what,
        })
    };
    let claim = What::ClaimOpened {
        category: "livraison".into(),
    };
    let of_call = |moment: &str| Contact {
        at: at(moment),
        channel: "telephone".into(),
        category: Some("conseil".into()),
        document: None,
        case: None,
        after_help: None,
    };
    let report = |cases: Vec<Case>| {
        let mut log = Log::default();
        let visits = [
            said_yes(1, None),
            said_yes(2, None),
            said_yes(3, Some(claim.clone())),
        ];
        visits
            .into_iter()
            .flatten()
            .for_each(|event| log.add(event, None));
        let mut given = Given::new(DatedBy::ServerClock, Lang::En);
        // Covers the week after; it speaks of something else.
        given.contacts = vec![of_call("2026-06-01 09:00"), of_call("2026-06-30 09:00")];
        given.claims = Some(Claims { cases, ..claims() });
        let own = Named {
            title: "A".into(),
            category: Some("livraison".into()),
        };
        let names = Names {
            documents: BTreeMap::from([("faq/a".to_owned(), own)]),
            ..Names::default()
        };
        Report::new(&mut log, given, week(), names)
    };
    // Sent by the third visit's widget a moment after its event; it contradicts that visit.
    let own = case("livraison", "2026-06-09 10:02", None);
    let alone = report(vec![own.clone()]);
    assert_eq!(alone.totals.contradicted, 1);
    assert_eq!((alone.avoided.stated, alone.avoided.unknown), (2, 0));
    // A claim of somebody two days later may be of the first, or of the second, or of another shopper.
    let later = case("livraison", "2026-06-11 10:00", None);
    let both = report(vec![own.clone(), later]);
    assert_eq!((both.avoided.stated, both.avoided.at_least), (2, 1));
    // A withdrawal is no contact, and neither is a claim about something else.
    let mut withdrawal = case("livraison", "2026-06-11 10:00", None);
    withdrawal.claim.kind = Kind::Withdrawal;
    let other = case("conseil", "2026-06-11 10:00", None);
    assert_eq!(report(vec![own, withdrawal, other]).avoided.unknown, 0);
}
