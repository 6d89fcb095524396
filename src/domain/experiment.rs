//! Randomised arms: does the new way lead to fewer contacts than the old one? In the panel the new way
//! is to show answers first, the old one to show the way to a person above them: it is visible in both.
//! Or the two ways are two wordings of one answer. A visit counts in the arm it was given, whatever it
//! did (intention to treat); nothing is said before enough visits came, so that looking often finds
//! nothing that is not there.
//!
//! Of two wordings, only visits that came upon the answer count: it was among results, or it was
//! opened. Nothing before that moment differs between the arms (the list shows the same words in both),
//! so the arm has no say in whether a visit counts.

use crate::civil::Date;
use crate::event::{Arm, Event, RandomId};
use crate::statistics::{self, Interval, Share};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is given an arm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Every visit for itself, in memory.
    #[default]
    Visit,
    /// All visits of a day of the shop (switchback).
    Day,
}

/// The arm of a visit: by its random id, or for a whole day of the shop by a hash of the day and the
/// experiment's id, so that no weekday always has the same one. Each has half of the chance.
pub fn arm(id: &str, unit: Unit, visit: RandomId, day: Date) -> Arm {
    let bits = match unit {
        Unit::Visit => (visit.0 & 1) as u64,
        Unit::Day => {
            // FNV-1a, whose lowest bit alone would only tell even from odd; the mixing is splitmix64's.
            let bytes = id.bytes().chain(day.0.to_le_bytes());
            let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
            let mixed = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb) >> 63
        }
    };
    if bits & 1 == 0 {
        Arm::Control
    } else {
        Arm::Treatment
    }
}

/// Share by which contacts must go down or up to be worth knowing, where the owner says nothing: 15 %.
pub const DEFAULT_EFFECT: f64 = 0.15;

/// How the owner wants arms compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is given an arm.
    pub unit: Unit,
    /// The relative change of the contact rate worth knowing, above 0 and below 1.
    pub effect: f64,
    /// The experiment whose arms are two wordings; `None`: there is none.
    pub wordings: Option<Wordings>,
}

/// An experiment that compares two wordings of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wordings {
    /// Its id.
    pub experiment: String,
    /// Id of the entry (`faq/retours`).
    pub entry: String,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            unit: Unit::Visit,
            effect: DEFAULT_EFFECT,
            wordings: None,
        }
    }
}

impl Plan {
    /// The entry whose wordings an experiment compares; `None`: it compares something else.
    pub fn entry(&self, experiment: &str) -> Option<&str> {
        let wordings = self.wordings.as_ref();
        let own = wordings.filter(|wordings| wordings.experiment == experiment)?;
        Some(&own.entry)
    }

    /// Whether a visit counts in an experiment.
    pub fn counts(&self, experiment: &str, visit: &[Event]) -> bool {
        let entry = self.entry(experiment);
        entry.is_none_or(|entry| visit.iter().any(|event| event.what.shows(entry)))
    }
}

/// Visits, and how many of them contacted the shop, by day and arm.
#[derive(Clone, Debug, Default)]
pub struct Arms {
    days: BTreeMap<(Date, Arm), Share>,
}

/// What an experiment says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    /// Contacts of visits in the control arm.
    pub control: Share,
    /// Contacts of visits in the arm with the change.
    pub treatment: Share,
    /// Contact rate with the change minus contact rate without; −0.01: one visit in a hundred contacts no more.
    pub difference: f64,
    /// Its interval; `None` with too few days to know how days differ.
    pub interval: Option<Interval>,
    /// The chance of having seen an effect of the size looked for, 0..=1.
    pub power: f64,
    /// Visits an arm that it takes; `None` while no visit contacted the shop.
    pub visits_needed: Option<u64>,
    /// What may be concluded.
    pub verdict: Verdict,
}

/// What may be concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Not enough visits: only the interval may be told.
    NotEnoughData,
    /// Enough visits, and no difference of the size looked for.
    NoDifference,
    /// Fewer visits with a contact.
    Fewer,
    /// More visits with a contact.
    More,
}

impl Arms {
    /// Counts one visit.
    pub fn add(&mut self, day: Date, arm: Arm, contacted: bool) {
        let share = self.days.entry((day, arm)).or_default();
        share.of += 1;
        share.count += u64::from(contacted);
    }

    /// Whether no visit was given an arm.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Compares the arms. `effect` is the relative change of the contact rate worth knowing, above 0 and below 1.
    pub fn analyse(&self, unit: Unit, effect: f64) -> Analysis {
        let of = |arm: Arm| -> Vec<Share> {
            let days = self.days.iter().filter(|((_, own), _)| *own == arm);
            days.map(|(_, share)| *share).collect()
        };
        let (control_days, treatment_days) = (of(Arm::Control), of(Arm::Treatment));
        let (control, treatment) = (sum(&control_days), sum(&treatment_days));
        let interval = match unit {
            Unit::Visit => Some(statistics::difference(control, treatment)),
            Unit::Day => statistics::clustered_difference(&control_days, &treatment_days),
        };
        let base = control.value();
        let wanted = base * (1.0 - effect);
        let fewest = control.of.min(treatment.of);
        let design = match unit {
            Unit::Visit => 1.0,
            Unit::Day => design_effect(interval, control, treatment),
        };
        let visits_needed =
            statistics::visits_needed(base, wanted).map(|visits| scaled(visits, design));
        let effective = scaled(fewest, 1.0 / design);
        let verdict = match (interval, visits_needed) {
            (Some(interval), Some(needed)) if fewest >= needed => {
                if interval.high < 0.0 {
                    Verdict::Fewer
                } else if interval.low > 0.0 {
                    Verdict::More
                } else {
                    Verdict::NoDifference
                }
            }
            _ => Verdict::NotEnoughData,
        };
        Analysis {
            control,
            treatment,
            difference: treatment.value() - base,
            interval,
            power: statistics::power(base, wanted, effective),
            visits_needed,
            verdict,
        }
    }
}

/// By how much days that differ make a visit worth less: the ratio of the variances with and without days; at least 1.
fn design_effect(clustered: Option<Interval>, control: Share, treatment: Share) -> f64 {
    let plain = statistics::difference(control, treatment);
    clustered.map_or(1.0, |clustered| {
        ((clustered.high - clustered.low) / (plain.high - plain.low))
            .powi(2)
            .max(1.0)
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of visits times a ratio, not negative and cut off above"
)]
fn scaled(visits: u64, by: f64) -> u64 {
    (visits as f64 * by).ceil().clamp(0.0, 1e15) as u64
}

fn sum(days: &[Share]) -> Share {
    days.iter().fold(Share::default(), |sum, day| Share {
        count: sum.count + day.count,
        of: sum.of + day.of,
    })
}

#[cfg(test)]
mod tests;
