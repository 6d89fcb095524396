//! `guichet eval` on a corpus small enough to know by heart: what the run file says, and that it is silent about
//! queries nothing answers.

use guichet_tests::{folder, guichet};
use std::collections::BTreeMap;
use tempfile::TempDir;

const CORPUS: &str = r#"{"id": "velo", "kind": "faq", "lang": "fr", "title": "Comment réparer une chambre à air ?", "body": "Démontez le pneu, trouvez le trou, poncez, collez la rustine."}
{"id": "cgv-3", "kind": "clause", "lang": "fr", "title": "Délai de rétractation", "body": "L'acheteur dispose de quatorze jours pour se rétracter.", "section": "Article 3"}
{"id": "horaires", "kind": "faq", "lang": "fr", "title": "Quels sont vos horaires ?", "body": "Le magasin ouvre du mardi au samedi, de dix heures à dix-neuf heures."}
"#;

const QUERIES: &str = r#"{"id": "q1", "text": "reparer chambre a air", "style": "keywords"}
{"id": "q2", "text": "j'ai combien de jours pour me retracter", "style": "spoken"}
{"id": "q3", "text": "xyzzy plugh quux", "style": "none"}
"#;

const JUDGMENTS: &str = "q1\tvelo\t3\nq2\tcgv-3\t3\n";

fn desk() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("corpus.jsonl", CORPUS),
        ("queries.jsonl", QUERIES),
        ("qrels.tsv", JUDGMENTS),
    ] {
        folder::write(&desk.path().join(name), content);
    }
    desk
}

const ARGS: [&str; 7] = [
    "eval",
    "--corpus",
    "corpus.jsonl",
    "--queries",
    "queries.jsonl",
    "--run",
    "run.txt",
];

/// Documents by query, best first, once each line is sure to be well formed.
fn run_file(desk: &TempDir) -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(desk.path().join("run.txt")).unwrap();
    let mut runs: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for line in text.lines() {
        let [query, document, rank, score] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("expected query, document, rank and score: `{line}`");
        };
        let run = runs.entry(query.to_owned()).or_default();
        assert_eq!(
            rank.parse::<usize>().unwrap(),
            run.len() + 1,
            "ranks count from one: `{line}`"
        );
        run.push((document.to_owned(), score.parse().unwrap()));
    }
    for run in runs.values() {
        assert!(
            run.windows(2).all(|pair| pair[0].1 >= pair[1].1),
            "scores fall with the rank: {text}"
        );
    }
    runs.into_iter()
        .map(|(query, run)| {
            (
                query,
                run.into_iter().map(|(document, _)| document).collect(),
            )
        })
        .collect()
}

#[test]
fn the_evidence_for_each_first_hit_is_written_with_its_judgement() {
    let desk = desk();
    let more = ["--qrels", "qrels.tsv", "--evidence", "evidence.tsv"];
    guichet(desk.path(), &[&ARGS[..], &more].concat()).ok();
    let text = std::fs::read_to_string(desk.path().join("evidence.tsv")).unwrap();
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    // Query, whether something answers it, whether the first hit does; then seven parts, where there is a hit.
    assert_eq!(lines[0][..3], ["q1", "1", "1"]);
    assert_eq!(lines[1][..3], ["q2", "1", "1"]);
    assert_eq!(lines[2], ["q3", "0", "0"]);
    for line in &lines[..2] {
        let parts: Vec<f64> = line[3..].iter().map(|part| part.parse().unwrap()).collect();
        assert_eq!(parts.len(), 7, "{line:?}");
        assert!(parts[0] > 0.0, "the row matches something of it: {line:?}");
    }
    let unjudged = guichet(desk.path(), &[&ARGS[..], &["--evidence", "e.tsv"]].concat());
    assert!(
        unjudged.code != 0 && unjudged.err.contains("--qrels"),
        "{}",
        unjudged.err
    );
}

#[test]
fn a_run_names_the_best_documents_and_no_declined_query() {
    let desk = desk();
    guichet(desk.path(), &ARGS).ok();
    let runs = run_file(&desk);
    assert_eq!(
        runs.keys().collect::<Vec<_>>(),
        ["q1", "q2"],
        "nothing answers q3, so it has no line"
    );
    assert_eq!(runs["q1"][0], "velo");
    assert_eq!(runs["q2"][0], "cgv-3");
}

#[test]
fn with_judgments_every_style_is_measured() {
    let desk = desk();
    let printed = guichet(
        desk.path(),
        &[&ARGS[..], &["--qrels", "qrels.tsv", "--json"]].concat(),
    )
    .ok();
    let measures: serde_json::Value = serde_json::from_str(&printed).unwrap();
    for style in ["keywords", "spoken", "all"] {
        for measure in ["success_at_1", "hit_at_3", "mrr_at_10", "ndcg_at_10"] {
            assert_eq!(
                measures[style][measure], 1.0,
                "{style} {measure}: {printed}"
            );
        }
    }
    assert_eq!(measures["none"]["declined"], 1, "{printed}");
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let desk = desk();
    folder::write(
        &desk.path().join("queries.jsonl"),
        "{\"id\": \"q1\", \"text\": \"a\"}\n{\"id\": \"q2\"\n",
    );
    let ran = guichet(desk.path(), &ARGS);
    assert_eq!(ran.code, 2);
    let (told, hint) = ran
        .err
        .split_once("\nhint: ")
        .expect("an error ends with its remedy");
    assert!(
        told.starts_with("error: `queries.jsonl`") && told.contains("line 2"),
        "{told}"
    );
    assert!(!hint.contains("line 2"), "the remedy stands last: {hint}");
    assert!(!desk.path().join("run.txt").exists());
}
