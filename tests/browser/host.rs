//! What a page can ask of the help and what it is told: calls before and after the loader is there, events without a
//! word of the shopper, the shop's own analytics, a help that stands in the page, the language of the page.

use guichet_domain::civil::Date;
use guichet_domain::event::{Arm, RandomId};
use guichet_domain::experiment::{Unit, arm};
use guichet_tests::help::one;
use guichet_tests::record::Kept;
use guichet_tests::shop::Fault;
use guichet_tests::{Page, Shop, folder, guichet, place};
use serde_json::Value;
use tempfile::TempDir;

fn html(head: &str, attributes: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=fr><meta charset=utf-8><title>Boutique</title><link rel=icon href='data:,'>{head}\
         <h1>Boutique</h1>{body}<script async src='/dist/guichet.js' data-site=cap-sentier {attributes}></script>"
    )
}

async fn open(html: String) -> (Shop, Page) {
    let shop = Shop::serve(html).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.until_launcher().await;
    (shop, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_made_before_the_loader_came_are_answered_in_order() {
    let head = "<script>window.Guichet = window.Guichet || [];
        Guichet.push(['context', { orderDate: '2026-03-02' }], ['showClause', 'cgv/7.2.b'], ['nonsense', 1]);</script>";
    let (_shop, page) = open(html(head, "", "")).await;
    assert_eq!(page.text("article .number").await, "7.2.b");
    let told = page.text("article .notice").await;
    assert!(told.contains("2\u{a0}mars 2026"), "{told}");

    page.evaluate::<Value>("Guichet.search('mot de passe oublié')")
        .await;
    page.until_results("mot de passe oublié").await;
    page.evaluate::<Value>("Guichet.showAnswer('droit-de-retractation')")
        .await;
    page.until_title("Comment utiliser mon droit de rétractation de 14\u{a0}jours\u{a0}?")
        .await;
    page.evaluate::<()>("void Guichet.close()").await;
    page.until(
        "the panel to be gone",
        &format!("!{}", one(".panel:not([hidden])")),
    )
    .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn events_bubble_to_the_page_and_its_analytics_without_what_was_typed() {
    let head = "<script>window.seen = []; window.dataLayer = []; window.gtag = (...all) => seen.push(all);
        for (const name of ['opened', 'searched', 'result_opened'])
            document.addEventListener('guichet:' + name, event => seen.push([event.type, event.detail]));</script>";
    let (_shop, page) = open(html(
        head,
        "data-analytics='datalayer gtag matomo other'",
        "",
    ))
    .await;
    page.open_help().await;
    page.type_query("mot de passe oublié").await;
    page.open_first_answer().await;
    let told: Value = page.evaluate("({ seen, dataLayer, _paq })").await;
    let text = told.to_string();
    assert!(!text.contains("passe oubli"), "{text}");
    let has = |part: &str| assert!(text.contains(part), "no `{part}` in {text}");
    has(r#"["guichet:opened",{}]"#);
    has(r#"["event","guichet_searched""#);
    has(r#""event":"guichet_result_opened","guichet":{"document":"faq/"#);
    has(r#"["trackEvent","Guichet","result_opened","faq/"#);
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_changes_its_language_and_the_help_goes_along() {
    let (_shop, page) = open(html("", "", "")).await;
    page.open_help().await;
    let greeting = page.text("[data-greeting]").await;
    assert!(greeting.starts_with("Comment"), "{greeting}");
    page.evaluate::<()>("void Guichet.setLocale('en-GB')").await;
    page.until(
        "English",
        &format!(
            "{}.textContent === 'How can we help?'",
            one("[data-greeting]")
        ),
    )
    .await;
    assert!(page.is_open().await, "it stays open");
    let launcher: String = page
        .evaluate(&format!("{}.getAttribute('aria-label')", one(".launcher")))
        .await;
    assert_eq!(launcher, "Help");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_destroyed_is_gone_and_can_come_back() {
    let (_shop, page) = open(html("", "", "")).await;
    page.open_help().await;
    page.evaluate::<()>("void Guichet.destroy()").await;
    let left: (bool, bool) = page
        .evaluate("[!!document.querySelector('guichet-widget'), 'open' in (window.Guichet || {})]")
        .await;
    assert_eq!(left, (false, false));
    let inject = "new Promise((done, failed) => {
        const script = document.createElement('script');
        Object.assign(script, { src: '/dist/guichet.js', onload: () => done(true), onerror: failed });
        script.dataset.site = 'cap-sentier';
        document.head.append(script);
    })";
    page.evaluate::<bool>(inject).await;
    page.open_help().await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_help_in_the_page_stands_beside_the_floating_one_and_asks_for_nothing_before_it_is_used()
{
    let body = "<guichet-widget inline lang=en id=here></guichet-widget>";
    let (_shop, page) = open(html("", "", body)).await;
    let here = |selector: &str| {
        format!("document.getElementById('here').shadowRoot.querySelector({selector:?})")
    };
    page.until("top questions in the page", &here("[data-id^='faq/']"))
        .await;
    let greeting: String = page
        .evaluate(&format!("{}.textContent", here("[data-greeting]")))
        .await;
    assert_eq!(greeting, "How can we help?", "in its own language");
    let focus: String = page.evaluate("document.activeElement.localName").await;
    assert_eq!(focus, "body", "it does not take the focus");
    assert_eq!(page.kept().await, Kept::default());
    let engine = |path: &String| path.contains("engine");
    assert!(!page.record().paths("").iter().any(engine));

    page.click("its field", &here("#question")).await;
    page.type_text("where is my parcel").await;
    page.until("its results", &here("#hit-0")).await;
    page.press("Escape").await;
    page.press("Escape").await;
    assert!(
        page.evaluate::<bool>(&format!("!!{}", here(".panel:not([hidden])")))
            .await,
        "it cannot be closed"
    );
    let floating = "document.querySelector('guichet-widget:not([inline])').shadowRoot.querySelector('.launcher')";
    page.click("the floating help", floating).await;
    page.until(
        "the floating panel",
        "document.querySelector('guichet-widget:not([inline])').shadowRoot.querySelector('.panel:not([hidden])')",
    )
    .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_the_page_opens_the_help_and_gets_its_focus_back() {
    let body = "<button id=own onclick='Guichet.open()'>Besoin d’aide</button>";
    let (_shop, page) = open(html("", "data-launcher=none data-position=left", body)).await;
    let own = "document.getElementById('own')";
    page.evaluate::<()>(&format!("void {own}.focus()")).await;
    page.press("Enter").await;
    page.until_open().await;
    let side: f64 = page
        .evaluate(&format!("{}.getBoundingClientRect().left", one(".panel")))
        .await;
    assert!(side < 100.0, "on the left");
    page.press("Escape").await;
    page.until(
        "the focus back",
        &format!("document.activeElement === {own}"),
    )
    .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_about_to_call_is_offered_the_answer_and_the_call_goes_on() {
    // What the page would hand to a telephone is only noted here.
    let body = "<a href='tel:+33457410000' id=call>04 57 41 00 00</a><script>
        addEventListener('click', event => { window.goesOn = !event.defaultPrevented; event.preventDefault(); });</script>";
    let (_shop, page) = open(html("", "data-offer=\"a[href^='tel:']\"", body)).await;
    page.click("the number", "document.getElementById('call')")
        .await;
    page.until_open().await;
    assert!(page.evaluate::<bool>("goesOn").await);

    let (_shop, page) = open(html("", "", body)).await;
    page.click("the number", "document.getElementById('call')")
        .await;
    page.settle().await;
    assert!(!page.is_open().await, "nobody asked for it");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_has_a_page_to_print_and_a_link_to_pass_on() {
    let (shop, page) = open(html("", "", "")).await;
    page.evaluate::<Value>(
        "void Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } })",
    )
    .await;
    page.evaluate::<Value>("Guichet.showAnswer('ou-est-mon-colis')")
        .await;
    let address = shop.url("/dist/cap-sentier/aide.html#faq/ou-est-mon-colis");
    page.until("the link", &one("a[href$='#faq/ou-est-mon-colis']"))
        .await;
    let link: String = page
        .evaluate(&format!("{}.href", one("a[href$='#faq/ou-est-mon-colis']")))
        .await;
    assert_eq!(link, address);
    page.click("copy", &one("a[href$='#faq/ou-est-mon-colis'] + .link"))
        .await;
    page.until_text(".link", "Le lien est copié").await;
    assert_eq!(page.evaluate::<String>("copied").await, address);
    page.record().assert_clean();
}

/// The demonstration shop with two wordings of one answer, compared day by day.
fn two_wordings() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    let site = desk.path().join(place::SITE);
    for (name, bytes) in folder::contents(&place::root().join("index/sites").join(place::SITE)) {
        folder::write(&site.join(name), bytes);
    }
    let add = |file: &str, text: &str| {
        let path = site.join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, before + text).unwrap();
    };
    for lang in ["fr", "en"] {
        let file = format!("faq/{lang}/livraison/ou-est-mon-colis.md");
        add(&file, "+++\nshort = \"Autrement.\"\n+++\nDit autrement.\n");
    }
    add(
        "site.toml",
        "\n[experiment]\nid = \"essai\"\nby = \"day\"\nentry = \"ou-est-mon-colis\"\n",
    );
    guichet(desk.path(), &["build", place::SITE, "--out", "out"]).ok();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn two_wordings_are_listed_alike_and_read_by_the_arm_of_the_day() {
    let desk = two_wordings();
    let fault = Fault {
        bundle: Some(desk.path().join("out")),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(html("", "", ""), fault).await;
    let mut listed = Vec::new();
    for wanted in [Arm::Control, Arm::Treatment] {
        let page = Page::new().await;
        page.stop_clock_at(noon_in(wanted)).await;
        page.open(&shop.url("/")).await;
        page.open_help().await;
        let foot_first = format!("{} === {}.firstElementChild", one(".foot"), one(".panel"));
        assert!(!page.evaluate::<bool>(&foot_first).await, "in neither arm");
        page.type_query("où est mon colis").await;
        listed.push(page.results().await);
        page.evaluate::<Value>("Guichet.showAnswer('ou-est-mon-colis')")
            .await;
        let short = page.short_answer().await;
        let body = page.text(".body").await;
        let is_tried = (short == "Autrement.", body == "Dit autrement.");
        assert_eq!(
            is_tried,
            (wanted == Arm::Treatment, wanted == Arm::Treatment)
        );
    }
    assert_eq!(listed[0], listed[1]);
}

/// Noon in London, early afternoon in Paris, of a day on which the experiment `essai` has this arm.
fn noon_in(wanted: Arm) -> u64 {
    let given = |day: i32| arm("essai", Unit::Day, RandomId(0), Date(day));
    let day = (20_600..20_700).find(|day| given(*day) == wanted).unwrap();
    u64::from(day.unsigned_abs()) * 86_400_000 + 43_200_000
}

#[tokio::test(flavor = "multi_thread")]
async fn an_experiment_gives_the_arm_of_the_day_and_the_way_to_a_person_is_in_both() {
    let experiment = "{\"experiment\":{\"id\":\"essai\",\"by_day\":true},\"format\":";
    let fault = Fault {
        manifest: Some(("{\"format\":", experiment)),
        ..Fault::default()
    };
    let shop = Shop::serve_badly(html("", "", ""), fault).await;
    for wanted in [Arm::Control, Arm::Treatment] {
        let page = Page::new().await;
        page.stop_clock_at(noon_in(wanted)).await;
        page.run_first("document.addEventListener('guichet:assigned', () => { window.assigned = (window.assigned ?? 0) + 1; })")
            .await;
        page.open(&shop.url("/")).await;
        page.open_help().await;
        let first: bool = page
            .evaluate(&format!(
                "{} === {}.firstElementChild",
                one(".foot"),
                one(".panel")
            ))
            .await;
        assert_eq!(first, wanted == Arm::Control);
        page.close_help().await;
        page.open_help().await;
        assert_eq!(page.evaluate::<u32>("assigned").await, 1, "once a visit");
        page.contact().await;
    }
}
