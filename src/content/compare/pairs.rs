//! Which clause of the old version became which of the new one. First those with the very
//! same words, at the same address or elsewhere; then the most alike, the same address
//! weighing a little; at last those that share little but their address.

use std::collections::HashMap;

/// A clause as it is compared.
pub(super) struct Words<'a> {
    pub(super) address: &'a str,
    pub(super) words: Vec<&'a str>,
}

/// From this share of common words on (Dice, in 0..=1) two clauses are one that changed. Two clauses of one subject
/// share about a third of their words by chance: articles, "commande", "nous".
const ALIKE: f64 = 0.5;

/// The same where the address is the same, too: a paragraph written anew is still that paragraph.
const ALIKE_IN_PLACE: f64 = 0.4;

/// How much a common address counts beside common words, where several clauses are alike.
const IN_PLACE: f64 = 0.1;

/// For each new clause, the old one it comes from; each old one is used once.
pub(super) fn pair(old: &[Words<'_>], new: &[Words<'_>]) -> Vec<Option<usize>> {
    let mut origins = vec![None; new.len()];
    let mut used = vec![false; old.len()];
    for in_place in [true, false] {
        for (at, clause) in new.iter().enumerate() {
            let is_it = |from: &usize| {
                !used[*from]
                    && old[*from].words == clause.words
                    && (!in_place || old[*from].address == clause.address)
            };
            if origins[at].is_none()
                && let Some(from) = (0..old.len()).find(is_it)
            {
                origins[at] = Some(from);
                used[from] = true;
            }
        }
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    let counts: Vec<_> = old.iter().map(|clause| count(&clause.words)).collect();
    for (at, clause) in new
        .iter()
        .enumerate()
        .filter(|(at, _)| origins[*at].is_none())
    {
        let own = count(&clause.words);
        for (from, before) in old.iter().enumerate().filter(|(from, _)| !used[*from]) {
            let share = share(&counts[from], before.words.len(), &own, clause.words.len());
            let in_place = before.address == clause.address;
            if share >= if in_place { ALIKE_IN_PLACE } else { ALIKE } {
                let weight = if in_place { share + IN_PLACE } else { share };
                alike.push((weight, at, from));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, at, from) in alike {
        if origins[at].is_none() && !used[from] {
            origins[at] = Some(from);
            used[from] = true;
        }
    }
    origins
}

fn count<'a>(words: &[&'a str]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(*word).or_insert(0) += 1;
    }
    counts
}

/// Dice's coefficient of two bags of words.
fn share(a: &HashMap<&str, usize>, a_len: usize, b: &HashMap<&str, usize>, b_len: usize) -> f64 {
    if a_len + b_len == 0 {
        return 1.0;
    }
    let common: usize = a
        .iter()
        .map(|(word, count)| b.get(word).map_or(0, |other| *count.min(other)))
        .sum();
    2.0 * common as f64 / (a_len + b_len) as f64
}
