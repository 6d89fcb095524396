//! The doors of the console, over HTTP.

mod report;
mod work;

use crate::accounts::password::Password;
use crate::accounts::{Role, User};
use crate::testing::{Answer, TestServer};
use guichet_domain::zone::Timestamp;

const PASSWORD: &str = "quatre mots en file";

async fn server() -> TestServer {
    let server = TestServer::start().await;
    let user = User {
        name: "zoe".parse().unwrap(),
        role: Role::Agent,
        created: Timestamp(0),
    };
    let hash = Password::chosen(PASSWORD).unwrap().hash([1; 16]).unwrap();
    assert!(server.store().add_user(&user, &hash, "test").await.unwrap());
    server
}

async fn post(server: &TestServer, path: &str, headers: &str, body: &str) -> Answer {
    let headers = format!("Content-Type: application/x-www-form-urlencoded\r\n{headers}");
    server.request("POST", path, &headers, body).await
}

async fn sign_in(server: &TestServer, name: &str, password: &str) -> Answer {
    let password = password.replace(' ', "+");
    post(
        server,
        "/console/sign-in",
        "",
        &format!("name={name}&password={password}&to=/console"),
    )
    .await
}

/// The `Cookie` header of somebody who is signed in, and the token of his forms.
async fn signed_in(server: &TestServer) -> (String, String) {
    let answer = sign_in(server, "zoe", PASSWORD).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let cookie = answer
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let cookie = format!("Cookie: {cookie}\r\n");
    let page = server.request("GET", "/console/mails", &cookie, "").await;
    let csrf = page
        .body
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    (cookie, csrf.to_owned())
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_and_back() {
    let server = server().await;
    let answer = server.get("/console/claims/7H2K?x=1").await;
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        Some("/console/sign-in?to=%2Fconsole%2Fclaims%2F7H2K%3Fx%3D1")
    );
    let door = server.get("/console/sign-in?to=%22%3E%3Cscript%3E").await;
    assert_eq!(door.status, 200);
    assert!(
        door.body.contains("&quot;&gt;&lt;script&gt;"),
        "{}",
        door.body
    );
}

