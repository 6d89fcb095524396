//! What each ingredient of search adds: every row of the table leaves one out and measures
//! the same judged queries again. Differences come with 95 % intervals over queries (paired
//! bootstrap), bytes are the whole index compressed as a CDN sends it, time is native.
//! Run by `cargo xtask ablation DATA`.
#![allow(
    clippy::expect_used,
    reason = "a tool for developers: what cannot be read ends it, with its reason"
)]

mod measure;

use crate::measure::{Measured, Queries, difference};
use guichet_content::corpus::{Record, json_lines};
use guichet_content::lexicons;
use guichet_domain::lang::Lang;
use guichet_search::weights::FIELDS;
use guichet_search::{Index, Lexicon, Row, Weights, write};
use std::path::Path;

/// What is changed for a row of the table.
struct Ingredient {
    name: &'static str,
    /// Lines of the lexicon that begin so are left out.
    lines: Option<&'static str>,
    /// Whether the model of intents is left out.
    intents: bool,
    weights: fn(&mut Weights),
}

const fn lexicon(name: &'static str, lines: &'static str) -> Ingredient {
    Ingredient {
        name,
        lines: Some(lines),
        intents: false,
        weights: |_| (),
    }
}

const fn weights(name: &'static str, weights: fn(&mut Weights)) -> Ingredient {
    Ingredient {
        name,
        lines: None,
        intents: false,
        weights,
    }
}

const INGREDIENTS: &[Ingredient] = &[
    lexicon("stop words", "stop "),
    lexicon("shorthand", "short "),
    lexicon("concepts", "concept "),
    Ingredient {
        name: "intents",
        lines: None,
        intents: true,
        weights: |_| (),
    },
    weights("rows found by what is meant", |weights| {
        weights.meaning = 0.0;
    }),
    lexicon("light words", "light "),
    weights("other forms of a word", |weights| weights.stem = 0.0),
    weights("completion while typing", |weights| weights.prefix = 0.0),
    weights("spelling correction", |weights| {
        weights.typo_1 = 0.0;
        weights.typo_2 = 0.0;
    }),
    weights("fields weighted", |weights| {
        weights.field = [1.0; FIELDS];
    }),
    weights("length of fields", |weights| weights.length = 0.0),
    weights("cover", |weights| weights.coverage = 0.0),
    weights("a lift of what is asked itself", |weights| {
        weights.asked = 0.0;
    }),
    weights("word and concept agree", |weights| weights.agreement = 0.0),
];

fn main() {
    let data = std::env::args().nth(1).expect("a folder of judged data");
    let data = Path::new(&data);
    let read = |name: &str| {
        std::fs::read_to_string(data.join(name)).unwrap_or_else(|error| panic!("`{name}`: {error}"))
    };
    let records: Vec<Record> = json_lines(&read("corpus.jsonl")).expect("a corpus");
    let queries = Queries::read(&read("queries.jsonl"), &read("qrels.tsv"), &records);
    let lang = records.first().map_or(Lang::Fr, |record| record.lang);
    let rows: Vec<Row<'_>> = records.iter().map(Record::row).collect();
    let run = |without: Option<&Ingredient>| -> Measured {
        let left_out = without.and_then(|ingredient| ingredient.lines);
        let text: String = lexicons::text(lang)
            .lines()
            .filter(|line| left_out.is_none_or(|kind| !line.starts_with(kind)))
            .flat_map(|line| [line, "\n"])
            .collect();
        let with_intents = without.is_none_or(|ingredient| !ingredient.intents);
        let (bytes, mut index) = index(lang, &rows, &text, with_intents);
        if let Some(ingredient) = without {
            (ingredient.weights)(&mut index.weights);
        }
        queries.measure(&index, measure::compressed(&bytes))
    };
    let whole = run(None);
    println!(
        "{} documents, {} answerable and {} other queries; weights as in the source\n",
        records.len(),
        whole.answerable(),
        whole.unanswerable()
    );
    println!("| | S@1 | S@3 | nDCG@10 | index, brotli | µs a query |");
    println!("|---|---|---|---|---|---|");
    println!("| everything | {} |", whole.cells());
    for ingredient in INGREDIENTS {
        let without = run(Some(ingredient));
        println!(
            "| without {} | {} |",
            ingredient.name,
            difference(&without, &whole)
        );
    }
    println!("\n{}", whole.styles());
    println!("{}", whole.abstention());
    let (_, index) = index(lang, &rows, lexicons::text(lang), true);
    println!("{}", queries.typed(&index));
}

fn index(lang: Lang, rows: &[Row<'_>], lexicon: &str, with_intents: bool) -> (Vec<u8>, Index) {
    let mut lexicon = Lexicon::parse_for(lang, lexicon).expect("a lexicon");
    if with_intents {
        let own = lexicons::lexicon(lang).expect("the lexicon that comes with Guichet");
        lexicon = lexicon.with_intents(own.intents().clone());
    }
    let bytes = write(lang, rows, &lexicon).expect("an index");
    let index = Index::open("index", &bytes).expect("the index just written");
    (bytes, index)
}
