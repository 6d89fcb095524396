//! The search engine is the same program twice: compiled for this machine and for the browser. Every judged query
//! of the demonstration shop, and what stood in the field while it was being typed, must give the same rows with
//! the same scores, to the last bit.

use guichet_domain::lang::Lang;
use guichet_tests::{Page, Server, demo, place};
use serde::Deserialize;
use std::collections::BTreeSet;

/// As many as the panel asks for.
const ROWS: usize = 12;
/// A prefix each so many characters.
const STEP: usize = 3;
/// Differences told before giving up.
const TOLD: usize = 10;

#[derive(Deserialize, PartialEq, Debug)]
struct Found {
    rows: Vec<u32>,
    scores: Vec<f32>,
    declined: bool,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_judged_french_query_is_answered_alike_here_and_in_the_browser() {
    check(Lang::Fr).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_judged_english_query_is_answered_alike_here_and_in_the_browser() {
    check(Lang::En).await;
}

async fn check(lang: Lang) {
    let queries = as_typed(lang);
    assert!(!queries.is_empty());
    let there = in_browser(lang, &queries).await;
    let index = demo::index(lang);
    let mut differences = Vec::new();
    for (query, there) in queries.iter().zip(&there) {
        let outcome = index.search(query, ROWS);
        let here = Found {
            rows: outcome.hits.iter().map(|hit| hit.row).collect(),
            scores: outcome.hits.iter().map(|hit| hit.score).collect(),
            declined: outcome.declined,
        };
        let bits = |found: &Found| {
            found
                .scores
                .iter()
                .map(|score| score.to_bits())
                .collect::<Vec<_>>()
        };
        if here != *there || bits(&here) != bits(there) {
            differences.push(format!(
                "`{query}`\n  here:       {here:?}\n  in browser: {there:?}"
            ));
        }
    }
    let told = differences
        .iter()
        .take(TOLD)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        differences.is_empty(),
        "{} of {} queries differ:\n{told}",
        differences.len(),
        queries.len()
    );
}

/// The queries, and their beginnings.
fn as_typed(lang: Lang) -> Vec<String> {
    let mut typed = BTreeSet::new();
    for query in demo::judged(lang) {
        let characters: Vec<char> = query.text.chars().collect();
        typed.extend(
            (STEP..characters.len())
                .step_by(STEP)
                .map(|end| characters[..end].iter().collect::<String>()),
        );
        typed.insert(query.text);
    }
    typed.into_iter().collect()
}

async fn in_browser(lang: Lang, queries: &[String]) -> Vec<Found> {
    let server = Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/contact.html")).await;
    let (js, wasm) = (
        place::built("engine.", ".js"),
        place::built("engine.", ".wasm"),
    );
    let (index, _) = demo::index_file(lang);
    let queries = serde_json::to_string(queries).unwrap();
    page.evaluate(&format!(
        "(async () => {{
            const {{ default: init, Opening }} = await import('/dist/{js}');
            await init({{ module_or_path: '/dist/{wasm}' }});
            const file = await fetch('/dist/cap-sentier/{index}');
            const opening = new Opening(new Uint8Array(await file.arrayBuffer()));
            let engine;
            while (!engine) engine = opening.step();
            return {queries}.map(query => {{
                const {{ rows, scores, declined }} = engine.search(query, {ROWS});
                return {{ rows: [...rows], scores: [...scores], declined }};
            }});
        }})()"
    ))
    .await
}
