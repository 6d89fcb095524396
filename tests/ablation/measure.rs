//! Measures of a judged collection, query by query, so that two runs can be compared in pairs.

use guichet_content::corpus::{JudgedQuery, Qrels, Record, json_lines, qrels};
use guichet_search::Index;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::time::Instant;

/// From this grade on a document is right.
const RIGHT: u8 = 2;
const DEPTH: usize = 10;
/// Draws of the bootstrap.
const DRAWS: usize = 5_000;

/// Judged queries of a collection.
pub(crate) struct Queries {
    ids: Vec<String>,
    judged: Vec<JudgedQuery>,
    judgments: Qrels,
}

/// What one query scored.
#[derive(Clone, Copy)]
struct Score {
    first: f64,
    third: f64,
    ndcg: f64,
    declined: bool,
    answerable: bool,
}

/// A run over all queries.
pub(crate) struct Measured {
    scores: Vec<Score>,
    styles: Vec<String>,
    bytes: usize,
    micros: f64,
}

impl Queries {
    /// Reads queries and judgments.
    pub(crate) fn read(queries: &str, judgments: &str, records: &[Record]) -> Self {
        Self {
            ids: records.iter().map(|record| record.id.clone()).collect(),
            judged: json_lines(queries).expect("queries"),
            judgments: qrels(judgments).expect("judgments"),
        }
    }

    fn grade(&self, query: &str, row: u32) -> u8 {
        self.judgments
            .get(query)
            .and_then(|grades| grades.get(&self.ids[row as usize]))
            .copied()
            .unwrap_or(0)
    }

    /// Searches every query; `bytes` is what the index weighs.
    pub(crate) fn measure(&self, index: &Index, bytes: usize) -> Measured {
        let nothing = HashMap::new();
        let begin = Instant::now();
        let outcomes: Vec<_> = self
            .judged
            .iter()
            .map(|query| index.search(&query.text, DEPTH))
            .collect();
        let micros = begin.elapsed().as_secs_f64() * 1e6 / self.judged.len() as f64;
        let scores = self
            .judged
            .iter()
            .zip(&outcomes)
            .map(|(query, outcome)| {
                let grades = self.judgments.get(&query.id).unwrap_or(&nothing);
                let found: Vec<u8> = outcome
                    .hits
                    .iter()
                    .map(|hit| self.grade(&query.id, hit.row))
                    .collect();
                let place = found.iter().position(|grade| *grade >= RIGHT);
                Score {
                    first: f64::from(u8::from(place == Some(0))),
                    third: f64::from(u8::from(place.is_some_and(|place| place < 3))),
                    ndcg: ndcg(&found, grades.values().copied()),
                    declined: outcome.declined || outcome.hits.is_empty(),
                    answerable: query.style != "none"
                        && grades.values().any(|grade| *grade >= RIGHT),
                }
            })
            .collect();
        Measured {
            scores,
            styles: self
                .judged
                .iter()
                .map(|query| query.style.clone())
                .collect(),
            bytes,
            micros,
        }
    }

    /// How much of a query has to be typed until a right document is among the first three.
    pub(crate) fn typed(&self, index: &Index) -> String {
        let mut shares = Vec::new();
        for query in &self.judged {
            let right = |text: &str| {
                let hits = index.search(text, 3).hits;
                hits.iter()
                    .any(|hit| self.grade(&query.id, hit.row) >= RIGHT)
            };
            let ends: Vec<usize> = query
                .text
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .collect();
            if !right(&query.text) {
                continue;
            }
            let first = ends.iter().position(|end| right(&query.text[..*end]));
            shares.push((first.unwrap_or(ends.len()) + 1) as f64 / ends.len() as f64);
        }
        format!(
            "Typed until a right document is among the first three: {:.0} % of the query (mean over {} queries that end so)",
            100.0 * mean(&shares),
            shares.len()
        )
    }
}

impl Measured {
    fn over(&self, measure: fn(&Score) -> f64) -> Vec<f64> {
        self.scores
            .iter()
            .filter(|score| score.answerable)
            .map(measure)
            .collect()
    }

    /// How many queries have a right document.
    pub(crate) fn answerable(&self) -> usize {
        self.scores.iter().filter(|score| score.answerable).count()
    }

    /// How many have none.
    pub(crate) fn unanswerable(&self) -> usize {
        self.scores.len() - self.answerable()
    }

