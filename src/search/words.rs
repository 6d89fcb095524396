//! The words of an index as they travel: sorted, each written as what it has more than the word before it. tantivy's
//! own dictionary is made to be searched where it lies; here it is read once, at opening, and weighs three times as much.
//!
//! ```text
//! words    n suffix  n suffix  …       n: bytes shared with the word before, at most 31; no word has a byte so low
//! counts   vint      vint      …       rows of each word's posting list; the lists follow one another
//! ```

use crate::postings::{push_vint, vint};

/// Most bytes a word shares with the word before it: what is lower than a space begins a word.
const MAX_SHARED: usize = 31;

/// Writes sorted words and the lengths of their posting lists.
pub(crate) fn encode<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> (Vec<u8>, Vec<u8>) {
    let (mut out, mut counts) = (Vec::new(), Vec::new());
    let mut before = "";
    for (word, count) in words {
        let shared = shared(before, word);
        // Never above 31.
        out.push(u8::try_from(shared).unwrap_or(0));
        out.extend(&word.as_bytes()[shared..]);
        push_vint(&mut counts, count);
        before = word;
    }
    (out, counts)
}

fn shared(before: &str, word: &str) -> usize {
    let same = before.bytes().zip(word.bytes()).take(MAX_SHARED);
    let mut shared = same.take_while(|(a, b)| a == b).count();
    while !word.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

/// The words and the lengths of their lists; `None` where the bytes are none of [`encode`]'s.
pub(crate) fn decode(words: &[u8], mut counts: &[u8]) -> Option<Vec<(Box<str>, u32)>> {
    let mut out: Vec<(Box<str>, u32)> = Vec::new();
    let mut rest = words;
    while let Some((shared, behind)) = rest.split_first() {
        let end = behind
            .iter()
            .position(|byte| usize::from(*byte) <= MAX_SHARED);
        let (suffix, next) = behind.split_at(end.unwrap_or(behind.len()));
        let before = out.last().map_or("", |(word, _)| word);
        let mut word = before.get(..usize::from(*shared))?.to_owned();
        word.push_str(std::str::from_utf8(suffix).ok()?);
        if *word <= *before {
            return None;
        }
        out.push((word.into(), vint(&mut counts)?));
        rest = next;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn words_come_back_as_they_were(words in prop::collection::btree_map("[a-zéœ0-9*日]{1,40}", any::<u32>(), 0..40)) {
            let (text, counts) = encode(words.iter().map(|(word, count)| (word.as_str(), *count)));
            let back: BTreeMap<String, u32> =
                decode(&text, &counts).unwrap().into_iter().map(|(word, count)| (word.into(), count)).collect();
            prop_assert_eq!(back, words);
        }

        #[test]
        fn any_bytes_are_read_or_refused_in_peace(words in prop::collection::vec(any::<u8>(), 0..200), counts in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(words) = decode(&words, &counts) {
                prop_assert!(words.is_sorted());
            }
        }
    }
}
