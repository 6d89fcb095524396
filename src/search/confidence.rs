//! Abstention: whether the best row is an answer. With the letters of [`crate::rank`]:
//!
//! ```text
//! confidence = 1 / (1 + exp(−a))                           d₁: the best row; the chance that something
//!                                                          answers, were it so for every second query
//! a          = a₀ + (a₁·said + a₂·asked + a₃·missed)/√n + a₄·ln n + a₅·meant(d₁) + a₆·foreign⁴ + a₇·strange
//! n          = number of words that are known, those that carry no information too
//! said       = max_d Σ_s info(s)·max(m(s,d), l(s,d)) / Σ_s info(s)
//! l(w,d)     = √likeness(w,d)                              how much a row is about what the word alone is about
//! asked      = max(asked(d₁), Σ_s m(s,d₁) / number of slots)
//! foreign    = t · largest share of what is meant · (1 − max_d √(t·likeness(q,d)))   t: how certain it is what is meant
//! missed     = max_s info(s)/idf_max · (1 − m(s,d₁))
//! strange    = 1 − min_w max_d l(w,d)                      w: words that speak for some intent; ½ where none does
//! ```
//!
//! A query is foreign as a whole where no row is about what is meant, and strange where no row is about one of its
//! words. What is said, asked and missing counts less in a long query, which is written with much around the question.
//!
//! A threshold on `confidence`, which is a logistic regression on quantities that mean the same in every collection
//! (docs/search.md says how it was fitted). In an index without intents the quantities are those of a query of which
//! no word speaks for any.

use crate::index::Index;
use crate::query::Query;
use crate::rank::{Hit, meant};
use crate::weights::AnswerWeights;
use serde::Serialize;

/// What speaks for the best hit as an answer and against it, in the letters of `a`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// `said/√n`: the share of the query's information that one row says, in its words or in what it is about.
    pub said: f32,
    /// `asked/√n`.
    pub asked: f32,
    /// `missed/√n`.
    pub missed: f32,
    /// `ln n`.
    pub length: f32,
    /// `meant(d₁)`.
    pub meant: f32,
    /// `foreign⁴`.
    pub foreign: f32,
    /// `strange`.
    pub strange: f32,
}

/// How rows answer to one word of a query.
pub(crate) struct Told {
    /// `info(s)`.
    pub(crate) info: f32,
    /// `m(s,d)`, by row.
    pub(crate) matched: Vec<f32>,
}

/// What `strange` is where no word speaks for any intent.
const NEITHER: f32 = 0.5;

impl Index {
    /// What speaks for the best row: `covered` is `Σ_s info(s)·m(s,d)` of each row, `likeness` how much it is about what
    /// is meant.
    pub(crate) fn evidence(
        &self,
        query: &Query,
        best: &Hit,
        told: &[Told],
        covered: &[f32],
        likeness: &[f32],
    ) -> Evidence {
        let row = best.row as usize;
        let (mut all, mut matched, mut missed) = (0.0_f32, 0.0_f32, 0.0_f32);
        for word in told {
            all += word.info;
            matched += word.matched[row];
            missed = missed.max(word.info / self.idf(0) * (1.0 - word.matched[row]));
        }
        let mut said = covered.to_vec();
        let mut strange: Option<f32> = None;
        for (at, about) in query.words.iter().enumerate() {
            if about.0.is_empty() {
                continue;
            }
            let alone = self.likeness(about);
            let own = 1.0 - meant(most(&alone));
            strange = Some(strange.map_or(own, |other| other.max(own)));
            let mut slots = query.slots.iter().zip(told);
            if let Some((_, word)) = slots.find(|(slot, _)| slot.at == at) {
                for ((said, matched), likeness) in said.iter_mut().zip(&word.matched).zip(&alone) {
                    *said += word.info * (meant(*likeness) - matched).max(0.0);
                }
            }
        }
        let shares = query.about.0.iter().map(|(_, share)| *share);
        let nearest = meant(query.certain * most(likeness));
        let foreign = query.certain * shares.fold(0.0, f32::max) * (1.0 - nearest);
        let words = query.known.max(1) as f32;
        let slots = told.len().max(1) as f32;
        Evidence {
            said: most(&said) / all / words.sqrt(),
            asked: best.asked.max(matched / slots) / words.sqrt(),
            missed: missed / words.sqrt(),
            length: libm::logf(words),
            meant: best.meant,
            foreign: foreign * foreign * foreign * foreign,
            strange: strange.unwrap_or(NEITHER),
        }
    }
}

fn most(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

impl Evidence {
    /// Its parts, in the order of [`EVIDENCE_NAMES`].
    pub fn parts(&self) -> [f32; 7] {
        [
            self.said,
            self.asked,
            self.missed,
            self.length,
            self.meant,
            self.foreign,
            self.strange,
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
    "said/√n",
    "asked/√n",
    "missed/√n",
    "ln n",
    "meant",
    "foreign⁴",
    "strange",
];

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
        let lexicon = Lexicon::parse("stop le").unwrap();
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
        // Of 2 rows 1 has `facture`: idf = ln 2. A word of none has ln 6, and of that 0.7. No word speaks for an intent.
        let (own, most) = (2.0_f32.ln(), 6.0_f32.ln());
        let none = -10.5 - 2.5 * 0.5;
        check(&index, "facture", chance(none + 12.6 + 4.3));
        // What nobody knows is missed, and makes a query no longer.
        let said = own / (own + 0.7 * most);
        let each = 12.6 * said + 4.3 - 4.6 * 0.7;
        check(&index, "facture bitcoin", chance(none + each));
        // Each row has one of two known words; `le` makes a query longer, and asks for nothing.
        let each = 12.6 * 0.5 + 4.3 - 4.6 * own / most;
        let length = 4.2 * 3.0_f32.ln();
        check(
            &index,
            "le facture colis",
            chance(none + each / 3.0_f32.sqrt() + length),
        );
        check(&index, "bitcoin", 0.0);
    }

    #[test]
    fn what_no_row_is_about_speaks_against_an_answer() {
        // Each word speaks for one intent alone: the largest shares are 1 within rounding.
        let index = index("invoice parcel gift\ncadeau=2:6\ncoli=1:6\nfactur=0:6\n");
        let told = |query: &str| index.search(query, 1).confidence;
        let (own, most) = (2.0_f32.ln(), 6.0_f32.ln());
        check(&index, "facture", chance(-10.5 + 12.6 + 4.3 + 2.4));
        // `cadeau` alone matches nothing and no row is about it; beside `facture` half of what is meant is about no row.
        let each = 12.6 * own / (own + 0.7 * most) + 4.3 - 4.6 * 0.7;
        let half = 0.5_f32.sqrt();
        let meant = half.sqrt();
        let foreign = half * (1.0 - meant);
        let told_alike = -10.5 + each / 2.0_f32.sqrt() + 4.2 * 2.0_f32.ln() + 2.4 * meant;
        check(
            &index,
            "facture cadeau",
            chance(told_alike - 2.1 * foreign.powi(4) - 2.5),
        );
        assert!(told("facture") > told("facture cadeau"));
    }

    #[test]
    fn what_a_row_is_about_is_said_without_its_words() {
        // `paquet` stands in no row, but speaks for what the row of `colis` is about.
        let index = index("invoice parcel\ncoli=1:6\nfactur=0:6\npaquet=1:6\n");
        let evidence = index.search("paquet", 1).evidence;
        for (found, expected) in [(evidence.said, 1.0), (evidence.strange, 0.0)] {
            assert!((found - expected).abs() < 0.01, "{evidence:?}");
        }
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
