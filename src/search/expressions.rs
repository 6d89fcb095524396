//! Expressions of concepts, laid out by the words that begin them. A word stands in them by its key
//! ([`Lexicon::key`](crate::Lexicon::key)), so that all its forms are recognised, and a key by its number.
//!
//! ```text
//! counts  vint …   by concept: how many expressions; these in order of their keys
//! heads   u8 …     by expression: keys it shares with the one before × 16 + keys of its own
//! steps   vint …   from the key of the one before to the first key of its own, where both stand at the same place
//! keys    vint …   all other keys
//! ```

use crate::lexicon::ConceptId;
use crate::postings::{push_vint, vint};
use crate::sorted::part;
use crate::words::Words;

/// Number of a key.
pub(crate) type KeyId = u16;

/// Most words of an expression.
pub(crate) const MAX_WORDS: usize = 15;

/// Most words that may stand between two words of an expression.
const MAX_GAP: usize = 2;

/// Expressions by the key of their first word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expressions {
    /// The keys of all their words, in order, each once.
    keys: Words,
    /// By key, where the expressions that begin with it end.
    ends: Vec<usize>,
    all: Vec<Expression>,
    /// Keys of expressions, one behind another.
    pool: Vec<KeyId>,
}

/// An expression: where its keys are in the pool.
#[derive(Clone, Copy, Debug)]
struct Expression {
    concept: ConceptId,
    start: usize,
    length: usize,
}

impl Expressions {
    /// Of concepts and the keys of their expressions; `keys` has them all.
    pub(crate) fn new(keys: Words, expressions: &[(ConceptId, Vec<KeyId>)]) -> Self {
        let mut pool = Vec::new();
        let mut all = Vec::new();
        for (concept, own) in expressions {
            all.push(Expression {
                concept: *concept,
                start: pool.len(),
                length: own.len(),
            });
            pool.extend(own);
        }
        Self::lay_out(keys, pool, all)
    }

