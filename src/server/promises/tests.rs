//! The clock passes a promise: the shopper hears of it once, with a new date.

use super::*;
use crate::mail::MailStatus;
use crate::testing::TestServer;
use crate::testing::desk::{self, MONDAY_EVENING};
use guichet_domain::claim::Actor;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;

const MINUTE_MS: i64 = 60_000;

async fn mails(server: &TestServer, number: TrackingNumber) -> Vec<MailStatus> {
    server
        .store()
        .mails_of_claim(&number.to_string())
        .await
        .unwrap()
}

async fn round_at(server: &TestServer, at: Timestamp) -> usize {
    server.set_clock(at.0);
    round(server.app()).await.unwrap()
}

#[tokio::test]
async fn a_missed_promise_is_owned_up_to_once_and_the_next_one_again() {
    let server = desk::start().await;
    let claim = desk::claim(7);
    desk::open(server.store(), &claim, "Où est mon colis ?").await;
    assert_eq!(
        round_at(&server, MONDAY_EVENING).await,
        0,
        "to the last minute it is kept"
    );
    let late = Timestamp(MONDAY_EVENING.0 + MINUTE_MS);
    round_at(&server, late).await;
    let after = server.store().claim(claim.number).await.unwrap().unwrap();
    assert_eq!(after.missed, 1);
    assert!(after.due.unwrap() > late, "a new date runs");
    assert_eq!(
        after.promised, claim.promised,
        "the first promise stays what it was"
    );
    assert_eq!(round_at(&server, late).await, 0);
    assert_eq!(mails(&server, claim.number).await.len(), 1);

    round_at(&server, Timestamp(after.due.unwrap().0 + MINUTE_MS)).await;
    let keys: Vec<_> = mails(&server, claim.number)
        .await
        .into_iter()
        .map(|mail| mail.key)
        .collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn whoever_was_answered_in_time_hears_of_no_delay() {
    let server = desk::start().await;
    let claim = desk::claim(7);
    desk::open(server.store(), &claim, "Où est mon colis ?").await;
    let change = Change::new(Act::Answer, Actor::Team, MONDAY_EVENING);
    let site = crate::testing::shop();
    let deed = Deed {
        number: claim.number,
        site: &site,
        change: &change,
        user: Some("zoe"),
        text: Some("Il est là."),
        files: &[],
        key_hash: None,
    };
    let acted = server
        .store()
        .act(&deed, &|_: &Claim, _: &Entry| Consequences::default())
        .await;
    assert!(matches!(acted.unwrap(), Acted::Done(_)));
    assert_eq!(
        round_at(&server, Timestamp(MONDAY_EVENING.0 + 100 * MINUTE_MS)).await,
        0
    );
    assert!(mails(&server, claim.number).await.is_empty());
}
