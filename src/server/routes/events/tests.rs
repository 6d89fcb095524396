//! What a widget lives through when it posts events, over a real socket and a real database.

use crate::error::MAX_BODY_BYTES;
use crate::limit::Rate;
use crate::testing::{Answer, SITE, TestServer, batch, confirmed, event_at};
use guichet_domain::event::{MAX_BATCH, MAX_TEXT_CHARS, What};
use guichet_domain::scrub::TextMode;
use std::sync::Arc;

const JSON: &str = "Content-Type: application/json\r\n";

/// Asserts status and code, and returns the whole body for a snapshot.
fn refused(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["code"], code, "{}", answer.body);
    answer.body.clone()
}

#[tokio::test]
async fn a_batch_is_kept_with_the_time_it_came() {
    let server = TestServer::start().await;
    server.set_clock(77);
    let events = vec![event_at(1, 9, 10), confirmed(2, 9, 20)];
    let answer = server.post(&batch(events.clone())).await;
    assert_eq!((answer.status, &*answer.body), (200, r#"{"stored":2}"#));
    let kept = server.kept().await;
    assert!(
        kept.iter()
            .all(|one| one.site == SITE && one.received.0 == 77)
    );
    let kept: Vec<_> = kept.into_iter().map(|one| one.event).collect();
    assert_eq!(kept, events);
}

#[tokio::test]
async fn a_batch_sent_again_changes_nothing() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10), confirmed(2, 9, 20)]);
    assert_eq!(server.post(&body).await.body, r#"{"stored":2}"#);
    assert_eq!(server.post(&body).await.body, r#"{"stored":0}"#);
    let more = batch(vec![confirmed(2, 9, 20), confirmed(3, 9, 30)]);
    assert_eq!(server.post(&more).await.body, r#"{"stored":1}"#);
    assert_eq!(server.kept().await.len(), 3);
}

#[tokio::test]
async fn an_event_twice_in_one_batch_is_kept_once() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10), event_at(1, 9, 10)]);
    assert_eq!(server.post(&body).await.body, r#"{"stored":1}"#);
}

#[tokio::test]
async fn a_batch_sent_many_times_at_once_is_kept_once() {
    let server = Arc::new(TestServer::start().await);
    let events = (0..50).map(|n| event_at(n, 9, 10)).collect();
    let body = batch(events);
    let posts: Vec<_> = (0..16)
        .map(|_| {
            let (server, body) = (Arc::clone(&server), body.clone());
            tokio::spawn(async move { server.post(&body).await })
        })
        .collect();
    let mut stored = 0;
    for post in posts {
        let answer = post.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        stored += body["stored"].as_u64().unwrap();
    }
    assert_eq!(stored, 50);
    assert_eq!(server.kept().await.len(), 50);
}

#[tokio::test]
async fn one_bad_event_keeps_the_whole_batch_out() {
    let server = TestServer::start().await;
    let mut long = event_at(2, 9, 20);
    long.what = What::NotConfirmed {
        document: "faq/a".into(),
        reason: "é".repeat(MAX_TEXT_CHARS + 1),
    };
    let answer = server.post(&batch(vec![event_at(1, 9, 10), long])).await;
    insta::assert_snapshot!(refused(&answer, 422, "invalid_batch"));

    let nameless =
        batch(vec![event_at(1, 9, 10), event_at(2, 9, 20)]).replacen("\"visit\"", "\"visitor\"", 1);
    let answer = server.post(&nameless).await;
    insta::assert_snapshot!(refused(&answer, 400, "bad_json"));
    assert_eq!(server.kept().await, []);
}

