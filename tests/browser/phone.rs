//! The sheet of a telephone: above the on-screen keyboard, over a page that does not scroll, closed by the button that
//! goes back. Besides, nothing is lost at 320 px and at twice the size.

use guichet_tests::help::{ROOT, one};
use guichet_tests::{Page, Screen, Server};

async fn open(before: &str, screen: Screen) -> (Server, Page) {
    let server = Server::start().await;
    let page = Page::new().await;
    page.run_first(before).await;
    page.look_at(screen).await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    (server, page)
}

async fn until_closed(page: &Page) {
    let closed = format!("!{}", one(".panel:not([hidden])"));
    page.until("the panel to be gone", &closed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_keeps_above_the_keyboard_and_the_field_does_not_zoom() {
    let keyboard = "Object.defineProperty(window, 'visualViewport', {
        value: Object.assign(new EventTarget(), { scale: 1, height: innerHeight, offsetTop: 0 }) })";
    let (_server, page) = open(keyboard, Screen::phone(false)).await;
    page.evaluate::<bool>(
        "visualViewport.height = 430, visualViewport.offsetTop = 12, visualViewport.dispatchEvent(new Event('resize'))",
    )
    .await;
    let (top, bottom): (f64, f64) = page
        .evaluate(&format!(
            "(box => [box.top, box.bottom])({}.getBoundingClientRect())",
            one(".panel")
        ))
        .await;
    assert_eq!((top, bottom), (12.0, 442.0));
    let sizes: Vec<String> = page
        .evaluate(&format!(
            "Array.from({ROOT}.querySelectorAll('input'), field => getComputedStyle(field).fontSize)"
        ))
        .await;
    assert!(!sizes.is_empty());
    for size in sizes {
        let pixels: f64 = size.trim_end_matches("px").parse().unwrap();
        assert!(pixels >= 16.0, "iOS zooms into a field of {size}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_behind_does_not_scroll_until_the_sheet_is_closed() {
    let (_server, page) = open("", Screen::phone(false)).await;
    let overflow = "getComputedStyle(document.documentElement).overflow";
    assert_eq!(page.evaluate::<String>(overflow).await, "hidden");
    page.close_help().await;
    page.until("a page that scrolls", &format!("{overflow} === 'visible'"))
        .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_closes_the_sheet_and_not_the_shop() {
    // What browsers without `CloseWatcher` have.
    let (_server, page) = open("delete window.CloseWatcher", Screen::phone(false)).await;
    page.evaluate::<()>("void history.back()").await;
    until_closed(&page).await;
    assert_eq!(
        page.evaluate::<String>("location.pathname").await,
        "/demo/produit.html"
    );
    // Closed by its button, it leaves nothing behind in the history.
    page.open_help().await;
    page.close_help().await;
    page.until("the history as before", "!history.state?.guichet")
        .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_at_320_pixels_and_at_twice_the_size() {
    let narrow = Screen {
        width: 320,
        height: 568,
        dark: false,
    };
    let zoomed = Screen {
        width: 640,
        height: 450,
        dark: false,
    };
    for screen in [narrow, zoomed] {
        let (_server, page) = open("", screen).await;
        check_fits(&page, "home", screen).await;
        page.type_query("jai pas recu mon coli").await;
        check_fits(&page, "results", screen).await;
        page.open_first_answer().await;
        page.text(".feedback .choice").await;
        check_fits(&page, "answer", screen).await;
        page.contact().await;
        check_fits(&page, "contact", screen).await;
    }
}

/// Nothing of the panel is wider than the screen, nothing has to be scrolled sideways, and its lists have room.
async fn check_fits(page: &Page, name: &str, screen: Screen) {
    let outside: Vec<String> = page
        .evaluate(&format!(
            "Array.from({ROOT}.querySelectorAll('.panel *')).filter(one => {{
                const box = one.getBoundingClientRect();
                return one.checkVisibility() && !one.closest('.unseen') && box.width > 0
                    && (box.left < -0.5 || box.right > innerWidth + 0.5 || one.matches('.scroll') && one.scrollWidth > one.clientWidth + 1);
            }}).map(one => one.localName + '.' + one.className)"
        ))
        .await;
    assert_eq!(outside, Vec::<String>::new(), "`{name}` on {screen:?}");
    let room: f64 = page
        .evaluate(&format!("{}.clientHeight", one(".scroll")))
        .await;
    assert!(
        room >= 100.0,
        "`{name}` on {screen:?} has {room} px to scroll in"
    );
}
