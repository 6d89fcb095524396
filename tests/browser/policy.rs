//! Pages of careful shops: what their `Content-Security-Policy` allows is enough, and where it is not, a person can
//! still be reached.

use crate::story;
use guichet_tests::server::STRICT_CSP;
use guichet_tests::{Page, Server, demo, help};

#[tokio::test(flavor = "multi_thread")]
async fn the_story_is_the_same_under_a_strict_policy_with_an_empty_console() {
    let server = Server::start_with_csp(STRICT_CSP).await;
    let page = Page::new().await;
    story::tell(&server, &page).await;
    page.contact().await;
    page.settle().await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_is_the_same_where_text_may_never_become_markup() {
    let server =
        Server::start_with_csp(&format!("{STRICT_CSP}; require-trusted-types-for 'script'")).await;
    let page = Page::new().await;
    story::tell(&server, &page).await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_policy_forbids_the_panel_the_channels_stand_in_for_it() {
    let server =
        Server::start_with_csp("default-src 'self'; script-src 'self'; style-src 'self'").await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.until_launcher().await;
    page.click("the button that opens the help", &help::one(".launcher"))
        .await;
    let phone = &demo::manifest().site.channels[0];
    let number = format!(
        "{}?.textContent.includes({:?})",
        help::one(".plain"),
        phone.contact
    );
    page.until("the telephone number", &number).await;

    page.press("Escape").await;
    page.until(
        "the focus on the button",
        &format!("{}.activeElement?.matches('.launcher')", help::ROOT),
    )
    .await;
    page.settle().await;
    // Also the proof that the record of the tests above would have shown a violation.
    assert!(!page.record().violations().is_empty() || !page.record().console().is_empty());
    let warnings = page
        .record()
        .console()
        .into_iter()
        .filter(|line| line.contains("guichet"));
    assert_eq!(
        warnings.count(),
        1,
        "whoever runs the page is told once: {:?}",
        page.record().console()
    );
}
