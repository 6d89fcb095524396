//! When the panel or what it searches does not come: wasm that is switched off, files that are missing, never end, or
//! are of a newer format. The shopper still has the questions, the page of all answers and every way to a person;
//! whoever runs the page is told once.

use guichet_domain::lang::Lang;
use guichet_tests::help::{ROOT, one};
use guichet_tests::shop::Fault;
use guichet_tests::{Page, Shop, demo};

const HTML: &str = "<!doctype html><html lang=fr><meta charset=utf-8><title>Boutique</title><link rel=icon href='data:,'>\
    <h1>Boutique</h1><script async src='/dist/guichet.js' data-site=cap-sentier></script>";

async fn press_launcher(page: &Page) {
    page.until_launcher().await;
    page.click("the button that opens the help", &one(".launcher"))
        .await;
}

/// What stands in for the panel has the first question, every channel, and the page of all answers.
async fn check_stand_in(page: &Page) {
    let manifest = demo::manifest();
    page.until("what stands in", &one(".plain")).await;
    for channel in &manifest.site.channels {
        let name = channel.name.get(Lang::Fr);
        page.until(
            name,
            &format!("{}.textContent.includes({name:?})", one(".plain")),
        )
        .await;
    }
    let top = &manifest.locale(Lang::Fr).unwrap().top[0];
    let links: Vec<(String, String)> = page
        .evaluate(&format!(
            "[...{ROOT}.querySelectorAll('.plain a')].map(link => [link.textContent, link.href])"
        ))
        .await;
    let to = |words: &str| {
        let link = links.iter().find(|(text, _)| text == words);
        link.unwrap_or_else(|| panic!("no link `{words}` among {links:?}"))
            .1
            .clone()
    };
    assert!(to("Toutes les questions et les conditions").ends_with("/dist/cap-sentier/aide.html"));
    let question = to(&top.question);
    assert!(
        question.ends_with(&format!("aide.html#{}", top.id)),
        "{question}"
    );
    let reader = Page::new().await;
    reader.open(&question).await;
    let heading: String = reader
        .evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent")
        .await;
    assert!(heading.contains(&top.question), "{heading}");
}

async fn check_told_once(page: &Page, reason: &str) {
    page.settle().await;
    let console = page.record().console();
    let ours: Vec<_> = console
        .iter()
        .filter(|line| line.contains("guichet") && !line.contains("Failed to load resource"))
        .collect();
    assert_eq!(ours.len(), 1, "{console:?}");
    assert!(ours[0].contains(reason), "{ours:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_webassembly_the_questions_and_every_channel_are_there() {
    let shop = Shop::serve(HTML).await;
    let page = Page::new().await;
    page.run_first("delete window.WebAssembly").await;
    page.open(&shop.url("/")).await;
    press_launcher(&page).await;
    check_stand_in(&page).await;
    // Closed and opened again: still there, and the console has had its line.
    page.press("Escape").await;
    page.until("the stand-in to be gone", &format!("!{}", one(".plain")))
        .await;
    press_launcher(&page).await;
    page.until("what stands in", &one(".plain")).await;
    check_told_once(&page, "WebAssembly").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_of_a_newer_format_is_told_to_whoever_runs_the_page() {
    let fault = Fault {
        manifest: Some(("{\"format\":", "{\"format\":999,\"was\":")),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(HTML, fault).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    press_launcher(&page).await;
    check_stand_in(&page).await;
    check_told_once(&page, "999").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panel_that_never_ends_to_arrive_does_not_keep_the_shopper_waiting() {
    let fault = Fault {
        stalled: Some("/dist/widget."),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(HTML, fault).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    press_launcher(&page).await;
    check_stand_in(&page).await;
    check_told_once(&page, "too long").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_anything_but_the_loader_the_page_of_answers_is_named() {
    let fault = Fault {
        missing: Some("/dist/panel."),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(HTML, fault).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    press_launcher(&page).await;
    let href: String = {
        page.until("the link", &one(".plain a")).await;
        page.evaluate(&format!("{}.href", one(".plain a"))).await
    };
    assert_eq!(href, shop.url("/dist/cap-sentier/aide.html"));
    check_told_once(&page, "could not start").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_the_host_is_well_the_next_click_opens_the_panel() {
    for part in ["/dist/panel.", "/dist/widget."] {
        let fault = Fault {
            missing: Some(part),
            ..Fault::default()
        };
        let shop = Shop::serve_badly(HTML, fault).await;
        let page = Page::new().await;
        page.open(&shop.url("/")).await;
        press_launcher(&page).await;
        page.until("what stands in", &one(".plain")).await;
        shop.mend();
        page.press("Escape").await;
        page.open_help().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_did_not_come_can_be_asked_for_again() {
    let fault = Fault {
        missing: Some("/dist/engine."),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(HTML, fault).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.open_help().await;
    page.type_text("mot de passe oublié").await;
    let notice = page.text(".notice p").await;
    assert!(
        notice.starts_with("La recherche n’est pas disponible"),
        "{notice}"
    );
    assert!(
        !page.texts("[data-id^='faq/']").await.is_empty(),
        "top questions stay"
    );
    shop.mend();
    page.click("try again", &one(".notice .quiet")).await;
    page.until_results("mot de passe oublié").await;
    page.open_first_answer().await;
}
