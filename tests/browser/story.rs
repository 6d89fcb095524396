//! The whole way of one question: from a shop's page, untouched until then, to the owner's report.

use guichet_domain::document::Document;
use guichet_domain::event::What;
use guichet_domain::lang::Lang;
use guichet_tests::{Page, Server, demo};

/// As a shopper types it: no accents, no apostrophe, a letter short.
const QUESTION: &str = "jai pas recu mon coli";

/// Any of these helps somebody who did not receive his parcel.
const HELPFUL: [&str; 4] = [
    "faq/livre-mais-pas-recu",
    "faq/retard-de-livraison",
    "faq/ou-est-mon-colis",
    "faq/colis-perdu",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_finds_his_answer_and_the_owner_reads_that_it_saved_a_call() {
    let server = Server::start().await;
    let page = Page::new().await;
    tell(&server, &page).await;
    page.record().assert_clean();
}

/// The story; every policy a shop may send with its pages tells it once.
pub(crate) async fn tell(server: &Server, page: &Page) {
    page.open(&server.url("/demo/produit.html")).await;
    let pack = demo::pack(Lang::Fr);

    page.open_help().await;
    page.type_query(QUESTION).await;
    let found: Vec<_> = page
        .results()
        .await
        .iter()
        .map(|shown| shown.document(&pack).id().to_owned())
        .collect();
    let helps = |id: &String| HELPFUL.contains(&id.as_str());
    assert!(
        found.iter().take(3).any(helps),
        "none of {HELPFUL:?} is among the first three of {found:?}"
    );

    let opened = page.open_first_answer().await;
    let Document::Faq(entry) = opened.document(&pack) else {
        panic!("an answer is an entry of the FAQ")
    };
    assert_eq!(page.short_answer().await, entry.short);

    read_the_clause(page, &pack, &entry.clauses).await;
    page.back().await;
    page.until_title(&entry.question).await;

    page.confirm().await;
    page.say_call_avoided().await;
    let events = server
        .until_stored("call_avoided", |what| {
            matches!(what, What::CallAvoided { .. })
        })
        .await;

    let is_the_search = |what: &What| match what {
        What::Searched {
            query,
            results,
            declined,
        } => query == QUESTION && results.contains(&entry.id) && !declined,
        _ => false,
    };
    assert!(
        events.iter().any(|event| is_the_search(&event.what)),
        "{events:#?}"
    );
    let report = server.report().await;
    let ladder = &report.documents[&entry.id];
    assert_eq!(
        (
            ladder.seen,
            ladder.confirmed,
            ladder.asked,
            ladder.avoided_stated
        ),
        (1, 1, 1, 1),
        "{report:#?}"
    );
    assert_eq!(
        (
            report.visits,
            report.visits_with_search,
            report.visits_avoided_stated
        ),
        (1, 1, 1),
        "{report:#?}"
    );
}

/// The answer quotes its clauses; the first is opened, and stands there word for word.
async fn read_the_clause(page: &Page, pack: &demo::Pack, clauses: &[String]) {
    let quoted: Vec<_> = clauses
        .iter()
        .map(|id| demo::clause(pack, id).number.clone())
        .collect();
    page.text(".clause .number").await;
    assert_eq!(
        page.texts(".clause .number").await,
        quoted,
        "the numbers of the clauses the answer rests on"
    );

    let clause = demo::clause(pack, clauses.first().expect("the answer rests on a clause"));
    page.open_clause().await;
    assert_eq!(page.text("article .number").await, clause.number);
    let words: Vec<_> = clause
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert_eq!(
        page.texts("article blockquote p:not(.lead)").await,
        words,
        "the exact words of `{}`",
        clause.id
    );
}
