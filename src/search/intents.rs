//! What a text is about, where its words alone do not say it: intents (`refund_delay`, `lost`), and how strongly each
//! word speaks for which. The weights are fitted to questions written for it (`index/intents`, `src/training`).
//!
//! ```text
//! w(i,t)        = Σ_{words of t that are known} weight(word, i) / √(how many are known)
//! share(i,t)    = exp(w(i,t)) / Σ_i exp(w(i,t))
//! likeness(a,b) = Σ_i share(i,a) · share(i,b) / (‖share(a)‖ · ‖share(b)‖)
//! ```
//! A query is compared so with every row. What a row is about is found when the index is written, and kept as
//! posting lists of intents.

use crate::postings::{push_vint, vint};
use crate::sorted::part;
use crate::words::{self, Words};

/// A level of a weight: fitted weights are whole numbers of these.
pub const WEIGHT_STEP: f32 = 2.0;
/// The strongest level.
pub const MAX_LEVEL: u8 = 6;
/// Intents of a query below this share change nothing.
const MIN_SHARE: f32 = 0.01;

/// Index of an intent within its model.
pub type IntentId = u16;

/// How strongly words speak for intents.
#[derive(Clone, Debug, Default)]
pub struct Intents {
    /// Names, for people; an index carries none.
    names: Vec<String>,
    count: usize,
    /// Words that the reader of an index knows anyhow, and others.
    words: [WordWeights; 2],
}

/// Words, as [`Lexicon::key`](crate::Lexicon::key) makes them, with the intents they speak for.
#[derive(Clone, Debug, Default)]
struct WordWeights {
    words: Words,
    /// By word, where its pairs end.
    ends: Vec<usize>,
    /// Intents in order, each with its level, of one word after another.
    pairs: Vec<(IntentId, u8)>,
}

impl WordWeights {
    /// Appends a word, whose pairs are the last.
    fn push(&mut self, word: &str) {
        self.words.push(word);
        self.ends.push(self.pairs.len());
    }

    fn of(&self, word: &str) -> Option<&[(IntentId, u8)]> {
        let at = self.words.find(word)?;
        Some(&self.pairs[part(&self.ends, at)])
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &[(IntentId, u8)])> {
        let words = self.words.iter();
        words.map(|word| (word, self.of(word).unwrap_or_default()))
    }
}

