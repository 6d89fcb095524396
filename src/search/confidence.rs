//! Abstention: whether the best row is an answer. With the letters of [`crate::rank`]:
//!
//! ```text
//! confidence = 1 / (1 + exp(−a))                           d₁: the best row; the chance that something
//!                                                          answers, were it so for every second query
//! a          = a₀ + a₁·cover(d₁) + a₂·ln(known) + a₃·max(asked(d₁), Σ_s m(s,d₁)/n) + a₄·meant'(d₁)
//!              + a₅·foreign + a₆·max_s miss(s) + a₇·ln(1 + Σ_s rare(s)·m(s,d₁))
//! rare(s)    = info(s) / idf_max                            n: number of slots, known: of those with variants
//! miss(s)    = rare(s) · (1 − m(s,d₁))
//! meant'(d)  = √(t·likeness(q,d))                           t: how certain it is what is meant
//! foreign    = t · largest share of what is meant · (1 − max_d meant'(d))
//! ```
//!
//! A threshold on `confidence`, which is a logistic regression on quantities that mean the same in every collection
//! (docs/search.md says how it was fitted). In an index without intents `meant'` and `foreign` are those of a query
//! about which nothing is known.

use crate::query::Query;
use crate::rank::Hit;
use crate::weights::AnswerWeights;
use serde::Serialize;

/// What speaks for the best hit as an answer and against it, in the letters of `a`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// `cover(d₁)`.
    pub cover: f32,
    /// `ln(known)`; 0 where nothing stands for any word. The share is smaller in long queries, which are written with
    /// much around the question.
    pub length: f32,
    /// The larger of `asked(d₁)` and `Σ_s m(s,d₁)/n`.
    pub asked: f32,
    /// `meant'(d₁)`.
    pub meant: f32,
    /// `foreign`.
    pub foreign: f32,
    /// `max_s miss(s)`.
    pub missed: f32,
    /// `ln(1 + Σ_s rare(s)·m(s,d₁))`: by as much as the share leaves out, more is missing of what says much.
    pub matched: f32,
}

impl Evidence {
    /// What speaks for the best row, where `nearest` is how much any row is about what is meant.
    pub(crate) fn new(
        query: &Query,
        best: &Hit,
        words: impl Iterator<Item = Told>,
        nearest: f32,
    ) -> Self {
        let (mut matched, mut information, mut missed) = (0.0_f32, 0.0_f32, 0.0_f32);
        for word in words {
            matched += word.matched;
            information += word.rare * word.matched;
            missed = missed.max(word.rare * (1.0 - word.matched));
        }
        let slots = query.slots.len().max(1) as f32;
        let known = query.slots.iter().filter(|slot| !slot.variants.is_empty());
        let largest = query.about.strongest(1).next();
        Self {
            cover: best.cover,
            length: libm::logf(known.count().max(1) as f32),
            asked: best.asked.max(matched / slots),
            meant: query.certain.sqrt() * best.meant,
            foreign: query.certain * largest.map_or(0.0, |(_, share)| share) * (1.0 - nearest),
            missed,
            matched: libm::logf(1.0 + information),
        }
    }

    /// Its parts, in the order of [`EVIDENCE_NAMES`].
    pub fn parts(&self) -> [f32; 7] {
        [
            self.cover,
            self.length,
            self.asked,
            self.meant,
            self.foreign,
            self.missed,
            self.matched,
        ]
    }

    /// `confidence`.
    pub(crate) fn confidence(&self, weights: &AnswerWeights) -> f32 {
        let parts = weights.of.parts().into_iter().zip(self.parts());
        let a = parts.fold(weights.base, |sum, (weight, part)| sum + weight * part);
        1.0 / (1.0 + libm::expf(-a))
    }
}

/// What the parts of evidence are called where they are explained.
pub const EVIDENCE_NAMES: [&str; 7] = [
    "cover",
    "ln(known)",
    "asked",
    "meant'",
    "foreign",
    "miss",
    "ln(1 + matched)",
];

/// How the best row answers to one word of a query.
pub(crate) struct Told {
    /// `rare(s)`.
    pub(crate) rare: f32,
    /// `m(s,d₁)`.
    pub(crate) matched: f32,
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::intents::Intents;
    use crate::lexicon::Lexicon;
    use crate::writer::{Row, RowKind, write};
    use guichet_domain::lang::Lang;

