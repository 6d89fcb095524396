//! A shop that has nothing but a host of files: no Guichet server, no events, and everything else as it should be.

use guichet_domain::lang::Lang;
use guichet_tests::record::Kept;
use guichet_tests::{Files, Page, demo};

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_contacts_are_there_without_any_guichet_server() {
    let files = Files::serve("fixtures/shop").await;
    let page = Page::new().await;
    page.open(&files.url("/index.html")).await;
    page.open_help().await;
    page.type_query("mot de passe oublié").await;
    let shown = page.open_first_answer().await;
    let pack = demo::pack(Lang::Fr);
    let entry = demo::entry(&pack, shown.document(&pack).id());
    assert_eq!(page.short_answer().await, entry.short);
    page.confirm().await;
    page.say_call_avoided().await;

    page.contact().await;
    let names: Vec<_> = page.texts(".channel h3").await;
    let channels = demo::manifest().site.channels;
    let serving = channels
        .iter()
        .filter(|channel| channel.serves(Some(&entry.category)));
    assert_eq!(
        names,
        serving
            .map(|channel| channel.name.get(Lang::Fr))
            .collect::<Vec<_>>()
    );

    page.settle().await;
    page.record().assert_clean();
    let posted = page
        .record()
        .requests()
        .into_iter()
        .filter(|request| request.method != "GET");
    assert_eq!(
        posted.collect::<Vec<_>>(),
        [],
        "there is nobody to send anything to"
    );
    assert_eq!(page.kept().await, Kept::default());
}
