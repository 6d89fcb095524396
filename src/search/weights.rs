//! Every tunable of ranking and abstention, with what its ends mean. Chosen on judged
//! collections, as docs/search.md says; read back by `guichet explain`.

use crate::confidence::Evidence;

/// Number of searched fields.
pub const FIELDS: usize = 3;
/// Their names, in the order of [`Weights::field`].
pub const FIELD_NAMES: [&str; FIELDS] = ["title", "asked", "text"];

/// The first of them: a question, or a clause's heading.
pub const TITLE: usize = 0;

/// The letters of the formula in [`crate::rank`].
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// How much an occurrence in each field counts (`w_f`): at 0 the field is not searched.
    pub field: [f32; FIELDS],
    /// How much a long field dilutes its words (`b`), 0 (not at all) to 1 (in proportion).
    pub length: f32,
    /// How soon repetition stops helping (`k`): at 0 one occurrence says all, at 10 each counts again.
    pub saturation: f32,
    /// Match by the same stem, relative to the word itself (`m`), 0 to 1.
    pub stem: f32,
    /// Match by a concept of the lexicon, 0 to 1.
    pub concept: f32,
    /// What a word counts that says little about what is asked, 0 to 1: at 0 it is passed over.
    pub light: f32,
    /// What a row gains that matches both a word and its concept, from the weaker of the two (`g`):
    /// at 0 nothing, at 1 they add up.
    pub agreement: f32,
    /// Match by a completion of the word being typed, 0 to 1.
    pub prefix: f32,
    /// Match by a word one edit away, for words the index does not know, 0 to 1.
    pub typo_1: f32,
    /// Match by a word two edits away, 0 to 1.
    pub typo_2: f32,
    /// How strongly documents that leave query words unmatched are held back (`a`): at 0 not at all.
    pub coverage: f32,
    /// How strongly documents gain whose own question is asked (`e`): at 0 not at all, at 1 twice the score.
    pub asked: f32,
    /// How strongly documents gain that are about what is meant (`h`): at 0 not at all, at 1 twice the score.
    pub meant: f32,
    /// What being about what is meant counts beside words, where words leave something unsaid (`z`): at 0 rows are
    /// found by words only, at 1 it counts as much as the words that no row has.
    pub meaning: f32,
    /// Information of a word that is in no document, relative to the rarest word, 0 to 1.
    pub unknown: f32,
    /// What makes an answer likely, and how likely it must be.
    pub answer: AnswerWeights,
}

/// How likely it is that the best document answers: the letters of [`crate::confidence`].
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerWeights {
    /// The least confidence of an answer: at 0 everything is answered, at 1 nothing.
    pub least: f32,
    /// Where there is no evidence at all (`a₀`).
    pub base: f32,
    /// How much each kind of evidence counts (`a₁` to `a₇`); what speaks against an answer, below 0.
    pub of: Evidence,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            field: [4.0, 2.5, 1.0],
            length: 0.4,
            saturation: 2.0,
            stem: 0.95,
            concept: 0.8,
            light: 0.5,
            agreement: 0.2,
            prefix: 1.0,
            typo_1: 1.0,
            typo_2: 0.7,
            coverage: 0.25,
            asked: 0.3,
            meant: 1.0,
            meaning: 0.9,
            unknown: 0.7,
            answer: AnswerWeights::default(),
        }
    }
}

impl Default for AnswerWeights {
    fn default() -> Self {
        Self {
            least: 0.255,
            base: -10.5,
            of: Evidence {
                said: 12.6,
                asked: 4.3,
                missed: -4.6,
                length: 4.2,
                meant: 2.4,
                foreign: -2.1,
                strange: -2.5,
            },
        }
    }
}

impl Weights {
    /// How sure it is that a word so many edits away is meant.
    pub(crate) fn certainty(&self, distance: u8) -> f32 {
        match distance {
            0 => 1.0,
            1 => self.typo_1,
            _ => self.typo_2,
        }
    }
}