#[tokio::test]
async fn the_right_password_opens_and_signing_out_closes() {
    let server = server().await;
    let (cookie, csrf) = signed_in(&server).await;
    let page = server.request("GET", "/console/mails", &cookie, "").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let out = post(
        &server,
        "/console/sign-out",
        &cookie,
        &format!("csrf={csrf}"),
    )
    .await;
    assert_eq!(out.status, 303);
    assert_eq!(
        server
            .request("GET", "/console/mails", &cookie, "")
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let server = server().await;
    let wrong = sign_in(&server, "zoe", "quatre mots en fil").await;
    let unknown = sign_in(&server, "nobody", "quatre mots en fil").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(
        wrong.body.replace("zoe", ""),
        unknown.body.replace("nobody", "")
    );
    assert!(wrong.header("set-cookie").is_none());
}

#[tokio::test]
async fn guessing_is_slowed_and_the_right_password_does_not_pass_the_brake() {
    let server = server().await;
    for _ in 0..4 {
        assert_eq!(
            sign_in(&server, "zoe", "wrong guess no 1").await.status,
            422
        );
    }
    assert_eq!(sign_in(&server, "zoe", PASSWORD).await.status, 429);
    server.set_clock(2_000);
    assert_eq!(sign_in(&server, "zoe", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_with_or_without_the_cookie() {
    let server = server().await;
    let (cookie, csrf) = signed_in(&server).await;
    let form = format!("csrf={csrf}");
    for headers in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
    ] {
        let answer = post(
            &server,
            "/console/sign-out",
            &format!("{cookie}{headers}"),
            &form,
        )
        .await;
        assert_eq!(answer.status, 403, "{headers}");
        assert!(answer.body.contains("<code>cross_site</code>"));
        let answer = post(&server, "/console/sign-in", headers, "name=zoe&password=x").await;
        assert_eq!(answer.status, 403, "{headers}");
    }
    for token in ["", "csrf=", "csrf=0000", "other=1"] {
        let answer = post(&server, "/console/sign-out", &cookie, token).await;
        assert_eq!(answer.status, 403, "{token}");
    }
    let own = format!("{cookie}Origin: http://guichet.example\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(
        post(&server, "/console/sign-out", &own, &form).await.status,
        303
    );
}

#[tokio::test]
async fn a_form_that_is_none_or_has_no_end_is_refused() {
    let server = server().await;
    let (cookie, csrf) = signed_in(&server).await;
    let json = format!("{cookie}Content-Type: application/json\r\n");
    let answer = server
        .request(
            "POST",
            "/console/sign-out",
            &json,
            &format!("{{\"csrf\":\"{csrf}\"}}"),
        )
        .await;
    assert_eq!(answer.status, 400);
    let endless = format!("csrf={csrf}&text={}", "x".repeat(super::MAX_FORM_BYTES));
    assert_eq!(
        post(&server, "/console/sign-out", &cookie, &endless)
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn the_cookie_is_for_https_alone_where_the_proxy_says_so() {
    let server = TestServer::start_with(|config, _| config.behind_proxy = true).await;
    let hash = Password::chosen(PASSWORD).unwrap().hash([1; 16]).unwrap();
    let user = User {
        name: "zoe".parse().unwrap(),
        role: Role::Reader,
        created: Timestamp(0),
    };
    server.store().add_user(&user, &hash, "test").await.unwrap();
    let body = format!("name=zoe&password={}", PASSWORD.replace(' ', "+"));
    let secure = post(
        &server,
        "/console/sign-in",
        "X-Forwarded-Proto: https\r\n",
        &body,
    )
    .await;
    assert!(secure.header("set-cookie").unwrap().contains("; Secure"));
    let plain = post(&server, "/console/sign-in", "", &body).await;
    assert!(!plain.header("set-cookie").unwrap().contains("Secure"));
}

#[tokio::test]
async fn the_stylesheet_a_page_names_is_there() {
    let server = server().await;
    let door = server.get("/console/sign-in").await;
    let href = door
        .body
        .split("<link rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let style = server.get(href).await;
    assert_eq!(style.status, 200);
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

#[tokio::test]
async fn the_trail_is_for_owners_and_names_who_came_in() {
    let server = server().await;
    let (cookie, _) = signed_in(&server).await;
    let refused = server.request("GET", "/console/trail", &cookie, "").await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("<code>role</code>"));
    let name = "zoe".parse().unwrap();
    server
        .store()
        .set_role(&name, Role::Owner, "test", Timestamp(0))
        .await
        .unwrap();
    let trail = server.request("GET", "/console/trail", &cookie, "").await;
    assert_eq!(trail.status, 200);
    assert!(trail.body.contains("s’est connecté"), "{}", trail.body);
}

#[tokio::test]
async fn a_mail_that_was_given_up_is_seen_and_tried_again_by_an_agent() {
    let server = server().await;
    let mail = crate::mail::Mail {
        key: "receipt/1".into(),
        site: "cap-sentier".into(),
        claim: None,
        to: "<b>@example.org".into(),
        lang: guichet_domain::lang::Lang::Fr,
        subject: "s".into(),
        text: "t".into(),
    };
    let store = server.store();
    store.enqueue_mail(&mail, Timestamp(0)).await.unwrap();
    let queued = store.next_mail(Timestamp(0)).await.unwrap().unwrap();
    let failed = crate::mail::Outcome::Failed {
        problem: "550 <i>no</i>".into(),
    };
    store
        .settle_mail(queued.id, &failed, Timestamp(0))
        .await
        .unwrap();

    let (cookie, csrf) = signed_in(&server).await;
    let page = server.request("GET", "/console/mails", &cookie, "").await;
    assert!(
        page.body.contains("550 &lt;i&gt;no&lt;/i&gt;"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("Aucun serveur d’envoi"),
        "and why none goes out"
    );
    let path = format!("/console/mails/{}/again", queued.id);
    assert_eq!(
        post(&server, &path, &cookie, &format!("csrf={csrf}"))
            .await
            .status,
        303
    );
    assert!(store.next_mail(Timestamp(0)).await.unwrap().is_some());

    let name = "zoe".parse().unwrap();
    store
        .set_role(&name, Role::Reader, "test", Timestamp(0))
        .await
        .unwrap();
    assert_eq!(
        post(&server, &path, &cookie, &format!("csrf={csrf}"))
            .await
            .status,
        403
    );
}
