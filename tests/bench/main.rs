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

/// What the command line asks for.
struct Options {
    documents: usize,
    corpus: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Timings {
    ours: Engine,
    peer: Engine,
    browser: String,
}

#[derive(Deserialize)]
struct Engine {
    bytes: usize,
    open_ms: f64,
    query_ms: Vec<f64>,
}

impl Engine {
    fn print(mut self, name: &str) {
        self.query_ms.sort_by(f64::total_cmp);
        let sorted = &self.query_ms;
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        println!(
            "{name:<10} index {:>9} bytes, opened in {:>6.1} ms; query, ms: median {:.3}   p95 {:.3}   p99 {:.3}   worst {:.3}",
            self.bytes,
            self.open_ms,
            at(0.5),
            at(0.95),
            at(0.99),
            at(1.0)
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
            lead: "",
            body,
            section: "",
        })
        .collect();
    let index = write(Lang::Fr, &rows, &lexicon(Lang::Fr).expect("our lexicon")).expect("an index");
    let keystrokes = keystrokes();
    let documents: Vec<_> = titles.iter().zip(&bodies).collect();
    let timings = in_browser(&index, &documents, &keystrokes).await;
    println!("browser    {}", timings.browser);
    println!("documents  {} ({what})", rows.len());
    println!("keystrokes {}", keystrokes.len());
    timings.ours.print("guichet");
    timings.peer.print("minisearch");
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
) -> Timings {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("a file to serve");
    };
    let peer = std::env::var_os("GUICHET_PEER").expect("run by `cargo xtask bench`");
    put("index.bin", index);
    put("minisearch.js", &std::fs::read(peer).expect("MiniSearch"));
    put(
        "documents.json",
        &serde_json::to_vec(documents).expect("JSON"),
    );
    put("index.html", b"<!doctype html><title>bench</title>");
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
            const timed = work => {{
                const before = performance.now();
                const result = work();
                return [performance.now() - before, result];
            }};
            const [open_ms, engine] = timed(() => Engine.open(bytes));

            const MiniSearch = (await import('/minisearch.js')).default;
            const fold = word => word.toLowerCase().normalize('NFD').replace(/\\p{{M}}/gu, '');
            const options = {{
                fields: ['title', 'body'],
                processTerm: fold,
                searchOptions: {{
                    boost: {{ title: 3 }},
                    prefix: (term, at, all) => at === all.length - 1,
                    fuzzy: term => (term.length >= 4 ? 0.2 : false),
                }},
            }};
            const documents = await (await fetch('/documents.json')).json();
            const built = new MiniSearch(options);
            built.addAll(documents.map(([title, body], id) => ({{ id, title, body }})));
            const json = JSON.stringify(built);
            const [peer_open_ms, peer] = timed(() => MiniSearch.loadJSON(json, options));

            const keystrokes = {keystrokes};
            for (const text of keystrokes.slice(0, 500)) (engine.search(text, 12), peer.search(text));
            const ours = [];
            const theirs = [];
            for (const text of keystrokes) {{
                ours.push(timed(() => engine.search(text, 12))[0]);
                theirs.push(timed(() => peer.search(text).slice(0, 12))[0]);
            }}
            return {{
                ours: {{ bytes: bytes.length, open_ms, query_ms: ours }},
                peer: {{ bytes: json.length, open_ms: peer_open_ms, query_ms: theirs }},
                browser: navigator.userAgent,
            }};
        }})()"
    ))
    .await
}