/// A line of a model that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} of the model of intents: `{text}` is not understood, or not in order\nhint: fit it anew with `cargo xtask intents`"
)]
pub struct ModelError {
    /// Line number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Intents that a text is about with their shares, as a vector of length 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About(pub Vec<(IntentId, f32)>);

impl Intents {
    /// Reads a model: a line with the names of all intents, then for each word, in order, a line
    /// `word=intent:level …`, where an intent is its place in the first line.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let mut model = Self::default();
        let lines = (1..).zip(text.lines());
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            if model.names.is_empty() {
                model.names = line.split_whitespace().map(str::to_owned).collect();
                model.count = model.names.len();
                continue;
            }
            model.add_word(line).ok_or_else(|| ModelError {
                line: number,
                text: line.chars().take(80).collect(),
            })?;
        }
        Ok(model)
    }

    fn add_word(&mut self, line: &str) -> Option<()> {
        // A stop word has a `=` in front.
        let end = line.rfind('=').filter(|end| *end > 0)?;
        let (word, weights) = (&line[..end], &line[end + 1..]);
        let [own, _] = &mut self.words;
        let behind = own.words.iter().next_back().is_none_or(|last| last < word);
        for weight in weights.split_whitespace() {
            let (intent, level) = weight.split_once(':')?;
            let (intent, level) = (intent.parse().ok()?, level.parse().ok()?);
            let known = usize::from(intent) < self.count && level <= MAX_LEVEL;
            own.pairs.push(known.then_some((intent, level))?);
        }
        own.push(word);
        behind.then_some(())
    }

    /// The name of an intent; of a model that came with an index, its number.
    pub fn name(&self, intent: IntentId) -> String {
        let name = self.names.get(usize::from(intent));
        name.cloned().unwrap_or_else(|| intent.to_string())
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|own| own.words.is_empty())
    }

    fn weights(&self, key: &str) -> Option<&[(IntentId, u8)]> {
        self.words.iter().find_map(|own| own.of(key))
    }

    /// Whether a word speaks for some intent.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.weights(key).is_some()
    }

    /// The share of every intent in what words are about, each word counted once.
    pub(crate) fn shares<'a>(&self, keys: impl Iterator<Item = &'a str>) -> Vec<f32> {
        let mut known: Vec<&str> = Vec::new();
        let mut sums = vec![0.0_f32; self.count];
        for key in keys {
            let Some(weights) = self.weights(key).filter(|_| !known.contains(&key)) else {
                continue;
            };
            known.push(key);
            for (intent, level) in weights {
                sums[usize::from(*intent)] += f32::from(*level);
            }
        }
        let scale = WEIGHT_STEP / (known.len().max(1) as f32).sqrt();
        let most = sums.iter().copied().fold(0.0, f32::max) * scale;
        // Most are 0: one exponential serves them all.
        let none = libm::expf(-most);
        let mut all = 0.0;
        for sum in &mut sums {
            *sum = if *sum > 0.0 {
                libm::expf(*sum * scale - most)
            } else {
                none
            };
            all += *sum;
        }
        for sum in &mut sums {
            *sum /= all;
        }
        sums
    }

    /// What words are about; nothing where none is known.
    pub(crate) fn about<'a>(&self, keys: impl Iterator<Item = &'a str> + Clone) -> About {
        if self.is_empty() || !keys.clone().any(|key| self.knows(key)) {
            return About::default();
        }
        About::new(&self.shares(keys), MIN_SHARE)
    }

    /// The model in bytes: words, how many intents each speaks for, which, and at what level. Of words that the
    /// reader knows anyhow only the number of intents is written, in the order of `known`.
    pub(crate) fn encode(&self, known: &Words) -> [Vec<u8>; 4] {
        let (mut counts, mut pairs, mut levels) = (Vec::new(), Vec::new(), Vec::new());
        push_vint(&mut counts, number(self.count));
        let mut push = |weights: &[(IntentId, u8)]| {
            let mut next = 0;
            for (intent, level) in weights {
                push_vint(&mut pairs, u32::from(*intent) - next);
                levels.push(*level);
                next = u32::from(*intent) + 1;
            }
        };
        for word in known.iter() {
            let weights = self.weights(word).unwrap_or_default();
            push_vint(&mut counts, number(weights.len()));
            push(weights);
        }
        let others = || {
            let words = self.words.iter().flat_map(WordWeights::iter);
            words.filter(|(word, _)| known.find(word).is_none())
        };
        others().for_each(|(_, weights)| push(weights));
        let (words, further) =
            words::encode(others().map(|(word, weights)| (word, number(weights.len()))));
        counts.extend(further);
        [words, counts, pairs, levels]
    }

    /// What [`Intents::encode`] wrote, with the same `known`; `None` where it did not.
    pub(crate) fn decode(parts: [&[u8]; 4], known: &Words) -> Option<Self> {
        let [words, mut counts, mut pairs, levels] = parts;
        let mut levels = levels.iter().copied();
        let count = vint(&mut counts)?;
        IntentId::try_from(count).ok()?;
        let mut read = |own: &mut WordWeights, word: &str, number: u32| {
            let mut next = 0;
            for _ in 0..number {
                let intent = next + vint(&mut pairs).filter(|step| *step < count - next)?;
                let level = levels.next().filter(|level| *level <= MAX_LEVEL)?;
                own.pairs.push((IntentId::try_from(intent).ok()?, level));
                next = intent + 1;
            }
            own.push(word);
            Some(())
        };
        let [mut ours, mut others] = <[WordWeights; 2]>::default();
        for word in known.iter() {
            match vint(&mut counts)? {
                0 => {}
                number => read(&mut ours, word, number)?,
            }
        }
        let (words, numbers) = words::decode(words, counts)?;
        for (word, number) in words.iter().zip(numbers) {
            read(&mut others, word, number)?;
        }
        Some(Self {
            count: count as usize,
            words: [ours, others],
            ..Self::default()
        })
    }
}

impl About {
    /// The intents with the largest shares, the largest first.
    pub fn strongest(&self, most: usize) -> impl Iterator<Item = (IntentId, f32)> {
        let mut shares = self.0.clone();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        shares.into_iter().take(most)
    }

