//! Fits how sure an answer is (`guichet_search::confidence`) to judged queries: whether something answers a query, by
//! the evidence for its first hit, as `guichet eval --evidence` writes it. Every file is a set; each set counts as
//! much, and in it the queries that something answers as much as the others. What is printed goes by hand into
//! `src/search/weights.rs`, rounded. To see what of it travels, each set is also judged by a fit to the others.

use std::fs;

use anyhow::{Context, Result, bail};
use guichet_search::Weights;
use guichet_search::confidence::EVIDENCE_NAMES;

use crate::regression::{Example, chance, fit as regression, sum};

/// A constant, and the parts of the evidence.
const KNOWN: usize = 1 + EVIDENCE_NAMES.len();
/// Of the answerable queries, at most so many are to be declined.
const DECLINED: f64 = 0.05;

/// A judged query.
struct Query {
    /// `None` where nothing was found: it is declined whatever the weights.
    known: Option<[f64; KNOWN]>,
    answerable: bool,
    /// Whether the first hit answers.
    right: bool,
}

struct Set {
    name: String,
    queries: Vec<Query>,
}

/// Prints the fit to the sets of these files, and how it does on each.
pub(crate) fn fit(files: &[String]) -> Result<()> {
    let sets: Vec<Set> = files.iter().map(|file| read(file)).collect::<Result<_>>()?;
    let all: Vec<&Set> = sets.iter().collect();
    let answer = Weights::default().answer;
    let mut shipped = [f64::from(answer.base); KNOWN];
    for (weight, own) in shipped[1..].iter_mut().zip(answer.of.parts()) {
        *weight = f64::from(own);
    }
    println!("declined of the answerable, of the others, abstention F1, area under the curve\n");
    println!("as in the source, least {}:", answer.least);
    report(&sets, |_| (shipped, f64::from(answer.least)));
    println!("\neach set by a fit to the others:");
    report(&sets, |set| {
        let others: Vec<&Set> = sets.iter().filter(|other| other.name != set.name).collect();
        fitted(&others)
    });
    let (weights, least) = fitted(&all);
    println!("\nby a fit to all:");
    report(&sets, |_| (weights, least));
    println!("\nleast {least:.3}\nbase {:.3}", weights[0]);
    for (name, weight) in EVIDENCE_NAMES.iter().zip(&weights[1..]) {
        println!("{name} {weight:.3}");
    }
    Ok(())
}

fn read(file: &str) -> Result<Set> {
    let text = fs::read_to_string(file).with_context(|| format!("`{file}` cannot be read"))?;
    let queries = (1..)
        .zip(text.lines())
        .map(|(number, line)| {
            query(line).with_context(|| {
                format!("`{file}` line {number}: `{line}` is no evidence\nhint: write it with `guichet eval --evidence`")
            })
        })
        .collect::<Result<Vec<_>>>()?;
    for answerable in [true, false] {
        if !queries.iter().any(|query| query.answerable == answerable) {
            bail!(
                "`{file}` has no query that {} answers",
                if answerable { "something" } else { "nothing" }
            );
        }
    }
    Ok(Set {
        name: file.to_owned(),
        queries,
    })
}

fn query(line: &str) -> Option<Query> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [_, answerable, right, parts @ ..] = &cells[..] else {
        return None;
    };
    let known = if parts.is_empty() {
        None
    } else {
        let parts: Vec<f64> = parts
            .iter()
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        let mut known = [1.0; KNOWN];
        (parts.len() + 1 == KNOWN).then(|| known[1..].copy_from_slice(&parts))?;
        Some(known)
    };
    Some(Query {
        known,
        answerable: *answerable == "1",
        right: *right == "1",
    })
}

impl Set {
    fn of(&self, answerable: bool) -> impl Iterator<Item = &Query> + Clone {
        self.queries
            .iter()
            .filter(move |query| query.answerable == answerable)
    }

    /// The share of queries declined.
    fn declined(&self, answerable: bool, (weights, least): (&[f64; KNOWN], f64)) -> f64 {
        let queries = self.of(answerable);
        let declined = queries
            .clone()
            .filter(|query| query.confidence(weights) < least);
        declined.count() as f64 / queries.count() as f64
    }

    /// How often a query that something answers has more confidence than one that nothing does.
    fn area(&self, weights: &[f64; KNOWN]) -> f64 {
        let of = |answerable| self.of(answerable).map(|query| query.confidence(weights));
        let (some, none): (Vec<f64>, Vec<f64>) = (of(true).collect(), of(false).collect());
        let above = |a: f64| {
            none.iter()
                .map(|b| f64::from(u8::from(a > *b)) + f64::from(u8::from(a >= *b)))
                .sum::<f64>()
        };
        some.iter().copied().map(above).sum::<f64>() / (2 * some.len() * none.len()) as f64
    }
}

impl Query {
    fn confidence(&self, weights: &[f64; KNOWN]) -> f64 {
        self.known.map_or(0.0, |known| chance(sum(weights, &known)))
    }
}

/// Weights, and the most confidence to ask for under which a twentieth of the answerable queries is declined, on the
/// mean of the sets.
fn fitted(sets: &[&Set]) -> ([f64; KNOWN], f64) {
    let mut examples = Vec::new();
    for set in sets {
        for answerable in [true, false] {
            let known: Vec<_> = set.of(answerable).filter_map(|query| query.known).collect();
            let counts = 1.0 / known.len() as f64;
            examples.extend(known.into_iter().map(|known| Example {
                known,
                counts,
                is_so: answerable,
            }));
        }
    }
    let weights = regression(&examples);
    let thousandths = (0..1000).map(|step| f64::from(step) / 1000.0);
    let least = thousandths.take_while(|least| {
        let declined = sets
            .iter()
            .map(|set| set.declined(true, (&weights, *least)));
        declined.sum::<f64>() / sets.len() as f64 <= DECLINED
    });
    (weights, least.last().unwrap_or(0.0))
}

fn report<'a>(sets: &'a [Set], by: impl Fn(&'a Set) -> ([f64; KNOWN], f64)) {
    let mut mean = [0.0; 4];
    for set in sets {
        let (weights, least) = by(set);
        let lost = set.declined(true, (&weights, least));
        let refused = set.declined(false, (&weights, least));
        let right = set
            .of(true)
            .filter(|query| query.right && query.confidence(&weights) >= least);
        let right = right.count() as f64 / set.of(true).count() as f64;
        let f1 = 2.0 * refused * right / (refused + right).max(f64::MIN_POSITIVE);
        let all = [lost, refused, f1, set.area(&weights)];
        for (sum, own) in mean.iter_mut().zip(all) {
            *sum += own / sets.len() as f64;
        }
        line(&set.name, all);
    }
    line("mean", mean);
}

fn line(name: &str, [lost, refused, f1, area]: [f64; 4]) {
    println!(
        "{:5.1} % {:5.1} %  {f1:.3}  {area:.3}  {name}",
        100.0 * lost,
        100.0 * refused
    );
}
