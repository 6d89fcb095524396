//! A query as slots: one for each word that carries information, with the index terms that
//! may stand for it and how they match. Scores are given to them in `rank`.

use crate::analysis::{Analysed, Mention, Word, analyse};
use crate::index::Index;
use crate::intents::About;
use crate::lexicon::ConceptId;
use crate::sorted::SortedSet;
use crate::stem::stem;
use crate::typo;
use crate::vocabulary::TermId;
use guichet_domain::lang::Lang;
use guichet_domain::letters::is_alphanumeric;

/// Words behind these are ignored: no question needs more, and time stays bounded.
const MAX_SLOTS: usize = 24;
/// Characters behind these are not analysed.
const MAX_QUERY_CHARS: usize = 1_000;
/// Most words a prefix may be completed to.
const MAX_COMPLETIONS: usize = 48;
/// Letters that must be left of a word whose first is taken for one that stands before an apostrophe.
const MIN_ELIDED_BYTES: usize = 4;
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
    /// Its place among the query's words.
    pub at: usize,
    /// The word, folded.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// Whether it says little about what is asked.
    pub light: bool,
    /// How many edits away from the word it was taken for; 0 where it was taken as written.
    pub typo: u8,
    /// Ways to match it, the closest first; empty for a word nothing stands for.
    pub variants: Vec<Variant>,
}

/// A query, ready to be scored.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that carry information, each once, in order.
    pub slots: Vec<Slot>,
    /// What each word alone is about, stop words too; nothing where it speaks for no intent.
    pub words: Vec<About>,
    /// What is meant, as far as the words tell.
    pub about: About,
    /// How certain that is, 0 to 1: words that speak for nothing as they were typed make it less so.
    pub certain: f32,
    /// How many words the index, the lexicon or the intents know, stop words too.
    pub known: usize,
}

