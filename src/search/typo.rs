//! Misspelt words: bounded edit distance (insert, delete, replace, swap neighbours) against
//! the words of the index. Only asked for words that no document has.

use crate::words::Words;

/// Words with fewer letters are not corrected: too many others are one edit away.
const MIN_CHARS: usize = 4;
/// From this length on two edits are forgiven.
const MIN_CHARS_FOR_TWO: usize = 8;
/// Most words a misspelt one may stand for.
const MAX_CANDIDATES: usize = 6;

/// How many edits are forgiven for a word of this many letters.
pub fn tolerance(chars: usize) -> u8 {
    match chars {
        0..MIN_CHARS => 0,
        MIN_CHARS..MIN_CHARS_FOR_TWO => 1,
        _ => 2,
    }
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug)]
pub struct Spelling<'a> {
    /// What names it.
    pub id: u32,
    /// The folded word.
    pub word: &'a str,
    /// Its [`letters`].
    pub letters: u32,
}

/// The letters of a folded word as bits; digits share one bit, everything else another.
pub fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| {
        bits | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << 26,
            _ => 1 << 27,
        }
    })
}

/// Words to correct towards.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    words: Words,
    /// By word, its [`letters`].
    letters: Vec<u32>,
}

impl From<Words> for Dictionary {
    fn from(words: Words) -> Self {
        let letters = words.iter().map(letters).collect();
        Self { words, letters }
    }
}

impl Dictionary {
    /// The words.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The words as candidates, from a place on.
    pub fn spellings(&self, from: usize) -> impl Iterator<Item = Spelling<'_>> {
        let letters = (0..).zip(&self.letters).skip(from);
        letters.map(|(id, letters)| Spelling {
            id,
            word: self.words.get(id as usize),
            letters: *letters,
        })
    }
}

/// The words nearest to `word`, all at the same smallest distance, with that distance.
/// With `as_prefix` a candidate may go on behind the part that was typed.
pub fn nearest<'a>(
    candidates: impl Iterator<Item = Spelling<'a>>,
    word: &str,
    as_prefix: bool,
) -> (Vec<u32>, u8) {
    let typed = word.as_bytes();
    let mut best = tolerance(word.chars().count());
    let mut found: Vec<(u8, u32)> = Vec::new();
    if best == 0 || !word.is_ascii() || typed.iter().any(u8::is_ascii_digit) {
        return (Vec::new(), 0);
    }
    let typed_letters = letters(word);
    for Spelling { id, word, letters } in candidates {
        let candidate = word.as_bytes();
        if candidate.len() + usize::from(best) < typed.len() {
            continue;
        }
        if !as_prefix && candidate.len() > typed.len() + usize::from(best) {
            continue;
        }
        // Each edit can bring in at most one letter that the candidate has not.
        if (typed_letters & !letters).count_ones() > u32::from(best) {
            continue;
        }
        // The first letter is rarely wrong: a candidate that differs there counts one edit more.
        let first_differs = u8::from(candidate.first() != typed.first());
        let Some(limit) = best.checked_sub(first_differs) else {
            continue;
        };
        if let Some(distance) = distance(typed, candidate, limit, as_prefix) {
            let cost = (distance + first_differs).max(1);
            best = best.min(cost);
            found.push((cost, id));
        }
    }
    let nearest = found
        .into_iter()
        .filter(|(cost, _)| *cost == best)
        .map(|(_, id)| id)
        .take(MAX_CANDIDATES)
        .collect();
    (nearest, best)
}

/// Edit distance (optimal string alignment) up to `limit`, else `None`.
///
/// ```text
///          c  o  l  i  s      rows: letters typed, columns: the candidate's;
///       0  1  2  3  4  5      only cells within `limit` of the diagonal can stay
///    c  1  0  1  2  3  4      under it. As a prefix the smallest cell of the last
///    o  2  1  0  1  2  3      row counts, else its last one.
///    i  3  2  1  1  1  2
/// ```
fn distance(typed: &[u8], candidate: &[u8], limit: u8, as_prefix: bool) -> Option<u8> {
    let width = if as_prefix {
        candidate.len().min(typed.len() + usize::from(limit))
    } else {
        candidate.len()
    };
    let candidate = &candidate[..width];
    let mut before: Vec<u8> = Vec::new();
    let mut above: Vec<u8> = (0..=width)
        .map(|n| u8::try_from(n).unwrap_or(u8::MAX))
        .collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(width + 1);
        row.push(u8::try_from(i + 1).unwrap_or(u8::MAX));
        for (j, other) in candidate.iter().enumerate() {
            let replace = above[j].saturating_add(u8::from(letter != other));
            let insert_or_delete = above[j + 1].min(row[j]).saturating_add(1);
            let mut cell = replace.min(insert_or_delete);
            if i > 0 && j > 0 && *letter == candidate[j - 1] && typed[i - 1] == *other {
                cell = cell.min(before[j - 1].saturating_add(1));
            }
            row.push(cell);
        }
        if row.iter().min().is_none_or(|smallest| *smallest > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    let distance = if as_prefix {
        above.iter().min().copied()?
    } else {
        above[width]
    };
    (distance <= limit).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, candidate: &str, as_prefix: bool, expected: Option<u8>) {
        let got = distance(typed.as_bytes(), candidate.as_bytes(), 2, as_prefix);
        assert_eq!(got, expected, "{typed} {candidate}");
    }

    #[test]
    fn edits_are_counted_and_swapped_neighbours_are_one() {
        check("rembourssement", "remboursement", false, Some(1));
        check("livriason", "livraison", false, Some(1));
        check("colsi", "colis", false, Some(1));
        check("facteur", "facture", false, Some(2));
        check("retour", "garantie", false, None);
    }

    #[test]
    fn a_word_being_typed_is_compared_with_the_beginning_only() {
        check("rembuo", "remboursement", true, Some(1));
        check("rembuo", "remboursement", false, None);
    }
}
