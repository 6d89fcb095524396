//! Mails as the shopper reads them.

use super::*;
use crate::testing::shop;
use guichet_domain::claim::{Contact, State, Withdrawal};
use guichet_domain::tracking::TrackingNumber;

const OPENED: Timestamp = Timestamp(1_339_232_400_000); // Saturday 9 June 2012, 11:00 in Paris
const BASE: &str = "https://guichet.example";

fn claim(lang: Lang, kind: Kind) -> Claim {
    let due = guichet_domain::claim::due::due(&shop(), "livraison", OPENED);
    Claim {
        number: TrackingNumber::from_random(7),
        site: shop().id,
        kind,
        category: "livraison".into(),
        team: "livraison".into(),
        lang,
        state: State::Received,
        contact: Contact {
            name: Some("Léa Martin".into()),
            email: Some("lea@mail.example".into()),
            phone: Some("06 12 34 56 78".into()),
        },
        order: Some("CS-2012-17".into()),
        slot: None,
        withdrawal: None,
        opened: OPENED,
        promised: due,
        due,
        missed: 0,
        responded: None,
        closed: None,
        merged_into: None,
        rating: None,
        updated: OPENED,
    }
}

fn said(mail: Option<Mail>) -> String {
    let mail = mail.unwrap();
    format!("{}\n\n{}", mail.subject, mail.text)
}

fn receipt_of(claim: &Claim, text: &str) -> String {
    let code = ReceiptCode::from_random(5);
    said(receipt(&shop(), BASE, claim, text, code, "00ff"))
}

#[test]
fn a_receipt_holds_content_date_hour_promise_and_the_ways_in() {
    let claim = claim(Lang::Fr, Kind::Request);
    insta::assert_snapshot!(receipt_of(
        &claim,
        "Mon colis n’est pas arrivé.\nQue faire ?"
    ));
}

#[test]
fn a_withdrawal_is_acknowledged_in_writing_and_a_late_one_is_told_so() {
    let mut claim = claim(Lang::En, Kind::Withdrawal);
    claim.withdrawal = Some(Withdrawal {
        goods_received: "2012-05-20".parse().ok(),
        last_day: "2012-06-04".parse().ok(),
        late: true,
    });
    insta::assert_snapshot!(receipt_of(&claim, ""));
}

#[test]
fn a_call_back_says_when_and_where_we_call() {
    let mut claim = claim(Lang::Fr, Kind::CallBack);
    claim.slot = Some(Local {
        date: "2012-06-11".parse().unwrap(),
        time: "09:30".parse().unwrap(),
    });
    insta::assert_snapshot!(receipt_of(&claim, ""));
}

fn entry(act: Act, by: Actor, text: &str) -> Entry {
    Entry {
        rank: 2,
        at: Timestamp(OPENED.0 + 60_000),
        act,
        by,
        user: None,
        text: Some(text.into()),
        files: Vec::new(),
        due: None,
        team: None,
    }
}

fn about_it(act: Act, by: Actor, text: &str) -> Option<Mail> {
    let claim = claim(Lang::Fr, Kind::Request);
    about(&shop(), BASE, &claim, &entry(act, by, text), "00ff")
}

#[test]
fn an_answer_goes_out_as_it_was_written_with_a_way_back() {
    insta::assert_snapshot!(said(about_it(
        Act::Answer,
        Actor::Team,
        "Votre colis arrive demain."
    )));
}

#[test]
fn a_missed_promise_is_owned_up_to_with_a_new_date() {
    insta::assert_snapshot!(said(about_it(Act::Postpone, Actor::System, "")));
}

#[test]
fn a_claim_that_the_shop_closes_names_the_mediator() {
    insta::assert_snapshot!(said(about_it(Act::Close, Actor::Team, "Dossier soldé.")));
}

#[test]
fn what_the_shopper_does_himself_and_what_is_internal_is_not_mailed() {
    for (act, by) in [
        (Act::Note, Actor::Team),
        (Act::TakeUp, Actor::Team),
        (Act::Complete, Actor::Shopper),
        (Act::Close, Actor::Shopper),
        (Act::Rate, Actor::Shopper),
    ] {
        assert_eq!(about_it(act, by, "secret"), None, "{act}");
    }
}

#[test]
fn who_gave_no_address_is_written_to_nowhere() {
    let mut claim = claim(Lang::Fr, Kind::Request);
    claim.contact.email = None;
    let code = ReceiptCode::from_random(5);
    assert_eq!(receipt(&shop(), BASE, &claim, "", code, "00ff"), None);
}
