//! What a widget lives through with claims, over a real socket and a real database.

mod attacks;

use crate::testing::{Answer, SITE, TestServer};
use serde_json::{Value, json};

/// Saturday 9 June 2012, 11:00 in Paris.
const SATURDAY: i64 = 1_339_232_400_000;
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0 a damaged parcel";

fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

fn key(n: u32) -> String {
    format!("{n:032x}")
}

fn request(n: u32) -> Value {
    json!({
        "site": SITE, "key": key(n), "locale": "fr",
        "claim": {
            "category": "livraison", "text": "Mon colis n’est pas arrivé.",
            "email": "lea@mail.example", "order": "CS-2012-17"
        }
    })
}

/// Asserts status and code, and returns the whole body for a snapshot.
fn refused(answer: &Answer, status: u16, code: &str) -> String {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(value(answer)["code"], code, "{}", answer.body);
    answer.body.clone()
}

/// A server on Saturday, with one claim: its number and its code.
async fn server_with_claim() -> (TestServer, String, String) {
    let server = TestServer::start().await;
    server.set_clock(SATURDAY);
    let answer = server
        .post_json("/v1/claims", "", &request(1).to_string())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let receipt = value(&answer);
    let text = |field: &str| receipt[field].as_str().unwrap().to_owned();
    let (number, code) = (text("number"), text("code"));
    (server, number, code)
}

#[tokio::test]
async fn a_claim_of_saturday_is_received_at_once_and_promised_for_monday() {
    let server = TestServer::start().await;
    server.set_clock(SATURDAY);
    let answer = server
        .post_json("/v1/claims", "", &request(1).to_string())
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let receipt = value(&answer);
    assert_eq!(
        receipt["mailed"], false,
        "this server sends no mail, and says so"
    );
    let status = &receipt["status"];
    assert_eq!(status["state"], "received");
    assert_eq!(status["team"], "Équipe livraison");
    // Monday 11 June 2012, 17:30 in Paris.
    assert_eq!(status["due"], 1_339_428_600_000_i64);
    assert_eq!(status["standing"], "running");
    assert_eq!(status["can"], json!(["complete", "close"]));
}

#[tokio::test]
async fn a_claim_sent_again_is_the_same_claim_with_the_same_code_and_one_mail() {
    let (server, number, code) = server_with_claim().await;
    // The answer was lost on the way, an hour passes, and the widget sends it again.
    server.set_clock(SATURDAY + 3_600_000);
    let answer = server
        .post_json("/v1/claims", "", &request(1).to_string())
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let again = value(&answer);
    assert_eq!(
        (&again["number"], &again["code"]),
        (&json!(number), &json!(code))
    );
    assert_eq!(again["again"], true);
    let mails = server.store().mails_of_claim(&number).await.unwrap();
    assert_eq!(mails.len(), 1);
    let mut other = request(1);
    other["claim"]["text"] = "Autre chose".into();
    let answer = server.post_json("/v1/claims", "", &other.to_string()).await;
    insta::assert_snapshot!(refused(&answer, 409, "key_reused"));
}

