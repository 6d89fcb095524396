//! Words in order: in one piece of memory, since an index has thousands and is opened while a shopper types; and as they
//! travel, each written as what it has more than the word before it. tantivy's own dictionary is made to be searched
//! where it lies; here it is read once, at opening, and weighs three times as much.
//!
//! ```text
//! words    n suffix  n suffix  …       n: bytes shared with the word before, at most 31; no word has a byte so low
//! numbers  vint      vint      …       one for each word; what it says is the part's own
//! ```

use crate::postings::{push_vint, vint};
use crate::sorted::part;
use std::ops::Range;

/// Most bytes a word shares with the word before it: what is lower than a space begins a word.
const MAX_SHARED: usize = 31;

/// Words in order, one behind another in one piece of memory.
#[derive(Clone, Debug, Default)]
pub struct Words {
    text: String,
    ends: Vec<usize>,
}

impl<'a> FromIterator<&'a str> for Words {
    /// Of words that are in order.
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut all = Self::default();
        words.into_iter().for_each(|word| all.push(word));
        all
    }
}

impl Words {
    /// Appends a word that is not before the last.
    pub(crate) fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word at a place; empty where there is none.
    pub fn get(&self, at: usize) -> &str {
        if at < self.len() {
            &self.text[part(&self.ends, at)]
        } else {
            ""
        }
    }

    /// All, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    /// The first place where a word stands.
    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.first(|own| own < word);
        (at < self.len() && self.get(at) == word).then_some(at)
    }

    /// All places where a word stands.
    pub fn places(&self, word: &str) -> Range<usize> {
        let start = self.first(|own| own < word);
        let own = (start..self.len()).take_while(|at| self.get(*at) == word);
        start..start + own.count()
    }

    /// The words of both, each once.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut all = Self::default();
        let (mut ours, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        while let Some(next) = ours.peek().into_iter().chain(theirs.peek()).copied().min() {
            all.push(next);
            while ours.next_if_eq(&next).is_some() {}
            while theirs.next_if_eq(&next).is_some() {}
        }
        all
    }

    /// The place of the first word that is not `before`; all that are stand in front.
    pub fn first(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Writes words in order, each once, with a number each.
pub(crate) fn encode<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> (Vec<u8>, Vec<u8>) {
    let (mut out, mut numbers) = (Vec::new(), Vec::new());
    let mut before = "";
    for (word, number) in words {
        let shared = shared(before, word);
        // Never above 31.
        out.push(u8::try_from(shared).unwrap_or(0));
        out.extend(&word.as_bytes()[shared..]);
        push_vint(&mut numbers, number);
        before = word;
    }
    (out, numbers)
}

fn shared(before: &str, word: &str) -> usize {
    let same = before.bytes().zip(word.bytes()).take(MAX_SHARED);
    let mut shared = same.take_while(|(a, b)| a == b).count();
    while !word.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

/// The words and their numbers; `None` where the bytes are none of [`encode`]'s.
pub(crate) fn decode(words: &[u8], mut numbers: &[u8]) -> Option<(Words, Vec<u32>)> {
    let (mut all, mut own) = (Words::default(), Vec::new());
    let mut rest = std::str::from_utf8(words).ok()?;
    while let Some(shared) = rest.bytes().next() {
        // What is lower than a space is a character by itself.
        let behind = rest.get(1..)?;
        let end = behind
            .bytes()
            .position(|byte| usize::from(byte) <= MAX_SHARED);
        let (suffix, next) = behind.split_at(end.unwrap_or(behind.len()));
        let end = all.text.len();
        let before = all.ends.len().checked_sub(2).map_or(0, |at| all.ends[at]);
        let shared = before..before + usize::from(shared);
        all.text.get(shared.clone())?;
        all.text.extend_from_within(shared);
        all.text.push_str(suffix);
        if all.text[end..] <= all.text[before..end] {
            return None;
        }
        all.ends.push(all.text.len());
        own.push(vint(&mut numbers)?);
        rest = next;
    }
    Some((all, own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_word_is_found_at_all_its_places() {
        let words: Words = ["a", "bb", "bb", "c"].into_iter().collect();
        assert_eq!([words.find("bb"), words.find("b")], [Some(1), None]);
        assert_eq!([words.places("bb"), words.places("d")], [1..3, 4..4]);
        assert_eq!([words.get(0), words.get(3), words.get(4)], ["a", "c", ""]);
        assert_eq!(
            words.iter().rev().collect::<Vec<_>>(),
            ["c", "bb", "bb", "a"]
        );
    }

    #[test]
    fn a_union_has_each_word_once() {
        let words = |words: &str| words.split_whitespace().collect::<Words>();
        let union = words("a c d").union(&words("b b c e e"));
        assert_eq!(union.iter().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    }

    proptest! {
        #[test]
        fn words_come_back_as_they_were(words in prop::collection::btree_map("[a-zéœ0-9*日]{1,40}", any::<u32>(), 0..40)) {
            let (text, numbers) = encode(words.iter().map(|(word, number)| (word.as_str(), *number)));
            let (back, numbers) = decode(&text, &numbers).unwrap();
            let back: BTreeMap<String, u32> = back.iter().map(str::to_owned).zip(numbers).collect();
            prop_assert_eq!(back, words);
        }

        #[test]
        fn any_bytes_are_read_or_refused_in_peace(words in prop::collection::vec(any::<u8>(), 0..200), numbers in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some((words, numbers)) = decode(&words, &numbers) {
                prop_assert!(words.iter().is_sorted());
                prop_assert_eq!(words.len(), numbers.len());
            }
        }
    }
}