impl Query {
    /// Analyses a query for an index. Any text is a query; one without information has no slots.
    pub fn new(index: &Index, text: &str) -> Self {
        let end = text
            .char_indices()
            .nth(MAX_QUERY_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut analysed = analyse(text, index.lang, &index.lexicon);
        elide(index, &mut analysed);
        let last_typed = text.chars().last().is_some_and(is_alphanumeric);
        let last = last_typed.then(|| analysed.words.len().wrapping_sub(1));
        let intents = &index.lexicon.intents;
        let mut keys: Vec<String> = analysed.words.iter().map(|word| key(index, word)).collect();
        if let Some((at, key)) = completed(index, &analysed, last) {
            keys[at] = key;
        }
        let certain = certain(index, &analysed, &keys);
        let corrections = correct(index, &mut analysed, last);
        for (word, own) in analysed.words.iter().zip(&mut keys) {
            if !intents.knows(own) {
                *own = key(index, word);
            }
        }
        if let Some(typed) = last.and_then(|at| keys.get_mut(at)) {
            let mut begun = index.lexicon.begun(&analysed.words);
            let told = |concept| analysed.mentions.iter().any(|own| own.concept == concept);
            begun.retain(|(mention, _)| !told(mention.concept));
            if let [(_, key)] = begun.as_slice() {
                typed.clone_from(key);
            }
            let begun = begun.into_iter().map(|(mention, _)| mention);
            analysed.mentions.extend(begun);
        }
        let words = analysed.words.iter().zip(&keys);
        let alone_about = |key: &String| intents.about(std::iter::once(key.as_str()));
        let mut query = Self {
            words: keys.iter().map(alone_about).collect(),
            about: intents.about(keys.iter().map(String::as_str)),
            certain,
            known: words
                .filter(|(word, key)| is_known(index, word) || intents.knows(key))
                .count(),
            ..Self::default()
        };
        for (at, word) in analysed.words.iter().enumerate() {
            let last = last == Some(at);
            let wanted = !word.stop || (last && word.text.len() > 2) || alone(&analysed, at);
            let known = query.slots.iter().any(|slot| slot.word == word.text);
            if wanted && !known && query.slots.len() < MAX_SLOTS {
                let slot = slot(index, &analysed, at, last, &corrections[at]);
                // A stop word at the end may be the beginning of a word; if it is not, it says nothing.
                if !word.stop || !slot.variants.is_empty() {
                    query.slots.push(slot);
                }
            }
        }
        query
    }

    /// All terms that stand for words of the query.
    pub fn terms(&self) -> SortedSet<TermId> {
        self.slots
            .iter()
            .flat_map(|slot| &slot.variants)
            .flat_map(|variant| variant.terms.iter().copied())
            .collect()
    }
}

fn key(index: &Index, word: &Word) -> String {
    index.lexicon.key(&word.text, &word.stem)
}

/// Whether a word needs no correction.
fn is_known(index: &Index, word: &Word) -> bool {
    word.stop
        || !index.vocabulary.with_stem(&word.stem).is_empty()
        || index.lexicon.is_light(&word.text)
        || index.lexicon.words().words().find(&word.text).is_some()
}

/// Takes off what French shortens before a vowel where the apostrophe was left out (`jannule`, `mavez`): from words that
/// neither the index nor the lexicon knows, where what is left is known.
fn elide(index: &Index, analysed: &mut Analysed) {
    if index.lang != Lang::Fr {
        return;
    }
    let speaks = |word: &Word| index.lexicon.intents.knows(&key(index, word));
    let mut elided = false;
    for word in &mut analysed.words {
        let Some(rest) = elided_rest(&word.text).filter(|_| !is_known(index, word)) else {
            continue;
        };
        let rest = Word {
            text: rest.to_owned(),
            stem: stem(rest, index.lang),
            stop: index.lexicon.is_stop(rest),
            ..*word
        };
        let known = is_known(index, &rest);
        // `mavez` says more than `avez`, which says nothing.
        if (known && !rest.stop) || ((known || speaks(&rest)) && !speaks(word)) {
            *word = rest;
            elided = true;
        }
    }
    if elided {
        analysed.mentions = index.lexicon.mentions(&analysed.words);
    }
}

/// What follows `j`, `qu` and the like before a vowel, where it is long enough to be a word.
fn elided_rest(word: &str) -> Option<&str> {
    let rest = word
        .strip_prefix("qu")
        .or_else(|| word.strip_prefix(['l', 'd', 'j', 'm', 't', 's', 'n']))?;
    let begins = rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
    (begins && rest.len() >= MIN_ELIDED_BYTES).then_some(rest)
}

/// The place of a half-typed word that speaks for no intent, and the key to take it for: that of the word that stands
/// in most fields of all that begin so.
fn completed(index: &Index, analysed: &Analysed, last: Option<usize>) -> Option<(usize, String)> {
    let (lexicon, vocabulary) = (&index.lexicon, &index.vocabulary);
    let speaks = |key: &str| lexicon.intents.knows(key);
    let at = last?;
    let word = analysed.words.get(at).filter(|word| !word.stop)?;
    let long = word.text.chars().count() >= MIN_PREFIX_CHARS;
    if !long || speaks(&key(index, word)) {
        return None;
    }
    let completions = vocabulary.with_prefix(&word.text).take(MAX_COMPLETIONS);
    let keys = completions.map(|id| {
        let text = vocabulary.text(id);
        let key = lexicon.key(text, &stem(text, index.lang));
        (vocabulary.term(id).count, key)
    });
    let most_said = keys.filter(|(_, key)| speaks(key)).max();
    most_said.map(|(_, key)| (at, key))
}

/// How certain it is what words are about, 0 to 1: the share of those that tell something which speak for some intent
/// as they were typed.
fn certain(index: &Index, analysed: &Analysed, keys: &[String]) -> f32 {
    let words = analysed.words.iter().zip(keys);
    let telling = words.filter(|(word, _)| !word.stop && !index.lexicon.is_light(&word.text));
    let (mut known, mut all) = (0.0_f32, 0.0);
    for (_, key) in telling {
        all += 1.0;
        known += f32::from(index.lexicon.intents.knows(key));
    }
    if all > 0.0 { known / all } else { 1.0 }
}

/// Nearest words for a word that neither the index nor the lexicon knows.
#[derive(Clone, Debug, Default)]
struct Correction {
    /// Words of the index.
    terms: Vec<TermId>,
    /// How many edits away they are.
    distance: u8,
    /// How many the word is away that it was taken for, of the index or of the lexicon.
    taken: u8,
}

/// Finds corrections for misspelt words, by word, and recognises concepts anew where one was
/// corrected: `rembourssement` stands for what `remboursement` stands for.
fn correct(index: &Index, analysed: &mut Analysed, last: Option<usize>) -> Vec<Correction> {
    let (vocabulary, words) = (&index.vocabulary, index.lexicon.words());
    let mut corrections = vec![Correction::default(); analysed.words.len()];
    let mut corrected = false;
    for (at, word) in analysed.words.iter_mut().enumerate() {
        let typed = last == Some(at);
        let known = is_known(index, word);
        let is_completed = || typed && vocabulary.with_prefix(&word.text).next().is_some();
        if known || is_completed() {
            continue;
        }
        let (mut terms, mut distance) = typo::nearest(vocabulary.spellings(), &word.text, false);
        let (lexical, lexical_distance) = typo::nearest(words.spellings(0), &word.text, false);
        if terms.is_empty() && lexical.is_empty() && typed {
            (terms, distance) = typo::nearest(vocabulary.spellings(), &word.text, true);
        }
        let meant = match (terms.first(), lexical.first()) {
            (None, Some(id)) => Some((words.words().get(*id as usize), lexical_distance)),
            (Some(_), Some(id)) if lexical_distance < distance => {
                terms.clear();
                Some((words.words().get(*id as usize), lexical_distance))
            }
            (Some(id), _) => Some((vocabulary.text(*id), distance)),
            (None, None) => None,
        };
        let mut taken = 0;
        if let Some((meant, away)) = meant {
            word.stem = stem(meant, index.lang);
            taken = away;
            corrected = true;
        }
        corrections[at] = Correction {
            terms,
            distance,
            taken,
        };
    }
    if corrected {
        analysed.mentions = index.lexicon.mentions(&analysed.words);
    }
    corrections
}

/// Whether this is the first word of an expression made of stop words only, which would else be lost.
fn alone(analysed: &Analysed, at: usize) -> bool {
    analysed.mentions.iter().any(|mention| {
        mention.words.first() == Some(&at)
            && mention.words.iter().all(|word| analysed.words[*word].stop)
    })
}

fn slot(index: &Index, analysed: &Analysed, at: usize, last: bool, typo: &Correction) -> Slot {
    let vocabulary = &index.vocabulary;
    let word = &analysed.words[at];
    let mentions: Vec<&Mention> = analysed
        .mentions
        .iter()
        .filter(|mention| mention.words.contains(&at))
        .collect();
    let mut variants = Vec::new();
    let mut push = |how, terms: Vec<TermId>| {
        if !terms.is_empty() {
            variants.push(Variant { how, terms });
        }
    };
    let completions: Vec<TermId> = if last && word.text.chars().count() >= MIN_PREFIX_CHARS {
        vocabulary
            .with_prefix(&word.text)
            .filter(|id| vocabulary.text(*id) != word.text)
            .take(MAX_COMPLETIONS)
            .collect()
    } else {
        Vec::new()
    };
    if !word.stop && typo.distance == 0 {
        let exact = vocabulary.find(&word.text);
        push(How::Exact, exact.into_iter().collect());
        // `comm` is the beginning of `commande`, not a form of `com`.
        if exact.is_some() || completions.is_empty() {
            push(How::Stem, vocabulary.with_stem(&word.stem).to_vec());
        }
    }
    let concepts: SortedSet<ConceptId> = mentions.iter().map(|mention| mention.concept).collect();
    let term = |concept: &ConceptId| vocabulary.concept(*concept);
    for concept in concepts.as_slice() {
        push(How::Concept(*concept), term(concept).into_iter().collect());
    }
    push(How::Prefix, completions);
    let forms: SortedSet<TermId> = typo
        .terms
        .iter()
        .flat_map(|id| vocabulary.with_stem(&stem(vocabulary.text(*id), index.lang)))
        .copied()
        .collect();
    push(How::Typo(typo.distance), forms.into_iter().collect());
    Slot {
        at,
        word: word.text.clone(),
        stem: word.stem.clone(),
        light: index.lexicon.is_light(&word.text),
        typo: typo.taken,
        variants,
    }
}
