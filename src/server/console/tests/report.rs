//! Report and digest in the console.

use super::{server, signed_in};
use crate::store::digests::Digest;
use crate::testing::desk::{MONDAY_EVENING, SATURDAY, claim, open};
use crate::testing::{Answer, TestServer, confirmed};
use guichet_domain::lang::Lang;

const WEEK: &str = "from=2012-06-04&to=2012-06-10";

/// The console on Monday 11 June 2012, with a visit and a claim of the Saturday before, and a cookie.
async fn on_monday() -> (TestServer, String) {
    let server = server().await;
    let store = server.store();
    let visit = [confirmed(1, 1, SATURDAY.0)];
    store.append("cap-sentier", &visit, SATURDAY).await.unwrap();
    open(store, &claim(7), "Où est mon colis ?").await;
    server.set_clock(MONDAY_EVENING.0);
    let (cookie, _) = signed_in(&server).await;
    (server, cookie)
}

async fn get(server: &TestServer, cookie: &str, path: &str) -> Answer {
    server.request("GET", path, cookie, "").await
}

/// Nothing in the page is what its policy refuses.
fn check_policy(page: &Answer) {
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    for forbidden in ["<style", " style=", "<script", "http://", "https://"] {
        assert!(!page.body.contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn the_report_of_last_week_is_a_page_of_the_console() {
    let (server, cookie) = on_monday().await;
    let page = get(&server, &cookie, "/console/report").await;
    assert_eq!(page.status, 200, "{}", page.body);
    check_policy(&page);
    assert!(
        page.body
            .contains("du 4\u{a0}juin 2012 au 10\u{a0}juin 2012")
    );
    assert!(page.body.contains("Les demandes, et comment"), "claims too");
    let href = page
        .body
        .split("<link rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap();
    let style = get(&server, "", href.split('"').next().unwrap()).await;
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert!(style.body.contains(".tiles"));

    let same = get(&server, &cookie, &format!("/console/report?{WEEK}")).await;
    assert_eq!(same.body, page.body);
    let other = get(
        &server,
        &cookie,
        "/console/report?from=2012-06-10&to=2012-06-10",
    )
    .await;
    assert!(other.body.contains("aucune visite n’a été enregistrée"));
    assert_eq!(get(&server, "", "/console/report").await.status, 303);
}

#[tokio::test]
async fn a_report_is_counted_anew_after_ten_minutes() {
    let (server, cookie) = on_monday().await;
    let path = format!("/console/report?{WEEK}&format=csv");
    let visits = async || {
        let table = get(&server, &cookie, &path).await;
        assert_eq!(
            table.header("content-type"),
            Some("text/csv; charset=utf-8")
        );
        let line = table.body.lines().nth(1).unwrap().to_owned();
        line.split(',').nth(4).unwrap().to_owned()
    };
    assert_eq!(visits().await, "1");
    let more = [confirmed(2, 2, SATURDAY.0)];
    server
        .store()
        .append("cap-sentier", &more, SATURDAY)
        .await
        .unwrap();
    assert_eq!(visits().await, "1");
    server.set_clock(MONDAY_EVENING.0 + 10 * 60_000);
    assert_eq!(visits().await, "2");
}

#[tokio::test]
async fn a_period_that_is_none_is_asked_for_again() {
    let (server, cookie) = on_monday().await;
    for days in [
        "from=2012-06-10&to=2012-06-04",
        "from=1990-01-01&to=2012-06-10",
        "from=x",
    ] {
        let page = get(&server, &cookie, &format!("/console/report?{days}")).await;
        assert!(
            page.body
                .contains("Choisissez un premier et un dernier jour"),
            "{days}"
        );
    }
}

#[tokio::test]
async fn a_digest_is_shown_as_it_was_kept_else_as_it_can_be_written() {
    let (server, cookie) = on_monday().await;
    let live = get(&server, &cookie, "/console/digest").await;
    assert_eq!(live.status, 200, "{}", live.body);
    check_policy(&live);
    assert!(live.body.contains("Voix du client – Cap Sentier"));
    let kept = Digest {
        week: "2012-06-04".parse().unwrap(),
        lang: Lang::Fr,
        title: "Voix du client".into(),
        body: "<h1>Comme envoyée</h1>".into(),
    };
    let store = server.store();
    store
        .keep_digest("cap-sentier", &kept, &[], SATURDAY)
        .await
        .unwrap();
    for path in ["/console/digest", "/console/digest?week=2012-06-09"] {
        let page = get(&server, &cookie, path).await;
        assert!(page.body.contains("<h1>Comme envoyée</h1>"), "{path}");
    }
    let future = get(&server, &cookie, "/console/digest?week=2012-06-11").await;
    assert_eq!(future.status, 404);
    assert_eq!(get(&server, "", "/console/digest").await.status, 303);
}
