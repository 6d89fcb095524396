//! Deliveries to a receiver over a real socket, round by round.

use super::*;
use crate::testing::TestServer;
use crate::testing::desk::{self, SATURDAY};
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

const SECRET: &str = "a secret of some length";

/// What a receiver got.
#[derive(Clone, Debug)]
struct Got {
    event: String,
    delivery: String,
    signature: String,
    body: String,
}

/// The program at the other end: keeps what comes, and answers what it is told to.
struct Receiver {
    url: String,
    got: Arc<Mutex<Vec<Got>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Receiver {
    async fn start() -> Self {
        let got = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(Mutex::new(StatusCode::NO_CONTENT));
        let (keep, say) = (Arc::clone(&got), Arc::clone(&answer));
        let take = post(async move |headers: HeaderMap, body: String| {
            let header = |name: &str| headers[name].to_str().unwrap().to_owned();
            keep.lock().unwrap().push(Got {
                event: header("guichet-event"),
                delivery: header("guichet-delivery"),
                signature: header("guichet-signature"),
                body,
            });
            *say.lock().unwrap()
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", take);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, got, answer }
    }

    fn courier(&self) -> Courier {
        Courier::new(WebhookConfig::new(&self.url, SECRET).unwrap())
    }

    fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

async fn round_at(server: &TestServer, receiver: &Receiver, now_ms: i64) -> usize {
    round(server.store(), &receiver.courier(), Timestamp(now_ms))
        .await
        .unwrap()
}

#[tokio::test]
async fn an_opened_claim_is_told_once_signed_and_whole() {
    let server = desk::start().await;
    let receiver = Receiver::start().await;
    let claim = desk::claim(7);
    desk::open(server.store(), &claim, "Où est mon colis ? <script>").await;
    assert_eq!(round_at(&server, &receiver, SATURDAY.0).await, 1);
    assert_eq!(round_at(&server, &receiver, SATURDAY.0).await, 0);
    let got = receiver.got();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].event, "claim.opened");
    let expected = signature::header(SECRET, SATURDAY, &got[0].body).unwrap();
    assert_eq!(got[0].signature, expected);
    insta::assert_snapshot!(got[0].body);
}

#[tokio::test]
async fn a_receiver_that_fails_is_told_again_later_with_the_same_id() {
    let server = desk::start().await;
    let receiver = Receiver::start().await;
    desk::open(server.store(), &desk::claim(7), "a").await;
    desk::open(server.store(), &desk::claim(8), "b").await;
    *receiver.answer.lock().unwrap() = StatusCode::BAD_GATEWAY;
    assert_eq!(round_at(&server, &receiver, SATURDAY.0).await, 0);
    assert_eq!(receiver.got().len(), 1, "the second would fare no better");
    *receiver.answer.lock().unwrap() = StatusCode::OK;
    assert_eq!(round_at(&server, &receiver, SATURDAY.0).await, 1);
    assert_eq!(round_at(&server, &receiver, SATURDAY.0 + 60_000).await, 1);
    let ids: Vec<_> = receiver.got().into_iter().map(|got| got.delivery).collect();
    assert_eq!(ids, ["1", "2", "1"]);
}

#[tokio::test]
async fn a_redirect_leads_nowhere() {
    let server = desk::start().await;
    let receiver = Receiver::start().await;
    desk::open(server.store(), &desk::claim(7), "a").await;
    *receiver.answer.lock().unwrap() = StatusCode::PERMANENT_REDIRECT;
    assert_eq!(round_at(&server, &receiver, SATURDAY.0).await, 0);
    assert_eq!(receiver.got().len(), 1);
}

#[tokio::test]
async fn a_receiver_that_never_answers_well_is_given_up_in_sight() {
    let server = desk::start().await;
    let receiver = Receiver::start().await;
    *receiver.answer.lock().unwrap() = StatusCode::INTERNAL_SERVER_ERROR;
    desk::open(server.store(), &desk::claim(7), "a").await;
    let day_ms = 24 * 60 * 60 * 1000;
    for day in 0..20 {
        round_at(&server, &receiver, SATURDAY.0 + day * day_ms).await;
    }
    let given_up = server.store().deliveries_given_up().await.unwrap();
    let [one] = given_up.as_slice() else {
        panic!("one was given up, found {given_up:?}")
    };
    assert_eq!(one.delivery.event, "claim.opened");
    assert!(one.problem.contains("500"), "{}", one.problem);
    assert!(receiver.got().len() > 5);

    // Somebody mended the receiver, and has it tried anew.
    *receiver.answer.lock().unwrap() = StatusCode::OK;
    let later = Timestamp(SATURDAY.0 + 30 * day_ms);
    let store = server.store();
    assert!(store.deliver_again(one.delivery.id, later).await.unwrap());
    assert!(!store.deliver_again(one.delivery.id, later).await.unwrap());
    assert_eq!(round_at(&server, &receiver, later.0).await, 1);
    assert_eq!(store.deliveries_given_up().await.unwrap(), Vec::new());
}

#[tokio::test]
async fn a_server_that_tells_nobody_saves_nothing_up() {
    let server = desk::start().await;
    desk::open(server.store(), &desk::claim(7), "a").await;
    assert_eq!(server.store().drop_deliveries().await.unwrap(), 1);
    assert_eq!(
        server
            .store()
            .next_delivery(Timestamp(i64::MAX / 2))
            .await
            .unwrap(),
        None
    );
}

#[test]
fn claims_do_not_travel_in_the_open_nor_under_a_weak_secret() {
    let refused = |url, secret| WebhookConfig::new(url, secret).unwrap_err().to_string();
    insta::assert_snapshot!(
        [
            refused("http://helpdesk.example/hook?key=topsecret", SECRET),
            refused("https://helpdesk.example/hook", "short"),
        ]
        .join("\n\n")
    );
    assert!(WebhookConfig::new("https://helpdesk.example/hook", SECRET).is_ok());
    assert!(WebhookConfig::new("http://localhost.evil.example/hook", SECRET).is_err());
    assert!(WebhookConfig::new("http://127.0.0.1@evil.example/hook", SECRET).is_err());
}
