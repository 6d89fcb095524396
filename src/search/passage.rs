//! Which words of a text match a query, and which part of a long text to show.

use crate::analysis::analyse;
use crate::index::Index;
use crate::query::{How, Query};
use crate::sorted::SortedSet;
use std::ops::Range;

impl Index {
    /// Byte ranges of the words of `text` that match, in order, on character boundaries.
    pub fn passages(&self, query: &Query, text: &str) -> Vec<Range<usize>> {
        let analysed = analyse(text, self.lang, &self.lexicon);
        let terms = query.terms();
        let concepts: SortedSet<_> = query
            .slots
            .iter()
            .flat_map(|slot| &slot.variants)
            .filter_map(|variant| match variant.how {
                How::Concept(concept) => Some(concept),
                _ => None,
            })
            .collect();
        let mut marked: Vec<usize> = Vec::new();
        for (at, word) in analysed.words.iter().enumerate() {
            // A word that nothing stands for is in no text; in the query itself, it was not understood.
            let same = |slot: &crate::query::Slot| {
                !slot.variants.is_empty() && (slot.word == word.text || slot.stem == word.stem)
            };
            let found = self
                .vocabulary
                .find(&word.text)
                .is_some_and(|id| terms.contains(&id));
            if !word.stop && (found || query.slots.iter().any(same)) {
                marked.push(at);
            }
        }
        for mention in &analysed.mentions {
            if concepts.contains(&mention.concept) {
                marked.extend(mention.words.iter().copied());
            }
        }
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let marked: SortedSet<usize> = marked.into_iter().collect();
        for at in marked {
            let word = &analysed.words[at];
            // Shorthand gives several words one place.
            if ranges.last().is_none_or(|last| last.end <= word.start) {
                ranges.push(word.start..word.end);
            }
        }
        ranges
    }
}

/// The part of `text` with the most of these passages, at most `max_chars` characters, from
/// the beginning of a sentence where one is near, else of a word.
pub fn excerpt(text: &str, passages: &[Range<usize>], max_chars: usize) -> Range<usize> {
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    if boundaries.len() - 1 <= max_chars {
        return 0..text.len();
    }
    let end_of = |start: usize| {
        let at = boundaries.partition_point(|boundary| *boundary < start);
        boundaries[(at + max_chars).min(boundaries.len() - 1)]
    };
    let count = |start: usize| {
        let end = end_of(start);
        passages
            .iter()
            .filter(|range| range.start >= start && range.end <= end)
            .count()
    };
    let best = starts(text)
        .into_iter()
        .map(|start| (count(start), start))
        // The earliest of equals: the beginning of a text says what it is about.
        .fold(
            (0, 0),
            |best, (n, start)| if n > best.0 { (n, start) } else { best },
        );
    let start = best.1;
    let end = end_of(start);
    let cut = if end < text.len() {
        text[start..end]
            .rfind(char::is_whitespace)
            .map_or(end, |space| start + space)
    } else {
        end
    };
    start..cut
}

/// Where an excerpt may begin: the text, its lines, its sentences.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut after_stop = false;
    for (at, c) in text.char_indices() {
        if matches!(c, '.' | '!' | '?' | ';' | ':' | '\n') {
            after_stop = true;
        } else if after_stop && !c.is_whitespace() {
            if text[..at].ends_with(char::is_whitespace) {
                starts.push(at);
            }
            after_stop = false;
        }
    }
    starts
}