    /// Two rows, one about invoices and one about parcels; what speaks for `gift` is about neither.
    fn index(intents: &str) -> Index {
        let row = |title| Row {
            kind: RowKind::Faq,
            title,
            asked: &[],
            text: String::new(),
        };
        let lexicon = Lexicon::parse("").unwrap();
        let lexicon = lexicon.with_intents(Intents::parse(intents).unwrap());
        let bytes = write(Lang::Fr, &[row("facture"), row("colis")], &lexicon).unwrap();
        Index::open("i", &bytes).unwrap()
    }

    fn chance(a: f32) -> f32 {
        1.0 / (1.0 + (-a).exp())
    }

    fn check(index: &Index, query: &str, expected: f32) {
        let found = index.search(query, 1).confidence;
        assert!(
            (found - expected).abs() < 1e-4,
            "{query}: {found} for {expected}"
        );
    }

    #[test]
    fn confidence_is_that_of_the_formula() {
        let index = index("");
        // Of 2 rows 1 has `facture`: idf = ln 2. A word of none has ln 6, and of that 0.7.
        let (own, most) = (2.0_f32.ln(), 6.0_f32.ln());
        let rare = own / most;
        let matched = 1.0 * (1.0 + rare).ln();
        check(&index, "facture", chance(-0.8 + 0.8 + 1.4 - matched));
        // What nothing stands for makes a query no longer.
        let cover = own / (own + 0.7 * most);
        let missed = 2.7 * 0.7;
        check(
            &index,
            "facture bitcoin",
            chance(-0.8 + 0.8 * cover + 1.4 - missed - matched),
        );
        // Two words are known, and each row has one of them.
        let (cover, length) = (0.5, 1.5 * 2.0_f32.ln());
        let missed = 2.7 * rare;
        check(
            &index,
            "facture colis",
            chance(-0.8 + 0.8 * cover + length + 1.4 - missed - matched),
        );
        check(&index, "bitcoin", 0.0);
    }

    #[test]
    fn what_no_row_is_about_speaks_against_an_answer() {
        // Each word speaks for one intent alone: the largest shares are 1 within rounding.
        let index = index("invoice parcel gift\ncadeau=2:6\ncoli=1:6\nfactur=0:6\n");
        let told = |query: &str| index.search(query, 1).confidence;
        let (own, most) = (2.0_f32.ln(), 6.0_f32.ln());
        let matched = 1.0 * (1.0 + own / most).ln();
        check(&index, "facture", chance(-0.8 + 0.8 + 1.4 + 1.2 - matched));
        // `cadeau` alone matches nothing; beside `facture` half of what is meant is about no row.
        let cover = own / (own + 0.7 * most);
        let half = 0.5_f32.sqrt();
        let meant = half.sqrt();
        let foreign = 2.1 * half * (1.0 - meant);
        check(
            &index,
            "facture cadeau",
            chance(-0.8 + 0.8 * cover + 1.4 + 1.2 * meant - foreign - 2.7 * 0.7 - matched),
        );
        assert!(told("facture") > told("facture cadeau"));
    }

    #[test]
    fn a_word_half_typed_is_about_what_its_completion_is() {
        let index = index("invoice parcel gift\ncadeau=2:6\ncoli=1:6\nfactur=0:6\n");
        for (half, whole) in [("fact", "facture"), ("coli", "colis")] {
            let about = |text| crate::query::Query::new(&index, text).about;
            assert_eq!(about(half), about(whole));
        }
    }

    #[test]
    fn a_misspelt_word_is_less_certain() {
        let index = index("invoice parcel gift\ncadeau=2:6\ncoli=1:6\nfactur=0:6\n");
        let query = |text| crate::query::Query::new(&index, text);
        let (right, wrong) = (query("facture "), query("factrue "));
        assert_eq!(right.about, wrong.about);
        assert_eq!((right.certain, wrong.certain), (1.0, 0.0));
        assert!((query("facture bitcoin ").certain - 0.5).abs() < 1e-6);
    }
}
