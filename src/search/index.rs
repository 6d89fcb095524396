//! An index opened for searching, from the bytes `writer` made.

use crate::intents::{About, Intents};
use crate::lexicon::Lexicon;
use crate::postings;
use crate::vocabulary::{TermId, Vocabulary};
use crate::weights::{FIELDS, Weights};
use crate::words::{self, Words};
use crate::writer::{
    DOCUMENTS, IN_LEXICON, PART_COUNTS, PART_EXPRESSIONS, PART_INTENTS, PART_KINDS, PART_LANG,
    PART_LENGTHS, PART_LEXICON, PART_POSTINGS, PART_WORDS, RowKind, WHOLE_SHARE,
};
use guichet_bundle::{BundleError, frame};
use guichet_domain::lang::Lang;
use tantivy::directory::FileSlice;
use tantivy::fieldnorm::FieldNormReader;

/// Why an index cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is newer, damaged or not ours.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A part that must be there is not, or is not what this version writes: what tantivy says of it would come with
    /// the texts of all its errors, which a shopper downloads.
    #[error(
        "the search index has no part `{0}` that can be read\nhint: run `guichet build` again with the version of this widget"
    )]
    Part(&'static str),
}

/// An open index.
pub struct Index {
    pub(crate) lang: Lang,
    pub(crate) lexicon: Lexicon,
    pub(crate) vocabulary: Vocabulary,
    kinds: Vec<RowKind>,
    /// Posting lists, as tantivy wrote them.
    postings: Vec<u8>,
    /// `length / average length of that field`, by tantivy's documents.
    relative_lengths: Vec<f32>,
    /// The average length of each field, in words and concepts.
    average_lengths: [f32; FIELDS],
    /// What ranking weighs; the ablation tries others.
    pub weights: Weights,
}

impl Index {
    /// Opens the bytes of an index file; `file` names it in errors.
    pub fn open(file: &str, bytes: &[u8]) -> Result<Self, OpenError> {
        let parts = frame::decode(file, bytes)?;
        let part = |name: &'static str| {
            parts
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, bytes)| *bytes)
                .ok_or(OpenError::Part(name))
        };
        let text = |name| part(name).map(String::from_utf8_lossy);
        let lang = Lang::from_tag(&text(PART_LANG)?).ok_or(OpenError::Part(PART_LANG))?;
        let kinds = part(PART_KINDS)?
            .iter()
            .map(|kind| row_kind(*kind))
            .collect();
        let words = words::decode(part(PART_WORDS)?, part(PART_COUNTS)?);
        let words = words.ok_or(OpenError::Part(PART_WORDS))?;
        let (terms, counts, theirs) = parted(&words);
        let [numbers, heads, steps, keys] = PART_EXPRESSIONS.map(part);
        let expressions = [numbers?, heads?, steps?, keys?];
        let mut lexicon = Lexicon::decode(lang, &text(PART_LEXICON)?, theirs, expressions)
            .ok_or(OpenError::Part(PART_LEXICON))?;
        let postings = part(PART_POSTINGS)?.to_vec();
        let norms = FieldNormReader::open(FileSlice::from(part(PART_LENGTHS)?.to_vec()));
        let norms = norms.map_err(|_| OpenError::Part(PART_LENGTHS))?;
        let (relative_lengths, average_lengths) = lengths(&norms);
        let vocabulary = Vocabulary::new(terms, &counts, &postings, lang);
        // An index without intents is searched without them.
        if part(PART_INTENTS[0]).is_ok() {
            let [words, counts, pairs, levels] = PART_INTENTS.map(part);
            let known = lexicon.known(vocabulary.stems());
            lexicon.intents = Intents::decode([words?, counts?, pairs?, levels?], &known)
                .ok_or(OpenError::Part(PART_INTENTS[0]))?;
        }
        let weights = Weights::default();
        Ok(Self {
            lang,
            lexicon,
            vocabulary,
            kinds,
            postings,
            relative_lengths,
            average_lengths,
            weights,
        })
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// How many rows are searched.
    pub fn rows(&self) -> usize {
        self.kinds.len()
    }

    /// What a row is.
    pub fn kind(&self, row: u32) -> RowKind {
        self.kinds
            .get(row as usize)
            .copied()
            .unwrap_or(RowKind::Article)
    }

    /// The words of the index.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The row's length in a field relative to the field's average; 1 is average.
    pub(crate) fn relative_length(&self, field: usize, row: u32) -> f32 {
        self.relative_lengths
            .get(row as usize * DOCUMENTS + field)
            .copied()
            .unwrap_or(1.0)
    }

    /// The row's length in a field, in words and concepts.
    pub(crate) fn length(&self, field: usize, row: u32) -> f32 {
        self.average_lengths[field] * self.relative_length(field, row)
    }

    /// Calls `visit(field, row, frequency)` for every posting of a term, row by row.
    pub(crate) fn postings(&self, term: TermId, mut visit: impl FnMut(usize, u32, u32)) {
        let term = self.vocabulary.term(term);
        let list = self.postings.get(term.postings.clone());
        postings::read(list.unwrap_or_default(), term.count, |document, count| {
            let (row, field) = place(document);
            if field < FIELDS {
                visit(field, row, count);
            }
        });
    }

    /// How much each row is about what a query is about ([`Intents`]), 0 to 1.
    pub(crate) fn likeness(&self, query: &About) -> Vec<f32> {
        let mut likeness = vec![0.0_f32; self.rows()];
        for (intent, share) in &query.0 {
            let Some(term) = self.vocabulary.intent(*intent) else {
                continue;
            };
            let term = self.vocabulary.term(term);
            let list = self.postings.get(term.postings.clone());
            postings::read(list.unwrap_or_default(), term.count, |document, times| {
                if let Some(sum) = likeness.get_mut(place(document).0 as usize) {
                    *sum += share * times as f32 / WHOLE_SHARE;
                }
            });
        }
        likeness
    }
}

