//! Monday mornings of a shop, with a real mail server at the other end.

use super::*;
use crate::mail::{self, MailConfig, Sender};
use crate::shops::Shops;
use crate::testing::desk::{MONDAY_EVENING, SATURDAY, claim, desk, open};
use crate::testing::smtp::{Mood, Sink};
use crate::testing::{TestServer, confirmed};
use guichet_domain::lang::Lang;
use mail_parser::MessageParser;
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Monday 11 June 2012, 7:00 in Paris.
const MONDAY: i64 = MONDAY_EVENING.0 - 630 * MINUTE_MS;

/// The server's own rounds know no readers: rounds are made here, when the test says so.
fn app(server: &TestServer) -> App {
    let mut shop = desk();
    shop.site.digest = Some(site::Digest {
        to: vec!["lea@shop.example".into(), "max@shop.example".into()],
        lang: Lang::Fr,
    });
    App {
        shops: Arc::new(Shops::new(vec![shop])),
        ..server.app()
    }
}

/// A server whose shop had one visit and one claim on Saturday.
async fn server() -> TestServer {
    let server = TestServer::start().await;
    let store = server.store();
    let visit = [confirmed(1, 1, SATURDAY.0)];
    store.append("cap-sentier", &visit, SATURDAY).await.unwrap();
    open(store, &claim(7), "Où est mon colis ?").await;
    server
}

/// What the mail server takes at this moment: recipient and subject.
async fn delivered(app: &App, sink: &Sink) -> Vec<(String, String)> {
    let config = MailConfig::new(&sink.url(), None, None, "Guichet <g@shop.example>").unwrap();
    let sender = Sender::new(config);
    mail::round(&app.store, &sender, app.clock.now())
        .await
        .unwrap();
    let mails = sink.taken().into_iter().map(|taken| {
        let read = MessageParser::default().parse(&taken.raw).unwrap();
        let subject = read.subject().unwrap().replace('\u{a0}', " ");
        (taken.to, subject)
    });
    mails.collect()
}

#[tokio::test]
async fn the_week_before_is_told_once_on_monday_at_seven() {
    let server = server().await;
    let sink = Sink::start(&[Mood::Takes]).await;
    let week = "2012-06-04".parse().unwrap();

    server.set_clock(MONDAY - MINUTE_MS);
    round(&app(&server)).await.unwrap();
    let kept = app(&server)
        .store
        .digest("cap-sentier", week)
        .await
        .unwrap();
    assert_eq!(kept, None);

    server.set_clock(MONDAY);
    for _ in 0..3 {
        round(&app(&server)).await.unwrap();
    }
    let kept = app(&server)
        .store
        .digest("cap-sentier", week)
        .await
        .unwrap();
    let kept = kept.unwrap();
    assert_eq!(kept.title, "Voix du client – Cap Sentier");
    assert!(kept.body.contains("du 4\u{a0}juin 2012"), "{}", kept.body);

    // Another server on the same file knows that it was told.
    let server = server.restart().await;
    server.set_clock(MONDAY + DAY_MS);
    round(&app(&server)).await.unwrap();
    let of_week: Vec<_> = delivered(&app(&server), &sink)
        .await
        .into_iter()
        .filter(|(_, subject)| subject.contains("4 juin"))
        .collect();
    let subject = "Voix du client – Cap Sentier, du 4 juin 2012 au 10 juin 2012";
    let expected = ["lea@shop.example", "max@shop.example"].map(|to| (to.into(), subject.into()));
    assert_eq!(of_week, expected);
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_was_off_on_monday_tells_it_when_it_is_back() {
    let server = server().await;
    let sink = Sink::start(&[]).await;
    server.set_clock(MONDAY + 3 * DAY_MS);
    round(&app(&server)).await.unwrap();
    let mails = delivered(&app(&server), &sink).await;
    assert_eq!(mails.len(), 2);
    let raw = &sink.taken()[0].raw;
    let read = MessageParser::default().parse(raw).unwrap();
    let text = read.body_text(0).unwrap().replace("\r\n", "\n");
    insta::assert_snapshot!(text);
    server.stop().await;
}

#[tokio::test]
async fn every_week_has_its_digest() {
    let server = server().await;
    for week in 0..3 {
        server.set_clock(MONDAY + week * 7 * DAY_MS);
        round(&app(&server)).await.unwrap();
    }
    let weeks = server.store().digest_weeks("cap-sentier").await.unwrap();
    let weeks: Vec<String> = weeks.iter().map(ToString::to_string).collect();
    assert_eq!(weeks, ["2012-06-18", "2012-06-11", "2012-06-04"]);
    server.stop().await;
}
