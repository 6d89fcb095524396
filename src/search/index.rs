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
use std::mem::take;
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

/// An index that is being opened, a part at a time: on a telephone all of it at once would keep a shopper's finger waiting.
pub struct Opening {
    lang: Lang,
    parts: Parts,
    /// Terms of the index, the lengths of their posting lists, and the words of the lexicon's expressions.
    words: (Words, Vec<u32>, Words),
    lexicon: Option<Lexicon>,
    vocabulary: Option<Vocabulary>,
}

/// How far an index is open.
pub enum Step {
    /// Not yet.
    Further(Opening),
    /// Done.
    Open(Index),
}

/// The parts of an index file.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn get(&self, name: &'static str) -> Result<&[u8], OpenError> {
        let own = self.0.iter().find(|(own, _)| own == name);
        own.map(|(_, bytes)| bytes.as_slice())
            .ok_or(OpenError::Part(name))
    }

    fn all(&self, names: [&'static str; 4]) -> Result<[&[u8]; 4], OpenError> {
        let [a, b, c, d] = names.map(|name| self.get(name));
        Ok([a?, b?, c?, d?])
    }
}

impl Opening {
    /// Begins with the bytes of an index file; `file` names it in errors.
    pub fn new(file: &str, bytes: &[u8]) -> Result<Self, OpenError> {
        let parts = frame::decode(file, bytes)?.into_iter();
        let parts = Parts(
            parts
                .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
                .collect(),
        );
        let lang = String::from_utf8_lossy(parts.get(PART_LANG)?);
        let lang = Lang::from_tag(&lang).ok_or(OpenError::Part(PART_LANG))?;
        let words = words::decode(parts.get(PART_WORDS)?, parts.get(PART_COUNTS)?);
        let words = parted(&words.ok_or(OpenError::Part(PART_WORDS))?);
        Ok(Self {
            lang,
            parts,
            words,
            lexicon: None,
            vocabulary: None,
        })
    }

    /// Goes on with the next part.
    pub fn step(mut self) -> Result<Step, OpenError> {
        let (terms, counts, theirs) = &mut self.words;
        let Some(lexicon) = self.lexicon.take() else {
            let expressions = self.parts.all(PART_EXPRESSIONS)?;
            let lines = String::from_utf8_lossy(self.parts.get(PART_LEXICON)?);
            let lexicon = Lexicon::decode(self.lang, &lines, take(theirs), expressions);
            self.lexicon = Some(lexicon.ok_or(OpenError::Part(PART_LEXICON))?);
            return Ok(Step::Further(self));
        };
        let Some(vocabulary) = self.vocabulary.take() else {
            let postings = self.parts.get(PART_POSTINGS)?;
            let vocabulary = Vocabulary::new(take(terms), counts, postings, self.lang);
            self.vocabulary = Some(vocabulary);
            self.lexicon = Some(lexicon);
            return Ok(Step::Further(self));
        };
        Index::new(self.lang, &self.parts, lexicon, vocabulary).map(Step::Open)
    }
}

impl Index {
    /// Opens the bytes of an index file at once; `file` names it in errors.
    pub fn open(file: &str, bytes: &[u8]) -> Result<Self, OpenError> {
        let mut opening = Opening::new(file, bytes)?;
        loop {
            match opening.step()? {
                Step::Further(further) => opening = further,
                Step::Open(index) => return Ok(index),
            }
        }
    }

    fn new(
        lang: Lang,
        parts: &Parts,
        mut lexicon: Lexicon,
        vocabulary: Vocabulary,
    ) -> Result<Self, OpenError> {
        let kinds = parts.get(PART_KINDS)?.iter();
        let kinds = kinds.map(|kind| row_kind(*kind)).collect();
        let norms = FieldNormReader::open(FileSlice::from(parts.get(PART_LENGTHS)?.to_vec()));
        let norms = norms.map_err(|_| OpenError::Part(PART_LENGTHS))?;
        let (relative_lengths, average_lengths) = lengths(&norms);
        // An index without intents is searched without them.
        if parts.get(PART_INTENTS[0]).is_ok() {
            let known = lexicon.known(vocabulary.stems());
            lexicon.intents = Intents::decode(parts.all(PART_INTENTS)?, &known)
                .ok_or(OpenError::Part(PART_INTENTS[0]))?;
        }
        Ok(Self {
            lang,
            lexicon,
            vocabulary,
            kinds,
            postings: parts.get(PART_POSTINGS)?.to_vec(),
            relative_lengths,
            average_lengths,
            weights: Weights::default(),
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
