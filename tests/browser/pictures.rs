//! Pictures of every state of the storybook, compared with those that somebody looked at and approved, so that no
//! change of the look goes unseen. Besides, what no eye should have to check: nothing sticks out of the screen.
//!
//! A state that is new or differs leaves `tests/screenshots/<name>.new.png` to be looked at. To approve all of them:
//!
//! ```sh
//! GUICHET_APPROVE=1 cargo test --workspace --test browser pictures
//! ```

use guichet_domain::lang::Lang;
use guichet_tests::help::ROOT;
use guichet_tests::{Page, Screen, Server, place};
use std::collections::BTreeSet;

/// States that a wider screen shows as a telephone does, but for a few words of their neighbours.
const ON_A_PHONE_ONLY: [&str; 18] = [
    "answer-failed",
    "answer-gone",
    "answer-loading",
    "claim-failed",
    "contact-sales",
    "contact-subject",
    "feedback",
    "follow",
    "follow-wrong",
    "home-recent",
    "launcher",
    "missing",
    "noted",
    "nothing",
    "preparing",
    "results-chosen",
    "thanks",
    "would-have-called",
];

/// Words of another length in the same places; every state is in English in `accessible.rs`.
const IN_ENGLISH: [&str; 4] = ["contact-closed", "deadline-counted", "home", "results"];

/// What is pictured of each state: the name of the kind, the screen, the language, and whether it is.
type Kind = (&'static str, Screen, Lang, fn(&str) -> bool);

const PHONE: Kind = ("phone-light", Screen::phone(false), Lang::Fr, |_| true);
const WINDOW: Kind = ("window-dark", Screen::window(true), Lang::Fr, |state| {
    !ON_A_PHONE_ONLY.contains(&state)
});
const ENGLISH: Kind = ("english", Screen::window(false), Lang::En, |state| {
    IN_ENGLISH.contains(&state)
});

#[tokio::test(flavor = "multi_thread")]
async fn every_state_looks_as_approved_on_a_telephone() {
    check(PHONE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_looks_as_approved_in_the_dark_beside_the_page() {
    check(WINDOW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn states_with_other_words_look_as_approved_in_english() {
    check(ENGLISH).await;
}

async fn check((kind, screen, lang, is_pictured): Kind) {
    let server = Server::start().await;
    let page = Page::new().await;
    page.look_at(screen).await;
    let mut told = Vec::new();
    for state in page.states(&server).await {
        if !is_pictured(&state) {
            continue;
        }
        page.show_state(&server, &state, lang).await;
        let name = format!("{state}-{kind}");
        check_nothing_sticks_out(&page, &name).await;
        told.extend(page.compare_picture(&name).await);
    }
    assert!(
        told.is_empty(),
        "{}\nhint: look at them; if they are as meant, approve them as `tests/browser/pictures.rs` says",
        told.join("\n")
    );
}

async fn check_nothing_sticks_out(page: &Page, name: &str) {
    let script = format!(
        "[...{ROOT}.querySelectorAll('.launcher, .plain, .panel:not([hidden]), .panel:not([hidden]) *')]
            .filter(one => one.checkVisibility() && !one.closest('.unseen'))
            .map(one => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5))
            .map(([one, box]) => `${{one.localName}}.${{one.className}} from ${{box.left}} to ${{box.right}}`)"
    );
    let outside: Vec<String> = page.evaluate(&script).await;
    assert_eq!(
        outside,
        Vec::<String>::new(),
        "sticks out of the screen in `{name}`"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_look_is_seen_and_none_is_not() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.look_at(Screen::window(false)).await;
    page.show_state(&server, "answer", Lang::Fr).await;
    let before = page.picture().await;
    page.show_state(&server, "answer", Lang::Fr).await;
    let again = page.picture().await;
    assert_eq!(page.difference(&before, &again).await, None);
    // Corners, a little less blue, a full stop: each is seen.
    for change in [
        "document.documentElement.style.setProperty('--guichet-radius', '4px')".to_owned(),
        "document.documentElement.style.setProperty('--guichet-accent', '#2456c0')".to_owned(),
        format!("{ROOT}.querySelector('.short').append('.')"),
    ] {
        page.show_state(&server, "answer", Lang::Fr).await;
        page.evaluate::<()>(&format!("void {change}")).await;
        let after = page.picture().await;
        let told = page.difference(&before, &after).await;
        assert!(told.is_some(), "`{change}` is not seen");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_picture_is_kept_of_what_is_no_longer_pictured() {
    let server = Server::start().await;
    let page = Page::new().await;
    let states = page.states(&server).await;
    let wanted: BTreeSet<String> = [PHONE, WINDOW, ENGLISH]
        .into_iter()
        .flat_map(|(kind, _, _, is_pictured)| {
            let pictured = states.iter().filter(move |state| is_pictured(state));
            pictured.map(move |state| format!("{state}-{kind}.png"))
        })
        .collect();
    let kept = place::tests("screenshots").read_dir().unwrap();
    let kept: BTreeSet<String> = kept
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".new.png"))
        .collect();
    let stale: Vec<_> = kept.difference(&wanted).collect();
    assert!(stale.is_empty(), "{stale:?}");
}
