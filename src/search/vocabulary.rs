//! The words of an index, laid out for queries: sorted, so that completions are a range;
//! grouped by stem, so that all forms of a word are found together. Made once, at opening.

use crate::intents::IntentId;
use crate::lexicon::ConceptId;
use crate::postings;
use crate::sorted::SortedSet;
use crate::stem::stem;
use crate::typo::{Dictionary, Spelling};
use crate::words::Words;
use crate::writer::{concept_term, intent_term, is_word};
use guichet_domain::lang::Lang;
use std::ops::Range;

/// Index of a term within its vocabulary.
pub type TermId = u32;

/// Where the postings of a term are.
#[derive(Debug)]
pub struct Term {
    /// Rows of its posting list.
    pub(crate) count: usize,
    /// Where that list is in the postings.
    pub(crate) postings: Range<usize>,
}

/// All terms of an index: folded words, and concepts and intents behind their marks.
#[derive(Debug, Default)]
pub struct Vocabulary {
    texts: Dictionary,
    terms: Vec<Term>,
    /// Stems of words, in order, and the words in that order.
    stems: Words,
    by_stem: Vec<TermId>,
    /// Where words begin: concepts and intents sort before every letter and digit.
    first_word: usize,
}

impl Vocabulary {
    /// Lays out words with the lengths of their lists, which follow one another in `postings`.
    pub(crate) fn new(words: Words, counts: &[u32], postings: &[u8], lang: Lang) -> Self {
        let mut rest = postings;
        let terms = counts.iter().map(|count| {
            let (count, start) = (*count as usize, postings.len() - rest.len());
            // The checksum was right, so a list that ends early was written so: what can be
            // read of it is used, and one short list costs less than the whole answer.
            rest = postings::skip(rest, count).unwrap_or_default();
            let postings = start..postings.len() - rest.len();
            Term { count, postings }
        });
        let terms = terms.collect();
        let first_word = words.first(|term| !is_word(term));
        let own = (0..).zip(words.iter()).skip(first_word);
        let stems: SortedSet<(String, TermId)> =
            own.map(|(id, word)| (stem(word, lang), id)).collect();
        let stems = stems.as_slice();
        Self {
            texts: words.into(),
            terms,
            stems: stems.iter().map(|(stem, _)| &**stem).collect(),
            by_stem: stems.iter().map(|(_, id)| *id).collect(),
            first_word,
        }
    }

    /// Where the postings of a term are.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id as usize]
    }

    /// The folded word, or a concept's or an intent's number behind its mark.
    pub fn text(&self, id: TermId) -> &str {
        self.texts.words().get(id as usize)
    }

    /// How many terms there are, concepts and intents included.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The id of a word or of a marked concept.
    pub fn find(&self, text: &str) -> Option<TermId> {
        u32::try_from(self.texts.words().find(text)?).ok()
    }

    /// The id of a concept's term.
    pub fn concept(&self, concept: ConceptId) -> Option<TermId> {
        self.find(&concept_term(concept))
    }

    /// The id of an intent's term.
    pub(crate) fn intent(&self, intent: IntentId) -> Option<TermId> {
        self.find(&intent_term(intent))
    }

    /// The stems of all words, in order.
    pub(crate) fn stems(&self) -> &Words {
        &self.stems
    }

    /// All words with this stem.
    pub fn with_stem(&self, stem: &str) -> &[TermId] {
        &self.by_stem[self.stems.places(stem)]
    }

    /// All words that begin with `prefix`, in order.
    pub fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = TermId> {
        let words = self.texts.words();
        let start = words.first(|own| own < prefix).max(self.first_word);
        let own = (start..words.len()).take_while(move |at| words.get(*at).starts_with(prefix));
        own.filter_map(|at| u32::try_from(at).ok())
    }

    /// All words, as candidates for misspelt ones.
    pub fn spellings(&self) -> impl Iterator<Item = Spelling<'_>> {
        self.texts.spellings(self.first_word)
    }
}
