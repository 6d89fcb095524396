//! How long a query takes for each keystroke, in Chromium, on an index of so many documents.
//! The keystrokes are judged queries as they are typed. Prints what it ran on; judges nothing.

#![expect(
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement that cannot go on stops at once; ranks are small and positive"
)]

use guichet_content::corpus::{Record, json_lines};
use guichet_content::lexicons::lexicon;
use guichet_domain::lang::Lang;
use guichet_search::{Row, RowKind, write};
use guichet_tests::{Files, Page, demo, place};
use serde::Deserialize;
use std::path::PathBuf;

/// What the command line asks for.
struct Options {
    documents: usize,
    corpus: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Timings {
    open_ms: f64,
    query_ms: Vec<f64>,
    browser: String,
}

#[tokio::main]
async fn main() {
    let options = options();
    let (titles, bodies, what) = documents(&options);
    let rows: Vec<Row<'_>> = titles
        .iter()
        .zip(&bodies)
        .map(|(title, body)| Row {
            kind: RowKind::Faq,
            title,
            asked: &[],
            lead: "",
            body,
            section: "",
        })
        .collect();
    let index = write(Lang::Fr, &rows, &lexicon(Lang::Fr).expect("our lexicon")).expect("an index");
    let keystrokes = keystrokes();
    let timings = in_browser(&index, &keystrokes).await;
    let mut sorted = timings.query_ms.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
    println!("browser        {}", timings.browser);
    println!("documents      {} ({what})", rows.len());
    println!(
        "index          {} bytes, opened in {:.1} ms",
        index.len(),
        timings.open_ms
    );
    println!("keystrokes     {}", sorted.len());
    println!(
        "query, ms      median {:.3}   p95 {:.3}   p99 {:.3}   worst {:.3}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

fn options() -> Options {
    let mut options = Options {
        documents: 1_000,
        corpus: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .unwrap_or_else(|| panic!("`{name}` needs a value"));
        match name.as_str() {
            "--documents" => options.documents = value.parse().expect("a number of documents"),
            "--corpus" => options.corpus = Some(value.into()),
            other => panic!("unknown option `{other}`, expected `--documents` or `--corpus`"),
        }
    }
    options
}

/// Titles and bodies: of a corpus, or sentences of the demonstration shop mixed anew.
fn documents(options: &Options) -> (Vec<String>, Vec<String>, &'static str) {
    if let Some(path) = &options.corpus {
        let text = std::fs::read_to_string(path).expect("the corpus");
        let records: Vec<Record> = json_lines(&text).expect("JSON lines");
        let take = records.into_iter().take(options.documents);
        let (titles, bodies) = take.map(|record| (record.title, record.body)).unzip();
        return (titles, bodies, "of the corpus given");
    }
    let pack = demo::pack(Lang::Fr);
    let titles: Vec<&str> = pack
        .documents
        .iter()
        .map(guichet_domain::document::Document::title)
        .collect();
    let sentences: Vec<String> = pack.documents.iter().flat_map(demo::sentences).collect();
    let mut random = 1_u64;
    let mut next = |below: usize| {
        // Numerical Recipes' linear congruential generator: the same documents at every run.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap_or(0) % below
    };
    let mixed = (0..options.documents).map(|_| {
        let body: Vec<&str> = (0..8)
            .map(|_| sentences[next(sentences.len())].as_str())
            .collect();
        (titles[next(titles.len())].to_owned(), body.join(" "))
    });
    let (titles, bodies) = mixed.unzip();
    (
        titles,
        bodies,
        "sentences of the demonstration shop, mixed anew",
    )
}

/// Every beginning of every judged query, from two characters on.
fn keystrokes() -> Vec<String> {
    demo::judged(Lang::Fr)
        .iter()
        .flat_map(|query| {
            let characters: Vec<char> = query.text.chars().collect();
            (2..=characters.len())
                .map(move |end| characters[..end].iter().collect())
                .collect::<Vec<String>>()
        })
        .collect()
}

async fn in_browser(index: &[u8], keystrokes: &[String]) -> Timings {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("index.bin"), index).expect("the index");
    std::fs::write(
        folder.path().join("index.html"),
        "<!doctype html><title>bench</title>",
    )
    .expect("a page");
    let files = Files::serve_path(folder.path()).await;
    let page = Page::new().await;
    page.open(&files.url("/index.html")).await;
    let (js, wasm) = (
        place::built("engine.", ".js"),
        place::built("engine.", ".wasm"),
    );
    let keystrokes = serde_json::to_string(keystrokes).expect("JSON");
    page.evaluate(&format!(
        "(async () => {{
            const {{ default: init, Engine }} = await import('/dist/{js}');
            await init({{ module_or_path: '/dist/{wasm}' }});
            const bytes = new Uint8Array(await (await fetch('/index.bin')).arrayBuffer());
            const before = performance.now();
            const engine = Engine.open(bytes);
            const open_ms = performance.now() - before;
            const keystrokes = {keystrokes};
            for (const text of keystrokes.slice(0, 500)) engine.search(text, 12);
            const query_ms = keystrokes.map(text => {{
                const begin = performance.now();
                engine.search(text, 12);
                return performance.now() - begin;
            }});
            return {{ open_ms, query_ms, browser: navigator.userAgent }};
        }})()"
    ))
    .await
}
