//! `guichet eval`: a run file in TREC's form, and measures where judgments are given.
//! A document counts as right from grade 2; queries of style `none` have no right document.

use crate::output::{self, parse_lang};
use anyhow::Context;
use clap::Args;
use guichet_content::corpus::{JudgedQuery, Qrels, qrels};
use guichet_domain::lang::Lang;
use guichet_search::Outcome;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Hits written for each query.
const DEPTH: usize = 10;
/// From this grade on a document is right.
const RIGHT: u8 = 2;

#[derive(Args)]
pub(crate) struct EvalArgs {
    /// Documents: a corpus.jsonl, or a site folder
    #[arg(long)]
    corpus: PathBuf,
    /// Queries: JSON lines with id, text, style
    #[arg(long)]
    queries: PathBuf,
    /// Judgments: query, document, grade (0 to 3), tab-separated
    #[arg(long)]
    qrels: Option<PathBuf>,
    /// Where the run file goes (`query_id doc_id rank score`); declined queries have no line
    #[arg(long)]
    run: PathBuf,
    /// Where the evidence for each first hit goes, a line a query: what the confidence is fitted to
    #[arg(long, requires = "qrels")]
    evidence: Option<PathBuf>,
    /// The language; the corpus's first where not given
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// Write lines for declined queries too, to judge ranking apart from abstention
    #[arg(long)]
    never_decline: bool,
    /// Print measures as JSON
    #[arg(long)]
    json: bool,
}

/// Measures over the answerable queries of one style.
#[derive(Clone, Debug, Default, serde::Serialize)]
struct Measures {
    queries: usize,
    success_at_1: f64,
    hit_at_3: f64,
    mrr_at_10: f64,
    ndcg_at_10: f64,
    declined: usize,
}

pub(crate) fn run(args: &EvalArgs) -> anyhow::Result<ExitCode> {
    let searchable = output::searchable(&args.corpus, args.lang)?;
    let queries: Vec<JudgedQuery> = output::read_json_lines(&args.queries)?;
    let judgments = match &args.qrels {
        Some(path) => Some(
            qrels(&output::read(path)?)
                .with_context(|| format!("`{}` cannot be used", path.display()))?,
        ),
        None => None,
    };
    let mut lines = String::new();
    let mut evidence = String::new();
    let mut runs: HashMap<&str, Vec<&str>> = HashMap::new();
    for query in &queries {
        let outcome = searchable.index.search(&query.text, DEPTH);
        let ids: Vec<&str> = outcome
            .hits
            .iter()
            .map(|hit| searchable.ids[hit.row as usize].as_str())
            .collect();
        if let Some(judgments) = &judgments {
            let grades = judgments.get(&query.id);
            evidence.push_str(&evidence_line(query, grades, &ids, &outcome));
        }
        if outcome.declined && !args.never_decline {
            continue;
        }
        let first = outcome.hits.first().copied().unwrap_or_default();
        for ((rank, id), hit) in (1..).zip(&ids).zip(&outcome.hits) {
            // Scores of two queries cannot be compared, confidence can: it is the first hit's
            // score, and the others fall from there as their scores do.
            let score = outcome.confidence * hit.score / first.score;
            writeln!(lines, "{} {id} {rank} {score:.6}", query.id)?;
        }
        runs.insert(&query.id, ids);
    }
    let write = |path: &Path, text: String| {
        std::fs::write(path, text)
            .with_context(|| format!("`{}` cannot be written", path.display()))
    };
    write(&args.run, lines)?;
    if let Some(path) = &args.evidence {
        write(path, evidence)?;
    }
    if let Some(judgments) = judgments {
        let table = measure(&queries, &judgments, &runs);
        if args.json {
            output::print_json(&table)?;
        } else {
            print_table(&table)?;
        }
    }
    eprintln!(
        "{} queries over {} documents; run written to {}",
        queries.len(),
        searchable.ids.len(),
        args.run.display()
    );
    Ok(ExitCode::SUCCESS)
}

type Grades = HashMap<String, u8>;

fn is_answerable(query: &JudgedQuery, grades: &Grades) -> bool {
    query.style != "none" && grades.values().any(|grade| *grade >= RIGHT)
}

