//! The demonstration merchant as it was built, read natively: what the browser must show is compared with this.

use crate::place::{self, SITE};
use guichet_bundle::Manifest;
pub use guichet_bundle::Pack;
use guichet_domain::document::{Clause, Document, FaqEntry};
use guichet_domain::lang::Lang;
use guichet_domain::rich::plain_text;
use guichet_search::Index;
use std::path::PathBuf;

/// A query somebody judged, in `index/judged`.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Judged {
    /// Unique within its language.
    pub id: String,
    /// As typed.
    pub text: String,
}

fn folder() -> PathBuf {
    place::public().join("dist").join(SITE)
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name))
        .unwrap_or_else(|error| panic!("`public/dist/{SITE}/{name}`: {error}"))
}

/// Its manifest.
pub fn manifest() -> Manifest {
    Manifest::decode(&read("manifest.json")).unwrap()
}

/// Its documents in a language.
pub fn pack(lang: Lang) -> Pack {
    let name = manifest().locale(lang).unwrap().content.name.clone();
    Pack::decode(&name, &read(&name)).unwrap()
}

/// Name and bytes of its index in a language.
pub fn index_file(lang: Lang) -> (String, Vec<u8>) {
    let name = manifest().locale(lang).unwrap().index.name.clone();
    let bytes = read(&name);
    (name, bytes)
}

/// Its index in a language, opened natively.
pub fn index(lang: Lang) -> Index {
    let (name, bytes) = index_file(lang);
    Index::open(&name, &bytes).unwrap()
}

/// The entry with this id.
pub fn entry<'a>(pack: &'a Pack, id: &str) -> &'a FaqEntry {
    match pack.find(id) {
        Some(Document::Faq(entry)) => entry,
        other => panic!("expected the entry `{id}`, found {other:?}"),
    }
}

/// The clause with this id.
pub fn clause<'a>(pack: &'a Pack, id: &str) -> &'a Clause {
    match pack.find(id) {
        Some(Document::Clause(clause)) => clause,
        other => panic!("expected the clause `{id}`, found {other:?}"),
    }
}

/// The sentences of a document.
pub fn sentences(document: &Document) -> Vec<String> {
    let text = match document {
        Document::Faq(entry) => plain_text(&entry.body),
        Document::Clause(clause) => clause.text.clone(),
    };
    text.split_inclusive(['.', '\n'])
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// The queries judged for it in a language.
pub fn judged(lang: Lang) -> Vec<Judged> {
    let path = place::root().join(format!("index/judged/{SITE}/{lang}/queries.jsonl"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("`{}`: {error}", path.display()));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