    /// Sorts expressions by their first keys, counting how many begin with each.
    fn lay_out(keys: Words, pool: Vec<KeyId>, mut all: Vec<Expression>) -> Self {
        let first = |expression: &Expression| usize::from(pool[expression.start]);
        let mut ends = vec![0; keys.len()];
        for expression in &all {
            ends[first(expression)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        for expression in all.clone() {
            let end = &mut ends[first(&expression)];
            all[*end] = expression;
            *end += 1;
        }
        Self {
            keys,
            ends,
            all,
            pool,
        }
    }

    /// Concepts with the keys of their expressions, in order, each once.
    fn sorted(&self) -> Vec<(ConceptId, Vec<KeyId>)> {
        let keys = 0..self.keys.len();
        let mut sorted: Vec<(ConceptId, Vec<KeyId>)> = keys
            .filter_map(|key| KeyId::try_from(key).ok())
            .flat_map(|key| {
                let begun = self.beginning_with(key);
                begun.map(move |(concept, rest)| (concept, [&[key], rest].concat()))
            })
            .collect();
        sorted.sort();
        sorted.dedup();
        sorted
    }

    /// The keys of the shortest expression of a concept.
    pub(crate) fn shortest(&self, concept: ConceptId) -> Vec<&str> {
        let sorted = self.sorted().into_iter();
        let own = sorted.filter_map(|(of, keys)| (of == concept).then_some(keys));
        let shortest = own.min_by_key(Vec::len).into_iter().flatten();
        shortest.map(|key| self.keys.get(key.into())).collect()
    }

    /// The expressions in bytes: counts, heads, steps and keys.
    pub(crate) fn encode(&self) -> [Vec<u8>; 4] {
        let [mut counts, mut heads, mut steps, mut keys] = [const { Vec::new() }; 4];
        let sorted = self.sorted();
        let concepts = sorted.last().map_or(0, |(concept, _)| concept.0 + 1);
        for concept in (0..concepts).map(ConceptId) {
            let start = sorted.partition_point(|(own, _)| *own < concept);
            let end = sorted.partition_point(|(own, _)| *own <= concept);
            let own = &sorted[start..end];
            push_vint(&mut counts, u32::try_from(own.len()).unwrap_or(0));
            let mut before: &[KeyId] = &[];
            for (_, expression) in own {
                let same = before.iter().zip(expression);
                let shared = same.take_while(|(a, b)| a == b).count();
                heads.extend(u8::try_from(shared << 4 | (expression.len() - shared)));
                let mut rest = expression[shared..].iter();
                if let Some((before, first)) = before.get(shared).zip(rest.clone().next()) {
                    push_vint(&mut steps, (first - before).into());
                    rest.next();
                }
                rest.for_each(|key| push_vint(&mut keys, (*key).into()));
                before = expression;
            }
        }
        [counts, heads, steps, keys]
    }

    /// What [`Expressions::encode`] wrote, with the same keys; `None` where it did not.
    pub(crate) fn decode(keys: Words, parts: [&[u8]; 4]) -> Option<Self> {
        let [mut counts, heads, mut steps, mut others] = parts;
        let mut heads = heads.iter();
        let (mut pool, mut all) = (Vec::new(), Vec::new());
        let mut concept = 0;
        while !counts.is_empty() {
            let mut before = 0..0;
            for _ in 0..vint(&mut counts)? {
                let head = heads.next()?;
                let (shared, own) = (usize::from(head >> 4), usize::from(head & 15));
                let start = pool.len();
                let mut beside = before.start + shared;
                if beside > before.end || shared + own == 0 {
                    return None;
                }
                pool.extend_from_within(before.start..beside);
                for _ in 0..own {
                    let key = if beside < before.end {
                        u32::from(pool[beside]).checked_add(vint(&mut steps)?)?
                    } else {
                        vint(&mut others)?
                    };
                    beside = before.end;
                    let known = (key as usize) < keys.len();
                    pool.push(KeyId::try_from(key).ok().filter(|_| known)?);
                }
                all.push(Expression {
                    concept: ConceptId(concept),
                    start,
                    length: shared + own,
                });
                before = start..pool.len();
            }
            concept = concept.checked_add(1)?;
        }
        Some(Self::lay_out(keys, pool, all))
    }

    /// The number of a key, where an expression has it.
    pub(crate) fn key(&self, key: &str) -> Option<KeyId> {
        KeyId::try_from(self.keys.find(key)?).ok()
    }

    /// The keys of all words of expressions, in order.
    pub(crate) fn keys(&self) -> &Words {
        &self.keys
    }

    /// Concepts of the expressions that begin with a key, with the keys behind it.
    fn beginning_with(&self, key: KeyId) -> impl Iterator<Item = (ConceptId, &[KeyId])> {
        let own = &self.all[part(&self.ends, key.into())];
        own.iter().map(|expression| {
            let keys = &self.pool[expression.start..][..expression.length];
            (expression.concept, &keys[1..])
        })
    }

    /// Calls `found(concept, words)` for every expression that the keys of a text hold from its word `at` on.
    pub(crate) fn at(
        &self,
        text: &[Option<KeyId>],
        at: usize,
        mut found: impl FnMut(ConceptId, Vec<usize>),
    ) {
        for (concept, rest) in text[at].iter().flat_map(|key| self.beginning_with(*key)) {
            if let Some(words) = match_rest(text, at, rest) {
                found(concept, words);
            }
        }
    }

    /// Calls `found(concept, words, key)` for every expression that the keys of a text hold up to its end from its word
    /// `at` on, but for the last word of the expression, whose key goes on from `typed`.
    pub(crate) fn begun(
        &self,
        text: &[Option<KeyId>],
        at: usize,
        typed: &str,
        mut found: impl FnMut(ConceptId, Vec<usize>, &str),
    ) {
        for (concept, rest) in text[at].iter().flat_map(|key| self.beginning_with(*key)) {
            let Some((last, rest)) = rest.split_last() else {
                continue;
            };
            let words = match_rest(text, at, rest).unwrap_or_default();
            // What is half typed is a guess already: nothing may stand before it.
            let adjoins = words.last() == Some(&(text.len() - 1));
            let last = self.keys.get((*last).into());
            if adjoins && last.starts_with(typed) {
                found(concept, words, last);
            }
        }
    }
}

/// The indices of the words that make an expression from `at` on, stepping over a few others.
fn match_rest(text: &[Option<KeyId>], at: usize, rest: &[KeyId]) -> Option<Vec<usize>> {
    let mut matched = vec![at];
    let mut next = at + 1;
    for key in rest {
        let mut ahead = (next..text.len()).take(MAX_GAP + 1);
        let found = ahead.find(|word| text[*word] == Some(*key))?;
        matched.push(found);
        next = found + 1;
    }
    Some(matched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(count: usize) -> Words {
        let keys: Vec<String> = (0..count).map(|key| format!("k{key:02}")).collect();
        keys.iter().map(String::as_str).collect()
    }

    fn found(expressions: &Expressions, text: &[KeyId]) -> Vec<(u16, Vec<usize>)> {
        let text: Vec<Option<KeyId>> = text.iter().copied().map(Some).collect();
        let mut found = Vec::new();
        for at in 0..text.len() {
            expressions.at(&text, at, |concept, words| found.push((concept.0, words)));
        }
        found
    }

    #[test]
    fn two_words_between_are_stepped_over_and_three_are_not() {
        let all = [(ConceptId(0), vec![1, 2]), (ConceptId(1), vec![2])];
        let expressions = Expressions::new(keys(9), &all);
        assert_eq!(
            found(&expressions, &[1, 5, 6, 2]),
            [(0, vec![0, 3]), (1, vec![3])]
        );
        assert_eq!(found(&expressions, &[1, 5, 6, 7, 2]), [(1, vec![4])]);
    }

    proptest! {
        #[test]
        fn expressions_come_back_as_they_were(
            all in prop::collection::vec((0_u16..6, prop::collection::vec(0_u16..9, 1..5)), 0..40),
            text in prop::collection::vec(0_u16..9, 0..12),
        ) {
            let all: Vec<_> = all.into_iter().map(|(concept, own)| (ConceptId(concept), own)).collect();
            let expressions = Expressions::new(keys(9), &all);
            let parts = expressions.encode();
            let back = Expressions::decode(keys(9), parts.each_ref().map(Vec::as_slice)).unwrap();
            let mut written = all.clone();
            written.sort();
            written.dedup();
            prop_assert_eq!(back.sorted(), written);
            let [mut ours, mut theirs] = [found(&expressions, &text), found(&back, &text)];
            ours.sort();
            ours.dedup();
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn any_bytes_are_read_or_refused_in_peace(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 4)) {
            let [counts, heads, steps, others] = parts.as_slice() else { unreachable!() };
            if let Some(expressions) = Expressions::decode(keys(99), [counts, heads, steps, others]) {
                found(&expressions, &[0, 1, 2, 3]);
            }
        }
    }
}
