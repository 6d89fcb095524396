//! How long a query takes for each keystroke, in Chromium, on an index of so many documents,
//! beside `MiniSearch` in the same page: accents folded, prefix on the last word and fuzziness of
//! 0.2, its index opened from JSON as a shop would send it. The two take turns at each keystroke.
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
use std::time::{Duration, Instant};

/// What the command line asks for.
struct Options {
    documents: usize,
    corpus: Option<PathBuf>,
}

/// Pages in which both open their index, once each: a time of one is mostly chance.
const OPENINGS: usize = 15;
/// Keystrokes of one call: the browser answers a call within two minutes, with 10,000 documents too.
const AT_ONCE: usize = 100;
/// Calls that only make the browser's compilers ready.
const WARM_UP: usize = 5;
/// How long keystrokes are timed: with many documents not all are.
const PATIENCE: Duration = Duration::from_secs(180);

/// Milliseconds of both, of one opening or of many keystrokes.
#[derive(Default, Deserialize)]
struct Times<T> {
    ours: T,
    peer: T,
}

#[derive(Deserialize)]
struct Opened {
    #[serde(flatten)]
    times: Times<f64>,
    browser: String,
}

/// What one of the two needs.
#[derive(Default)]
struct Engine {
    bytes: usize,
    open_ms: Vec<f64>,
    query_ms: Vec<f64>,
}

impl Engine {
    fn print(mut self, name: &str) {
        // By code the browser has never seen; later pages find some of it compiled.
        let first = self.open_ms[0];
        self.open_ms.sort_by(f64::total_cmp);
        self.query_ms.sort_by(f64::total_cmp);
        let at = |sorted: &[f64], share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        let (open, query) = (
            |share| at(&self.open_ms, share),
            |share| at(&self.query_ms, share),
        );
        println!(
            "{name:<10} index {:>9} bytes; opened in, ms: first {first:.1}   median {:.1}   least {:.1}   most {:.1}; query, ms: median {:.3}   p95 {:.3}   p99 {:.3}   worst {:.3}",
            self.bytes,
            open(0.5),
            open(0.0),
            open(1.0),
            query(0.5),
            query(0.95),
            query(0.99),
            query(1.0)
        );
    }
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
            text: body.clone(),
        })
        .collect();
    let index = write(Lang::Fr, &rows, &lexicon(Lang::Fr).expect("our lexicon")).expect("an index");
    let keystrokes = keystrokes();
    let documents: Vec<_> = titles.iter().zip(&bodies).collect();
    let (times, browser) = in_browser(&index, &documents, &keystrokes).await;
    println!("browser    {browser}");
    println!("documents  {} ({what})", rows.len());
    let (count, all) = (times.ours.query_ms.len(), keystrokes.len());
    println!("keystrokes {count} of {all}, openings {OPENINGS}");
    times.ours.print("guichet");
    times.peer.print("minisearch");
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

async fn in_browser(
    index: &[u8],
    documents: &[(&String, &String)],
    keystrokes: &[String],
) -> (Times<Engine>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("a file to serve");
    };
    let peer = std::env::var_os("GUICHET_PEER").expect("run by `cargo xtask bench`");
    put("index.bin", index);
    put("minisearch.js", &std::fs::read(peer).expect("MiniSearch"));
    put("page.js", include_bytes!("page.js"));
    put(
        "documents.json",
        &serde_json::to_vec(documents).expect("JSON"),
    );
    put("index.html", b"<!doctype html><title>bench</title>");
    let files = Files::serve_path(folder.path()).await;
    let call = |what: String| format!("import('/page.js').then(page => page.{what})");
    let page = Page::new().await;
    page.open(&files.url("/index.html")).await;
    let json: String = page.evaluate(&call("build()".into())).await;
    put("minisearch.json", json.as_bytes());
    let mut times: Times<Engine> = Times::default();
    times.ours.bytes = index.len();
    times.peer.bytes = json.len();
    let mut browser = String::new();
    let (js, wasm) = (
        place::built("engine.", ".js"),
        place::built("engine.", ".wasm"),
    );
    for turn in 0..OPENINGS {
        page.open(&files.url("/index.html")).await;
        let open = format!("open('/dist/{js}', '/dist/{wasm}', {})", turn % 2 == 1);
        let opened: Opened = page.evaluate(&call(open)).await;
        times.ours.open_ms.push(opened.times.ours);
        times.peer.open_ms.push(opened.times.peer);
        browser = opened.browser;
    }
    let calls = || keystrokes.chunks(AT_ONCE);
    let begun = Instant::now();
    for (turn, some) in calls().take(WARM_UP).chain(calls()).enumerate() {
        let some = serde_json::to_string(some).expect("JSON");
        let some: Times<Vec<f64>> = page.evaluate(&call(format!("query({some})"))).await;
        if turn >= WARM_UP {
            times.ours.query_ms.extend(some.ours);
            times.peer.query_ms.extend(some.peer);
            if begun.elapsed() > PATIENCE {
                break;
            }
        }
    }
    (times, browser)
}