    /// The cells of the table's first row.
    pub(crate) fn cells(&self) -> String {
        let of = |measure| {
            let values = self.over(measure);
            let (low, high) = interval(&values);
            format!("{:.1} [{low:.0}–{high:.0}]", 100.0 * mean(&values))
        };
        format!(
            "{} | {} | {} | {} | {:.0}",
            of(|score| score.first),
            of(|score| score.third),
            of(|score| score.ndcg),
            self.bytes,
            self.micros
        )
    }

    /// Success by style.
    pub(crate) fn styles(&self) -> String {
        let mut styles: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
        for (score, style) in self.scores.iter().zip(&self.styles) {
            if score.answerable {
                styles.entry(style).or_default().push(score);
            }
        }
        let mut out = String::from("| style | queries | S@1 | S@3 |\n|---|---|---|---|\n");
        for (style, scores) in styles {
            let of = |measure: fn(&Score) -> f64| {
                100.0
                    * mean(
                        &scores
                            .iter()
                            .map(|score| measure(score))
                            .collect::<Vec<_>>(),
                    )
            };
            let _ = writeln!(
                out,
                "| {style} | {} | {:.1} | {:.1} |",
                scores.len(),
                of(|score| score.first),
                of(|score| score.third)
            );
        }
        out
    }

    /// What declining does.
    pub(crate) fn abstention(&self) -> String {
        let share = |of: &dyn Fn(&Score) -> bool, among: &dyn Fn(&Score) -> bool| {
            let among: Vec<&Score> = self.scores.iter().filter(|score| among(score)).collect();
            let n = among.iter().filter(|score| of(score)).count();
            n as f64 / among.len().max(1) as f64
        };
        let refused = share(&|score| score.declined, &|score| !score.answerable);
        let lost = share(&|score| score.declined, &|score| score.answerable);
        let right = share(&|score| !score.declined && score.first > 0.0, &|score| {
            score.answerable
        });
        format!(
            "Declining: {:.0} % of what nothing answers, {:.0} % of the answerable; right at 1 after it {:.1} %; abstention F1 {:.2}",
            100.0 * refused,
            100.0 * lost,
            100.0 * right,
            2.0 * refused * right / (refused + right).max(f64::MIN_POSITIVE)
        )
    }
}

/// The cells of a row: what leaving something out changes.
pub(crate) fn difference(without: &Measured, whole: &Measured) -> String {
    let of = |measure| {
        let pairs: Vec<f64> = without
            .over(measure)
            .iter()
            .zip(whole.over(measure))
            .map(|(without, whole)| without - whole)
            .collect();
        let (low, high) = interval(&pairs);
        format!("{:+.1} [{low:+.1}, {high:+.1}]", 100.0 * mean(&pairs))
    };
    format!(
        "{} | {} | {} | {:+} | {:+.0}",
        of(|score| score.first),
        of(|score| score.third),
        of(|score| score.ndcg),
        without.bytes.cast_signed() - whole.bytes.cast_signed(),
        without.micros - whole.micros
    )
}

/// Bytes as a CDN sends them.
pub(crate) fn compressed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    std::io::Write::write_all(&mut writer, bytes).expect("memory");
    drop(writer);
    out.len()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// 95 % interval of the mean, in percent: percentile bootstrap over queries with a fixed seed.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut random = 1_u64;
    let mut draw = || {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        values[usize::try_from(random >> 33).unwrap_or(0) % values.len()]
    };
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| (0..values.len()).map(|_| draw()).sum::<f64>() / values.len() as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    (100.0 * means[DRAWS / 40], 100.0 * means[DRAWS - DRAWS / 40])
}

/// Gains 2^grade − 1, discount log2(rank + 1), ideal over all judged documents.
fn ndcg(found: &[u8], all: impl Iterator<Item = u8>) -> f64 {
    let gain = |grades: &[u8]| -> f64 {
        let discounted = |(at, grade): (usize, &u8)| {
            (2_f64.powi(i32::from(*grade)) - 1.0) / ((at + 2) as f64).log2()
        };
        grades.iter().take(DEPTH).enumerate().map(discounted).sum()
    };
    let mut ideal: Vec<u8> = all.collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = gain(&ideal);
    if best > 0.0 { gain(found) / best } else { 0.0 }
}
