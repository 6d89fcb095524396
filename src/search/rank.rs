//! Ranking: which rows answer a query, and in which order.
//!
//! For a query of slots s, a row d, fields f, and variants v of a slot with terms T(v):
//!
//! ```text
//! tf(v,d)    = Σ_f  w_f · Σ_{t∈T(v)} freq(t,f,d) / (1 − b + b · len(f,d)/avglen(f))
//! idf(v)     = ln(1 + (N − n(v) + ½) / (n(v) + ½))      n(v): rows that match v; the word itself
//!                                                       counts as rare as all its forms together
//! part(v,d)  = m_v · idf(v) · tf(v,d) / (k + tf(v,d))
//! score(s,d) = max(i·W, C) + g · min(i·W, C)   W: best part of the word (exact, stem, prefix, typo),
//!                                              C: best part of its concepts,
//!                                              i: the weight of light words (`vraiment`), else 1
//! info(s)    = i · idf of the slot's closest variant, u · idf_max in its place where nothing matches
//! cover(d)   = Σ_{s matched by d} info(s)·m(s,d) / Σ_s info(s)
//! asked(d)   = min(1, Σ_{s matched by d} m(s,d) / max(1, len(title,d)/2))
//! meant(d)   = √likeness(q,d)                                 see `intents`
//! score(d)   = Σ_s score(s,d) · cover(d)^a · (1 + e·asked(d)) · (1 + h·meant(d))
//!              + z · t · unsaid · meant(d)²                   t: how certain it is what is meant, see `confidence`
//! unsaid     = Σ_s info(s) · (1 − max_d cover(d))             what of the query no row says in words
//! ```
//!
//! BM25 over weighted fields (Robertson, Zaragoza, Taylor 2004) with a best variant for each
//! word. `meant` lifts rows that match, and finds those in which what is asked stands in other words only. Whether the best row answers is for [`crate::confidence`].

use crate::confidence::{Evidence, Told};
use crate::index::Index;
use crate::query::{How, Query, Slot, Variant};
use crate::weights::TITLE;
use serde::Serialize;

/// A row that matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Hit {
    /// Row of the pack.
    pub row: u32,
    /// Higher is better; comparable within one query only.
    pub score: f32,
    /// Share of the query's information that the row matches, 0 to 1.
    pub cover: f32,
    /// Share of the row's own question, its title, that as many words would make, 0 to 1.
    pub asked: f32,
    /// How much the row is about what is meant, 0 to 1.
    pub meant: f32,
}

/// What a query finds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// Best first.
    pub hits: Vec<Hit>,
    /// `z · t · unsaid`: what a row gains that is all about what is meant.
    pub meaning: f32,
    /// How sure the best hit is to answer; comparable between queries and collections.
    pub confidence: f32,
    /// What the confidence is of.
    pub evidence: Evidence,
    /// Nothing answers this exactly: hits are only the nearest.
    pub declined: bool,
}

/// One part of a row's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The query's word.
    pub word: String,
    /// `exact`, `stem`, `concept …`, `prefix`, `typo …`.
    pub how: String,
    /// Words or concept of the index that matched in this row.
    pub terms: Vec<String>,
    /// Fields they stand in.
    pub fields: Vec<&'static str>,
    /// `m_v`.
    pub m: f32,
    /// `idf(v)`.
    pub idf: f32,
    /// `tf(v,d)`.
    pub tf: f32,
    /// `part(v,d)`.
    pub score: f32,
    /// What of it counts: `i` for a light word, and `g` for the weaker of word and concept.
    pub counts: f32,
}

/// How one slot scores rows: dense lists, touched rows named.
struct SlotScores {
    /// The best part of the word itself, by row.
    word: Vec<f32>,
    /// The best part of its concepts, by row.
    concept: Vec<f32>,
    /// The closest match, by row.
    strength: Vec<f32>,
    touched: Vec<u32>,
    info: f32,
}

/// A row that has no word of the query is found where it is as much about what is meant (`meant²`).
const LEAST_LIKENESS: f32 = 0.1;

/// `meant`.
pub(crate) fn meant(likeness: f32) -> f32 {
    likeness.sqrt().min(1.0)
}

impl Index {
    /// The best `limit` rows for a query; any text is one.
    pub fn search(&self, text: &str, limit: usize) -> Outcome {
        self.rank(&Query::new(self, text), limit)
    }

