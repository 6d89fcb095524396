//! Writes an index: rows analysed, given to tantivy as one segment in row order, and the
//! files that searching needs framed together with the language's lexicon. The same rows
//! give the same bytes: what tantivy names at random is in none of them.
//!
//! A field of a row is a document of tantivy's, number `row * DOCUMENTS + field`, and tantivy
//! knows one field only: a word stands once in its dictionary, in whichever of our fields it
//! is found. With a field of tantivy's for each of ours, the dictionaries were twice as large.
//! The last document of a row holds what the row is about: a term for each intent, as often as
//! its share is large.

use crate::analysis::{Word, analyse};
use crate::intents::{About, IntentId};
use crate::lexicon::{ConceptId, Lexicon};
use crate::stem::stem;
use crate::weights::FIELDS;
use crate::words;
use guichet_bundle::frame;
use guichet_domain::lang::Lang;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tantivy::directory::{CompositeFile, FileSlice, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::termdict::TermDictionary;
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
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What it is.
    pub kind: RowKind,
    /// Question or heading.
    pub title: &'a str,
    /// Other ways it is asked.
    pub asked: &'a [String],
    /// All else that can be read of it: the answer or the clause, its category or the headings above.
    pub text: String,
}

/// Names of the parts of an index file.
pub(crate) const PART_LANG: &str = "lang";
/// Lines of the lexicon, and its expressions: see [`Lexicon::encode`].
pub(crate) const PART_LEXICON: &str = "lexicon";
pub(crate) const PART_EXPRESSIONS: [&str; 4] = [
    "expression-counts",
    "expression-heads",
    "expression-steps",
    "expression-keys",
];
pub(crate) const PART_KINDS: &str = "kinds";
/// The words of tantivy's dictionary and those of expressions, and by word twice the length of its posting list, and
/// one more where an expression has it: see [`crate::words`].
pub(crate) const PART_WORDS: &str = "words";
pub(crate) const PART_COUNTS: &str = "counts";
pub(crate) const IN_LEXICON: u32 = 1;
/// tantivy's posting lists, in the order of the words.
pub(crate) const PART_POSTINGS: &str = "postings";
/// tantivy's field norms: how many terms each field of each row has.
pub(crate) const PART_LENGTHS: &str = "lengths";

/// A concept's term: no word begins with it.
pub(crate) const CONCEPT_MARK: char = '*';

/// The term of a concept: its number behind the mark, as short as can be.
pub(crate) fn concept_term(concept: ConceptId) -> String {
    format!("{CONCEPT_MARK}{:x}", concept.0)
}

/// The model of intents, with less than it has words: see [`Intents`](crate::Intents).
pub(crate) const PART_INTENTS: [&str; 4] = [
    "intent-words",
    "intent-counts",
    "intent-pairs",
    "intent-levels",
];

/// Documents of tantivy's that a row has: its fields, and what it is about.
pub(crate) const DOCUMENTS: usize = FIELDS + 1;

/// An intent's term: no word begins with it.
pub(crate) const INTENT_MARK: char = '+';

/// The term of an intent: its number behind the mark.
pub(crate) fn intent_term(intent: IntentId) -> String {
    format!("{INTENT_MARK}{intent:x}")
}

/// How often an intent's term stands in a row that is about nothing else.
pub(crate) const WHOLE_SHARE: f32 = 15.0;

/// In tantivy's postings the number of tokens stands first.
const TOKEN_COUNT_BYTES: usize = 8;

/// tantivy refuses less; small sites use a fraction of it.
const WRITER_MEMORY_BYTES: usize = 50_000_000;

