//! An index opened for searching, from the bytes `writer` made.

use crate::lexicon::{Lexicon, LexiconError};
use crate::vocabulary::{TermId, Vocabulary};
use crate::weights::{FIELDS, Weights};
use crate::writer::{PART_KINDS, PART_LANG, PART_LEXICON, RowKind, schema};
use guichet_bundle::{BundleError, frame};
use guichet_domain::lang::Lang;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory, RamDirectory, TerminatingWrite};
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyError};

/// Why an index cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is newer, damaged or not ours.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The lexicon in it cannot be read.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// tantivy refuses its files.
    #[error(
        "the search index cannot be opened: {0}\nhint: run `guichet build` again with the version of this widget"
    )]
    Tantivy(TantivyError),
    /// A part that must be there is not.
    #[error(
        "the search index has no part `{0}`\nhint: run `guichet build` again with the version of this widget"
    )]
    Missing(&'static str),
    /// An input error from memory.
    #[error("the search index cannot be read: {0}")]
    Io(std::io::Error),
}

// Not `#[from]`: their text is part of the message already, and would be printed twice as its source.
impl From<TantivyError> for OpenError {
    fn from(error: TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// An open index.
pub struct Index {
    pub(crate) lang: Lang,
    pub(crate) lexicon: Lexicon,
    pub(crate) vocabulary: Vocabulary,
    kinds: Vec<RowKind>,
    readers: [Arc<InvertedIndexReader>; FIELDS],
    /// `lengths[field][row] / average length of that field`.
    relative_lengths: [Vec<f32>; FIELDS],
    /// What ranking weighs; `guichet eval` tries others.
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
                .ok_or(OpenError::Missing(name))
        };
        let text = |name| part(name).map(String::from_utf8_lossy);
        let lang = Lang::from_tag(&text(PART_LANG)?).ok_or(OpenError::Missing(PART_LANG))?;
        let lexicon = Lexicon::parse_for(lang, &text(PART_LEXICON)?)?;
        let kinds = part(PART_KINDS)?
            .iter()
            .map(|kind| row_kind(*kind))
            .collect();
        let segment = open_segment(&parts)?;
        let (_, fields) = schema();
        let mut readers = Vec::new();
        let mut relative_lengths = Vec::new();
        for field in fields {
            readers.push(segment.inverted_index(field)?);
            relative_lengths.push(lengths(&segment, field)?);
        }
        let wrong_number = |_| OpenError::Missing("fields");
        let readers: [_; FIELDS] = readers.try_into().map_err(|_| wrong_number(()))?;
        let relative_lengths = relative_lengths.try_into().map_err(|_| wrong_number(()))?;
        let vocabulary = Vocabulary::read(&readers, lang)?;
        let weights = Weights::default();
        Ok(Self {
            lang,
            lexicon,
            vocabulary,
            kinds,
            readers,
            relative_lengths,
            weights,
        })
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
        self.relative_lengths[field]
            .get(row as usize)
            .copied()
            .unwrap_or(1.0)
    }

    /// Calls `visit(field, row, frequency)` for every posting of a term.
    pub(crate) fn postings(&self, term: TermId, mut visit: impl FnMut(usize, u32, u32)) {
        for (field, info) in self.vocabulary.term(term).infos.iter().enumerate() {
            let Some(info) = info else { continue };
            // The bytes are in memory and their checksum was right: a failure here would be
            // tantivy's own, and one unread list costs less than the whole answer.
            let Ok(mut postings) =
                self.readers[field].read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
            else {
                continue;
            };
            while postings.doc() != TERMINATED {
                visit(
                    field,
                    postings.doc(),
                    postings.term_freq(),
                );
                postings.advance();
            }
        }
    }
}

fn row_kind(byte: u8) -> RowKind {
    match byte {
        0 => RowKind::Faq,
        1 => RowKind::Clause,
        _ => RowKind::Article,
    }
}

/// tantivy's one segment, from its files in memory.
fn open_segment(parts: &[(&str, &[u8])]) -> Result<SegmentReader, OpenError> {
    let directory = RamDirectory::create();
    for (name, bytes) in parts {
        let path = Path::new(name);
        if *name == "meta.json" {
            directory.atomic_write(path, bytes)?;
        } else if name.contains('.') {
            let mut file = directory.open_write(path).map_err(TantivyError::from)?;
            file.write_all(bytes)?;
            file.terminate()?;
        }
    }
    let index = tantivy::Index::open(directory)?;
    let segment = index
        .searchable_segments()?
        .into_iter()
        .next()
        .ok_or(OpenError::Missing("segment"))?;
    Ok(SegmentReader::open(&segment)?)
}

fn lengths(segment: &SegmentReader, field: tantivy::schema::Field) -> Result<Vec<f32>, OpenError> {
    let norms = segment.get_fieldnorms_reader(field)?;
    let lengths: Vec<f32> = (0..segment.max_doc())
        .map(|row| norms.fieldnorm(row) as f32)
        .collect();
    // Rows without the field do not count: the average is of those that have it.
    let filled = lengths
        .iter()
        .filter(|length| **length > 0.0)
        .count()
        .max(1);
    let average = (lengths.iter().sum::<f32>() / filled as f32).max(1.0);
    Ok(lengths.into_iter().map(|length| length / average).collect())
}
