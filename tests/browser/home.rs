//! Home before and while something is asked: what the shop wants known, questions of the page and of the order, what
//! was understood of a question nothing answers, and the team and channels for its subject.

use guichet_domain::lang::Lang;
use guichet_tests::help::{ROOT, one};
use guichet_tests::{Page, Server, demo};

/// 17 November 2026, 10:30 in Paris, while the demonstration shop's notice is shown.
const DURING_MS: u64 = 1_794_907_800_000;
/// 17 March 2026.
const BEFORE_MS: u64 = 1_773_739_800_000;

async fn open(server: &Server, path: &str, moment: u64) -> Page {
    let page = Page::new().await;
    page.stop_clock_at(moment).await;
    page.open(&server.url(path)).await;
    page.open_help().await;
    page.text("[data-id^='faq/']").await;
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_shown_on_its_days_only_and_leads_to_its_answer() {
    let server = Server::start().await;
    let page = open(&server, "/demo/produit.html", DURING_MS).await;
    let notice = demo::manifest().site.notices[0].clone();
    let said = page.text(".news p").await;
    assert_eq!(said, notice.text.get(Lang::Fr));
    page.click("more of it", &one(".news .link")).await;
    let pack = demo::pack(Lang::Fr);
    let entry = demo::entry(&pack, notice.entry.as_deref().unwrap());
    page.until_title(&entry.question).await;

    let page = open(&server, "/demo/produit.html", BEFORE_MS).await;
    assert!(page.texts(".news").await.is_empty());
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_of_the_page_and_of_the_order_come_first() {
    let server = Server::start().await;
    for (path, first) in [
        ("/demo/carte.html", "faq/installer-une-carte"),
        ("/demo/retours.html", "faq/comment-retourner"),
        ("/demo/commande.html", "faq/ou-est-mon-colis"),
    ] {
        let page = open(&server, path, BEFORE_MS).await;
        let ids: Vec<String> = page
            .evaluate(&format!(
                "Array.from({ROOT}.querySelectorAll('.row[data-id]'), row => row.dataset.id)"
            ))
            .await;
        assert_eq!(ids[0], first, "on {path}");
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "no question stands twice: {ids:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_is_offered_again_on_the_same_page_and_nowhere_kept() {
    let server = Server::start().await;
    let page = open(&server, "/demo/produit.html", BEFORE_MS).await;
    page.type_query("mot de passe oublié").await;
    page.open_first_answer().await;
    page.back().await;
    page.until("the field", &one("#question")).await;
    page.click("the field", &one("#question")).await;
    page.press("Escape").await;
    let again = format!(
        "Array.from({ROOT}.querySelectorAll('.row')).find(row => row.textContent === 'mot de passe oublié')"
    );
    page.click("what was asked before", &again).await;
    page.until_results("mot de passe oublié").await;
    assert!(page.kept().await.session.is_empty());
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_nothing_answers_says_what_was_understood_and_goes_to_a_person_as_it_is() {
    let server = Server::start().await;
    let page = open(&server, "/demo/produit.html", BEFORE_MS).await;
    let question = "colis xyzzyque zorglub plughtastique";
    page.type_query(question).await;
    let understood = page.texts(".understood mark").await;
    assert_eq!(understood, ["colis"]);
    page.click("a person", &one(".notice .quiet")).await;
    let carried = page.text(".carried").await;
    assert!(carried.contains(question), "{carried}");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_subject_decides_the_team_and_a_purchase_is_called_back() {
    let server = Server::start().await;
    let page = open(&server, "/demo/produit.html", BEFORE_MS).await;
    page.type_query("mot de passe oublié").await;
    page.contact().await;
    let chosen: String = page.evaluate(&format!("{}.value", one("#subject"))).await;
    assert_eq!(chosen, "compte", "from what was asked");
    assert!(page.text("[role=status]").await.contains("Service client"));
    page.evaluate::<bool>(&format!(
        "(select => {{ select.value = 'produits'; return select.dispatchEvent(new Event('change', {{ bubbles: true }})); }})({})",
        one("#subject")
    ))
    .await;
    let site = demo::manifest().site;
    let callback = site.channels.iter().find(|own| own.id == "rappel").unwrap();
    let name = callback.name.get(Lang::Fr);
    page.until(
        "the call back first",
        &format!("{}.textContent === {name:?}", one(".channel h3")),
    )
    .await;
    let lead = page.text(".reading [role=status]").await;
    assert!(lead.contains("Équipe conseil et commandes"), "{lead}");
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn home_and_the_focus_in_it_stay_when_the_search_comes() {
    let server = Server::start().await;
    let page = Page::new().await;
    page.run_first(
        "const ask = fetch, asked = new Promise(done => { window.comes = done; });
        window.fetch = async (input, init) => {
            if (String(input.url ?? input).includes('/engine.')) await asked;
            return ask(input, init);
        };",
    )
    .await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    let question = one(".row[data-id^='faq/']");
    page.evaluate::<()>(&format!("void {question}.focus()"))
        .await;
    page.evaluate::<()>("void comes()").await;
    page.until(
        "the engine",
        "performance.getEntriesByType('resource').some(one => /engine.*wasm$/.test(one.name) && one.responseEnd)",
    )
    .await;
    page.settle().await;
    assert!(
        page.evaluate::<bool>(&format!("{ROOT}.activeElement === {question}"))
            .await
    );
}
