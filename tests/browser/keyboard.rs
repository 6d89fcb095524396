//! A shopper without a mouse: everything is reached with the keys, and the focus is always where it is expected.

use guichet_tests::help::{ROOT, one};
use guichet_tests::{Page, Server};

/// More stops than any page of the shop has.
const MANY: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn the_way_from_the_page_to_an_answer_and_back_needs_no_mouse() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.until_launcher().await;
    tab_to_the_launcher(&page).await;

    page.press("Enter").await;
    page.until_open().await;
    page.type_text("mot de passe oublié").await;
    page.until_results("mot de passe oublié").await;
    assert!(
        page.results().await.iter().all(|shown| !shown.chosen),
        "nothing is chosen for the shopper"
    );

    page.press("ArrowDown").await;
    let results = page.results().await;
    let chosen: Vec<_> = results.iter().map(|shown| shown.chosen).collect();
    assert!(
        chosen[0] && chosen[1..].iter().all(|chosen| !chosen),
        "{chosen:?}"
    );
    let named: String = page
        .evaluate(&format!(
            "{}.getAttribute('aria-activedescendant')",
            one("#question")
        ))
        .await;
    assert_eq!(
        named, "hit-0",
        "a screen reader is told which line is chosen"
    );

    page.press("Enter").await;
    page.until_heading(&results[0].title).await;

    page.press("Escape").await;
    page.until(
        "the panel to be gone",
        &format!("!{}", one(".panel:not([hidden])")),
    )
    .await;
    page.until(
        "the focus back on the button",
        &format!("{ROOT}.activeElement?.matches('.launcher')"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_first_empties_the_field_and_then_closes_the_panel() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    page.type_query("facture").await;
    page.press("Escape").await;
    page.until(
        "an empty field",
        &format!("{}.value === ''", one("#question")),
    )
    .await;
    assert!(
        page.is_open().await,
        "the first Escape only takes back what was typed"
    );
    page.press("Escape").await;
    page.until(
        "the panel to be gone",
        &format!("!{}", one(".panel:not([hidden])")),
    )
    .await;
}

async fn tab_to_the_launcher(page: &Page) {
    for _ in 0..MANY {
        page.press("Tab").await;
        if page
            .evaluate::<bool>("document.activeElement?.localName === 'guichet-widget'")
            .await
        {
            let launcher = format!("{ROOT}.activeElement?.matches('.launcher') ?? false");
            assert!(
                page.evaluate::<bool>(&launcher).await,
                "the first stop in Guichet is its button"
            );
            return;
        }
    }
    panic!("the button that opens the help is not among the first {MANY} stops of the Tab key");
}