/// Writes the index of one language.
pub fn write(lang: Lang, rows: &[Row<'_>], lexicon: &Lexicon) -> Result<Vec<u8>, TantivyError> {
    let texts: Vec<[String; FIELDS]> = rows.iter().map(texts).collect();
    let lexicon = mentioned(lang, &texts, lexicon);
    let (schema, field) = schema();
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .single_segment_index_writer::<TantivyDocument>(
            RamDirectory::create(),
            WRITER_MEMORY_BYTES,
        )?;
    for row in &texts {
        let fields = row.iter().map(|text| terms(text, lang, &lexicon));
        let intents = intent_terms(&about(row, lang, &lexicon));
        for terms in fields.chain([intents]) {
            let mut document = TantivyDocument::default();
            let tokens = (0..).zip(terms).map(|(position, text)| Token {
                position,
                text,
                ..Token::default()
            });
            let (text, tokens) = (String::new(), tokens.collect());
            document.add_pre_tokenized_text(field, PreTokenizedString { text, tokens });
            writer.add_document(document)?;
        }
    }
    let index = writer.finalize()?;
    let kinds = rows.iter().map(|row| row.kind as u8).collect();
    let (terms, files) = files(&index, field)?;
    let (words, counts) = words(&terms, &lexicon);
    let (lines, expressions) = lexicon.encode();
    let mut parts: Parts = vec![
        (PART_LANG, lang.code().as_bytes().to_vec()),
        (PART_LEXICON, lines.into_bytes()),
        (PART_KINDS, kinds),
        (PART_WORDS, words),
        (PART_COUNTS, counts),
    ];
    parts.extend(PART_EXPRESSIONS.into_iter().zip(expressions));
    parts.extend(files);
    if !lexicon.intents.is_empty() {
        let words = terms.keys().filter(|term| is_word(term));
        let stems: BTreeSet<String> = words.map(|word| stem(word, lang)).collect();
        let stems = stems.iter().map(String::as_str).collect();
        let model = lexicon.intents.encode(&lexicon.known(&stems));
        parts.extend(PART_INTENTS.into_iter().zip(model));
    }
    Ok(frame::encode(&parts))
}

/// See [`PART_WORDS`].
fn words(terms: &Terms, lexicon: &Lexicon) -> (Vec<u8>, Vec<u8>) {
    let of_index = terms.iter().map(|(word, rows)| (&**word, rows << 1));
    let mut numbers: BTreeMap<&str, u32> = of_index.collect();
    for word in lexicon.words().words().iter() {
        *numbers.entry(word).or_default() |= IN_LEXICON;
    }
    words::encode(numbers.into_iter())
}

fn schema() -> (Schema, Field) {
    let mut builder = Schema::builder();
    // Positions are not kept: they would double the file, and nothing asks for them.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let text = TextOptions::default().set_indexing_options(indexing);
    let field = builder.add_text_field("text", text);
    (builder.build(), field)
}

/// The texts of a row's fields, in the order of [`FIELD_NAMES`](crate::weights::FIELD_NAMES).
fn texts(row: &Row<'_>) -> [String; FIELDS] {
    [row.title.to_owned(), row.asked.join("\n"), row.text.clone()]
}

/// The lexicon cut to the concepts that some text mentions: what the
/// browser gets, and what gives the concepts their numbers.
fn mentioned(lang: Lang, texts: &[[String; FIELDS]], lexicon: &Lexicon) -> Lexicon {
    let mentioned: HashSet<ConceptId> = texts
        .iter()
        .flatten()
        .flat_map(|text| analyse(text, lang, lexicon).mentions)
        .map(|mention| mention.concept)
        .collect();
    lexicon.only(|concept| mentioned.contains(&concept))
}

fn terms(text: &str, lang: Lang, lexicon: &Lexicon) -> Vec<String> {
    let analysed = analyse(text, lang, lexicon);
    let words = analysed.content().map(|word| word.text.clone());
    let concepts = analysed
        .mentions
        .iter()
        .map(|mention| concept_term(mention.concept));
    words.chain(concepts).collect()
}

/// What a row is about: what its question says, what that says with the beginning of the answer, and what all of it
/// says, by [`ABOUT`]'s shares.
fn about(row: &[String; FIELDS], lang: Lang, lexicon: &Lexicon) -> About {
    if lexicon.intents.is_empty() {
        return About::default();
    }
    let [title, asked, text] = row;
    let questions: Vec<&str> = [&**title].into_iter().chain(asked.lines()).collect();
    let begin: String = text.trim_start().chars().take(BEGINNING_CHARS).collect();
    let mut shares: Vec<f32> = Vec::new();
    let mut add = |weight: f32, texts: &[&str]| {
        let words: Vec<Word> = texts
            .iter()
            .flat_map(|text| analyse(text, lang, lexicon).words)
            .collect();
        let keys: Vec<String> = words
            .iter()
            .map(|word| lexicon.key(&word.text, &word.stem))
            .collect();
        let found = lexicon.intents.shares(keys.iter().map(String::as_str));
        shares.resize(found.len(), 0.0);
        for (sum, share) in shares.iter_mut().zip(found) {
            *sum += weight * share;
        }
    };
    for question in &questions {
        add(ABOUT[0] / questions.len() as f32, &[question]);
    }
    add(ABOUT[1], &[title, &begin]);
    add(ABOUT[2], &[title, text]);
    About::new(&shares, MIN_LEVEL / WHOLE_SHARE)
}

/// How much the questions of a row, its question with the beginning of its answer, and all of it tell what it is about.
const ABOUT: [f32; 3] = [0.4, 0.3, 0.3];
/// Characters of an answer that tell what it is about.
const BEGINNING_CHARS: usize = 200;
/// What a row is about less than so often is not kept.
const MIN_LEVEL: f32 = 1.0;

fn intent_terms(about: &About) -> Vec<String> {
    let times = |share: f32| (1..=15).take_while(move |n| share * WHOLE_SHARE >= *n as f32 - 0.5);
    let shares = about.0.iter();
    shares
        .flat_map(|(intent, share)| times(*share).map(|_| intent_term(*intent)))
        .collect()
}

/// Whether a term is a word, not a concept or an intent.
pub(crate) fn is_word(term: &str) -> bool {
    !term.starts_with([CONCEPT_MARK, INTENT_MARK])
}

/// All terms with the lengths of their posting lists, and what searching needs of tantivy's files, as they are of the one field, without the footers its
/// directory adds: the frame has a checksum of its own. Empty where no row has a word.
fn files(index: &tantivy::Index, field: Field) -> Result<(Terms, Parts), TantivyError> {
    let segments = index.searchable_segments()?;
    let bytes = |component| -> Result<Vec<u8>, TantivyError> {
        let Some(segment) = segments.first() else {
            return Ok(Vec::new());
        };
        let file = CompositeFile::open(&segment.open_read(component)?)?.open_read(field);
        let bytes = file.map(|file| file.read_bytes()).transpose()?;
        Ok(bytes.map(|bytes| bytes.to_vec()).unwrap_or_default())
    };
    let dictionary = match bytes(SegmentComponent::Terms)? {
        empty if empty.is_empty() => TermDictionary::empty(),
        bytes => TermDictionary::open(FileSlice::from(bytes))?,
    };
    let mut terms = Terms::new();
    let mut stream = dictionary.stream()?;
    while let Some((term, info)) = stream.next() {
        terms.insert(String::from_utf8_lossy(term).into_owned(), info.doc_freq);
    }
    let postings = bytes(SegmentComponent::Postings)?;
    let lists = postings.get(TOKEN_COUNT_BYTES..).unwrap_or_default();
    let parts = vec![
        (PART_POSTINGS, lists.to_vec()),
        (PART_LENGTHS, bytes(SegmentComponent::FieldNorms)?),
    ];
    Ok((terms, parts))
}

/// Terms of an index with the lengths of their posting lists.
type Terms = BTreeMap<String, u32>;
/// Named parts of an index file.
type Parts = Vec<(&'static str, Vec<u8>)>;