/// Query, whether something answers it, whether the first hit does, then the parts of the evidence, tab-separated;
/// without parts where nothing was found.
fn evidence_line(
    query: &JudgedQuery,
    grades: Option<&Grades>,
    ids: &[&str],
    outcome: &Outcome,
) -> String {
    let answerable = grades.is_some_and(|grades| is_answerable(query, grades));
    let first = ids.first().and_then(|id| grades?.get(*id));
    let right = first.is_some_and(|grade| *grade >= RIGHT);
    let mut line = format!(
        "{}\t{}\t{}",
        query.id,
        u8::from(answerable),
        u8::from(right)
    );
    if !ids.is_empty() {
        line.extend(outcome.evidence.parts().map(|part| format!("\t{part:.5}")));
    }
    line + "\n"
}

fn measure(
    queries: &[JudgedQuery],
    judgments: &Qrels,
    runs: &HashMap<&str, Vec<&str>>,
) -> BTreeMap<String, Measures> {
    let mut table: BTreeMap<String, Measures> = BTreeMap::new();
    let nothing = HashMap::new();
    for query in queries {
        let grades = judgments.get(&query.id).unwrap_or(&nothing);
        let ranking = runs.get(query.id.as_str()).map_or(&[][..], Vec::as_slice);
        let styles = if is_answerable(query, grades) {
            vec![query.style.as_str(), "all"]
        } else {
            vec!["none"]
        };
        for style in styles {
            let measures = table.entry(style.to_owned()).or_default();
            measures.queries += 1;
            measures.declined += usize::from(ranking.is_empty());
            let grade = |id: &&str| grades.get(*id).copied().unwrap_or(0);
            if let Some(first) = ranking.iter().position(|id| grade(id) >= RIGHT) {
                measures.success_at_1 += f64::from(u8::from(first == 0));
                measures.hit_at_3 += f64::from(u8::from(first < 3));
                measures.mrr_at_10 += 1.0 / (first + 1) as f64;
            }
            measures.ndcg_at_10 += ndcg(
                &ranking.iter().map(grade).collect::<Vec<_>>(),
                grades.values().copied(),
            );
        }
    }
    for measures in table.values_mut() {
        let n = measures.queries as f64;
        for sum in [
            &mut measures.success_at_1,
            &mut measures.hit_at_3,
            &mut measures.mrr_at_10,
            &mut measures.ndcg_at_10,
        ] {
            *sum /= n;
        }
    }
    table
}

/// Gains 2^grade − 1, discount log2(rank + 1), ideal over all judged documents.
fn ndcg(ranking: &[u8], all: impl Iterator<Item = u8>) -> f64 {
    let gain = |grades: &[u8]| -> f64 {
        let discounted = |(at, grade): (usize, &u8)| {
            (2_f64.powi(i32::from(*grade)) - 1.0) / ((at + 2) as f64).log2()
        };
        grades.iter().take(DEPTH).enumerate().map(discounted).sum()
    };
    let mut ideal: Vec<u8> = all.collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(&ideal);
    if best > 0.0 {
        gain(ranking) / best
    } else {
        0.0
    }
}

fn print_table(table: &BTreeMap<String, Measures>) -> anyhow::Result<()> {
    output::print("style        queries  Success@1  Hit@3  MRR@10  nDCG@10  declined\n")?;
    for (style, m) in table {
        output::print(&format!(
            "{style:<12} {:>7}  {:>9.3}  {:>5.3}  {:>6.3}  {:>7.3}  {:>8}\n",
            m.queries, m.success_at_1, m.hit_at_3, m.mrr_at_10, m.ndcg_at_10, m.declined
        ))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_agree_with_an_example_worked_out_by_hand() {
        let query = |id: &str, style: &str| JudgedQuery {
            id: id.into(),
            text: String::new(),
            style: style.into(),
        };
        let queries = [query("a", "typo"), query("b", "typo"), query("c", "none")];
        let judgments = qrels("a x 3\na y 2\nb x 2\n").unwrap();
        let runs = HashMap::from([("a", vec!["y", "x"]), ("b", vec!["z", "x"])]);
        let table = measure(&queries, &judgments, &runs);
        let typo = &table["typo"];
        assert!((typo.success_at_1 - 0.5).abs() < 1e-9);
        assert!((typo.hit_at_3 - 1.0).abs() < 1e-9);
        assert!((typo.mrr_at_10 - 0.75).abs() < 1e-9);
        // a: (3 + 7/log2 3) / (7 + 3/log2 3); b: (3/log2 3) / 3.
        let a = (3.0 + 7.0 / 3_f64.log2()) / (7.0 + 3.0 / 3_f64.log2());
        let b = 1.0 / 3_f64.log2();
        assert!((typo.ndcg_at_10 - f64::midpoint(a, b)).abs() < 1e-9);
        assert_eq!(table["none"].declined, 1);
    }
}
