//! Events of a shopper whose server is away: kept in his browser, sent when he opens the help again, stored once.

use guichet_domain::event::{Event, What};
use guichet_tests::help::one;
use guichet_tests::shop::Fault;
use guichet_tests::{Page, Server, Shop};
use std::collections::BTreeSet;

const KEPT: &str = "localStorage.getItem('guichet:cap-sentier:unsent')";

#[tokio::test(flavor = "multi_thread")]
async fn events_that_cannot_be_sent_are_kept_and_sent_later_once() {
    let mut server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    page.type_query("mot de passe oublié").await;
    page.open_first_answer().await;
    server
        .until_stored("result_opened", |what| {
            matches!(what, What::ResultOpened { .. })
        })
        .await;

    server.stop().await;
    page.confirm().await;
    page.say_call_avoided().await;
    page.until(
        "the unsent events to be kept",
        &format!("{KEPT}?.includes('call_avoided')"),
    )
    .await;

    server.start_again().await;
    page.reload().await;
    page.until_launcher().await;
    page.settle().await;
    let before = counts(&server.events().await);
    assert_eq!(
        (before.opened, before.confirmed, before.avoided),
        (1, 0, 0),
        "nothing is sent before help is asked for"
    );

    page.open_help().await;
    let events = server
        .until_stored("call_avoided", |what| {
            matches!(what, What::CallAvoided { .. })
        })
        .await;
    check_once(&events, 2);
    page.until("nothing to be kept any more", &format!("{KEPT} === null"))
        .await;

    page.reload().await;
    page.open_help().await;
    page.type_query("carte cadeau").await;
    let cards =
        |what: &What| matches!(what, What::Searched { query, .. } if query == "carte cadeau");
    check_once(&server.until_stored("searched", cards).await, 3);
}

/// One confirmation and one avoided call, however often the help was opened.
fn check_once(events: &[Event], opened: usize) {
    let counts = counts(events);
    assert_eq!(
        (counts.opened, counts.confirmed, counts.avoided),
        (opened, 1, 1),
        "{events:#?}"
    );
    let ids: BTreeSet<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), events.len(), "every id is stored once");
}

struct Counts {
    opened: usize,
    confirmed: usize,
    avoided: usize,
}

fn counts(events: &[Event]) -> Counts {
    let count = |is_it: fn(&What) -> bool| events.iter().filter(|event| is_it(&event.what)).count();
    Counts {
        opened: count(|what| matches!(what, What::Opened)),
        confirmed: count(|what| matches!(what, What::Confirmed { .. })),
        avoided: count(|what| {
            matches!(
                what,
                What::CallAvoided {
                    would_have_called: true,
                    ..
                }
            )
        }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_of_what_is_typed_leaves_the_browser_than_the_owner_chose() {
    for (site, query, reason) in [
        (r#""site":{"text":"none","#, r#""query":"""#, None),
        (
            r#""site":{"text":"words_only","#,
            r#""query":"colis est mon où""#,
            Some(r#""reason":"bleu mon vélo""#),
        ),
    ] {
        let fault = Fault {
            manifest: Some((r#""site":{"#, site)),
            ..Fault::default()
        };
        // Nobody listens there: what would have left stays where it can be read.
        let html = "<!doctype html><html lang=fr><meta charset=utf-8><title>Boutique</title><link rel=icon href='data:,'>\
            <script async src='/dist/guichet.js' data-site=cap-sentier data-server='http://127.0.0.1:1/'></script>";
        let shop = Shop::serve_badly(html, fault).await;
        let page = Page::new().await;
        page.open(&shop.url("/")).await;
        page.open_help().await;
        page.type_query("Où est mon colis").await;
        page.open_first_answer().await;
        page.click("no", &one(".feedback .choice:last-child")).await;
        page.set_value("#missing", "Mon vélo bleu").await;
        page.click("send", &one(".feedback .choice")).await;
        page.until_text(".feedback", "C’est noté").await;
        page.back().await;
        page.open_first_answer().await;
        page.until(
            "all of it to be kept",
            &format!("{KEPT}?.split('result_opened').length === 3"),
        )
        .await;
        let kept: String = page.evaluate(KEPT).await;
        assert!(kept.contains(query), "{kept}");
        assert!(!kept.contains("Où est"), "{kept}");
        match reason {
            Some(reason) => assert!(kept.contains(reason), "{kept}"),
            None => assert!(!kept.contains("vélo"), "{kept}"),
        }
    }
}
