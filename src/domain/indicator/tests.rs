//! Worked examples: the shop answers Monday to Friday, 9:00 to 17:30, within one working day, and
//! calls back 9:30 to 12:00 and 14:30 to 17:30.

use super::*;
use crate::claim::Rating;
use crate::claim::due::tests::{at, claim, site};
use crate::tracking::TrackingNumber;

/// Thursday of a week without holidays.
const NOW: &str = "2026-06-18 12:00";

fn opened(site: &Site, when: &str) -> Case {
    Case {
        claim: claim(site, at(site, when)),
        acts: vec![(Act::Open, Actor::Shopper)],
    }
}

/// Opened and answered by one word of the team.
fn answered(site: &Site, when: &str, responded: &str) -> Case {
    let mut case = opened(site, when);
    case.claim.responded = Some(at(site, responded));
    case.claim.state = State::Answered;
    case.claim.due = None;
    case.acts.push((Act::Answer, Actor::Team));
    case
}

fn closed(mut case: Case, site: &Site, when: &str, by: Actor) -> Case {
    case.claim.closed = Some(at(site, when));
    case.claim.state = State::Closed;
    case.claim.due = None;
    case.acts.push((Act::Close, by));
    case
}

/// Twenty times the same case: enough to be shown.
fn twenty(case: &Case) -> Vec<Case> {
    vec![case.clone(); MIN_CASES]
}

fn of(site: &Site, cases: &[Case]) -> Indicators {
    indicators(site, cases, at(site, NOW))
}

fn mail(figures: &Indicators) -> &Delay {
    &figures.delay[0]
}

#[test]
fn delays_are_counted_in_opening_hours_and_by_nearest_rank() {
    let site = site();
    // Received Wednesday 10 June at 9:00 and answered 10, 20, … 200 minutes later.
    let cases: Vec<Case> = (1..=20)
        .map(|n| {
            let minutes = n * 10;
            let time = format!("2026-06-10 {:02}:{:02}", 9 + minutes / 60, minutes % 60);
            answered(&site, "2026-06-10 09:00", &time)
        })
        .collect();
    let figures = of(&site, &cases);
    let delay = mail(&figures);
    assert_eq!((delay.channel.as_str(), delay.cases), ("mail", 20));
    assert_eq!(
        (delay.median_minutes, delay.p90_minutes),
        (Some(100), Some(180))
    );
    // Received on Friday evening, answered on Monday at 9:30: half an hour of opening.
    let weekend = answered(&site, "2026-06-12 18:00", "2026-06-15 09:30");
    let figures = of(&site, &twenty(&weekend));
    assert_eq!(mail(&figures).median_minutes, Some(30));
}

#[test]
fn nineteen_cases_are_counted_but_not_shown() {
    let site = site();
    let mut cases = twenty(&answered(&site, "2026-06-01 10:00", "2026-06-01 11:00"));
    cases.pop();
    let figures = of(&site, &cases);
    assert_eq!(
        figures.first_contact,
        Share {
            cases: 19,
            share: None
        }
    );
    assert_eq!(
        figures.kept,
        Share {
            cases: 19,
            share: None
        }
    );
    assert_eq!(mail(&figures).cases, 19);
    assert_eq!(mail(&figures).median_minutes, None);
    cases.push(cases[0].clone());
    let figures = of(&site, &cases);
    assert_eq!(
        figures.first_contact,
        Share {
            cases: 20,
            share: Some(1.0)
        }
    );
}

#[test]
fn answered_at_first_contact_needs_one_answer_and_time_to_object() {
    let site = site();
    let check = |case: &Case, expected: Option<bool>, why: &str| {
        assert_eq!(case.first_contact(at(&site, NOW)), expected, "{why}");
    };
    let early = answered(&site, "2026-06-01 10:00", "2026-06-01 11:00");
    check(&early, Some(true), "a week has passed");
    let late = answered(&site, "2026-06-15 10:00", "2026-06-15 11:00");
    check(&late, None, "he may still object");
    check(
        &closed(late.clone(), &site, "2026-06-16 10:00", Actor::Shopper),
        Some(true),
        "he closed it",
    );
    let then = |case: &Case, act, by| {
        let mut case = case.clone();
        case.acts.push((act, by));
        case
    };
    check(
        &then(&early, Act::Reopen, Actor::Shopper),
        Some(false),
        "it was not settled",
    );
    check(
        &then(&early, Act::Complete, Actor::Shopper),
        Some(false),
        "he had to write again",
    );
    check(
        &then(&early, Act::Answer, Actor::Team),
        Some(false),
        "one answer did not do",
    );
    check(
        &then(&early, Act::Note, Actor::Team),
        Some(true),
        "a note is not for the shopper",
    );
    let mut asked = opened(&site, "2026-06-01 10:00");
    asked.claim.responded = Some(at(&site, "2026-06-01 11:00"));
    asked.acts.extend([
        (Act::Ask, Actor::Team),
        (Act::Complete, Actor::Shopper),
        (Act::Answer, Actor::Team),
    ]);
    check(&asked, Some(false), "the first word was a question");
    check(
        &opened(&site, "2026-06-17 10:00"),
        None,
        "nobody has answered yet",
    );
}

