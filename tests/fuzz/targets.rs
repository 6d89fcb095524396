//! What is tried, and what must hold whatever comes in.

use crate::mutate::{Random, mutated};
use guichet_bundle::frame;
use guichet_bundle::{Edition, Manifest, Pack};
use guichet_content::problem::{Problems, Source};
use guichet_content::terms::{Cut, Format, cut};
use guichet_content::{bundle, compare, faq, lexicons, settings, site, terms_file};
use guichet_domain::holiday::Region;
use guichet_domain::lang::Lang;
use guichet_domain::scrub::scrub;
use guichet_search::passage::excerpt;
use guichet_search::query::Query;
use guichet_search::{Index, Lexicon};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest text of terms tried: a long contract; a query is cut far below.
const MOST_BYTES: usize = 60_000;
const MOST_QUERY_BYTES: usize = 400;

/// What reads what somebody else wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Markdown,
    Html,
    Docx,
    Compare,
    Entry,
    Settings,
    Query,
    IndexFile,
    ContentFile,
}

const ALL: [Target; 9] = [
    Target::Markdown,
    Target::Html,
    Target::Docx,
    Target::Compare,
    Target::Entry,
    Target::Settings,
    Target::Query,
    Target::IndexFile,
    Target::ContentFile,
];

/// The seeds, and an index to ask.
pub(crate) struct Targets {
    terms: Vec<Vec<u8>>,
    pages: Vec<Vec<u8>>,
    entries: Vec<Vec<u8>>,
    settings: Vec<Vec<u8>>,
    queries: Vec<Vec<u8>>,
    contents: Vec<Vec<u8>>,
    indexes: Vec<Vec<u8>>,
    index: Index,
}

impl Targets {
    pub(crate) fn new(root: &Path) -> Self {
        let site = root.join("index/sites/cap-sentier");
        let read = |paths: Vec<PathBuf>| -> Vec<Vec<u8>> {
            let bytes = paths.iter().map(|path| fs::read(path).expect("a seed"));
            bytes.collect()
        };
        let today = "2026-11-22".parse().expect("a day");
        let (content, _) = site::read(&site, site::Day::On(today));
        let content = content.expect("the demo site");
        let lexicon = Lexicon::parse_for(Lang::Fr, lexicons::text(Lang::Fr)).expect("a lexicon");
        let made = bundle::locale(&content, Lang::Fr, &lexicon).expect("its index");
        let bundle = bundle::bundle(&content, |_| ()).expect("its bundle");
        let of = |ending: &str| -> Vec<Vec<u8>> {
            let files = bundle
                .files
                .iter()
                .filter(|(name, _)| name.ends_with(ending));
            files.map(|(_, bytes)| bytes.clone()).collect()
        };
        let queries = fs::read_to_string(root.join("index/judged/cap-sentier/fr/queries.jsonl"));
        let queries = queries.expect("judged queries");
        Self {
            terms: read(files(&site.join("terms"), "md")),
            pages: of(".html"),
            entries: read(files(&site.join("faq"), "md")),
            settings: read(vec![site.join("site.toml")]),
            queries: queries
                .lines()
                .map(|line| line.as_bytes().to_vec())
                .collect(),
            contents: of(".json"),
            indexes: of(".bin"),
            index: Index::open("seed", &made.index).expect("the index just made"),
        }
    }

    pub(crate) fn seeds(&self) -> usize {
        [
            &self.terms,
            &self.pages,
            &self.entries,
            &self.settings,
            &self.queries,
            &self.contents,
            &self.indexes,
        ]
        .iter()
        .map(|seeds| seeds.len())
        .sum()
    }

    /// A target, and what it shall read.
    pub(crate) fn case(&self, random: &mut Random) -> (Target, Vec<u8>) {
        let target = *random.of(&ALL);
        let (seeds, most) = match target {
            Target::Markdown | Target::Compare => (&self.terms, MOST_BYTES),
            Target::Html | Target::Docx => (&self.pages, MOST_BYTES),
            Target::Entry => (&self.entries, MOST_BYTES),
            Target::Settings => (&self.settings, MOST_BYTES),
            Target::Query => (&self.queries, MOST_QUERY_BYTES),
            Target::IndexFile => (&self.indexes, usize::MAX),
            Target::ContentFile => (&self.contents, usize::MAX),
        };
        let (seed, other) = (random.of(seeds).clone(), random.of(seeds).clone());
        let input = match target {
            Target::IndexFile => with_a_part_spoilt(random, &seed, &other),
            _ => mutated(random, &seed, &other, most),
        };
        (
            target,
            if target == Target::Docx {
                docx(&input)
            } else {
                input
            },
        )
    }

