//! Logistic regression by Newton's method, for a handful of quantities.

/// An example: what is known of it, what it counts, and whether it is so.
pub(crate) struct Example<const N: usize> {
    /// The first is 1 everywhere, where the fit has a constant.
    pub(crate) known: [f64; N],
    pub(crate) counts: f64,
    pub(crate) is_so: bool,
}

/// Penalty on half the sum of squares, so that what never varies stays at 0.
const SMALLNESS: f64 = 1e-6;
const STEPS: usize = 30;

/// The sum of products.
pub(crate) fn sum<const N: usize>(weights: &[f64; N], known: &[f64; N]) -> f64 {
    weights.iter().zip(known).map(|(a, b)| a * b).sum()
}

/// How likely it is, of a sum.
pub(crate) fn chance(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

/// The weights under which the examples are likeliest.
pub(crate) fn fit<const N: usize>(examples: &[Example<N>]) -> [f64; N] {
    let mut weights = [0.0; N];
    for _ in 0..STEPS {
        let mut slope = weights.map(|weight| SMALLNESS * weight);
        let mut curve = [[0.0; N]; N];
        for (at, row) in curve.iter_mut().enumerate() {
            row[at] = SMALLNESS;
        }
        for example in examples {
            let chance = chance(sum(&weights, &example.known));
            let off = chance - f64::from(u8::from(example.is_so));
            let steep = example.counts * chance * (1.0 - chance);
            for (at, own) in example.known.iter().enumerate() {
                slope[at] += example.counts * off * own;
                for (cell, other) in curve[at].iter_mut().zip(&example.known) {
                    *cell += steep * own * other;
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(curve, slope)) {
            *weight -= step;
        }
    }
    weights
}

/// Gaussian elimination; the matrix is positive definite, so no row has to change its place.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for at in 0..N {
        let (pivot, value) = (matrix[at], right[at]);
        for row in (0..N).filter(|row| *row != at) {
            let factor = matrix[row][at] / pivot[at];
            for (cell, own) in matrix[row].iter_mut().zip(&pivot) {
                *cell -= factor * own;
            }
            right[row] -= factor * value;
        }
    }
    std::array::from_fn(|at| right[at] / matrix[at][at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_so_three_times_of_four_has_that_chance() {
        let example = |seen: f64, is_so| Example {
            known: [1.0, seen],
            counts: 1.0,
            is_so,
        };
        // Without it one of two, with it three of four: ln(1) = 0, ln(3) = 1.0986.
        let mut examples = vec![example(0.0, true), example(0.0, false)];
        examples.extend([true, true, true, false].map(|is_so| example(1.0, is_so)));
        let [base, seen] = fit(&examples);
        assert!(base.abs() < 1e-4, "{base}");
        assert!((seen - 3.0_f64.ln()).abs() < 1e-4, "{seen}");
        assert!((chance(base + seen) - 0.75).abs() < 1e-4);
    }

    #[test]
    fn what_counts_twice_is_there_twice() {
        let example = |counts, is_so| Example {
            known: [1.0],
            counts,
            is_so,
        };
        let [once] = fit(&[example(2.0, true), example(1.0, false)]);
        assert!((once - 2.0_f64.ln()).abs() < 1e-4, "{once}");
    }
}