#[test]
fn waiting_past_the_promise_counts_though_nobody_has_answered() {
    let site = site();
    // Received on Monday at 9:00, promised for Tuesday 17:30; it is Thursday noon.
    let waiting = opened(&site, "2026-06-15 09:00");
    let figures = of(&site, &twenty(&waiting));
    assert_eq!(figures.kept.share, Some(0.0));
    let three_days = 3 * (8 * 60 + 30) + 3 * 60;
    assert_eq!(mail(&figures).median_minutes, Some(three_days));
    let in_time = opened(&site, "2026-06-18 09:00");
    let figures = of(&site, &twenty(&in_time));
    assert_eq!(
        (figures.kept.cases, mail(&figures).cases),
        (0, 0),
        "those still in time are no cases yet"
    );
}

#[test]
fn closing_without_a_word_does_not_flatter() {
    let site = site();
    let dismissed = closed(
        opened(&site, "2026-06-01 10:00"),
        &site,
        "2026-06-01 10:05",
        Actor::Team,
    );
    let figures = of(&site, &twenty(&dismissed));
    assert_eq!(figures.kept.share, Some(0.0));
    assert_eq!(figures.first_contact.share, Some(0.0));
    assert_eq!(mail(&figures).cases, 0);
    let given_up = closed(
        opened(&site, "2026-06-01 10:00"),
        &site,
        "2026-06-01 10:05",
        Actor::Shopper,
    );
    let figures = of(&site, &twenty(&given_up));
    assert_eq!((figures.kept.cases, figures.first_contact.cases), (0, 0));
}

#[test]
fn withdrawals_duplicates_and_old_claims_are_no_cases() {
    let site = site();
    let case = answered(&site, "2026-06-01 10:00", "2026-06-01 11:00");
    let mut withdrawal = case.clone();
    withdrawal.claim.kind = Kind::Withdrawal;
    let mut duplicate = case.clone();
    duplicate.claim.merged_into = Some(TrackingNumber::from_random(8));
    let old = answered(&site, "2026-03-20 10:59", "2026-03-20 11:00");
    let figures = of(&site, &[withdrawal, duplicate, old]);
    assert_eq!(figures.first_contact.cases, 0);
    assert_eq!(mail(&figures).cases, 0);
    let young = answered(&site, "2026-03-20 11:01", "2026-03-20 11:02");
    assert_eq!(
        of(&site, &[young]).first_contact.cases,
        1,
        "90 days of 24 hours, across summer time"
    );
}

#[test]
fn a_call_back_is_measured_in_the_hours_of_calls() {
    let site = site();
    // Asked at 11:30, called at 15:00: half an hour before lunch and half an hour after.
    let mut call = answered(&site, "2026-06-10 11:30", "2026-06-10 15:00");
    call.claim.kind = Kind::CallBack;
    let figures = of(&site, &twenty(&call));
    assert_eq!(mail(&figures).cases, 0);
    assert_eq!(figures.delay[1].channel, "call");
    assert_eq!(figures.delay[1].median_minutes, Some(60));
}

#[test]
fn satisfaction_is_a_mean_with_the_number_of_answers() {
    let site = site();
    let rated = |delay, listened| {
        let mut case = answered(&site, "2026-06-01 10:00", "2026-06-01 11:00");
        case.claim.rating = Some(Rating {
            delay,
            listened,
            line: String::new(),
        });
        case
    };
    let mut cases: Vec<Case> = (0..20)
        .map(|n| rated(if n < 10 { 5 } else { 2 }, 4))
        .collect();
    cases.push(answered(&site, "2026-06-01 10:00", "2026-06-01 11:00"));
    let said = of(&site, &cases).satisfaction;
    assert_eq!(
        said,
        Satisfaction {
            answers: 20,
            delay: Some(3.5),
            listened: Some(4.0)
        }
    );
    assert_eq!(
        of(&site, &cases[1..]).satisfaction,
        Satisfaction {
            answers: 19,
            delay: None,
            listened: None
        }
    );
}

#[test]
fn a_percentile_is_a_value_that_occurred() {
    assert_eq!(nearest_rank(&[], 50), None);
    assert_eq!(nearest_rank(&[7], 90), Some(7));
    assert_eq!(nearest_rank(&[1, 2], 50), Some(1));
    assert_eq!(nearest_rank(&[1, 2, 3], 50), Some(2));
    let hundred: Vec<u32> = (1..=100).collect();
    assert_eq!(nearest_rank(&hundred, 90), Some(90));
}

#[test]
fn each_indicator_has_a_word() {
    for own in Indicator::ALL {
        assert_eq!(Indicator::from_word(own.word()), Some(own));
        assert_eq!(
            serde_json::to_string(&own).unwrap(),
            format!("\"{}\"", own.word())
        );
    }
    assert_eq!(Indicator::from_word("calls_avoided"), None);
}

#[test]
fn a_period_has_the_claims_opened_in_it_as_they_stand_now() {
    let site = site();
    let mut cases = twenty(&answered(&site, "2026-06-08 10:00", "2026-06-08 11:00"));
    cases.extend(twenty(&answered(
        &site,
        "2026-06-15 10:00",
        "2026-06-17 11:00",
    )));
    let week = at(&site, "2026-06-08 00:00")..at(&site, "2026-06-15 00:00");
    let now = at(&site, NOW);
    let figures = of_period(Some(&site), &cases, week.clone(), now);
    assert_eq!((figures.kept.cases, figures.kept.good()), (20, Some(20)));
    assert_eq!(mail(&figures).median_minutes, Some(60));
    let all = of_period(Some(&site), &cases, Timestamp(0)..now, now);
    assert_eq!((all.kept.cases, all.kept.good()), (40, Some(20)));
    assert_eq!(of_period(None, &cases, week, now).delay, []);
}
