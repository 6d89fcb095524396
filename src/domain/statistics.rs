//! Intervals for shares and for differences of shares, and how many visits it takes to see one.
//! All are two-sided at 95 %. What they are used for is in `experiment` and in the report.
//!
//! Sources: E. B. Wilson, JASA 22 (1927), 209–212; R. G. Newcombe, Statistics in Medicine 17
//! (1998), 873–890, method 10; for clusters the linearised variance of a ratio (W. G. Cochran,
//! Sampling Techniques, 3rd ed., 1977, eq. 6.13) with Student's t.

use serde::Serialize;

/// The share of intervals that hold the truth, in repetitions.
pub const CONFIDENCE: f64 = 0.95;
/// The chance of seeing an effect that is there.
pub const POWER: f64 = 0.8;
/// Quantile of the normal distribution at 97.5 %.
const Z: f64 = 1.959_963_984_540_054;
/// Quantile of the normal distribution at 80 %.
const Z_POWER: f64 = 0.841_621_233_572_914;

/// From `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether it holds a value.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// How many out of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The numerator; at most `of`.
    pub count: u64,
    /// The denominator.
    pub of: u64,
}

impl Share {
    /// `count / of`; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.of == 0 {
            return 0.0;
        }
        self.count as f64 / self.of as f64
    }

    /// Wilson's score interval: within 0..=1, and honest for few and for rare. Of nothing, anything may be true.
    pub fn interval(self) -> Interval {
        if self.of == 0 {
            return Interval {
                low: 0.0,
                high: 1.0,
            };
        }
        let (n, p) = (self.of as f64, self.value());
        let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        Interval {
            low: (middle - half).clamp(0.0, p),
            high: (middle + half).clamp(p, 1.0),
        }
    }
}

/// The interval of `second − first`, two independent shares, by Newcombe's hybrid of two Wilson intervals.
pub fn difference(first: Share, second: Share) -> Interval {
    let (p1, p2) = (first.value(), second.value());
    let (i1, i2) = (first.interval(), second.interval());
    let delta = p2 - p1;
    Interval {
        low: delta - ((p2 - i2.low).powi(2) + (i1.high - p1).powi(2)).sqrt(),
        high: delta + ((i2.high - p2).powi(2) + (p1 - i1.low).powi(2)).sqrt(),
    }
}

/// The interval of `second − first` where whole groups (days) were assigned, not single visits.
/// What the visits of one group have in common widens it. `None` with fewer than [`MIN_CLUSTERS`] groups a side.
pub fn clustered_difference(first: &[Share], second: &[Share]) -> Option<Interval> {
    if first.len() < MIN_CLUSTERS || second.len() < MIN_CLUSTERS {
        return None;
    }
    let ((p1, v1), (p2, v2)) = (ratio(first)?, ratio(second)?);
    let freedom = first.len() + second.len() - 2;
    let half = student(freedom) * (v1 + v2).sqrt();
    let delta = p2 - p1;
    Some(Interval {
        low: delta - half,
        high: delta + half,
    })
}

/// Groups a side below which nothing is said of their spread.
pub const MIN_CLUSTERS: usize = 4;

/// Ratio of sums over groups, and its variance.
fn ratio(groups: &[Share]) -> Option<(f64, f64)> {
    let sum = groups.iter().fold(Share::default(), |sum, group| Share {
        count: sum.count + group.count,
        of: sum.of + group.of,
    });
    if sum.of == 0 {
        return None;
    }
    let (p, k) = (sum.value(), groups.len() as f64);
    let spread: f64 = groups
        .iter()
        .map(|group| (group.count as f64 - p * group.of as f64).powi(2))
        .sum();
    let size = sum.of as f64;
    Some((p, k / (k - 1.0) * spread / (size * size)))
}

/// Student's t at 97.5 %, by the expansion of Fisher and Cornish; within 1 % from 3 degrees of freedom on.
fn student(freedom: usize) -> f64 {
    let n = freedom as f64;
    let z = Z;
    z + (z.powi(3) + z) / (4.0 * n)
        + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * n.powi(2))
        + (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / (384.0 * n.powi(3))
}

