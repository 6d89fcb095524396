//! The document against the server: every address is there and answers as it is described, and
//! no address goes undescribed.

mod schema;

use super::DOCUMENT;
use crate::testing::{Answer, SITE, TestServer, desk};
use schema::fault;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::from_str(DOCUMENT).unwrap()
}

/// Asserts that an answer is one the document describes for that operation.
fn check(method: &str, path: &str, answer: &Answer) {
    let document = document();
    let operation = &document["paths"][path][method];
    assert!(operation.is_object(), "{method} {path} is not described");
    let described = &operation["responses"][answer.status.to_string()];
    assert!(
        described.is_object(),
        "{method} {path} answered {}: {}",
        answer.status,
        answer.body
    );
    let Some(schema) = described["content"]["application/json"]["schema"].as_object() else {
        return;
    };
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let fault = fault(&document, &Value::Object(schema.clone()), &body, "body");
    assert_eq!(
        fault, None,
        "{method} {path} {}: {}",
        answer.status, answer.body
    );
}

/// A client that holds every answer to the document.
struct Client {
    server: TestServer,
    number: String,
    code: String,
    drawn: u32,
}

impl Client {
    async fn new() -> Self {
        let server = desk::start().await;
        let mut client = Self {
            server,
            number: String::new(),
            code: String::new(),
            drawn: 0,
        };
        let opened = client.open("Où est mon colis ?").await;
        let text = |field: &str| opened[field].as_str().unwrap().to_owned();
        (client.number, client.code) = (text("number"), text("code"));
        client
    }

    fn key(&mut self) -> String {
        self.drawn += 1;
        format!("{:032x}", self.drawn)
    }

    async fn open(&mut self, text: &str) -> Value {
        let claim = json!({
            "site": SITE, "key": self.key(), "locale": "fr",
            "claim": { "category": "livraison", "text": text, "email": "lea@mail.example" }
        });
        self.post("/v1/claims", &claim).await
    }

    fn filled(&self, path: &str) -> String {
        path.replace("{number}", &self.number)
            .replace("{rank}", "1")
    }

    async fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        let headers = format!(
            "Content-Type: application/json\r\nAuthorization: Bearer {}\r\n",
            self.code
        );
        let answer = self
            .server
            .request(&method.to_uppercase(), &self.filled(path), &headers, body)
            .await;
        check(method, path.split('?').next().unwrap(), &answer);
        answer
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.send("get", path, "").await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.send("post", path, &body.to_string()).await;
        assert!(
            (200..300).contains(&answer.status),
            "{path}: {}",
            answer.body
        );
        serde_json::from_str(&answer.body).unwrap()
    }
}

#[tokio::test]
async fn what_the_server_answers_is_what_the_document_says() {
    let mut client = Client::new().await;
    client.get("/v1/health").await;
    client.get("/v1/openapi.json").await;
    client.get("/v1/indicators").await;
    client.get(&format!("/v1/claims/slots?site={SITE}")).await;
    client.get("/v1/claims/{number}").await;
    client.get("/v1/claims/{number}/full").await;
    let message = json!({ "key": client.key(), "text": "Il manque un article." });
    client.post("/v1/claims/{number}/messages", &message).await;
    let message = json!({ "key": client.key() });
    client.post("/v1/claims/{number}/close", &message).await;
    let rating = json!({ "delay": 5, "listened": 4, "line": "Merci" });
    client.post("/v1/claims/{number}/rating", &rating).await;
    let message = json!({ "key": client.key(), "text": "Toujours rien." });
    let full = client.post("/v1/claims/{number}/reopen", &message).await;
    assert_eq!(full["state"], "reopened");
    let event = json!({ "id": "0".repeat(32), "visit": "1".repeat(32), "at": 1, "locale": "fr", "what": "opened" });
    let batch = json!({ "site": SITE, "events": [event] });
    client.post("/v1/events", &batch).await;
}

#[tokio::test]
async fn refusals_are_described_too() {
    let client = Client::new().await;
    for (method, path, body, status) in [
        ("post", "/v1/claims", "{", 400),
        ("post", "/v1/claims", "{}", 400),
        (
            "post",
            "/v1/claims/{number}/cancel",
            r#"{"key":"00000000000000000000000000000009"}"#,
            409,
        ),
        (
            "post",
            "/v1/claims/{number}/rating",
            r#"{"delay":9,"listened":0}"#,
            422,
        ),
        ("post", "/v1/claims/{number}/access", r#"{"link":"x"}"#, 403),
        ("get", "/v1/claims/{number}/files/{rank}", "", 404),
        ("get", "/v1/claims/slots", "", 404),
        ("get", "/v1/indicators?site=nobody", "", 404),
        (
            "post",
            "/v1/events",
            r#"{"site":"nobody","events":[]}"#,
            422,
        ),
    ] {
        let answer = client.send(method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
    }
    let stranger = Client {
        code: "0".into(),
        ..client
    };
    let answer = stranger.send("get", "/v1/claims/{number}/full", "").await;
    assert_eq!(answer.status, 403);
    let mistyped = Client {
        number: "0000-0000-0000A".into(),
        ..stranger
    };
    let answer = mistyped.send("get", "/v1/claims/{number}", "").await;
    assert_eq!(answer.status, 422);
}

/// Every `.route("/…"` of the files that make the API.
fn routed() -> BTreeSet<String> {
    let api = include_str!("../../routes.rs");
    let api = api.split("pub(crate) fn pages").next().unwrap();
    let sources = [api, include_str!("../claims.rs")];
    let addresses = |source: &'static str| {
        let calls = source.split(".route(\"").skip(1);
        calls.map(|call| format!("/v1{}", call.split('"').next().unwrap()))
    };
    sources.into_iter().flat_map(addresses).collect()
}

#[test]
fn every_address_is_described_and_none_is_made_up() {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<String> = paths.keys().cloned().collect();
    assert_eq!(described, routed());
}

#[tokio::test]
async fn every_described_method_is_taken_and_no_other() {
    let client = Client::new().await;
    for (path, operations) in document()["paths"].as_object().unwrap() {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let answer = client
                .server
                .request(method, &client.filled(path), "", "")
                .await;
            let described = operations.get(method.to_lowercase()).is_some();
            assert_eq!(
                answer.status != 405,
                described,
                "{method} {path}: {}",
                answer.body
            );
        }
    }
}
