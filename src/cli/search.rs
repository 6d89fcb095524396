//! `guichet search`: what a shopper would find.

use crate::output::{self, parse_lang};
use clap::Args;
use guichet_domain::lang::Lang;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct SearchArgs {
    /// A site folder or a corpus.jsonl
    site: PathBuf,
    /// What the shopper types
    query: String,
    /// The language; the site's first where not given
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// How many hits
    #[arg(long, default_value_t = 5)]
    limit: usize,
    /// Print hits as JSON
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Found<'a> {
    declined: bool,
    hits: Vec<FoundHit<'a>>,
}

#[derive(serde::Serialize)]
struct FoundHit<'a> {
    id: &'a str,
    title: &'a str,
    score: f32,
    cover: f32,
}

pub(crate) fn run(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let searchable = output::searchable(&args.site, args.lang)?;
    let outcome = searchable.index.search(&args.query, args.limit);
    let hits: Vec<FoundHit<'_>> = outcome
        .hits
        .iter()
        .map(|hit| FoundHit {
            id: &searchable.ids[hit.row as usize],
            title: &searchable.titles[hit.row as usize],
            score: hit.score,
            cover: hit.cover,
        })
        .collect();
    if args.json {
        output::print_json(&Found {
            declined: outcome.declined,
            hits,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    if hits.is_empty() {
        output::print("nothing found\n")?;
    } else if outcome.declined {
        output::print("nothing answers this exactly; perhaps:\n")?;
    }
    for (rank, hit) in (1..).zip(&hits) {
        output::print(&format!(
            "{rank:>2}. {:.2}  {}  {}\n",
            hit.score, hit.id, hit.title
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