#[tokio::test]
async fn the_number_shows_dates_and_promise_and_nothing_that_was_written() {
    let (server, number, _) = server_with_claim().await;
    let typed = number.to_lowercase().replace('-', "%20");
    let answer = server.get(&format!("/v1/claims/{typed}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(value(&answer)["number"], number);
    for secret in ["lea@", "colis", "CS-2012"] {
        assert!(!answer.body.contains(secret), "{secret}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_code_opens_everything_and_the_claim_is_completed_closed_reopened_and_rated() {
    let (server, number, code) = server_with_claim().await;
    let at = |rest: &str| format!("/v1/claims/{number}/{rest}");
    let full = server.get_with(&at("full"), &code.to_lowercase()).await;
    assert_eq!(full.status, 200, "{}", full.body);
    assert_eq!(
        value(&full)["messages"][0]["text"],
        "Mon colis n’est pas arrivé."
    );
    assert_eq!(value(&full)["contact"]["email"], "lea@mail.example");

    let message = json!({"key": key(7), "text": "Voici une photo."}).to_string();
    let headers = format!("Authorization: Bearer {code}\r\n");
    let parts: [(&str, Option<&str>, &[u8]); 2] = [
        ("message", None, message.as_bytes()),
        ("file", Some("../../a.html"), JPEG),
    ];
    for _twice in 0..2 {
        let answer = server.post_form(&at("messages"), &headers, &parts).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let messages = value(&answer)["messages"].as_array().unwrap().len();
        assert_eq!(messages, 2, "sent twice, kept once");
    }
    let file = server.get_with(&at("files/1"), &code).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), Some("image/jpeg"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    let policy = file.header("content-security-policy");
    assert_eq!(policy, Some("default-src 'none'; sandbox"));
    let expected = format!("attachment; filename=\"{number}-1.jpg\"");
    assert_eq!(file.header("content-disposition"), Some(&*expected));

    let simple = |n: u32| json!({"key": key(n), "text": ""}).to_string();
    let closed = server.post_json(&at("close"), &code, &simple(8)).await;
    assert_eq!(value(&closed)["state"], "closed", "{}", closed.body);
    assert_eq!(value(&closed)["can"], json!(["rate", "reopen"]));
    let rating = json!({"delay": 5, "listened": 4, "line": "Merci"}).to_string();
    let rated = server.post_json(&at("rating"), &code, &rating).await;
    assert_eq!(value(&rated)["rating"]["delay"], 5, "{}", rated.body);
    let again = server.post_json(&at("rating"), &code, &rating).await;
    insta::assert_snapshot!(refused(&again, 409, "not_possible"));
    let reopened = server.post_json(&at("reopen"), &code, &simple(9)).await;
    assert_eq!(value(&reopened)["state"], "reopened", "{}", reopened.body);
    let closed_now = server.post_json(&at("cancel"), &code, &simple(10)).await;
    refused(&closed_now, 409, "not_possible");
}

#[tokio::test]
async fn the_link_of_the_mail_is_exchanged_once_for_a_pass_that_ends() {
    let (server, number, _) = server_with_claim().await;
    let queued = server
        .store()
        .next_mail(guichet_domain::zone::Timestamp(i64::MAX - 1_000_000))
        .await;
    let mail = queued.unwrap().unwrap().mail;
    assert_eq!(mail.to, "lea@mail.example");
    let (_, link) = mail.text.split_once("?link=").unwrap();
    let link = link.split_whitespace().next().unwrap();
    let body = json!({"link": link}).to_string();
    let path = format!("/v1/claims/{number}/access");
    let answer = server.post_json(&path, "", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let pass = value(&answer)["pass"].as_str().unwrap().to_owned();
    refused(&server.post_json(&path, "", &body).await, 403, "no_access");
    let full = format!("/v1/claims/{number}/full");
    assert_eq!(server.get_with(&full, &pass).await.status, 200);
    refused(&server.get_with(&full, link).await, 403, "no_access");
    server.set_clock(SATURDAY + 2 * 3_600_000);
    refused(&server.get_with(&full, &pass).await, 403, "no_access");
}

#[tokio::test]
async fn a_call_back_is_booked_within_hours_until_the_slot_is_full_and_can_be_cancelled() {
    let server = TestServer::start().await;
    server.set_clock(SATURDAY);
    let slots = async || {
        let answer = server.get(&format!("/v1/claims/slots?site={SITE}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        value(&answer)["slots"].as_array().unwrap().clone()
    };
    let first = json!({"date": "2012-06-11", "time": "09:30"});
    assert_eq!(slots().await[0], first);
    let call = |n: u32| {
        json!({
            "site": SITE, "key": key(n), "locale": "fr",
            "claim": {"kind": "call_back", "category": "retours", "phone": "06 12 34 56 78", "slot": "2012-06-11 09:30"}
        })
        .to_string()
    };
    let booked = server.post_json("/v1/claims", "", &call(1)).await;
    assert_eq!(booked.status, 201, "{}", booked.body);
    let booked = value(&booked);
    assert_eq!(booked["status"]["slot"], first);
    // Monday 11 June 2012, 10:00 in Paris: the end of the slot.
    assert_eq!(booked["status"]["due"], 1_339_401_600_000_i64);
    assert_ne!(slots().await[0], first, "no room left");
    let second = server.post_json("/v1/claims", "", &call(2)).await;
    insta::assert_snapshot!(refused(&second, 409, "slot_taken"));
    let (number, code) = (
        booked["number"].as_str().unwrap(),
        booked["code"].as_str().unwrap(),
    );
    let body = json!({"key": key(3)}).to_string();
    let cancelled = server
        .post_json(&format!("/v1/claims/{number}/cancel"), code, &body)
        .await;
    assert_eq!(value(&cancelled)["state"], "closed", "{}", cancelled.body);
    assert_eq!(slots().await[0], first);
    // Sent again after the slot has gone by, it is still known.
    server.set_clock(SATURDAY + 7 * 24 * 3_600_000);
    assert_eq!(
        server.post_json("/v1/claims", "", &call(1)).await.status,
        200
    );
}

#[tokio::test]
async fn a_missed_promise_gets_a_new_date_and_a_mail_and_is_owned_up_to_once() {
    let (server, number, _) = server_with_claim().await;
    // Tuesday 12 June 2012, 9:00 in Paris.
    server.set_clock(1_339_484_400_000);
    let app = server.app();
    crate::claims::own_up(&app).await.unwrap();
    crate::claims::own_up(&app).await.unwrap();
    let status = value(&server.get(&format!("/v1/claims/{number}")).await);
    assert_eq!(status["missed"], 1);
    assert_eq!(status["promise_kept"], false);
    // Wednesday 13 June 2012, 17:30 in Paris.
    assert_eq!(status["due"], 1_339_601_400_000_i64);
    assert_eq!(status["timeline"][1]["act"], "postpone");
    assert_eq!(
        server.store().mails_of_claim(&number).await.unwrap().len(),
        2
    );
}

#[tokio::test]
async fn a_widget_on_any_shops_page_may_ask_with_a_code_and_without_cookies() {
    let server = TestServer::start().await;
    let asked = "Origin: https://shop.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization\r\n";
    let answer = server
        .request("OPTIONS", "/v1/claims/x/full", asked, "")
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let allowed = answer.header("access-control-allow-headers");
    assert_eq!(allowed, Some("content-type,authorization"));
}
