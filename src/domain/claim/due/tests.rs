//! Promises of claims against the calendar: the case of Saturday 9 June 2012 and its neighbours.

use super::*;
use crate::civil::Local;
use crate::claim::step::Change;
use crate::claim::{Act, Actor, Contact};
use crate::lang::Lang;
use crate::tracking::TrackingNumber;

/// A shop that answers Monday to Friday, 9:00 to 17:30, within a working day, and guarantees
/// within seven days; its returns team closes for lunch and calls back.
pub(crate) fn site() -> Site {
    let site: Site = serde_json::from_str(
        r#"{
        "id": "shop", "name": "Shop", "url": "https://shop.example", "locales": ["fr", "en"],
        "time_zone": "Europe/Paris", "holidays": "fr",
        "teams": [{"id": "care", "name": {"fr": "Service client"}}, {"id": "workshop", "name": {"fr": "Atelier"}}],
        "categories": [
            {"id": "delivery", "team": "care", "name": {"fr": "Livraison"}},
            {"id": "guarantee", "team": "workshop", "name": {"fr": "Garantie"}}
        ],
        "channels": [
            {"id": "mail", "kind": "email", "name": {"fr": "E-mail"}, "contact": "a@shop.example",
             "hours": {"mon": ["09:00-17:30"], "tue": ["09:00-17:30"], "wed": ["09:00-17:30"], "thu": ["09:00-17:30"], "fri": ["09:00-17:30"]},
             "closures": [{"from": "2026-12-28", "until": "2026-12-31"}],
             "promise": {"within": 1, "unit": "working_days"}},
            {"id": "call", "kind": "callback", "name": {"fr": "Rappel"}, "contact": "",
             "hours": {"mon": ["09:30-12:00", "14:30-17:30"], "tue": ["09:30-12:00", "14:30-17:30"], "wed": ["09:30-12:00", "14:30-17:30"], "thu": ["09:30-12:00", "14:30-17:30"], "fri": ["09:30-12:00", "14:30-17:30"]}}
        ]
    }"#,
    )
    .unwrap();
    let desk =
        r#"{"channel": "mail", "promises": {"guarantee": {"within": 7, "unit": "calendar_days"}}}"#;
    Site {
        claims: Some(serde_json::from_str(desk).unwrap()),
        ..site
    }
}

/// `2012-06-09 11:00` on the shop's wall.
pub(crate) fn at(site: &Site, text: &str) -> Timestamp {
    let (date, time) = text.split_once(' ').unwrap();
    site.time_zone.timestamp(Local {
        date: date.parse().unwrap(),
        time: time.parse().unwrap(),
    })
}

/// A request of the delivery category, received at this moment.
pub(crate) fn claim(site: &Site, opened: Timestamp) -> Claim {
    let due = due(site, "delivery", opened);
    Claim {
        number: TrackingNumber::from_random(7),
        site: site.id.clone(),
        kind: Kind::Request,
        category: "delivery".into(),
        team: "care".into(),
        lang: Lang::Fr,
        state: State::Received,
        contact: Contact::default(),
        order: None,
        slot: None,
        withdrawal: None,
        opened,
        promised: due,
        due,
        missed: 0,
        responded: None,
        closed: None,
        merged_into: None,
        rating: None,
        updated: opened,
    }
}

fn said(site: &Site, moment: Option<Timestamp>) -> String {
    moment.map_or("never".into(), |moment| {
        let local = site.time_zone.local(moment);
        format!("{} {}", local.date, local.time)
    })
}

fn check(site: &Site, category: &str, received: &str, expected: &str) {
    let due = due(site, category, at(site, received));
    assert_eq!(said(site, due), expected, "{received}");
}

#[test]
fn a_claim_of_saturday_9_june_2012_is_answered_on_monday_11_june() {
    check(&site(), "delivery", "2012-06-09 11:00", "2012-06-11 17:30");
}

#[test]
fn a_category_can_have_a_promise_of_its_own() {
    check(&site(), "guarantee", "2026-06-11 10:00", "2026-06-18 17:30");
}

