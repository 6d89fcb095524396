//! Pages we do not own, at their worst: old document modes, style sheets that reset everything, names that are
//! taken, built-ins that are patched, storage and origins that are forbidden, elements that come and go, cookie
//! banners. The help opens and answers all the same, and stays out of their way.

use crate::story;
use guichet_domain::lang::Lang;
use guichet_tests::help::one;
use guichet_tests::{Page, Server, Shop, demo};
use serde_json::Value;

const TAG: &str = r#"<script async src="/dist/guichet.js" data-site="cap-sentier"></script>"#;

/// A page in French with this in its head and body, and our tag at its end.
fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Boutique</title>\
         <link rel=icon href='data:,'>{head}</head><body><h1>Boutique</h1>{body}{TAG}</body></html>"
    )
}

/// Opens the help of a page, finds an answer and the ways to a person.
async fn use_help(page: &Page) {
    page.open_help().await;
    page.type_query("mot de passe oublié").await;
    page.open_first_answer().await;
    page.contact().await;
    page.settle().await;
}

/// The help works on this page, and nothing is said in the console.
async fn check(html: String) -> Page {
    let shop = Shop::serve(html).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    use_help(&page).await;
    page.record().assert_clean();
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_page_in_quirks_mode_tables_look_as_elsewhere() {
    let page = check(page("", "<table><tr><td>x</table>").replace("<!doctype html>", "")).await;
    assert_eq!(
        page.evaluate::<String>("document.compatMode").await,
        "BackCompat"
    );
    let cell = one(".channel td");
    let size: String = page
        .evaluate(&format!("getComputedStyle({cell}).fontSize"))
        .await;
    assert_eq!(size, "14px", "quirks mode gives tables a font of their own");
    let colors: (String, String) = page
        .evaluate(&format!(
            "[{cell}, {}].map(one => getComputedStyle(one).color)",
            one(".panel")
        ))
        .await;
    assert_eq!(colors.0, colors.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_style_sheet_that_unsets_everything_does_not_reach_it() {
    let reset =
        "<style>* { all: unset !important; color: red !important; font-size: 40px !important }
        guichet-widget { display: none !important; opacity: 0 !important }</style>";
    let page = check(page(reset, "")).await;
    let size: String = page
        .evaluate(&format!("getComputedStyle({}).fontSize", one(".panel")))
        .await;
    assert_eq!(size, "15px");
    let fixed: String = page
        .evaluate(&format!("getComputedStyle({}).position", one(".launcher")))
        .await;
    assert_eq!(fixed, "fixed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_took_the_elements_name_keeps_it() {
    let taken =
        "<script>customElements.define('guichet-widget', class extends HTMLElement {})</script>";
    let shop = Shop::serve(page(taken, "<guichet-widget></guichet-widget>")).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    let root = "document.querySelector('guichet-widget-2').shadowRoot";
    page.click(
        "the launcher",
        &format!("{root}.querySelector('.launcher')"),
    )
    .await;
    page.until(
        "the open panel",
        &format!("{root}.activeElement?.id === 'question'"),
    )
    .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn patched_built_ins_do_no_harm() {
    // What libraries of another age did, enumerable and all.
    let patched = "<script>
        Array.prototype.last = function () { return this[this.length - 1]; };
        Array.prototype.toJSON = function () { return 'patched'; };
        Array.prototype.remove = String.prototype.toJSON = Object.prototype.extend = function () { return this; };
        Array.prototype.filter = Array.prototype.map = Array.prototype.reduce = function () { throw Error('patched'); };
        Array.prototype.includes = Array.prototype.find = Array.prototype.indexOf = () => undefined;
        Array.from = () => [];
        Function.prototype.bind = function (self) { const act = this; return function () { return act.apply(self, arguments); }; };
    </script>";
    let shop = Shop::serve(page(patched, "")).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.open_help().await;
    page.type_query("mot de passe oublié").await;
    page.click("the first line", &one("#hit-0")).await;
    page.text(".feedback .choice").await;
    page.contact().await;
    let launcher: String = page
        .evaluate(&format!("getComputedStyle({}).position", one(".launcher")))
        .await;
    assert_eq!(launcher, "fixed", "both style sheets are in force");
    page.settle().await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_storage_is_forbidden_only_unsent_events_are_lost() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.run_first(
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });",
    )
    .await;
    story::tell(&server, &page).await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandboxed_page_without_an_origin_has_its_help() {
    let server = Server::start_with_csp("sandbox allow-scripts").await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    assert_eq!(page.evaluate::<String>("origin").await, "null");
    use_help(&page).await;
    let console = page.record().console();
    // The shop's own pictures are refused there.
    let ours: Vec<_> = console
        .iter()
        .filter(|line| !line.contains("/demo/img/"))
        .collect();
    assert_eq!(ours, Vec::<&String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_sandboxed_frame_of_another_site_it_answers() {
    let server = Server::start().await;
    // The page in the frame opens the help at an answer, and tells whoever frames it what is on screen.
    let framed = server.url("/demo/storybook.html?state=answer&lang=fr");
    let html = format!(
        "<!doctype html><html lang=fr><meta charset=utf-8><title>Portail</title><link rel=icon href='data:,'>
         <script>addEventListener('message', event => {{ window.told = event.data; }});</script>
         <iframe sandbox=allow-scripts title=Boutique width=700 height=800 src='{framed}'></iframe>"
    );
    let portal = Shop::serve(html).await;
    let page = Page::new().await;
    page.open(&portal.url("/")).await;
    page.until("what the frame tells", "window.told").await;
    let told: Value = page.evaluate("window.told").await;
    assert_eq!(told["storybook"], "ready", "{told}");
    assert_eq!(told["origin"], "null", "the frame has no origin");
    let words = told["words"].to_string();
    let pack = demo::pack(Lang::Fr);
    let entry = demo::entry(&pack, "faq/ou-est-mon-colis");
    assert!(words.contains(&entry.short), "{words}");
    page.settle().await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_that_leads_elsewhere_changes_none_of_our_addresses() {
    let body = "<p><a href='#guichet=cgv/7.2.b'>Article 7.2</a></p>";
    let shop = Shop::serve(page("", body)).await;
    let html = page("<base href='https://elsewhere.invalid/deep/'>", body)
        .replace("/dist/", &shop.url("/dist/"));
    // The tag of a page with such a base gives our address in full; modules then come from another origin.
    let other = Shop::serve(html.replace(&shop.url(""), "")).await;
    let page = Page::new().await;
    page.run_first(&format!(
        "new MutationObserver(() => {{
            const script = document.querySelector('script[data-site]');
            if (script && !script.src.startsWith('{0}')) script.src = '{0}/dist/guichet.js';
        }}).observe(document, {{ childList: true, subtree: true }})",
        other.url("")
    ))
    .await;
    page.open(&other.url("/")).await;
    page.until_launcher().await;
    page.click("a link to a clause", "document.querySelector('a')")
        .await;
    assert_eq!(page.text("article .number").await, "7.2.b");
    // Closed, and opened again by the same link: its address has not changed meanwhile.
    page.close_help().await;
    page.click("a link to a clause", "document.querySelector('a')")
        .await;
    page.until("the panel", &one(".panel:not([hidden])")).await;
    let here: String = page.evaluate("location.pathname").await;
    assert_eq!(here, "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_comes_late_and_twice_makes_one_help() {
    let shop = Shop::serve(page("", "").replace(TAG, "")).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    let inject = "new Promise((done, failed) => {
        const script = document.createElement('script');
        Object.assign(script, { src: '/dist/guichet.js', onload: () => done(true), onerror: failed });
        script.dataset.site = 'cap-sentier';
        document.head.append(script);
    })";
    for _ in 0..2 {
        page.evaluate::<bool>(inject).await;
    }
    let count: usize = page
        .evaluate("document.querySelectorAll('guichet-widget').length")
        .await;
    assert_eq!(count, 1);
    use_help(&page).await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn navigation_that_replaces_the_body_takes_the_help_along() {
    let page = check(page("", "")).await;
    // As Turbo and Astro do, with a copy of the page they kept.
    let navigate = "void (document.body = document.importNode(
        new DOMParser().parseFromString('<body><h1>Next</h1><guichet-widget></guichet-widget></body>', 'text/html').body, true))";
    for _ in 0..3 {
        page.evaluate::<()>(navigate).await;
        page.until(
            "the one help, back in the new body",
            &format!(
                "document.querySelectorAll('guichet-widget').length === 1 && {}",
                one(".launcher")
            ),
        )
        .await;
    }
    assert!(
        page.is_open().await,
        "what the shopper reads stays on screen"
    );
    page.evaluate::<()>("void document.querySelector('guichet-widget').remove()")
        .await;
    page.until(
        "the help back",
        &format!(
            "document.querySelector('guichet-widget') && {}",
            one(".channel")
        ),
    )
    .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_banner_lies_above_the_help() {
    let banner = "<div id=banner style='position:fixed;inset:auto 0 0 0;height:140px;z-index:1000;background:#fff'>
        <button>Tout refuser</button></div>";
    let shop = Shop::serve(page("", banner)).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.until_launcher().await;
    let above: bool = page
        .evaluate(&format!(
            "(box => document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).id === 'banner')({}.getBoundingClientRect())",
            one(".launcher")
        ))
        .await;
    assert!(above, "the choice about cookies is never covered");
    page.evaluate::<()>("void document.getElementById('banner').remove()")
        .await;
    use_help(&page).await;
}
