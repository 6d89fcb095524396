//! Mails as the shopper reads them.

use super::*;
use crate::testing::shop;
use guichet_domain::claim::{Contact, State, Withdrawal};
use guichet_domain::tracking::TrackingNumber;

const OPENED: Timestamp = Timestamp(1_339_232_400_000); // Saturday 9 June 2012, 11:00 in Paris
const BASE: Option<&str> = Some("https://guichet.example");

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

#[test]
fn who_gave_no_address_is_written_to_nowhere() {
    let mut claim = claim(Lang::Fr, Kind::Request);
    claim.contact.email = None;
    let code = ReceiptCode::from_random(5);
    assert_eq!(receipt(&shop(), BASE, &claim, "", code, "00ff"), None);
}
