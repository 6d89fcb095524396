//! What axe-core finds in every state of the storybook: nothing, in either language, light or dark.

use guichet_domain::lang::Lang;
use guichet_tests::{Page, Screen, Server};

#[tokio::test(flavor = "multi_thread")]
async fn every_state_in_french_is_accessible() {
    check(Lang::Fr).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_in_english_is_accessible() {
    check(Lang::En).await;
}

async fn check(lang: Lang) {
    let server = Server::start().await;
    let page = Page::new().await;
    let mut problems = Vec::new();
    for state in page.states(&server).await {
        page.show_state(&server, &state, lang).await;
        for dark in [false, true] {
            page.look_at(Screen::desk(dark)).await;
            let scheme = if dark { "dark" } else { "light" };
            let found = page.accessibility_problems().await;
            let told = |problem| format!("{state}, {scheme}: {problem}");
            problems.extend(found.into_iter().map(told));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_accessible_is_found() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.show_state(&server, "answer", Lang::Fr).await;
    page.evaluate::<()>(
        "void document.querySelector('guichet-widget').shadowRoot.querySelector('h2').style.setProperty('color', '#ddd')",
    )
    .await;
    let found = page.accessibility_problems().await;
    assert!(
        found.len() == 1 && found[0].starts_with("color-contrast"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_of_states_is_accessible_itself() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.show_index(&server).await;
    let found = page.accessibility_problems_in("body").await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
