//! What axe-core finds in every screen of the panel: nothing, in either language, light or dark.

use guichet_tests::help::one;
use guichet_tests::{Page, Screen, Server};

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_in_french_is_accessible() {
    check("/demo/produit.html", "jai pas recu mon coli").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_in_english_is_accessible() {
    check("/demo/en.html", "where is my parcel").await;
}

/// 17 November 2026, 10:30 in Paris, while the demonstration shop's notice is shown.
const NOTICE_MS: u64 = 1_794_907_800_000;

async fn check(path: &str, question: &str) {
    let server = Server::start().await;
    let page = Page::new().await;
    let mut problems = Vec::new();
    page.stop_clock_at(NOTICE_MS).await;
    page.open(&server.url(path)).await;
    page.until_launcher().await;
    look(&page, "launcher", &mut problems).await;
    page.open_help().await;
    page.until(
        "top questions",
        &guichet_tests::help::one("[data-id^='faq/']"),
    )
    .await;
    look(&page, "home", &mut problems).await;
    page.type_query(question).await;
    look(&page, "results", &mut problems).await;
    page.press("ArrowDown").await;
    look(&page, "results, one chosen", &mut problems).await;
    page.open_first_answer().await;
    page.text(".feedback .choice").await;
    look(&page, "answer", &mut problems).await;
    page.click("no", &one(".feedback .choice + .choice")).await;
    page.text("#missing").await;
    look(&page, "what is missing", &mut problems).await;
    page.open_clause().await;
    look(&page, "clause", &mut problems).await;
    page.confirm().await;
    look(&page, "would have called", &mut problems).await;
    page.say_call_avoided().await;
    look(&page, "thanks", &mut problems).await;
    page.contact().await;
    look(&page, "contact", &mut problems).await;
    for _ in 0..3 {
        page.back().await;
    }
    page.type_query("xyzzy plugh").await;
    look(&page, "nothing found", &mut problems).await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// In light and in dark.
async fn look(page: &Page, screen: &str, problems: &mut Vec<String>) {
    for dark in [false, true] {
        page.look_at(Screen::desk(dark)).await;
        let scheme = if dark { "dark" } else { "light" };
        let found = page.accessibility_problems().await;
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{screen}, {scheme}: {problem}")),
        );
    }
}