    /// The best `limit` rows for an analysed query.
    pub fn rank(&self, query: &Query, limit: usize) -> Outcome {
        let rows = self.rows();
        let mut total = vec![0.0_f32; rows];
        let mut covered = vec![0.0_f32; rows];
        let mut matched = vec![0.0_f32; rows];
        let mut all_info = 0.0;
        let mut told: Vec<Told> = Vec::new();
        for slot in &query.slots {
            let mut scores = self.slot_scores(slot);
            let word_counts = self.word_counts(slot);
            scores.info *= word_counts;
            all_info += scores.info;
            for row in &scores.touched {
                let at = *row as usize;
                let (word, concept) = (word_counts * scores.word[at], scores.concept[at]);
                total[at] += word.max(concept) + self.weights.agreement * word.min(concept);
                covered[at] += scores.info * scores.strength[at];
                matched[at] += scores.strength[at];
            }
            told.push(Told {
                info: scores.info,
                matched: scores.strength,
            });
        }
        let likeness = self.likeness(&query.about);
        let unsaid = all_info - covered.iter().copied().fold(0.0, f32::max);
        let meaning = self.weights.meaning * query.certain * unsaid;
        let all = (0_u32..)
            .zip(total.iter().zip(&covered))
            .filter(|(row, (total, _))| {
                let about = meaning > 0.0 && likeness[*row as usize] >= LEAST_LIKENESS;
                **total > 0.0 || about
            })
            .map(|(row, (total, covered))| {
                let cover = (covered / all_info).min(1.0);
                let asked = self.asked(row, matched[row as usize]);
                let meant = meant(likeness[row as usize]);
                let held_back = libm::powf(cover, self.weights.coverage);
                let lift = (1.0 + self.weights.asked * asked) * (1.0 + self.weights.meant * meant);
                Hit {
                    row,
                    score: total * held_back * lift + meaning * meant * meant,
                    cover,
                    asked,
                    meant,
                }
            });
        let mut hits: Vec<Hit> = Vec::new();
        for hit in all {
            // Equal scores keep the merchant's order.
            let at = hits.partition_point(|before| before.score >= hit.score);
            if at < limit {
                hits.truncate(limit - 1);
                hits.insert(at, hit);
            }
        }
        let evidence = hits
            .first()
            .map(|best| self.evidence(query, best, &told, &covered, &likeness));
        let confidence = evidence.map_or(0.0, |found| found.confidence(&self.weights.answer));
        let declined = !query.slots.is_empty() && confidence < self.weights.answer.least;
        Outcome {
            hits,
            meaning,
            confidence,
            evidence: evidence.unwrap_or_default(),
            declined,
        }
    }

    /// `asked(d)`, where `matched` is how closely the row matches the query's words, summed.
    fn asked(&self, row: u32, matched: f32) -> f32 {
        // A word of a title stands there as itself and mostly as a concept too.
        let words = (self.length(TITLE, row) / 2.0).max(1.0);
        (matched / words).min(1.0)
    }

    /// `i`.
    fn word_counts(&self, slot: &Slot) -> f32 {
        if slot.light { self.weights.light } else { 1.0 }
    }

    fn slot_scores(&self, of: &Slot) -> SlotScores {
        let rows = self.rows();
        let mut slot = SlotScores {
            word: vec![0.0; rows],
            concept: vec![0.0; rows],
            strength: vec![0.0; rows],
            touched: Vec::new(),
            info: self.weights.unknown * self.idf(0),
        };
        let mut frequency = vec![0.0_f32; rows];
        self.each_variant(
            &of.variants,
            &mut frequency,
            |variant, idf, matched, frequency| {
                let is_concept = matches!(variant.how, How::Concept(_));
                slot.info = idf;
                let m = self.strength(of, variant.how);
                for row in matched {
                    let at = *row as usize;
                    if slot.strength[at] == 0.0 {
                        slot.touched.push(*row);
                    }
                    let part = self.part(m, idf, frequency[at]);
                    let best = if is_concept {
                        &mut slot.concept[at]
                    } else {
                        &mut slot.word[at]
                    };
                    *best = best.max(part);
                    slot.strength[at] = slot.strength[at].max(m);
                }
            },
        );
        slot
    }

    /// Calls `visit(variant, idf(v), rows, tf(v,·))` for each variant, the widest first: the
    /// idf of all forms of a word serves the word itself too.
    fn each_variant(
        &self,
        variants: &[Variant],
        frequency: &mut [f32],
        mut visit: impl FnMut(&Variant, f32, &[u32], &[f32]),
    ) {
        let mut family_idf: Option<f32> = None;
        for variant in variants.iter().rev() {
            let matched = self.frequencies(variant, frequency);
            let own_idf = self.idf(matched.len());
            let idf = match variant.how {
                How::Exact => family_idf.unwrap_or(own_idf),
                How::Stem => *family_idf.insert(own_idf),
                _ => own_idf,
            };
            visit(variant, idf, &matched, frequency);
            for row in matched {
                frequency[row as usize] = 0.0;
            }
        }
    }

