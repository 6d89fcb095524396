//! `guichet explain`: why each hit stands where it does, in the letters of the formula.

use crate::output::{self, parse_lang};
use clap::Args;
use guichet_content::lexicons;
use guichet_domain::lang::Lang;
use guichet_search::confidence::{EVIDENCE_NAMES, Evidence};
use guichet_search::query::Query;
use guichet_search::rank::Part;
use guichet_search::weights::AnswerWeights;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct ExplainArgs {
    /// A site folder or a corpus.jsonl
    site: PathBuf,
    /// What the shopper types
    query: String,
    /// The language; the site's first where not given
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// How many hits
    #[arg(long, default_value_t = 3)]
    limit: usize,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Explained {
    declined: bool,
    /// As the formula has it.
    confidence: f32,
    evidence: Evidence,
    /// What a row counts that is all about what is meant.
    meaning: f32,
    /// What is meant, the largest share first.
    about: Vec<Intent>,
    /// Words that carry information.
    words: Vec<String>,
    hits: Vec<ExplainedHit>,
}

/// Intents of a query that are shown.
const SHOWN_INTENTS: usize = 3;

#[derive(serde::Serialize)]
struct Intent {
    name: String,
    /// Of a vector of length 1.
    share: f32,
}

#[derive(serde::Serialize)]
struct ExplainedHit {
    id: String,
    title: String,
    score: f32,
    cover: f32,
    asked: f32,
    meant: f32,
    parts: Vec<Part>,
}

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let searchable = output::searchable(&args.site, args.lang)?;
    let query = Query::new(&searchable.index, &args.query);
    // An index carries no names.
    let names = lexicons::lexicon(searchable.index.lang())?;
    let outcome = searchable.index.rank(&query, args.limit);
    let explained = Explained {
        declined: outcome.declined,
        confidence: outcome.confidence,
        evidence: outcome.evidence,
        meaning: outcome.meaning,
        about: query
            .about
            .strongest(SHOWN_INTENTS)
            .map(|(intent, share)| Intent {
                name: names.intents().name(intent),
                share,
            })
            .collect(),
        words: query.slots.iter().map(|slot| slot.word.clone()).collect(),
        hits: outcome
            .hits
            .iter()
            .map(|hit| ExplainedHit {
                id: searchable.ids[hit.row as usize].clone(),
                title: searchable.titles[hit.row as usize].clone(),
                score: hit.score,
                cover: hit.cover,
                asked: hit.asked,
                meant: hit.meant,
                parts: searchable.index.explain(&query, hit.row),
            })
            .collect(),
    };
    if args.json {
        output::print_json(&explained)?;
        return Ok(ExitCode::SUCCESS);
    }
    let weights = &searchable.index.weights;
    output::print(&format!("words: {}\n", explained.words.join(", ")))?;
    let about: Vec<String> = explained
        .about
        .iter()
        .map(|intent| format!("{} {:.2}", intent.name, intent.share))
        .collect();
    output::print(&format!("meant: {}\n", about.join(", ")))?;
    output::print(&confidence(&explained, &weights.answer))?;
    for (rank, hit) in (1..).zip(&explained.hits) {
        output::print(&format!("\n{rank}. {}  {}\n", hit.id, hit.title))?;
        let sum: f32 = hit.parts.iter().map(|part| part.counts * part.score).sum();
        output::print(&format!(
            "   score(d) = {:.3} = Σ {sum:.3} · cover(d) {:.3} ^ a {} · (1 + e {} · asked(d) {:.3}) · (1 + h {} · meant(d) {:.3}) + z·t·unsaid {:.3} · meant(d)²\n",
            hit.score,
            hit.cover,
            weights.coverage,
            weights.asked,
            hit.asked,
            weights.meant,
            hit.meant,
            explained.meaning,
        ))?;
        for part in &hit.parts {
            output::print(&format!(
                "   {:<14} {:<12} {} in {}: m {:.2} · idf {:.3} · tf {:.3} / (k {} + tf) = {:.3}{}\n",
                part.word,
                part.how,
                part.terms.join(" "),
                part.fields.join(", "),
                part.m,
                part.idf,
                part.tf,
                weights.saturation,
                part.score,
                if part.counts < 1.0 {
                    format!(" · {:.2}", part.counts)
                } else {
                    String::new()
                }
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Why the best hit is an answer or is none.
fn confidence(explained: &Explained, by: &AnswerWeights) -> String {
    if explained.words.is_empty() {
        return "nothing is asked: no word of it says what is looked for\n".to_owned();
    }
    if explained.hits.is_empty() {
        return "declined: nothing has a word of it, nor is about what is meant\n".to_owned();
    }
    let weights = by.of.parts().into_iter().zip(EVIDENCE_NAMES);
    let parts: Vec<String> = weights
        .zip(explained.evidence.parts())
        .map(|((weight, name), part)| format!("{weight} · {name} {part:.3}"))
        .collect();
    format!(
        "{}: confidence {:.3} = 1 / (1 + exp(−({} + {}))), least {}\n",
        if explained.declined {
            "declined"
        } else {
            "answered"
        },
        explained.confidence,
        by.base,
        parts.join(" + "),
        by.least,
    )
}
