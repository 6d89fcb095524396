//! From text to tokens, for documents and queries alike: words folded, elisions cut,
//! numbers parted from their units, stop words marked, concepts of the lexicon recognised.
//!
//! ```text
//! "J'ai pas reçu l’colis 24h"
//!   pas      recu     colis    24   h        words (stop words marked)
//!   └─ not-received ─────┘                   concept, spanning the words that make it
//! ```

use crate::fold::push_folded;
use crate::lexicon::{ConceptId, Lexicon};
use crate::stem::stem;
use guichet_domain::lang::Lang;
use guichet_domain::letters::{is_alphanumeric, is_digit};

/// Words longer than this are cut: no word of a shop has more letters, a hostile paste has.
const MAX_WORD_CHARS: usize = 40;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded form.
    pub text: String,
    /// Its stem.
    pub stem: String,
    /// Byte range in the text, on character boundaries.
    pub start: usize,
    /// End of that range.
    pub end: usize,
    /// Whether it is a stop word.
    pub stop: bool,
}

/// A concept of the lexicon, found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which concept.
    pub concept: ConceptId,
    /// Indices of the words that make it, in order.
    pub words: Vec<usize>,
}

/// An analysed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysed {
    /// Every word, stop words included, in order.
    pub words: Vec<Word>,
    /// Concepts, in the order of their first word.
    pub mentions: Vec<Mention>,
}

impl Analysed {
    /// The words that carry information.
    pub fn content(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.stop)
    }
}

/// Analyses a text.
pub fn analyse(text: &str, lang: Lang, lexicon: &Lexicon) -> Analysed {
    let mut words = Vec::new();
    let mut rest = split(text, lang).into_iter().peekable();
    while let Some((folded, start, end)) = rest.next() {
        let mut push = |folded: String| {
            let stop = lexicon.is_stop(&folded);
            let stem = stem(&folded, lang);
            words.push(Word {
                text: folded,
                stem,
                start,
                end,
                stop,
            });
        };
        let next = rest.peek().map(|(next, ..)| next.as_str());
        match lexicon.shorthand(&folded, next) {
            Some(full) => full.iter().for_each(|word| push(word.clone())),
            None => push(folded),
        }
    }
    let mentions = lexicon.mentions(&words);
    Analysed { words, mentions }
}

/// Folded words with their byte ranges. A new word begins where letters follow digits.
pub(crate) fn split(text: &str, lang: Lang) -> Vec<(String, usize, usize)> {
    let mut out: Vec<(String, usize, usize)> = Vec::new();
    let mut word = String::new();
    let mut start = 0;
    let mut chars_in_word = 0;
    let mut last_was_digit = false;
    let close = |word: &mut String, start: usize, end: usize, out: &mut Vec<_>| {
        if !word.is_empty() {
            out.push((std::mem::take(word), start, end));
        }
    };
    for (at, c) in text.char_indices() {
        if is_apostrophe(c) {
            let elided = lang == Lang::Fr && is_elision(&word);
            if elided {
                word.clear();
            } else {
                close(&mut word, start, at, &mut out);
            }
            continue;
        }
        let joins = matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}') && !word.is_empty();
        if !is_alphanumeric(c) && !joins {
            close(&mut word, start, at, &mut out);
            continue;
        }
        let digit = is_digit(c);
        if !word.is_empty() && last_was_digit && !digit && !joins {
            close(&mut word, start, at, &mut out);
        }
        if word.is_empty() {
            start = at;
            chars_in_word = 0;
        }
        if chars_in_word < MAX_WORD_CHARS {
            push_folded(c, &mut word);
            chars_in_word += 1;
        }
        last_was_digit = digit;
    }
    close(&mut word, start, text.len(), &mut out);
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´')
}

/// What French shortens before a vowel.
fn is_elision(word: &str) -> bool {
    matches!(
        word,
        "l" | "d"
            | "j"
            | "m"
            | "t"
            | "s"
            | "n"
            | "c"
            | "qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quoiqu"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lexicon() -> Lexicon {
        Lexicon::parse("stop le la mon de ai pas\nshort tjr=toujours\nconcept parcel=colis|paquet\nconcept missing=pas recu")
            .unwrap()
    }

    fn check(text: &str, expected: &[&str]) {
        let analysed = analyse(text, Lang::Fr, &lexicon());
        let words: Vec<_> = analysed.content().map(|word| word.text.as_str()).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn elisions_accents_hyphens_and_units_are_cut() {
        check("L’expiration de l'été", &["expiration", "ete"]);
        // A single letter says nothing.
        check("jusqu'à aujourd'hui", &["aujourd", "hui"]);
        check("porte-monnaie", &["porte", "monnaie"]);
        check("14j, 24h", &["14", "24"]);
        check("tjr le colis", &["toujours", "colis"]);
    }

    #[test]
    fn a_concept_spans_the_words_that_make_it_across_two_others() {
        let analysed = analyse("pas encore reçu, pas de la part reçu", Lang::Fr, &lexicon());
        let spans: Vec<_> = analysed.mentions.iter().map(|m| m.words.clone()).collect();
        assert_eq!(
            spans,
            [vec![0, 2]],
            "one word between is stepped over, three are not"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_analysed_with_ranges_on_character_boundaries(text in "\\PC{0,80}") {
            let analysed = analyse(&text, Lang::Fr, &lexicon());
            for word in &analysed.words {
                prop_assert!(text.get(word.start..word.end).is_some());
                prop_assert!(!word.text.is_empty());
            }
        }

        #[test]
        fn analysing_the_words_again_changes_nothing(text in "[a-zA-Zéèàç' ]{0,60}") {
            let once: Vec<_> = analyse(&text, Lang::Fr, &lexicon()).words.into_iter().map(|w| w.text).collect();
            let twice: Vec<_> = analyse(&once.join(" "), Lang::Fr, &lexicon()).words.into_iter().map(|w| w.text).collect();
            prop_assert_eq!(once, twice);
        }
    }
}
