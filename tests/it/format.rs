//! The bundle is a contract: what a `guichet build` of today writes, every later reader of the same format must
//! open. `golden/format-5` was built once from `fixtures/small-shop` and is never built again; when it does not open
//! any more, the format has changed, and `guichet_bundle::FORMAT` must say so.

use guichet_bundle::{Manifest, Pack};
use guichet_domain::document::Document;
use guichet_domain::lang::Lang;
use guichet_search::Index;
use guichet_tests::{folder, place};

/// What a shopper of the golden bundle asks, and what must come first.
const QUESTIONS: [(Lang, &str, &str); 4] = [
    (
        Lang::Fr,
        "quand arrive ma comande",
        "faq/delai-de-livraison",
    ),
    (Lang::Fr, "échanger la taille", "faq/echanger-une-taille"),
    (
        Lang::Fr,
        "contenu numérique téléchargé rétractation",
        "cgv/2.1.b",
    ),
    (
        Lang::En,
        "when will my order arrive",
        "faq/delai-de-livraison",
    ),
];

#[test]
fn a_bundle_of_format_5_still_opens_and_answers() {
    let bundle = folder::contents(&place::tests("golden/format-5"));
    let manifest = Manifest::decode(&bundle["manifest.json"]).unwrap();
    assert_eq!(
        (manifest.format, manifest.site.id.as_str()),
        (5, "small-shop")
    );
    for (lang, question, expected) in QUESTIONS {
        let files = manifest.locale(lang).unwrap();
        assert_eq!(files.lang, lang);
        let (index_bytes, content_bytes) =
            (&bundle[&files.index.name], &bundle[&files.content.name]);
        files.index.verify(index_bytes).unwrap();
        files.content.verify(content_bytes).unwrap();
        let pack = Pack::decode(&files.content.name, content_bytes).unwrap();
        let index = Index::open(&files.index.name, index_bytes).unwrap();
        assert_eq!(
            (index.rows(), pack.searched),
            (files.documents as usize, files.documents)
        );

        let outcome = index.search(question, 3);
        let found: Vec<_> = outcome
            .hits
            .iter()
            .map(|hit| pack.documents[hit.row as usize].id())
            .collect();
        assert_eq!(
            (outcome.declined, found.first().copied()),
            (false, Some(expected)),
            "{question}: {found:?}"
        );
    }
}

#[test]
fn what_an_entry_of_format_5_says_is_all_still_there() {
    let bundle = folder::contents(&place::tests("golden/format-5"));
    let manifest = Manifest::decode(&bundle["manifest.json"]).unwrap();
    let name = &manifest.locale(Lang::Fr).unwrap().content.name;
    let pack = Pack::decode(name, &bundle[name]).unwrap();
    let Some(Document::Faq(entry)) = pack.find("faq/echanger-une-taille") else {
        panic!("an entry of the FAQ")
    };
    insta::assert_json_snapshot!(entry);
    let Some(Document::Clause(clause)) = pack.find("cgv/2.1.b") else {
        panic!("a clause")
    };
    insta::assert_json_snapshot!(clause);
    insta::assert_json_snapshot!(manifest.site.channels[0]);
}
