//! Public figures over HTTP: chosen by the owner, computed from claims.

use crate::store::claims::{Consequences, Deed};
use crate::testing::TestServer;
use crate::testing::desk::{self, SATURDAY};
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Act, Actor, Claim, Entry};
use guichet_domain::indicator::Indicator;
use guichet_domain::indicator::told::Public;
use guichet_domain::zone::Timestamp;

async fn choose(server: &TestServer, chosen: &[Indicator]) {
    let done = server
        .store()
        .set_public_indicators("cap-sentier", chosen, "leo", SATURDAY)
        .await;
    done.unwrap();
}

/// Twenty claims of a Saturday, each answered on Monday at 10:00.
async fn twenty_answered(server: &TestServer) {
    let site = crate::testing::shop();
    let monday = Timestamp(SATURDAY.0 + 47 * 60 * 60 * 1000);
    for n in 0..20 {
        let claim = desk::claim(n);
        desk::open(server.store(), &claim, "Où est mon colis ?").await;
        let change = Change::new(Act::Answer, Actor::Team, monday);
        let deed = Deed {
            number: claim.number,
            site: &site,
            change: &change,
            user: Some("zoe"),
            text: Some("Là."),
            files: &[],
            key_hash: None,
        };
        server
            .store()
            .act(&deed, &|_: &Claim, _: &Entry| Consequences::default())
            .await
            .unwrap();
    }
    server.set_clock(monday.0);
}

#[tokio::test]
async fn nothing_is_public_until_the_owner_says_so() {
    let server = desk::start().await;
    let answer = server.get("/v1/indicators").await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(answer.body);
}

#[tokio::test]
async fn what_was_chosen_is_shown_as_it_was_counted() {
    let server = desk::start().await;
    twenty_answered(&server).await;
    choose(&server, &[Indicator::Kept, Indicator::Delay]).await;
    let answer = server.get("/v1/indicators?site=cap-sentier").await;
    insta::assert_snapshot!(answer.body);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let page = server.get("/indicators").await;
    assert!(page.body.contains("100\u{a0}%"), "{}", page.body);
    assert!(page.body.contains("1\u{a0}h d’ouverture"), "{}", page.body);
    assert!(!page.body.contains("Ce qu’en disent"), "not chosen");
}

#[tokio::test]
async fn figures_are_computed_at_most_once_a_minute() {
    let server = desk::start().await;
    choose(&server, &[Indicator::Kept]).await;
    let cases = async || {
        let answer = server.get("/v1/indicators").await;
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        json["kept"]["cases"].as_u64().unwrap()
    };
    assert_eq!(cases().await, 0);
    let now = SATURDAY.0;
    twenty_answered(&server).await;
    server.set_clock(now + 59_000);
    assert_eq!(cases().await, 0);
    server.set_clock(now + 60_000);
    assert_eq!(cases().await, 20);
}

#[tokio::test]
async fn figures_of_a_shop_that_takes_no_claims_are_nowhere() {
    let server = desk::start().await;
    let answer = server.get("/v1/indicators?site=%3Cscript%3E").await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("unknown_site"), "{}", answer.body);
}

#[tokio::test]
async fn a_shop_whose_events_alone_are_taken_has_nothing_to_show() {
    let server = TestServer::start().await;
    let answer = server.get("/v1/indicators?site=cap-sentier").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: Public = serde_json::from_str(&answer.body).unwrap();
    assert!(told.is_empty());
}
