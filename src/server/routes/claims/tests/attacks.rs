//! What people try: guessing, other people's claims, foreign files, bodies that are too long or
//! of the wrong kind. Each is refused with a stable code, and nothing is kept.

use super::*;
use crate::store::claims::ClaimFilter;
use guichet_domain::claim::form::MAX_FILE_BYTES;

async fn claims_kept(server: &TestServer) -> usize {
    let all = server.store().claims(&ClaimFilter::default()).await;
    all.unwrap().len()
}

#[tokio::test]
async fn numbers_and_codes_are_not_guessed() {
    let (server, number, code) = server_with_claim().await;
    let wrong = "0000-0000-00000";
    for _ in 0..5 {
        refused(
            &server.get(&format!("/v1/claims/{wrong}")).await,
            404,
            "no_claim",
        );
        let full = format!("/v1/claims/{number}/full");
        refused(
            &server.get_with(&full, "00000-00000").await,
            403,
            "no_access",
        );
    }
    // Ten wrong ones: now even the right ones have to wait.
    let answer = server.get(&format!("/v1/claims/{wrong}")).await;
    insta::assert_snapshot!(refused(&answer, 429, "too_many_requests"));
    assert_eq!(answer.header("retry-after"), Some("30"));
    let full = format!("/v1/claims/{number}/full");
    refused(
        &server.get_with(&full, &code).await,
        429,
        "too_many_requests",
    );
    server.set_clock(SATURDAY + 30_000);
    assert_eq!(server.get_with(&full, &code).await.status, 200);
}

#[tokio::test]
async fn a_mistyped_number_costs_no_guess_and_is_told() {
    let (server, number, _) = server_with_claim().await;
    let last = if number.ends_with('0') { '1' } else { '0' };
    let mistyped = format!("{}{last}", &number[..number.len() - 1]);
    for _ in 0..20 {
        refused(
            &server.get(&format!("/v1/claims/{mistyped}")).await,
            422,
            "mistyped_number",
        );
    }
    assert_eq!(
        server.get(&format!("/v1/claims/{number}")).await.status,
        200
    );
    let answer = server.get("/v1/claims/28T5").await;
    insta::assert_snapshot!(refused(&answer, 422, "mistyped_number"));
}

#[tokio::test]
async fn other_peoples_claims_stay_closed() {
    let (server, number, code) = server_with_claim().await;
    let answer = server
        .post_json("/v1/claims", "", &request(2).to_string())
        .await;
    let other = value(&answer);
    let (other, others_code) = (
        other["number"].as_str().unwrap(),
        other["code"].as_str().unwrap(),
    );
    let body = json!({"key": key(9), "text": "x", "link": "0"}).to_string();
    let rating = json!({"delay": 1, "listened": 1}).to_string();
    for bearer in ["", others_code, "Bearer", &"0".repeat(32), "' or 1=1 --"] {
        for path in ["full", "files/1"] {
            let path = format!("/v1/claims/{number}/{path}");
            refused_or_slowed(&server.get_with(&path, bearer).await);
        }
        for path in ["messages", "close", "reopen", "cancel"] {
            let path = format!("/v1/claims/{number}/{path}");
            refused_or_slowed(&server.post_json(&path, bearer, &body).await);
        }
        let path = format!("/v1/claims/{number}/rating");
        refused_or_slowed(&server.post_json(&path, bearer, &rating).await);
        server.set_clock(SATURDAY + 3_600_000);
    }
    server.set_clock(SATURDAY + 2 * 3_600_000);
    let full = server
        .get_with(&format!("/v1/claims/{number}/full"), &code)
        .await;
    assert_eq!(
        value(&full)["messages"].as_array().unwrap().len(),
        1,
        "nothing was done"
    );
    refused(
        &server
            .get_with(&format!("/v1/claims/{other}/full"), &code)
            .await,
        403,
        "no_access",
    );
}

fn refused_or_slowed(answer: &Answer) {
    let code = value(answer)["code"].clone();
    let expected = ["no_access", "too_many_requests", "bad_json"];
    assert!(expected.iter().any(|own| code == *own), "{}", answer.body);
}