#[tokio::test]
async fn an_event_of_a_newer_widget_does_not_lose_those_beside_it() {
    let server = TestServer::start().await;
    let one_of_two = batch(vec![event_at(1, 9, 10), event_at(2, 9, 20)]).replacen(
        "\"opened\"}]",
        "\"danced\",\"steps\":[1,2]}]",
        1,
    );
    let answer = server.post(&one_of_two).await;
    assert_eq!(
        (answer.status, &*answer.body),
        (200, r#"{"stored":1,"unknown":1}"#)
    );
    let nothing_else = batch(vec![event_at(3, 9, 30)]).replacen("\"opened\"", "\"danced\"", 1);
    let answer = server.post(&nothing_else).await;
    assert_eq!(
        (answer.status, &*answer.body),
        (200, r#"{"stored":0,"unknown":1}"#)
    );
    assert_eq!(server.kept().await, [event_at(1, 9, 10)].map(kept_at_0));
}

fn kept_at_0(event: guichet_domain::event::Event) -> crate::store::Received {
    crate::store::Received {
        site: SITE.into(),
        received: guichet_domain::zone::Timestamp(0),
        event,
    }
}

/// What a shopper might type, and a widget of somebody else's making send unscrubbed.
const TYPED: &str =
    "je m'appelle Zoé Quatrefages, zoe@quatrefages.example, 06 12 34 56 78, colis bleu";

async fn bytes_after(mode: TextMode) -> String {
    let server = TestServer::start_with(|config, _| config.shops[0].site.text = mode).await;
    let mut searched = event_at(1, 9, 10);
    searched.what = What::Searched {
        query: TYPED.into(),
        results: vec!["faq/suivi".into()],
        declined: false,
    };
    let mut not_confirmed = event_at(2, 9, 20);
    not_confirmed.what = What::NotConfirmed {
        document: "faq/suivi".into(),
        reason: TYPED.into(),
    };
    let answer = server.post(&batch(vec![searched, not_confirmed])).await;
    assert_eq!(answer.body, r#"{"stored":2}"#);
    let bytes = server.bytes().await;
    server.stop().await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn the_files_bytes_hold_no_more_text_than_the_owner_chose() {
    let personal = [
        "Quatrefages",
        "quatrefages.example",
        "06 12 34 56 78",
        "0612345678",
    ];
    for (mode, kept, lost) in [
        (TextMode::Scrubbed, "je m'appelle [nom]", "Zoé"),
        (TextMode::WordsOnly, "appelle bleu colis", "je m'appelle"),
        (TextMode::None, "faq/suivi", "colis"),
    ] {
        let bytes = bytes_after(mode).await;
        for text in personal.into_iter().chain([lost]) {
            assert!(!bytes.contains(text), "{mode:?} keeps `{text}`");
        }
        assert!(bytes.contains(kept), "{mode:?} must keep `{kept}`");
    }
}

#[tokio::test]
async fn a_batch_of_no_event_or_too_many_is_refused() {
    let server = TestServer::start().await;
    let answer = server.post(&batch(Vec::new())).await;
    insta::assert_snapshot!(refused(&answer, 422, "invalid_batch"));
    let full: Vec<_> = (0..=MAX_BATCH as u128).map(|n| event_at(n, 9, 0)).collect();
    assert_eq!(server.post(&batch(full[1..].to_vec())).await.status, 200);
    refused(&server.post(&batch(full)).await, 422, "invalid_batch");
}

#[tokio::test]
async fn what_is_not_json_is_refused_with_the_place_of_the_mistake() {
    let server = TestServer::start().await;
    let answer = server
        .post("{\"site\": \"cap-sentier\",\n  \"events\" 1}")
        .await;
    insta::assert_snapshot!(refused(&answer, 400, "bad_json"));
    for body in ["", "null", "[]", "{\"site\":\"cap-sentier\"}", "\u{1}"] {
        refused(&server.post(body).await, 400, "bad_json");
    }
    let deep = "[".repeat(100_000);
    refused(&server.post(&deep).await, 400, "bad_json");
}

#[tokio::test]
async fn a_body_that_does_not_say_it_is_json_is_refused() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10)]);
    let post = async |headers| server.request("POST", "/v1/events", headers, &body).await;
    let answer = post("Content-Type: text/plain;charset=UTF-8\r\n").await;
    insta::assert_snapshot!(refused(&answer, 415, "unsupported_media_type"));
    refused(&post("").await, 415, "unsupported_media_type");
    assert_eq!(server.kept().await, []);
    let answer = post("Content-Type: Application/JSON; charset=utf-8\r\n").await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_body_over_the_cap_is_refused_and_one_at_the_cap_is_read() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10)]);
    let padded = |length: usize| body.clone() + &" ".repeat(length - body.len());
    let answer = server.post(&padded(MAX_BODY_BYTES + 1)).await;
    insta::assert_snapshot!(refused(&answer, 413, "too_large"));
    assert_eq!(server.post(&padded(MAX_BODY_BYTES)).await.status, 200);
}