/// Visits an arm takes to tell `from` and `to` apart with a chance of [`POWER`]; `None` where they are equal.
pub fn visits_needed(from: f64, to: f64) -> Option<u64> {
    let delta = (to - from).abs();
    if delta <= f64::EPSILON {
        return None;
    }
    let middle = f64::midpoint(from, to);
    let root = Z * (2.0 * middle * (1.0 - middle)).sqrt()
        + Z_POWER * (from * (1.0 - from) + to * (1.0 - to)).sqrt();
    Some(whole((root / delta).powi(2)))
}

/// The chance of telling `from` and `to` apart with so many visits an arm.
pub fn power(from: f64, to: f64, visits: u64) -> f64 {
    let delta = (to - from).abs();
    let spread = (from * (1.0 - from) + to * (1.0 - to)).sqrt();
    if visits == 0 || delta <= f64::EPSILON || spread <= f64::EPSILON {
        return 0.0;
    }
    let middle = f64::midpoint(from, to);
    let root = (visits as f64).sqrt() * delta - Z * (2.0 * middle * (1.0 - middle)).sqrt();
    normal(root / spread)
}

/// The normal distribution function (Abramowitz and Stegun 26.2.17, error below 1e-7).
fn normal(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let tail = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
        * t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    if x < 0.0 { tail } else { 1.0 - tail }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "finite, not negative, and cut off above"
)]
fn whole(value: f64) -> u64 {
    value.ceil().clamp(0.0, 1e15) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, within: f64) {
        assert!(
            (found - expected).abs() <= within,
            "{found}, expected {expected}"
        );
    }

    #[test]
    fn wilsons_interval_is_that_of_the_literature() {
        // Newcombe 1998 (the other paper of that year), table I: 81 of 263, 15 of 148, 0 of 20.
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = Share { count, of }.interval();
            near(found.low, low, 5e-5);
            near(found.high, high, 5e-5);
        }
    }

    #[test]
    fn newcombes_interval_is_that_of_the_literature() {
        // Newcombe 1998, table II, method 10: (a) 56/70 − 48/80, (b) 9/10 − 3/10, (g) 5/56 − 0/29.
        for (first, second, low, high) in [
            ((48, 80), (56, 70), 0.0524, 0.3339),
            ((3, 10), (9, 10), 0.1705, 0.8090),
            ((0, 29), (5, 56), -0.0381, 0.1926),
        ] {
            let share = |(count, of)| Share { count, of };
            let found = difference(share(first), share(second));
            near(found.low, low, 5e-5);
            near(found.high, high, 5e-5);
        }
    }

    #[test]
    fn students_t_is_near_its_table() {
        for (freedom, expected) in [(6, 2.4469), (10, 2.2281), (30, 2.0423), (200, 1.9719)] {
            near(student(freedom), expected, 0.01);
        }
    }

    #[test]
    fn a_small_effect_takes_many_visits() {
        let needed = visits_needed(0.040, 0.034).unwrap();
        assert!((15_000..=17_500).contains(&needed), "{needed}");
        near(power(0.040, 0.034, needed), POWER, 0.001);
        near(power(0.040, 0.034, needed / 10), 0.14, 0.02);
        assert_eq!(visits_needed(0.04, 0.04), None);
    }

    #[test]
    fn groups_that_differ_much_widen_the_interval() {
        let alike = [Share { count: 10, of: 100 }; 6];
        let mut apart = alike;
        for (n, group) in apart.iter_mut().enumerate() {
            group.count = if n % 2 == 0 { 2 } else { 18 };
        }
        let (narrow, wide) = (
            clustered_difference(&alike, &alike).unwrap(),
            clustered_difference(&alike, &apart).unwrap(),
        );
        assert!(wide.high - wide.low > narrow.high - narrow.low + 0.05);
        assert_eq!(clustered_difference(&alike[..3], &apart), None);
    }
}
