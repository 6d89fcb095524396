//! One contract, two paragraphs: who bought a map to download reads the paragraph for downloads
//! and why the other does not hold; who received hardware reads the last day to give it back.

use guichet_tests::help::one;
use guichet_tests::{Page, Server};

/// 20 May 2026, noon in Paris.
const NOON: u64 = 1_779_271_200_000;

async fn ask(page: &Page, question: &str, expected: &str) {
    page.open_help().await;
    page.type_query(question).await;
    let results = page.results().await;
    let titles: Vec<&str> = results.iter().map(|shown| shown.title.as_str()).collect();
    let place = titles
        .iter()
        .position(|title| *title == expected)
        .unwrap_or_else(|| panic!("`{expected}` is not among {titles:?}"));
    page.click(expected, &one(&format!("#hit-{place}"))).await;
    page.until_heading(expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_is_answered_by_its_own_paragraph_and_says_why_the_other_does_not_hold() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/retours.html")).await;
    ask(
        &page,
        "j'ai acheté une carte numérique, je veux être remboursé",
        "Puis-je me faire rembourser une carte numérique\u{a0}?",
    )
    .await;
    let quoted = page.text(".clause").await;
    assert!(
        quoted.contains("7.2.b") && quoted.contains("dès que le téléchargement commence"),
        "{quoted}"
    );
    let body = page.text(".body").await;
    assert!(body.contains("sa règle est différente"), "{body}");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_day_to_withdraw_is_counted_from_the_day_of_receipt() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.stop_clock_at(NOON).await;
    page.open(&server.url("/demo/retours.html")).await;
    ask(
        &page,
        "délai de rétractation 14 jours",
        "Comment utiliser mon droit de rétractation de 14\u{a0}jours\u{a0}?",
    )
    .await;
    page.set_value(".deadline input", "2026-05-16").await;
    // Day 14 is Saturday 30 May, so the last day is Monday 1 June.
    let last = page.text(".deadline [role=status] .strong").await;
    assert_eq!(last, "Vous avez jusqu’au lundi 1er\u{a0}juin 2026 à minuit");
    let law = page.text(".deadline [role=status]").await;
    assert!(law.contains("L221-18"), "{law}");
    let days = page.texts(".calendar .in, .calendar .last").await;
    assert!(days.len() >= 14, "{days:?}");
    let last_square = page.text(".calendar .last").await;
    assert!(last_square.contains("délai prolongé"), "{last_square}");
    page.record().assert_clean();
}