#[tokio::test]
async fn events_of_a_site_that_is_not_served_are_refused() {
    let server = TestServer::start().await;
    let body = batch(vec![event_at(1, 9, 10)]).replace(SITE, "another-shop");
    insta::assert_snapshot!(refused(&server.post(&body).await, 404, "unknown_site"));
    assert_eq!(server.kept().await, []);
}

#[tokio::test]
async fn addresses_and_methods_that_do_not_exist_are_told_apart() {
    let server = TestServer::start().await;
    let answer = server.get("/v1/nothing").await;
    insta::assert_snapshot!(refused(&answer, 404, "not_found"));
    let answer = server.get("/v1/events").await;
    insta::assert_snapshot!(refused(&answer, 405, "method_not_allowed"));
    refused(&server.get("/anything").await, 404, "not_found");
}

#[tokio::test]
async fn who_sends_too_much_is_told_when_to_come_back() {
    let server = TestServer::start_with(|config, _| {
        config.rate = Rate {
            burst: 2,
            per_second: 0.1,
        };
    })
    .await;
    let body = batch(vec![event_at(1, 9, 10)]);
    assert_eq!(server.post(&body).await.status, 200);
    assert_eq!(
        server.post("nonsense").await.status,
        400,
        "it counts as well"
    );
    let answer = server.post(&body).await;
    insta::assert_snapshot!(refused(&answer, 429, "too_many_requests"));
    assert_eq!(answer.header("retry-after"), Some("10"));
    server.set_clock(10_000);
    assert_eq!(server.post(&body).await.status, 200);
}

#[tokio::test]
async fn a_sender_cannot_choose_his_address_unless_a_proxy_vouches_for_it() {
    let rate = Rate {
        burst: 1,
        per_second: 0.1,
    };
    let body = batch(vec![event_at(1, 9, 10)]);
    let second = async |behind_proxy| {
        let server = TestServer::start_with(|config, _| {
            config.rate = rate;
            config.behind_proxy = behind_proxy;
        })
        .await;
        let mut status = 0;
        for address in ["192.0.2.1", "192.0.2.2"] {
            let headers = format!("{JSON}X-Forwarded-For: {address}\r\n");
            let answer = server.request("POST", "/v1/events", &headers, &body).await;
            status = answer.status;
        }
        status
    };
    assert_eq!(second(false).await, 429);
    assert_eq!(second(true).await, 200);
}

#[tokio::test]
async fn a_widget_on_any_shops_page_may_send_but_without_cookies() {
    let server = TestServer::start().await;
    let origin = "Origin: https://shop.example\r\n";
    let asked = format!(
        "{origin}Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n"
    );
    let answer = server.request("OPTIONS", "/v1/events", &asked, "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        answer.header("access-control-allow-methods"),
        Some("GET,POST")
    );
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("content-type,authorization")
    );
    assert_eq!(answer.header("access-control-allow-credentials"), None);

    // A refusal must be readable too: the widget decides by it whether to send again.
    let headers = format!("{JSON}{origin}");
    for body in ["nonsense".to_owned(), batch(vec![event_at(1, 9, 10)])] {
        let answer = server.request("POST", "/v1/events", &headers, &body).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            answer.header("access-control-expose-headers"),
            Some("retry-after")
        );
    }
}

#[tokio::test]
async fn a_database_that_fails_is_our_fault_and_says_nothing_of_its_inside() {
    let server = TestServer::start().await;
    server.break_database().await;
    let answer = server.post(&batch(vec![event_at(1, 9, 10)])).await;
    insta::assert_snapshot!(refused(&answer, 500, "internal"));
    refused(&server.get("/v1/health").await, 500, "internal");
}
