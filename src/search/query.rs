//! A query as slots: one for each word that carries information, with the index terms that
//! may stand for it and how they match. Scores are given to them in `rank`.

use crate::analysis::{Analysed, Word, analyse};
use crate::index::Index;
use crate::lexicon::ConceptId;
use crate::typo;
use crate::vocabulary::TermId;
use std::collections::BTreeSet;

/// Words behind these are ignored: no question needs more, and time stays bounded.
const MAX_SLOTS: usize = 24;
/// Characters behind these are not analysed.
const MAX_QUERY_CHARS: usize = 1_000;
/// Most words a prefix may be completed to.
const MAX_COMPLETIONS: usize = 48;
/// Letters a word must have before it is completed.
const MIN_PREFIX_CHARS: usize = 2;

/// How a term of the index stands for a word of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The word itself.
    Exact,
    /// Another form of it.
    Stem,
    /// A concept that the word, or the expression it is part of, stands for.
    Concept(ConceptId),
    /// A word that begins so, while it is being typed.
    Prefix,
    /// A word this many edits away.
    Typo(u8),
}

/// Terms that stand for a word in one way.
#[derive(Clone, Debug)]
pub struct Variant {
    /// How.
    pub how: How,
    /// Which terms; never empty.
    pub terms: Vec<TermId>,
}

/// A word of the query.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The word, folded.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// Ways to match it, the closest first; empty for a word nothing stands for.
    pub variants: Vec<Variant>,
}

/// A query, ready to be scored.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that carry information, each once, in order.
    pub slots: Vec<Slot>,
}

impl Query {
    /// Analyses a query for an index. Any text is a query; one without information has no slots.
    pub fn new(index: &Index, text: &str) -> Self {
        let end = text
            .char_indices()
            .nth(MAX_QUERY_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let analysed = analyse(text, index.lang, &index.lexicon);
        let last_typed = text.chars().last().is_some_and(char::is_alphanumeric);
        let mut query = Self::default();
        for (at, word) in analysed.words.iter().enumerate() {
            let last = last_typed && at + 1 == analysed.words.len();
            let concepts = concepts(&analysed, at);
            let wanted = !word.stop || (last && word.text.len() > 2) || alone(&analysed, at);
            let known = query.slots.iter().any(|slot| slot.word == word.text);
            if wanted && !known && query.slots.len() < MAX_SLOTS {
                let slot = slot(index, word, &concepts, last);
                // A stop word at the end may be the beginning of a word; if it is not, it says nothing.
                if !word.stop || !slot.variants.is_empty() {
                    query.slots.push(slot);
                }
            }
        }
        query
    }

    /// All terms that stand for words of the query.
    pub fn terms(&self) -> BTreeSet<TermId> {
        self.slots
            .iter()
            .flat_map(|slot| &slot.variants)
            .flat_map(|variant| variant.terms.iter().copied())
            .collect()
    }
}

fn concepts(analysed: &Analysed, at: usize) -> Vec<ConceptId> {
    let mut concepts: Vec<_> = analysed
        .mentions
        .iter()
        .filter(|mention| mention.words.contains(&at))
        .map(|mention| mention.concept)
        .collect();
    concepts.sort();
    concepts.dedup();
    concepts
}

/// Whether this is the first word of an expression made of stop words only, which would else be lost.
fn alone(analysed: &Analysed, at: usize) -> bool {
    analysed.mentions.iter().any(|mention| {
        mention.words.first() == Some(&at)
            && mention.words.iter().all(|word| analysed.words[*word].stop)
    })
}

fn slot(index: &Index, word: &Word, concepts: &[ConceptId], last: bool) -> Slot {
    let vocabulary = &index.vocabulary;
    let mut variants = Vec::new();
    let mut push = |how, terms: Vec<TermId>| {
        if !terms.is_empty() {
            variants.push(Variant { how, terms });
        }
    };
    let exact = vocabulary.find(&word.text).filter(|_| !word.stop);
    push(How::Exact, exact.into_iter().collect());
    let same_stem: Vec<_> = if word.stop {
        Vec::new()
    } else {
        vocabulary.with_stem(&word.stem).to_vec()
    };
    let known = !same_stem.is_empty();
    push(How::Stem, same_stem);
    for concept in concepts {
        let term = vocabulary.concept(index.lexicon.name(*concept));
        push(How::Concept(*concept), term.into_iter().collect());
    }
    let may_complete = last && word.text.chars().count() >= MIN_PREFIX_CHARS;
    let mut is_completed = false;
    if may_complete {
        let completions: Vec<_> = vocabulary
            .with_prefix(&word.text)
            .filter(|(_, term)| *term.text != *word.text)
            .map(|(id, _)| id)
            .take(MAX_COMPLETIONS)
            .collect();
        is_completed = !completions.is_empty();
        push(How::Prefix, completions);
    }
    if !known && !is_completed && concepts.is_empty() && !word.stop {
        let (terms, distance) = typo::nearest(vocabulary, &word.text, false);
        let (terms, distance) = if terms.is_empty() && last {
            typo::nearest(vocabulary, &word.text, true)
        } else {
            (terms, distance)
        };
        let forms = terms
            .iter()
            .flat_map(|id| {
                vocabulary.with_stem(&crate::stem::stem(&vocabulary.term(*id).text, index.lang))
            })
            .copied()
            .collect::<BTreeSet<_>>();
        push(How::Typo(distance), forms.into_iter().collect());
    }
    Slot {
        word: word.text.clone(),
        stem: word.stem.clone(),
        variants,
    }
}