/// The terms of the index with the lengths of their posting lists, and the words of the lexicon's expressions.
fn parted((words, numbers): &(Words, Vec<u32>)) -> (Words, Vec<u32>, Words) {
    let (mut terms, mut counts, mut theirs) = <(Words, Vec<u32>, Words)>::default();
    for (word, number) in words.iter().zip(numbers) {
        let count = number >> 1;
        if count > 0 {
            terms.push(word);
            counts.push(count);
        }
        if number & IN_LEXICON != 0 {
            theirs.push(word);
        }
    }
    (terms, counts, theirs)
}

/// The row and the field that a document of tantivy's is.
fn place(document: u32) -> (u32, usize) {
    let document = document as usize;
    let row = u32::try_from(document / DOCUMENTS);
    (row.unwrap_or(u32::MAX), document % DOCUMENTS)
}

fn row_kind(byte: u8) -> RowKind {
    match byte {
        0 => RowKind::Faq,
        1 => RowKind::Clause,
        _ => RowKind::Article,
    }
}

/// Lengths by tantivy's documents relative to the average of their field, and those averages.
fn lengths(norms: &FieldNormReader) -> (Vec<f32>, [f32; FIELDS]) {
    let mut lengths: Vec<f32> = (0..norms.num_docs())
        .map(|document| norms.fieldnorm(document) as f32)
        .collect();
    let mut averages = [1.0; FIELDS];
    for (field, average) in averages.iter_mut().enumerate() {
        let own = || lengths.iter().skip(field).step_by(DOCUMENTS);
        // Rows without the field do not count: the average is of those that have it.
        let filled = own().filter(|length| **length > 0.0).count().max(1);
        *average = (own().sum::<f32>() / filled as f32).max(1.0);
        for length in lengths.iter_mut().skip(field).step_by(DOCUMENTS) {
            *length /= *average;
        }
    }
    (lengths, averages)
}