    /// The vector of shares, without those below `least`.
    pub(crate) fn new(shares: &[f32], least: f32) -> Self {
        let length = shares.iter().map(|share| share * share).sum::<f32>().sqrt();
        let shares = (0..).zip(shares).filter(|(_, share)| **share >= least);
        Self(
            shares
                .map(|(intent, share)| (intent, share / length))
                .collect(),
        )
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// `colis` speaks for `lost` and a little for `late`; `perdu` for `lost`; `pas` for `late`.
    const MODEL: &str =
        "# comment\nlate lost refund\n=pas=0:1\ncoli=0:1 1:2\nperdu=1:3\nrembours=2:6\n";

    fn about(model: &Intents, words: &str) -> Vec<(String, f32)> {
        let about = model.about(words.split(' '));
        let named = about
            .strongest(9)
            .map(|(intent, share)| (model.name(intent), share));
        named.collect()
    }

    #[test]
    fn shares_are_those_of_the_formula() {
        let model = Intents::parse(MODEL).unwrap();
        // w(late) = 2·1/√2, w(lost) = 2·(2 + 3)/√2, w(refund) = 0, by two known words; `xyz` is unknown.
        let [late, lost] = [2.0_f32, 10.0].map(|sum| (sum / 2.0_f32.sqrt()).exp());
        let shares = model.shares("coli perdu perdu xyz".split(' '));
        let expected = [late, lost, 1.0].map(|share| share / (late + lost + 1.0));
        for (share, expected) in shares.iter().zip(expected) {
            assert!((share - expected).abs() < 1e-6, "{shares:?} {expected}");
        }
        let found = about(&model, "coli perdu");
        assert_eq!(found[0].0, "lost");
        let length: f32 = model
            .about("coli".split(' '))
            .0
            .iter()
            .map(|(_, share)| share * share)
            .sum();
        assert!(
            (length - 1.0).abs() < 0.01,
            "a vector of length 1: {length}"
        );
    }

    #[test]
    fn unknown_words_mean_nothing() {
        let model = Intents::parse(MODEL).unwrap();
        assert_eq!(about(&model, "xyz plugh"), []);
        assert_eq!(
            Intents::default().about("coli".split(' ')),
            About::default()
        );
    }

    #[test]
    fn a_bad_line_is_named_with_its_number() {
        for (text, line) in [
            ("late lost\ncoli=2:1", 2),
            ("late\n\ncoli=0:1", 2),
            ("late\ncoli=0:7", 2),
            ("late\nperdu=0:1\ncoli=0:1", 3),
        ] {
            assert_eq!(Intents::parse(text).unwrap_err().line, line, "{text}");
        }
    }

    #[test]
    fn what_is_encoded_reads_back_alike() {
        let model = Intents::parse(MODEL).unwrap();
        for known in ["", "coli", "coli perdu zzz", "=pas abc coli perdu rembours"] {
            let known: Words = known.split_whitespace().collect();
            let parts = model.encode(&known);
            let back =
                Intents::decode([&parts[0], &parts[1], &parts[2], &parts[3]], &known).unwrap();
            for words in ["coli perdu", "=pas", "rembours coli", "zzz"] {
                let words = || words.split(' ');
                assert_eq!(back.about(words()), model.about(words()), "{known:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_number_of_words_has_finite_shares(words in 0_usize..400) {
            let keys: Vec<String> = (0..words).map(|word| format!("w{word:04}")).collect();
            let model = keys.iter().fold("late lost\n".to_owned(), |model, key| model + key + "=0:6\n");
            let model = Intents::parse(&model).unwrap();
            let shares = model.shares(keys.iter().map(String::as_str));
            prop_assert!(shares.iter().all(|share| share.is_finite()));
        }

        #[test]
        fn any_bytes_are_read_or_refused_in_peace(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 4), known in prop::collection::vec("[a-z]{1,4}", 0..4)) {
            let [words, counts, pairs, levels] = parts.as_slice() else { unreachable!() };
            let known: BTreeSet<String> = known.into_iter().collect();
            let known: Words = known.iter().map(String::as_str).collect();
            if let Some(model) = Intents::decode([words, counts, pairs, levels], &known) {
                prop_assert!(model.shares(known.iter()).iter().all(|share| share.is_finite()));
            }
        }
    }
}
