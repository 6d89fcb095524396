//! A clause by its address: a link of the page opens it, it says of which version it is, and an order of an earlier
//! day is told the version it falls under, which can be read whole.

use guichet_tests::help::one;
use guichet_tests::{Page, Server};

const LINK: &str = "/demo/commande.html#guichet=cgv/7.2.b";

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_the_clause_in_the_version_in_force() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url(LINK)).await;
    assert_eq!(page.text("article .number").await, "7.2.b");
    page.until_heading("7.2.bContenus numériques").await;
    let version = page.text("article p.aside a").await;
    assert_eq!(version, "Lire toutes les conditions");
    let since = page.text("article p.aside span").await;
    assert_eq!(
        since,
        "Version en vigueur depuis le 1er\u{a0}juillet 2026. "
    );
    assert!(page.texts("article .notice").await.is_empty());
    // The page told the day of the order.
    assert!(page.texts("article #ordered").await.is_empty());

    // The whole text, at this clause, in a page that needs no script of ours.
    let href: String = page
        .evaluate(&format!("{}.href", one("article p.aside a")))
        .await;
    let reader = Page::new().await;
    reader.open(&href).await;
    let heading: String = reader
        .evaluate("document.getElementById(location.hash.slice(1)).textContent")
        .await;
    assert!(heading.contains("Contenus numériques"), "{heading}");

    // Another link on the way changes what is shown.
    page.evaluate::<()>("void (location.hash = '#guichet=faq/droit-de-retractation')")
        .await;
    page.until_title("Comment utiliser mon droit de rétractation de 14\u{a0}jours\u{a0}?")
        .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_order_is_told_the_version_it_falls_under() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.run_first(
        "new MutationObserver(() => {
            const script = document.querySelector('script[data-site]');
            if (script) script.dataset.orderDate = '2026-03-02';
        }).observe(document, { childList: true, subtree: true })",
    )
    .await;
    page.open(&server.url(LINK)).await;
    let told = page.text("article .notice").await;
    assert_eq!(
        told,
        "Vous avez commandé le 2\u{a0}mars 2026\u{a0}: votre commande relève de la version du 15\u{a0}janvier 2025. Lire cette version"
    );
    let href: String = page
        .evaluate(&format!("{}.href", one("article .notice a")))
        .await;
    assert!(href.ends_with("/aide.html#cgv@2025-01-15"), "{href}");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clause_is_quoted_as_it_read_when_the_shopper_ordered() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html#guichet=cgv/8.1"))
        .await;
    page.until_text("article blockquote", "trente jours").await;
    page.until_text("article", "Jusqu’à quand").await;

    let ask = page.text("article label[for=ordered]").await;
    assert!(
        ask.starts_with("Commande passée avant le 1er\u{a0}juillet 2026"),
        "{ask}"
    );

    // He gives the day: the words of that time, and no last day counted by today's.
    page.set_value("#ordered", "2026-03-02").await;
    page.until_text("article blockquote", "vingt jours").await;
    page.until_text("article .strong", "Vingt jours pour changer d’avis")
        .await;
    page.until_text("article", "le délai est celui de la version citée ici")
        .await;
    assert!(
        page.texts("article .calendar, article .deadline h4")
            .await
            .is_empty()
    );
    page.until_text("article details", "trente jours").await;

    // The answer that rests on it follows, and says so once.
    page.evaluate::<()>("void (location.hash = '#guichet=faq/satisfait-ou-rembourse')")
        .await;
    page.until_text("article .card.clause", "vingt jours").await;
    let notices = page.texts("article .group > .notice").await;
    assert_eq!(notices.len(), 1, "{notices:?}");

    // What was not there, and what read the same.
    page.evaluate::<()>("void (location.hash = '#guichet=cgv/12.2')")
        .await;
    page.until_text("article", "Cette clause n’y figurait pas encore")
        .await;
    page.evaluate::<()>("void (location.hash = '#guichet=cgv/7.2.b')")
        .await;
    page.until_text("article", "Cette clause y était déjà rédigée ainsi")
        .await;
    page.record().assert_clean();
}
