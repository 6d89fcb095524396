//! Writes an index: rows analysed, given to tantivy as one segment in row order, and its
//! files framed together with the language's lexicon. The same rows give the same bytes.

use crate::analysis::analyse;
use crate::lexicon::{ConceptId, Lexicon};
use crate::weights::{FIELD_NAMES, FIELDS};
use guichet_bundle::frame;
use guichet_domain::lang::Lang;
use std::collections::HashSet;
use std::path::Path;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, TantivyError};

/// What a row is; the order of results in two groups depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An FAQ entry.
    Faq,
    /// A clause of the terms.
    Clause,
    /// Any other text.
    Article,
}

/// One searchable document, as text.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// What it is.
    pub kind: RowKind,
    /// Question or heading.
    pub title: &'a str,
    /// Other ways it is asked.
    pub asked: &'a [String],
    /// The short answer; for a clause's item the sentence it completes.
    pub lead: &'a str,
    /// The whole text.
    pub body: &'a str,
    /// Category or headings above.
    pub section: &'a str,
}

/// Names of the parts of an index file beside tantivy's own files.
pub(crate) const PART_LANG: &str = "lang";
pub(crate) const PART_LEXICON: &str = "lexicon";
pub(crate) const PART_KINDS: &str = "kinds";

/// A concept's term: no word begins with it.
pub(crate) const CONCEPT_MARK: char = '*';

/// tantivy names a segment by a random number; this takes its place, so that builds repeat.
const SEGMENT: &str = "00000000000000000000000000000001";
/// tantivy refuses less; small sites use a fraction of it.
const WRITER_MEMORY_BYTES: usize = 50_000_000;

/// Writes the index of one language.
pub fn write(lang: Lang, rows: &[Row<'_>], lexicon: &Lexicon) -> Result<Vec<u8>, TantivyError> {
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .single_segment_index_writer::<TantivyDocument>(directory.clone(), WRITER_MEMORY_BYTES)?;
    let mut mentioned = HashSet::new();
    for row in rows {
        let asked = row.asked.join("\n");
        let texts = [row.title, &asked, row.lead, row.body, row.section];
        let mut document = TantivyDocument::default();
        for (field, text) in fields.into_iter().zip(texts) {
            let tokens = terms(text, lang, lexicon, &mut mentioned);
            document.add_pre_tokenized_text(
                field,
                PreTokenizedString {
                    text: String::new(),
                    tokens,
                },
            );
        }
        writer.add_document(document)?;
    }
    let index = writer.finalize()?;
    let kinds = rows.iter().map(|row| row.kind as u8).collect();
    let mut parts = vec![
        (PART_LANG.to_owned(), lang.code().as_bytes().to_vec()),
        (
            PART_LEXICON.to_owned(),
            lexicon.encode(|id| mentioned.contains(&id)).into_bytes(),
        ),
        (PART_KINDS.to_owned(), kinds),
    ];
    parts.extend(files(&index, &directory)?);
    Ok(frame::encode(&parts))
}

/// The fields, in the order of [`FIELD_NAMES`].
pub(crate) fn schema() -> (Schema, [Field; FIELDS]) {
    let mut builder = Schema::builder();
    // Positions are not kept: they would double the file, and nothing asks for them.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let fields = FIELD_NAMES.map(|name| {
        builder.add_text_field(
            name,
            TextOptions::default().set_indexing_options(indexing.clone()),
        )
    });
    (builder.build(), fields)
}

fn terms(
    text: &str,
    lang: Lang,
    lexicon: &Lexicon,
    mentioned: &mut HashSet<ConceptId>,
) -> Vec<Token> {
    let analysed = analyse(text, lang, lexicon);
    let words = analysed.content().map(|word| word.text.clone());
    let concepts = analysed.mentions.iter().map(|mention| {
        mentioned.insert(mention.concept);
        format!("{CONCEPT_MARK}{}", lexicon.name(mention.concept))
    });
    words
        .chain(concepts)
        .enumerate()
        .map(|(position, text)| Token {
            position,
            text,
            ..Token::default()
        })
        .collect()
}

/// tantivy's files, in order of their names.
fn files(
    index: &tantivy::Index,
    directory: &RamDirectory,
) -> Result<Vec<(String, Vec<u8>)>, TantivyError> {
    let mut parts = Vec::new();
    let meta =
        String::from_utf8_lossy(&directory.atomic_read(Path::new("meta.json"))?).into_owned();
    let mut meta_text = meta;
    for segment in index.searchable_segment_metas()? {
        let random = segment.id().uuid_string();
        meta_text = meta_text
            .replace(&random, SEGMENT)
            .replace(&hyphenated(&random), &hyphenated(SEGMENT));
        for component in [
            SegmentComponent::Terms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::FieldNorms,
            SegmentComponent::FastFields,
            SegmentComponent::Store,
        ] {
            let path = segment.relative_path(component);
            let bytes = directory.open_read(&path)?.read_bytes()?.to_vec();
            parts.push((path.to_string_lossy().replace(&random, SEGMENT), bytes));
        }
    }
    parts.push(("meta.json".to_owned(), meta_text.into_bytes()));
    parts.sort();
    Ok(parts)
}

/// The same number as tantivy writes it in `meta.json`.
fn hyphenated(simple: &str) -> String {
    let groups = [
        &simple[..8],
        &simple[8..12],
        &simple[12..16],
        &simple[16..20],
        &simple[20..],
    ];
    groups.join("-")
}