#[tokio::test]
async fn files_that_are_not_what_is_taken_are_refused_whatever_their_names_say() {
    let (server, number, code) = server_with_claim().await;
    let path = format!("/v1/claims/{number}/messages");
    let headers = format!("Authorization: Bearer {code}\r\n");
    let message = json!({"key": key(9), "text": ""}).to_string();
    let send = async |files: &[(&str, &[u8])]| {
        let mut parts: Vec<(&str, Option<&str>, &[u8])> =
            vec![("message", None, message.as_bytes())];
        parts.extend(
            files
                .iter()
                .map(|(name, bytes)| ("file", Some(*name), *bytes)),
        );
        server.post_form(&path, &headers, &parts).await
    };
    for foreign in [
        &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>"[..],
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\0 a program",
        b"PK\x03\x04 an archive",
        b"#!/bin/sh\nrm -rf /\n",
    ] {
        refused(
            &send(&[("photo.jpg", foreign)]).await,
            415,
            "file_not_taken",
        );
    }
    let six = [("a.jpg", JPEG); 6];
    refused(&send(&six).await, 422, "too_many_files");
    let mut long = JPEG.to_vec();
    long.resize(MAX_FILE_BYTES + 1, 0);
    refused(&send(&[("long.jpg", &long)]).await, 413, "file_too_large");
    long.pop();
    assert_eq!(
        send(&[("long.jpg", &long)]).await.status,
        200,
        "at the cap it is taken"
    );
    let missing = server
        .get_with(&format!("/v1/claims/{number}/files/2"), &code)
        .await;
    refused(&missing, 404, "not_found");
    for rank in ["0", "-1", "99999999999", "1%2f..", "x"] {
        let answer = server
            .get_with(&format!("/v1/claims/{number}/files/{rank}"), &code)
            .await;
        assert!(
            (400..500).contains(&answer.status),
            "{rank}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn bodies_of_the_wrong_kind_or_length_are_refused_and_nothing_is_kept() {
    let server = desk::start().await;
    server.set_clock(SATURDAY);
    let post =
        async |headers: &str, body: &str| server.request("POST", "/v1/claims", headers, body).await;
    let json = "Content-Type: application/json\r\n";
    let good = request(1).to_string();
    refused(&post("", &good).await, 415, "unsupported_media_type");
    refused(
        &post("Content-Type: text/plain\r\n", &good).await,
        415,
        "unsupported_media_type",
    );
    let urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";
    refused(
        &post(urlencoded, &good).await,
        415,
        "unsupported_media_type",
    );
    refused(
        &post("Content-Type: multipart/form-data\r\n", &good).await,
        400,
        "bad_form",
    );
    let frontier = "Content-Type: multipart/form-data; boundary=x\r\n";
    refused(&post(frontier, "--y\r\n").await, 400, "bad_form");
    let long = format!("{}{}", " ".repeat(300_000), good);
    refused(&post(json, &long).await, 413, "too_large");
    for bad in [
        "",
        "null",
        "[]",
        "{}",
        &good.replace("\"fr\"", "\"de\""),
        &good.replace("category", "colour"),
    ] {
        refused(&post(json, bad).await, 400, "bad_json");
    }
    let short_key = good.replace(&key(1), "1");
    refused(&post(json, &short_key).await, 400, "bad_json");
    let parts: [(&str, Option<&str>, &[u8]); 1] = [("claim", None, b"{\"site\":")];
    refused(
        &server.post_form("/v1/claims", "", &parts).await,
        400,
        "bad_json",
    );
    let filler = "a".repeat(300_000);
    let parts: [(&str, Option<&str>, &[u8]); 1] = [("claim", None, filler.as_bytes())];
    refused(
        &server.post_form("/v1/claims", "", &parts).await,
        413,
        "too_large",
    );
    assert_eq!(claims_kept(&server).await, 0);
}

#[tokio::test]
async fn faults_of_a_form_are_named_field_by_field() {
    let server = desk::start().await;
    server.set_clock(SATURDAY);
    let mut body = request(1);
    body["claim"] = json!({"category": "weather", "email": "lea", "text": ""});
    let answer = server.post_json("/v1/claims", "", &body.to_string()).await;
    insta::assert_snapshot!(refused(&answer, 422, "invalid_claim"));
    let mut elsewhere = request(1);
    elsewhere["site"] = "another".into();
    let answer = server
        .post_json("/v1/claims", "", &elsewhere.to_string())
        .await;
    insta::assert_snapshot!(refused(&answer, 404, "claims_not_taken"));
}

#[tokio::test]
async fn script_in_every_field_stays_text() {
    let server = desk::start().await;
    server.set_clock(SATURDAY);
    let script = "<script>alert(1)</script>";
    let mut body = request(1);
    body["claim"]["text"] = script.into();
    body["claim"]["name"] = script.into();
    let receipt = value(&server.post_json("/v1/claims", "", &body.to_string()).await);
    let (number, code) = (
        receipt["number"].as_str().unwrap(),
        receipt["code"].as_str().unwrap(),
    );
    let full = server
        .get_with(&format!("/v1/claims/{number}/full"), code)
        .await;
    assert_eq!(full.header("content-type"), Some("application/json"));
    assert_eq!(value(&full)["messages"][0]["text"], script);
    for field in ["email", "phone", "order", "slot", "category"] {
        let mut body = request(2);
        body["claim"]["kind"] = "call_back".into();
        body["claim"][field] = script.into();
        let answer = server.post_json("/v1/claims", "", &body.to_string()).await;
        refused(&answer, 422, "invalid_claim");
    }
}

#[tokio::test]
async fn a_database_that_fails_is_our_fault_and_says_nothing_of_its_inside() {
    let (server, number, code) = server_with_claim().await;
    server.execute("drop table claim_entries").await;
    let answer = server
        .get_with(&format!("/v1/claims/{number}/full"), &code)
        .await;
    let body = refused(&answer, 500, "internal");
    assert!(!body.contains("claim_entries"), "{body}");
}
