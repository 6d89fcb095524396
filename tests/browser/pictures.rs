//! Pictures of every screen for a designer's eye, on a telephone and a computer, light and dark, on a Tuesday
//! morning when the shop is open. Besides, what no eye should have to check: nothing sticks out of the screen.

use guichet_tests::help::ROOT;
use guichet_tests::{Page, Screen, Server};

/// 17 March 2026, 10:30 in Paris.
const TUESDAY_MORNING_MS: u64 = 1_773_739_800_000;

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_fits_a_telephone_and_a_computer_and_is_pictured() {
    let server = Server::start().await;
    for screen in Screen::ALL {
        picture_all(&server, screen).await;
    }
}

async fn picture_all(server: &Server, screen: Screen) {
    let page = Page::new().await;
    page.stop_clock_at(TUESDAY_MORNING_MS).await;
    page.look_at(screen).await;
    page.open(&server.url("/demo/produit.html")).await;
    page.until_launcher().await;
    picture(&page, "launcher", screen).await;
    page.open_help().await;
    page.until(
        "top questions",
        &guichet_tests::help::one("[data-id^='faq/']"),
    )
    .await;
    picture(&page, "panel", screen).await;
    page.type_query("jai pas recu mon coli").await;
    picture(&page, "results", screen).await;
    page.open_first_answer().await;
    page.text(".feedback .choice").await;
    picture(&page, "answer", screen).await;
    page.contact().await;
    picture(&page, "contact", screen).await;
}

async fn picture(page: &Page, name: &str, screen: Screen) {
    let path = page.screenshot(name, screen).await;
    let bytes = std::fs::read(&path).unwrap();
    // A PNG says its size in pixels at a fixed place.
    let size = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    let scale = if screen.width < 600 { 2 } else { 1 };
    assert_eq!(
        (size(16), size(20)),
        (screen.width * scale, screen.height * scale),
        "{}",
        path.display()
    );

    let script = format!(
        "[...{ROOT}.querySelectorAll('.launcher, .panel:not([hidden]), .panel:not([hidden]) *')]
            .filter(one => one.checkVisibility() && !one.closest('.unseen'))
            .map(one => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5))
            .map(([one, box]) => `${{one.localName}}.${{one.className}} from ${{box.left}} to ${{box.right}}`)"
    );
    let outside: Vec<String> = page.evaluate(&script).await;
    assert_eq!(
        outside,
        Vec::<String>::new(),
        "sticks out of the screen in `{name}` on {screen:?}"
    );
}
