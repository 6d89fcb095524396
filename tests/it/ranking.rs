//! What a shopper of the demonstration shop must find, style by style, and what must not be
//! answered: each line argues for something the ranking does.

use guichet_domain::lang::Lang;
use guichet_search::query::Query;
use guichet_tests::demo;

const CASES: &[(&str, &str, &str)] = &[
    ("suivi colis", "faq/ou-est-mon-colis", "keywords"),
    ("duplicata fact", "faq/facture", "a word half typed"),
    (
        "horaire mag",
        "faq/horaires-du-magasin",
        "a word half typed",
    ),
    (
        "rembourssement delay",
        "faq/delai-de-remboursement",
        "misspelt",
    ),
    (
        "garanti 2 an",
        "faq/garantie-legale",
        "misspelt, without plural",
    ),
    (
        "jai tjr pas recu mon colis",
        "faq/retard-de-livraison",
        "messages: jai, tjr, no accents",
    ),
    (
        "ma cb passe pas",
        "faq/paiement-refuse",
        "shorthand and an expression",
    ),
    (
        "le livreur est passé mais j'étais pas là",
        "faq/absent-a-la-livraison",
        "a situation is told",
    ),
    ("récupérer mes sous", "cgv/7.5", "an expression for refund"),
    (
        "jme suis trompé d'adresse",
        "faq/changer-adresse-livraison",
        "spoken",
    ),
    (
        "est ce que je peux renvoyer un truc ouvert",
        "faq/article-essaye-ou-ouvert",
        "spoken",
    ),
    (
        "Quand est-ce que je serai remboursé ?",
        "faq/delai-de-remboursement",
        "a whole question",
    ),
    (
        "Je veux supprimer mon compte",
        "faq/supprimer-mon-compte",
        "a whole sentence",
    ),
    (
        "code promo marche pas",
        "faq/code-promo",
        "a promotion code is no breakdown",
    ),
    (
        "on me reclame 2 balles pour débloquer mon colis",
        "faq/e-mail-suspect",
        "a situation without a word of the entry's question",
    ),
    (
        "amex",
        "faq/moyens-de-paiement",
        "one word that an entry has is enough",
    ),
    (
        "médiation de la consommation",
        "cgv/13.3",
        "the words of a contract find its clause",
    ),
];

/// Ids of the best three, and whether the query was declined.
fn found(text: &str) -> (Vec<String>, bool) {
    let (index, pack) = (demo::index(Lang::Fr), demo::pack(Lang::Fr));
    let outcome = index.search(text, 3);
    let ids = outcome
        .hits
        .iter()
        .map(|hit| pack.documents[hit.row as usize].id().to_owned())
        .collect();
    (ids, outcome.declined)
}

fn check(text: &str, id: &str, why: &str) {
    let (ids, declined) = found(text);
    assert!(
        !declined && ids.iter().any(|found| found == id),
        "`{text}` ({why}): expected `{id}` among {ids:?}, declined: {declined}"
    );
}

#[test]
fn every_style_finds_its_answer_among_the_first_three() {
    for (text, id, why) in CASES {
        check(text, id, why);
    }
}

#[test]
fn what_the_shop_says_nothing_about_is_declined() {
    for text in [
        "recette de gâteau au chocolat",
        "cours du bitcoin",
        "azerty qsdfgh",
        // One word in common with a long question is chance.
        "peut-on visiter votre usine",
    ] {
        let (ids, declined) = found(text);
        assert!(
            declined || ids.is_empty(),
            "`{text}` was answered by {ids:?}"
        );
    }
}

#[test]
fn greetings_and_politeness_change_nothing() {
    let bare = found("renvoyer un article déjà ouvert").0;
    let polite =
        found("bonjour madame, svp est-ce que je peux renvoyer un article déjà ouvert merci").0;
    assert_eq!(bare[0], polite[0]);
}

#[test]
fn a_misspelt_word_stands_for_the_concepts_of_the_right_one() {
    let index = demo::index(Lang::Fr);
    let names = |text: &str| -> Vec<String> {
        let query = Query::new(&index, text);
        let row = index.rank(&query, 1).hits[0].row;
        index
            .explain(&query, row)
            .iter()
            .map(|part| part.how.clone())
            .filter(|how| how.starts_with("concept"))
            .collect()
    };
    for (wrong, right) in [("facturre", "facture"), ("livraisson", "livraison")] {
        assert!(!names(wrong).is_empty(), "`{wrong}` stands for nothing");
        assert_eq!(names(wrong), names(right));
    }
}

#[test]
fn any_length_of_text_is_a_query_answered_in_bounded_time() {
    let index = demo::index(Lang::Fr);
    let begin = std::time::Instant::now();
    for text in [
        "é".repeat(10_000),
        "colis retour ".repeat(1_000),
        "a' ".repeat(4_000),
    ] {
        index.search(&text, 10);
    }
    // Unoptimised builds included: what is bounded takes milliseconds, what is not takes minutes.
    assert!(begin.elapsed() < std::time::Duration::from_secs(10));
}
