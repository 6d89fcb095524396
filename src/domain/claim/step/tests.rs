//! The state machine: what shoppers and teams live through, and what holds for any sequence.

use super::*;
use crate::claim::due::tests::{at, claim, site};
use proptest::prelude::*;

fn rating() -> Rating {
    Rating {
        delay: 4,
        listened: 5,
        line: String::new(),
    }
}

/// Does one thing after the other and gives the states passed through.
fn story(steps: &[(Act, Actor)]) -> Result<Vec<State>, Refusal> {
    let site = site();
    let mut claim = claim(&site, at(&site, "2026-06-11 10:00"));
    let mut states = Vec::new();
    for (n, (act, by)) in (1_i64..).zip(steps) {
        let mut change = Change::new(*act, *by, Timestamp(claim.opened.0 + n * 60_000));
        change.rating = Some(rating());
        claim = claim.after(&change, &site)?;
        states.push(claim.state);
    }
    Ok(states)
}

#[test]
fn a_claim_is_taken_up_asked_about_completed_answered_and_closed() {
    use Actor::{Shopper, Team};
    use State::{Answered, Closed, TakenUp, WaitingForShopper};
    let states = story(&[
        (Act::TakeUp, Team),
        (Act::Ask, Team),
        (Act::Complete, Shopper),
        (Act::Answer, Team),
        (Act::Close, Shopper),
        (Act::Rate, Shopper),
    ]);
    assert_eq!(
        states,
        Ok(vec![
            TakenUp,
            WaitingForShopper,
            TakenUp,
            Answered,
            Closed,
            Closed
        ])
    );
}

#[test]
fn whoever_writes_after_an_answer_reopens_but_a_closed_claim_is_reopened_on_purpose() {
    use Actor::{Shopper, Team};
    let states = story(&[(Act::Answer, Team), (Act::Complete, Shopper)]);
    assert_eq!(states, Ok(vec![State::Answered, State::Reopened]));
    let refused = story(&[(Act::Close, Team), (Act::Complete, Shopper)]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`complete` is not possible while the claim is `closed`\nhint: reopen it first"
    );
    let states = story(&[
        (Act::Close, Team),
        (Act::Reopen, Shopper),
        (Act::TakeUp, Team),
    ]);
    assert_eq!(
        states,
        Ok(vec![State::Closed, State::Reopened, State::TakenUp])
    );
}

#[test]
fn nobody_does_what_is_for_others() {
    for (act, by) in [
        (Act::Answer, Actor::Shopper),
        (Act::Note, Actor::Shopper),
        (Act::Rate, Actor::Team),
        (Act::Complete, Actor::Team),
        (Act::Postpone, Actor::Team),
        (Act::Close, Actor::System),
        (Act::Open, Actor::Shopper),
    ] {
        assert_eq!(
            next(State::Received, act, by),
            Err(Refusal::Actor { act, by })
        );
    }
}

#[test]
fn a_claim_is_rated_once_and_only_at_its_end() {
    use Actor::{Shopper, Team};
    let early = story(&[(Act::Rate, Shopper)]).unwrap_err();
    assert!(matches!(early, Refusal::State { act: Act::Rate, .. }));
    let twice = story(&[
        (Act::Answer, Team),
        (Act::Rate, Shopper),
        (Act::Rate, Shopper),
    ]);
    assert_eq!(twice, Err(Refusal::Rated));
}

#[test]
fn only_a_call_back_is_cancelled() {
    let refused = story(&[(Act::Cancel, Actor::Shopper)]);
    assert_eq!(refused, Err(Refusal::NotACallBack(Kind::Request)));
}

#[test]
fn a_merged_claim_leads_to_the_other_and_never_to_itself() {
    let site = site();
    let first = claim(&site, at(&site, "2026-06-11 10:00"));
    let mut change = Change::new(Act::Merge, Actor::Team, first.opened);
    change.into = Some(first.number);
    let refused = first.after(&change, &site).unwrap_err();
    assert_eq!(refused.to_string(), "`merge` needs another claim");
    let other = TrackingNumber::from_random(8);
    change.into = Some(other);
    let merged = first.after(&change, &site).unwrap();
    assert_eq!((merged.state, merged.due), (State::Closed, None));
    let reopen = Change::new(Act::Reopen, Actor::Shopper, first.opened);
    assert_eq!(merged.after(&reopen, &site), Err(Refusal::Merged(other)));
}

#[test]
fn a_claim_goes_only_to_teams_that_exist() {
    let site = site();
    let first = claim(&site, at(&site, "2026-06-11 10:00"));
    let mut change = Change::new(Act::Reassign, Actor::Team, first.opened);
    change.team = Some("nobody".into());
    assert!(first.after(&change, &site).is_err());
    change.team = Some("workshop".into());
    assert_eq!(first.after(&change, &site).unwrap().team, "workshop");
}

fn any_act() -> impl Strategy<Value = Act> {
    prop::sample::select(Act::ALL)
}

fn any_actor() -> impl Strategy<Value = Actor> {
    prop::sample::select(Actor::ALL)
}

proptest! {
    /// Whatever is tried, in whatever order, by whomever.
    #[test]
    fn a_claim_stays_whole(
        steps in prop::collection::vec((any_act(), any_actor(), 1..3_000_i64), 0..40),
    ) {
        let site = site();
        let mut claim = claim(&site, at(&site, "2026-06-11 10:00"));
        let mut now = claim.opened;
        for (act, by, minutes) in steps {
            now = Timestamp(now.0 + minutes * 60_000);
            let mut change = Change::new(act, by, now);
            change.team = Some("workshop".into());
            change.into = Some(TrackingNumber::from_random(8));
            change.rating = Some(rating());
            let before = claim.clone();
            let Ok(after) = claim.after(&change, &site) else {
                // Refused: the machine is deterministic, and refuses again.
                prop_assert!(claim.after(&change, &site).is_err());
                continue;
            };
            claim = after;
            let open = claim.state != State::Closed;
            prop_assert_eq!(claim.closed.is_none(), open);
            prop_assert_ne!(claim.state, if before.state == State::Received { State::Reopened } else { State::Received });
            prop_assert!(before.state != State::Closed || !open || act == Act::Reopen || act == Act::Note);
            let runs = matches!(claim.state, State::Received | State::TakenUp | State::Reopened);
            prop_assert_eq!(claim.due.is_some(), runs, "a promise runs exactly while the team is to act");
            prop_assert!(before.responded.is_none() || claim.responded == before.responded);
            prop_assert!(before.rating.is_none() || claim.rating == before.rating);
            prop_assert!(claim.missed >= before.missed && claim.missed <= before.missed + 1);
            prop_assert_eq!(claim.promised, before.promised);
            prop_assert_eq!(claim.opened, before.opened);
        }
        // Never a dead end: whoever is not yet served can still be answered or reopened.
        if claim.merged_into.is_none() {
            let way = if claim.state == State::Closed { Act::Reopen } else { Act::Answer };
            prop_assert!(claim.after(&Change::new(way, Actor::Team, now), &site).is_ok());
        }
    }
}
