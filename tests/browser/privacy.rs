//! What Guichet leaves alone: a shopper who does not ask for help downloads and stores nothing, and nobody but the
//! shop's own origin ever hears of him.

use guichet_tests::record::Kept;
use guichet_tests::{Page, Server};

#[tokio::test(flavor = "multi_thread")]
async fn before_a_shopper_asks_for_help_only_the_loader_is_fetched_and_nothing_is_stored() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.until_launcher().await;
    page.settle().await;

    let paths = page.record().paths(&server.url(""));
    let of_guichet: Vec<_> = paths.iter().filter(|path| is_of_guichet(path)).collect();
    assert_eq!(of_guichet, ["/dist/guichet.js"], "of {paths:?}");
    // The page's own account of what it loaded says the same.
    let script = "performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)";
    let loaded: Vec<String> = page.evaluate(script).await;
    assert_eq!(
        loaded
            .iter()
            .filter(|path| is_of_guichet(path))
            .collect::<Vec<_>>(),
        ["/dist/guichet.js"]
    );
    assert_eq!(page.kept().await, Kept::default());
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_shop_is_ever_asked_for_anything_and_no_cookie_is_set() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    page.type_query("comment renvoyer un article").await;
    page.open_first_answer().await;
    page.open_clause().await;
    page.contact().await;
    page.close_help().await;
    server
        .until_stored("result_opened", |what| what.document().is_some())
        .await;
    page.reload().await;
    page.open_help().await;
    page.settle().await;

    let paths = page.record().paths(&server.url(""));
    assert!(
        paths.iter().any(|path| path.contains(".wasm")),
        "the panel was loaded: {paths:?}"
    );
    // `data:` is part of the page's own files and goes nowhere.
    let elsewhere: Vec<_> = paths
        .iter()
        .filter(|path| !path.starts_with('/') && !path.starts_with("data:"))
        .collect();
    assert_eq!(
        elsewhere,
        Vec::<&String>::new(),
        "requests that left the shop's origin"
    );
    let kept = page.kept().await;
    assert_eq!(
        kept,
        Kept {
            local: kept.local.clone(),
            ..Kept::default()
        },
        "at most unsent events are kept"
    );
    assert!(
        kept.local
            .iter()
            .all(|key| key == "guichet:cap-sentier:unsent"),
        "{kept:?}"
    );
}

fn is_of_guichet(path: &str) -> bool {
    path.starts_with("/dist/") || path.starts_with("/v1/")
}