    /// Reads it. What is refused is refused in words; what is read keeps its promises.
    pub(crate) fn run(&self, target: Target, input: &[u8]) {
        let text = String::from_utf8_lossy(input);
        match target {
            Target::Markdown => check(&text, &cut(&text, Format::Markdown)),
            Target::Html => check(&text, &cut(&text, Format::Html)),
            Target::Docx => {
                if let Ok(read) = terms_file::read(Path::new("cgv.docx"), input.to_vec()) {
                    check(&read.text, &cut(&read.text, read.format));
                }
            }
            Target::Compare => {
                let half = (text.char_indices().map(|(at, _)| at)).find(|at| *at * 2 >= text.len());
                let (old, new) = text.split_at(half.unwrap_or(0));
                let (old, new) = (cut(old, Format::Markdown), cut(new, Format::Markdown));
                let _told = compare::compare(&old, &new);
            }
            Target::Entry => {
                let file = Path::new("entry.md");
                let source = Source { file, text: &text };
                let _read = faq::read(&source, Region::Fr, &mut Problems::default());
            }
            Target::Settings => {
                let file = Path::new("site.toml");
                let source = Source { file, text: &text };
                let _read = settings::read("shop", &source, &mut Problems::default());
            }
            Target::Query => {
                let query = Query::new(&self.index, &text);
                let found = self.index.rank(&query, 12);
                for hit in &found.hits {
                    assert!((hit.row as usize) < self.index.rows());
                    let _parts = self.index.explain(&query, hit.row);
                }
                let passages = self.index.passages(&query, &text);
                assert!(text.get(excerpt(&text, &passages, 140)).is_some());
                for passage in passages {
                    assert!(text.get(passage).is_some());
                }
                let _scrubbed = scrub(&text, 300);
            }
            Target::IndexFile => {
                if let Ok(index) = Index::open("spoilt", input) {
                    for text in ["retour", "jai pas recu mon coli", "point r", "remboursem"] {
                        let query = Query::new(&index, text);
                        for hit in index.rank(&query, 12).hits {
                            let _parts = index.explain(&query, hit.row);
                        }
                    }
                }
            }
            Target::ContentFile => {
                let _pack = Pack::decode("spoilt", input);
                let _manifest = Manifest::decode(input);
                let _edition = Edition::decode("spoilt", input);
            }
        }
    }
}

/// An index file one part of which is spoilt, behind a checksum that is right: a wrong one is refused at once.
fn with_a_part_spoilt(random: &mut Random, seed: &[u8], other: &[u8]) -> Vec<u8> {
    let parts = frame::decode("seed", seed).expect("the index just made");
    let spoilt = random.below(parts.len());
    let parts: Vec<(&str, Vec<u8>)> = (0..)
        .zip(parts)
        .map(|(at, (name, part))| {
            let part = if at == spoilt {
                mutated(random, part, other, usize::MAX)
            } else {
                part.to_vec()
            };
            (name, part)
        })
        .collect();
    frame::encode(&parts)
}

/// The promises of a cut that hold for any text.
fn check(source: &str, cut: &Cut) {
    let mut end = 0;
    let mut addresses = HashSet::new();
    for clause in &cut.clauses {
        assert!(end <= clause.start && clause.start <= clause.end && clause.end <= source.len());
        assert!(source.is_char_boundary(clause.start) && source.is_char_boundary(clause.end));
        assert!(
            addresses.insert(&clause.address),
            "`{}` stands twice",
            clause.address
        );
        assert!(clause.references.iter().all(|to| cut.find(to).is_some()));
        end = clause.end;
    }
}

/// A document as word processors pack it, around text that may not be XML at all.
fn docx(text: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options)
        .expect("a file in memory");
    let text = String::from_utf8_lossy(text);
    // Half of a page's tags become a document's, so that more than the first bracket is read.
    let text = text
        .replace("<p", "<w:p")
        .replace("</p", "</w:p")
        .replace("<td", "<w:tc")
        .replace("<li", "<w:r><w:t");
    let whole = [
        "<w:document xmlns:w=\"w\"><w:body>",
        &text,
        "</w:body></w:document>",
    ]
    .concat();
    zip.write_all(whole.as_bytes()).expect("bytes in memory");
    zip.finish().expect("a file in memory").into_inner()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