#[test]
fn holidays_and_closures_are_stepped_over() {
    // 14 May 2026 is Ascension.
    check(&site(), "delivery", "2026-05-13 10:00", "2026-05-15 17:30");
    // Christmas, a weekend, four closed days, New Year, a weekend.
    check(&site(), "delivery", "2026-12-24 10:00", "2027-01-04 17:30");
}

#[test]
fn summer_time_moves_no_promise_on_the_wall() {
    let site = site();
    // Clocks change in the nights to Sunday 29 March and 25 October 2026.
    check(&site, "delivery", "2026-03-27 18:00", "2026-03-30 17:30");
    check(&site, "delivery", "2026-10-23 18:00", "2026-10-26 17:30");
    let spring = due(&site, "delivery", at(&site, "2026-03-27 18:00")).unwrap();
    let hours = (spring.0 - at(&site, "2026-03-27 18:00").0) / 3_600_000;
    assert_eq!(hours, 70, "not 71: an hour of that weekend does not exist");
}

#[test]
fn hours_promised_stop_for_lunch() {
    let mut site = site();
    let desk = site.claims.as_mut().unwrap();
    desk.channel = "call".into();
    let promise = r#"{"delivery": {"within": 2, "unit": "opening_hours"}}"#;
    desk.promises = serde_json::from_str(promise).unwrap();
    check(&site, "delivery", "2026-06-11 11:30", "2026-06-11 16:00");
}

#[test]
fn a_site_that_takes_no_claims_promises_nothing() {
    let mut site = site();
    site.claims = None;
    check(&site, "delivery", "2026-06-11 10:00", "never");
}

#[test]
fn a_promise_runs_then_is_about_to_be_missed_then_is_missed() {
    let site = site();
    let claim = claim(&site, at(&site, "2026-06-11 10:00"));
    let check = |now, expected| {
        assert_eq!(claim.standing(&site, at(&site, now)), expected, "{now}");
    };
    check("2026-06-11 10:00", Standing::Running);
    // Friday 12 June, two opening hours before its end.
    check("2026-06-12 15:29", Standing::Running);
    check("2026-06-12 15:30", Standing::Soon);
    check("2026-06-12 17:30", Standing::Soon);
    check("2026-06-12 17:31", Standing::Missed);
}

#[test]
fn no_promise_runs_while_the_shop_waits_for_the_shopper() {
    let site = site();
    let opened = at(&site, "2026-06-11 10:00");
    let change = |act, by, time| Change::new(act, by, at(&site, time));
    let asked = claim(&site, opened)
        .after(&change(Act::Ask, Actor::Team, "2026-06-11 11:00"), &site)
        .unwrap();
    assert_eq!(asked.due, None);
    assert_eq!(
        asked.standing(&site, at(&site, "2026-07-01 10:00")),
        Standing::Paused
    );
    let completed = asked
        .after(
            &change(Act::Complete, Actor::Shopper, "2026-06-20 10:00"),
            &site,
        )
        .unwrap();
    assert_eq!(said(&site, completed.due), "2026-06-22 17:30");
    assert_eq!(
        completed.promised, asked.promised,
        "the first promise stays on record"
    );
    assert_eq!(completed.first_promise_kept(opened), Some(true));
}

#[test]
fn a_missed_promise_is_owned_up_to_with_a_date_one_working_day_away() {
    let site = site();
    let mut claim = claim(&site, at(&site, "2026-06-11 10:00"));
    claim.category = "guarantee".into();
    let too_early = Change::new(Act::Postpone, Actor::System, at(&site, "2026-06-12 17:30"));
    assert!(claim.after(&too_early, &site).is_err());
    let late = Change::new(Act::Postpone, Actor::System, at(&site, "2026-06-12 17:31"));
    let postponed = claim.after(&late, &site).unwrap();
    assert_eq!(
        said(&site, postponed.due),
        "2026-06-15 17:30",
        "not seven days more"
    );
    assert_eq!(postponed.missed, 1);
    assert_eq!(postponed.first_promise_kept(late.at), Some(false));
    assert!(postponed.after(&late, &site).is_err(), "and only once");
}
