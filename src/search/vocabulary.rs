//! The words of an index, laid out for queries: sorted, so that completions are a range;
//! grouped by stem, so that all forms of a word are found together. Made once, at opening.

use crate::intents::IntentId;
use crate::lexicon::ConceptId;
use crate::postings;
use crate::sorted::with_key;
use crate::stem::stem;
use crate::typo::{Spelling, letters};
use crate::writer::{concept_term, intent_term, is_word};
use guichet_domain::lang::Lang;
use std::ops::Range;

/// Index of a term within its vocabulary.
pub type TermId = u32;

/// A term and where its postings are.
#[derive(Debug)]
pub struct Term {
    /// The folded word, or a concept's name behind its mark.
    pub text: Box<str>,
    /// Letters it holds, one bit each: what lets most typo candidates be passed over.
    pub letters: u32,
    /// Rows of its posting list.
    pub(crate) count: usize,
    /// Where that list is in the postings.
    pub(crate) postings: Range<usize>,
}

/// All terms of an index.
#[derive(Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
    /// Stems of words, in order, and the words in that order.
    stems: Vec<String>,
    by_stem: Vec<TermId>,
    /// Where words begin: concepts and intents sort before every letter and digit.
    first_word: usize,
}

impl Vocabulary {
    /// Lays out sorted words with the lengths of their lists, which follow one another in `postings`.
    pub(crate) fn new(words: Vec<(Box<str>, u32)>, postings: &[u8], lang: Lang) -> Self {
        let mut rest = postings;
        let terms: Vec<Term> = words
            .into_iter()
            .map(|(text, count)| {
                let (count, start) = (count as usize, postings.len() - rest.len());
                // The checksum was right, so a list that ends early was written so: what can be
                // read of it is used, and one short list costs less than the whole answer.
                rest = postings::read(rest, count, |_, _| ()).unwrap_or_default();
                let letters = letters(&text);
                let postings = start..postings.len() - rest.len();
                Term {
                    text,
                    letters,
                    count,
                    postings,
                }
            })
            .collect();
        let first_word = terms.partition_point(|term| !is_word(&term.text));
        let words = (0..).zip(&terms).skip(first_word);
        let mut stems: Vec<(String, TermId)> = words
            .map(|(id, term)| (stem(&term.text, lang), id))
            .collect();
        stems.sort_unstable();
        let (stems, by_stem) = stems.into_iter().unzip();
        Self {
            terms,
            stems,
            by_stem,
            first_word,
        }
    }

    /// The term with this id.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id as usize]
    }

    /// How many terms there are, concepts included.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The id of a word or of a marked concept.
    pub fn find(&self, text: &str) -> Option<TermId> {
        let at = self
            .terms
            .binary_search_by(|term| (*term.text).cmp(text))
            .ok()?;
        u32::try_from(at).ok()
    }

    /// The id of a concept's term.
    pub fn concept(&self, concept: ConceptId) -> Option<TermId> {
        self.find(&concept_term(concept))
    }

    /// The id of an intent's term.
    pub(crate) fn intent(&self, intent: IntentId) -> Option<TermId> {
        self.find(&intent_term(intent))
    }

    /// All words with their stems, without concepts and intents.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self.by_stem.iter().zip(&self.stems);
        words.map(|(id, stem)| (&*self.term(*id).text, &**stem))
    }

    /// All words with this stem.
    pub fn with_stem(&self, stem: &str) -> &[TermId] {
        &self.by_stem[with_key(&self.stems, stem, |own| own)]
    }

    /// All words that begin with `prefix`, in order.
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (TermId, &Term)> {
        let start = self
            .terms
            .partition_point(|term| *term.text < *prefix)
            .max(self.first_word);
        (0..)
            .zip(&self.terms)
            .skip(start)
            .take_while(move |(_, term)| term.text.starts_with(prefix))
    }

    /// All words, as candidates for misspelt ones.
    pub fn spellings(&self) -> impl Iterator<Item = Spelling<'_>> {
        (0..)
            .zip(&self.terms)
            .skip(self.first_word)
            .map(|(id, term)| Spelling {
                id,
                word: &term.text,
                letters: term.letters,
            })
    }
}
