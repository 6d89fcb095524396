//! `guichet clauses --json`, for programs that check how terms are cut.

use guichet_tests::{guichet, place};
use serde_json::Value;

#[test]
fn the_cut_of_terms_is_told_as_json_with_places_in_the_source() {
    let folder = place::tests("fixtures/small-shop/terms/fr");
    let printed = guichet(&folder, &["clauses", "cgv.md", "--json"]).ok();
    insta::assert_snapshot!(printed);

    let source = std::fs::read_to_string(folder.join("cgv.md")).unwrap();
    let cut: Value = serde_json::from_str(&printed).unwrap();
    let clauses = cut["clauses"].as_array().unwrap();
    let mut end = 0;
    for clause in clauses {
        let at = |key: &str| usize::try_from(clause[key].as_u64().unwrap()).unwrap();
        assert!(
            at("start") >= end && at("end") > at("start"),
            "clauses follow each other: {clause}"
        );
        end = at("end");
        let words = clause["text"]
            .as_str()
            .unwrap()
            .split_whitespace()
            .next_back()
            .unwrap();
        assert!(
            source[at("start")..end].contains(words),
            "`{words}` stands where it is said to: {clause}"
        );
    }
    let lead = |number: &str| {
        clauses
            .iter()
            .find(|clause| clause["number"] == number)
            .unwrap()["lead"]
            .clone()
    };
    assert_eq!(
        lead("a)"),
        lead("b)"),
        "both items complete the same sentence"
    );
}
