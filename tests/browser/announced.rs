//! What a screen reader is told on the main ways: the accessibility tree of each screen, as Chromium computes it. A
//! change of a role, a name or a state is seen here, and approved or mended.

use guichet_tests::help::one;
use guichet_tests::{Page, Server};

/// 17 November 2026, 10:30 in Paris.
const TUESDAY_MS: u64 = 1_794_907_800_000;

async fn open(path: &str) -> (Server, Page) {
    let server = Server::start().await;
    let page = Page::new().await;
    page.stop_clock_at(TUESDAY_MS).await;
    page.open(&server.url(path)).await;
    page.open_help().await;
    page.text("[data-id^='faq/']").await;
    (server, page)
}

/// Without the address of the server, which is another each time; lists are told by their first lines.
fn start(tree: &str, lines: usize) -> String {
    let kept: Vec<&str> = tree.lines().take(lines).collect();
    kept.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn home_and_results_in_french() {
    let (_server, page) = open("/demo/produit.html").await;
    insta::assert_snapshot!("home", page.announced().await);
    page.type_query("mot de passe oublié").await;
    page.press("ArrowDown").await;
    page.until(
        "the first line chosen",
        &one("#hit-0[aria-selected='true']"),
    )
    .await;
    insta::assert_snapshot!("results", start(&page.announced().await, 14));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_nothing_answers_in_english() {
    let (_server, page) = open("/demo/en.html").await;
    page.type_query("xyzzy plugh").await;
    // The last line, that nothing was found, is said a moment later.
    insta::assert_snapshot!("declined", start(&page.announced().await, 17));
}
