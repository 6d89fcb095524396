//! Words and sentences as the rules look at them: folded, parted at everything that is no letter or digit, found by
//! small patterns. `droit* de retract*` is three words, two of them by their beginning; `*` alone is any word.

use guichet_search::fold::fold;
use std::ops::Range;

/// Words that end with a dot and end no sentence.
const ABBREVIATIONS: [&str; 8] = ["art", "Art", "al", "cf", "env", "tél", "Tél", "min"];

/// A word, folded, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text. `L.217-3` is `l`, `217` and `3`; `d’un` is `d` and `un`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}');
        match start {
            None if is_letter => start = Some(at),
            Some(from) if !is_letter => {
                let text = fold(&text[from..at]);
                words.push(Word {
                    text,
                    start: from,
                    end: at,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Where a pattern first stands, as a range of words.
pub(super) fn find(words: &[Word], pattern: &str) -> Option<Range<usize>> {
    let parts: Vec<&str> = pattern.split(' ').collect();
    let fits = |window: &[Word]| {
        window
            .iter()
            .zip(&parts)
            .all(|(word, part)| match part.strip_suffix('*') {
                Some(beginning) => word.text.starts_with(beginning),
                None => word.text == *part,
            })
    };
    let at = words.windows(parts.len()).position(fits)?;
    Some(at..at + parts.len())
}

/// Whether any of the patterns stands in a text.
pub(super) fn mentions(words: &[Word], patterns: &[&str]) -> bool {
    patterns
        .iter()
        .any(|pattern| find(words, pattern).is_some())
}

/// The sentences of a text, as byte ranges: up to `.`, `!` or `?` before a space and a capital, up to `;`, and up to
/// the end of a line. `art. 5` and `L. 217-3` end none.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let ends = match c {
            '\n' | ';' => true,
            '.' | '!' | '?' | '…' => {
                let rest =
                    text[end..].trim_start_matches([')', '»', '”', '"', '\u{a0}', '\u{202f}']);
                let spaced = rest.starts_with(char::is_whitespace);
                let next = rest.trim_start().chars().next();
                let last = text[start..at]
                    .rsplit(|c: char| !c.is_alphanumeric())
                    .next();
                let abbreviates = c == '.'
                    && last.is_some_and(|last| {
                        last.chars().count() <= 1 || ABBREVIATIONS.contains(&last)
                    });
                spaced && !abbreviates && next.is_none_or(|next| !next.is_lowercase())
            }
            _ => false,
        };
        if ends || chars.peek().is_none() {
            if !text[start..end].trim().is_empty() {
                sentences.push(start..end);
            }
            start = end;
        }
    }
    sentences
}

/// Up to `most` characters of a text, on one line, for a message.
pub(super) fn quote(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pattern_finds_words_by_their_beginning_whatever_the_accents() {
        let words = words("Le DROIT de rétractation, l’article L.217-3.");
        assert_eq!(find(&words, "droit* de retract*"), Some(1..4));
        assert_eq!(find(&words, "l 217 3"), Some(6..9));
        assert_eq!(find(&words, "retract"), None);
    }

    #[test]
    fn a_sentence_does_not_end_at_an_abbreviation_or_a_decimal() {
        let text = "Voir art. 5 et L. 217-3 du code. Le prix est de 3.50 euros ! Fin";
        let found: Vec<&str> = sentences(text)
            .into_iter()
            .map(|range| text[range].trim())
            .collect();
        assert_eq!(
            found,
            [
                "Voir art. 5 et L. 217-3 du code.",
                "Le prix est de 3.50 euros !",
                "Fin"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_has_words_and_sentences(text in "\\PC{0,80}") {
            for word in words(&text) {
                prop_assert!(text.get(word.start..word.end).is_some());
            }
            for range in sentences(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
