//! What a shopper reads when something was done to his claim.

use super::*;
use crate::testing::desk::{MONDAY_EVENING, claim};
use crate::testing::shop;
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Actor, State};
use guichet_domain::zone::Timestamp;

fn entry(act: Act, text: Option<&str>) -> Entry {
    Entry {
        rank: 2,
        at: MONDAY_EVENING,
        act,
        by: Actor::Team,
        user: Some("zoe".into()),
        text: text.map(str::to_owned),
        files: Vec::new(),
        due: None,
        team: None,
    }
}

fn said(claim: &Claim, act: Act, text: Option<&str>) -> String {
    let mail = to_shopper(
        &shop(),
        claim,
        &entry(act, text),
        Some("https://aide.example"),
    )
    .unwrap();
    format!("{}\n\n{}", mail.subject, mail.text)
}

#[test]
fn an_answer_holds_what_was_written_and_the_way_back() {
    insta::assert_snapshot!(said(
        &claim(7),
        Act::Answer,
        Some("Votre colis est en route.\n\nIl arrive demain.")
    ));
}

#[test]
fn a_missed_date_is_owned_up_to_with_a_new_one() {
    let late = Timestamp(MONDAY_EVENING.0 + 60_000);
    let change = Change::new(Act::Postpone, Actor::System, late);
    let after = claim(7).after(&change, &shop()).unwrap();
    insta::assert_snapshot!(said(&after, Act::Postpone, None));
}

#[test]
fn a_closed_claim_asks_how_it_went_in_the_shoppers_language() {
    let mut claim = claim(7);
    claim.lang = Lang::En;
    claim.state = State::Closed;
    insta::assert_snapshot!(said(&claim, Act::Close, None));
}

#[test]
fn notes_and_whoever_left_no_address_get_no_mail() {
    let site = shop();
    assert_eq!(
        to_shopper(&site, &claim(7), &entry(Act::Note, Some("secret")), None),
        None
    );
    assert_eq!(
        to_shopper(&site, &claim(7), &entry(Act::Reassign, None), None),
        None
    );
    let mut unreachable = claim(7);
    unreachable.contact.email = None;
    assert_eq!(
        to_shopper(&site, &unreachable, &entry(Act::Answer, Some("x")), None),
        None
    );
}

#[test]
fn a_mail_of_an_entry_has_a_key_of_its_own() {
    let mail = |rank| {
        let entry = Entry {
            rank,
            ..entry(Act::Answer, Some("x"))
        };
        to_shopper(&shop(), &claim(7), &entry, None).unwrap().key
    };
    assert_ne!(mail(2), mail(3));
    assert!(!mail(2).contains("lea"), "nothing personal: {}", mail(2));
}
