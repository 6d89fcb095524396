//! The fit: proximal gradient descent with momentum (Beck, Teboulle 2009), on all texts at once.

use crate::questions::Data;

/// Weights by word and intent, row by row.
pub(crate) struct Weights {
    pub(crate) intents: usize,
    pub(crate) values: Vec<f32>,
}

impl Weights {
    fn zero(data: &Data) -> Self {
        let intents = data.intents.len();
        Self {
            intents,
            values: vec![0.0; data.words.len() * intents],
        }
    }

    /// The weights of a word.
    pub(crate) fn of(&self, word: usize) -> &[f32] {
        &self.values[word * self.intents..][..self.intents]
    }
}

/// One descent. Weights that are 0 when a round after the first begins stay so.
pub(crate) struct Round {
    /// Penalty on the sum of weights.
    pub(crate) sparsity: f32,
    /// Penalty on half the sum of their squares.
    pub(crate) smallness: f32,
    /// How many steps.
    pub(crate) steps: usize,
}

pub(crate) fn fit(data: &Data, rounds: &[Round]) -> Weights {
    let mut weights = Weights::zero(data);
    let step = 1.0 / steepness(data);
    for (number, round) in rounds.iter().enumerate() {
        let free: Vec<bool> = weights
            .values
            .iter()
            .map(|weight| number == 0 || *weight > 0.0)
            .collect();
        let mut ahead = weights.values.clone();
        let mut momentum = 1.0_f32;
        for _ in 0..round.steps {
            let gradient = gradient(data, &ahead);
            let next_momentum = f32::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
            let push = (momentum - 1.0) / next_momentum;
            momentum = next_momentum;
            let all = weights
                .values
                .iter_mut()
                .zip(&mut ahead)
                .zip(&gradient)
                .zip(&free);
            for (((weight, ahead), gradient), free) in all {
                let slope = gradient + round.smallness * *ahead;
                let stepped = *ahead - step * (slope + round.sparsity);
                let next = if *free { stepped.max(0.0) } else { 0.0 };
                *ahead = next + push * (next - *weight);
                *weight = next;
            }
        }
    }
    weights
}

/// How much one word of a text counts.
fn scale(words: &[usize]) -> f32 {
    1.0 / (words.len().max(1) as f32).sqrt()
}

/// The slope of the mean loss.
fn gradient(data: &Data, weights: &[f32]) -> Vec<f32> {
    let intents = data.intents.len();
    let mut gradient = vec![0.0_f32; weights.len()];
    let mut shares = vec![0.0_f32; intents];
    let mean = 1.0 / data.texts.len() as f32;
    for (words, intent) in &data.texts {
        let scale = scale(words);
        shares.fill(0.0);
        for word in words {
            for (share, weight) in shares.iter_mut().zip(&weights[word * intents..]) {
                *share += weight * scale;
            }
        }
        let most = shares.iter().copied().fold(0.0, f32::max);
        let mut all = 0.0;
        for share in &mut shares {
            *share = libm::expf(*share - most);
            all += *share;
        }
        for share in &mut shares {
            *share *= mean * scale / all;
        }
        shares[*intent] -= mean * scale;
        for word in words {
            for (slope, share) in gradient[word * intents..].iter_mut().zip(&shares) {
                *slope += share;
            }
        }
    }
    gradient
}

/// An upper bound of how fast the slope changes: half the largest eigenvalue of the words' covariance, by power
/// iteration.
fn steepness(data: &Data) -> f32 {
    let mut direction = vec![1.0_f32; data.words.len()];
    let mut largest = 1.0;
    for _ in 0..50 {
        let mut next = vec![0.0_f32; direction.len()];
        for (words, _) in &data.texts {
            let scale = scale(words);
            let along: f32 = words.iter().map(|word| direction[*word] * scale).sum();
            for word in words {
                next[*word] += along * scale;
            }
        }
        largest = next.iter().map(|value| value * value).sum::<f32>().sqrt();
        direction = next
            .into_iter()
            .map(|value| value / largest.max(f32::MIN_POSITIVE))
            .collect();
    }
    // A little more than what the iteration has reached.
    0.55 * largest / data.texts.len() as f32
}
