//! Weights as the lines of a model.

use crate::fit::Weights;
use crate::questions::Data;
use guichet_search::intents::{MAX_LEVEL, WEIGHT_STEP};

/// The names of all intents, and a line for each word. Intents that words share stand near each other: what is written of them is gaps,
/// and small gaps weigh less.
pub(crate) fn lines(data: &Data, weights: &Weights) -> String {
    let order = chain(weights, data.words.len());
    let names: Vec<&str> = order.iter().map(|intent| &*data.intents[*intent]).collect();
    let mut out = names.join(" ") + "\n";
    for (number, word) in data.words.iter().enumerate() {
        let own = weights.of(number);
        let told: Vec<String> = order
            .iter()
            .enumerate()
            .map(|(at, intent)| (at, level(own[*intent])))
            .filter(|(_, level)| *level > 0)
            .map(|(at, level)| format!("{at}:{level}"))
            .collect();
        if !told.is_empty() {
            out.extend([word, "=", &told.join(" "), "\n"]);
        }
    }
    out
}

fn level(weight: f32) -> u8 {
    (1..=MAX_LEVEL)
        .take_while(|level| weight >= (f32::from(*level) - 0.5) * WEIGHT_STEP)
        .last()
        .unwrap_or(0)
}

/// All intents, each behind the one before it that is most like it.
fn chain(weights: &Weights, words: usize) -> Vec<usize> {
    let vectors: Vec<Vec<f32>> = (0..weights.intents)
        .map(|intent| {
            let own: Vec<f32> = (0..words).map(|word| weights.of(word)[intent]).collect();
            let length = own.iter().map(|value| value * value).sum::<f32>().sqrt();
            own.into_iter()
                .map(|value| value / length.max(f32::MIN_POSITIVE))
                .collect()
        })
        .collect();
    let likeness = |a: usize, b: usize| -> f32 {
        vectors[a].iter().zip(&vectors[b]).map(|(a, b)| a * b).sum()
    };
    let mut left: Vec<usize> = (1..weights.intents).collect();
    let mut order: Vec<usize> = (0..weights.intents.min(1)).collect();
    while let Some(last) = order.last().copied().filter(|_| !left.is_empty()) {
        let best = (0..left.len())
            .max_by(|a, b| likeness(last, left[*a]).total_cmp(&likeness(last, left[*b])));
        order.push(left.swap_remove(best.unwrap_or(0)));
    }
    order
}