    fn part(&self, m: f32, idf: f32, tf: f32) -> f32 {
        m * idf * tf / (self.weights.saturation + tf)
    }

    /// Adds `tf(v,d)` for every row of a variant to `frequency`; returns the rows.
    fn frequencies(&self, variant: &Variant, frequency: &mut [f32]) -> Vec<u32> {
        let mut matched = Vec::new();
        for term in &variant.terms {
            self.postings(*term, |field, row, count| {
                let at = row as usize;
                if let Some(sum) = frequency.get_mut(at) {
                    if *sum == 0.0 {
                        matched.push(row);
                    }
                    *sum += self.field_frequency(field, row, count);
                }
            });
        }
        matched
    }

    fn field_frequency(&self, field: usize, row: u32, count: u32) -> f32 {
        let b = self.weights.length;
        let dilution = 1.0 - b + b * self.relative_length(field, row);
        self.weights.field[field] * count as f32 / dilution
    }

    pub(crate) fn idf(&self, matching: usize) -> f32 {
        let (all, matching) = (self.rows() as f32, matching as f32);
        libm::logf(1.0 + (all - matching + 0.5) / (matching + 0.5))
    }

    /// `m`. A concept of a word that may be misspelt is no surer than the word.
    fn strength(&self, slot: &Slot, how: How) -> f32 {
        let weights = &self.weights;
        match how {
            How::Exact => 1.0,
            How::Stem => weights.stem,
            How::Concept(_) => weights.concept * weights.certainty(slot.typo),
            How::Prefix => weights.prefix,
            How::Typo(distance) => weights.certainty(distance),
        }
    }

    /// The parts of one row's score, slot by slot: the best of the word and the best of its concepts.
    pub fn explain(&self, query: &Query, row: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut frequency = vec![0.0; self.rows()];
        for slot in &query.slots {
            let mut best: [Option<Part>; 2] = [None, None];
            let word_counts = self.word_counts(slot);
            self.each_variant(
                &slot.variants,
                &mut frequency,
                |variant, idf, _, frequency| {
                    let tf = frequency.get(row as usize).copied().unwrap_or(0.0);
                    let m = self.strength(slot, variant.how);
                    let score = self.part(m, idf, tf);
                    let concept = matches!(variant.how, How::Concept(_));
                    let place = &mut best[usize::from(concept)];
                    if tf > 0.0 && place.as_ref().is_none_or(|part| score > part.score) {
                        let (terms, fields) = self.matched_terms(variant, row);
                        let how = self.how_in_words(variant.how);
                        let word = slot.word.clone();
                        *place = Some(Part {
                            word,
                            how,
                            terms,
                            fields,
                            m,
                            idf,
                            tf,
                            score,
                            counts: if concept { 1.0 } else { word_counts },
                        });
                    }
                },
            );
            let mut found: Vec<Part> = best.into_iter().flatten().collect();
            found.sort_by(|a, b| (b.counts * b.score).total_cmp(&(a.counts * a.score)));
            if let Some(weaker) = found.get_mut(1) {
                weaker.counts *= self.weights.agreement;
            }
            parts.extend(found);
        }
        parts
    }

    fn matched_terms(&self, variant: &Variant, row: u32) -> (Vec<String>, Vec<&'static str>) {
        let mut terms = Vec::new();
        let mut in_field = [false; crate::weights::FIELDS];
        for term in &variant.terms {
            let mut here = false;
            self.postings(*term, |field, own, _| {
                if own == row {
                    here = true;
                    in_field[field] = true;
                }
            });
            if here {
                terms.push(self.vocabulary.text(*term).to_owned());
            }
        }
        let fields = crate::weights::FIELD_NAMES.into_iter().zip(in_field);
        (
            terms,
            fields
                .filter(|(_, here)| *here)
                .map(|(name, _)| name)
                .collect(),
        )
    }

    fn how_in_words(&self, how: How) -> String {
        match how {
            How::Exact => "exact".into(),
            How::Stem => "stem".into(),
            How::Concept(concept) => format!("concept {}", self.lexicon.example(concept)),
            How::Prefix => "prefix".into(),
            How::Typo(distance) => format!("typo {distance}"),
        }
    }
}
