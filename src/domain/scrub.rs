//! Takes personal data out of free text before it leaves the browser: e-mail addresses, every
//! number long enough to be a telephone, order, claim, card or account number, postal addresses,
//! and names after "je m'appelle". Compiled into the widget: words and characters, no patterns.
//!
//! ```text
//! Je m'appelle Léa Roux, 06 12 34 56 78, 4 rue des Lilas 74000 Annecy : où est CS-2026-04817 ?
//! Je m'appelle [nom], [numéro], [adresse] : où est [numéro] ?
//! ```

mod number;
mod person;

use crate::letters::{is_digit, is_letter, is_space, lower};
use serde::{Deserialize, Serialize};

/// How much of what shoppers type is kept. Chosen by the owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextMode {
    /// The text as typed, scrubbed.
    #[default]
    Scrubbed,
    /// Its words once each, in alphabetical order, without numbers: what was asked about, not how.
    WordsOnly,
    /// Nothing. Questions that nothing answered can then be counted, not read.
    None,
}

impl TextMode {
    /// Whether the owner left the choice to us.
    pub fn is_scrubbed(&self) -> bool {
        *self == Self::Scrubbed
    }

    /// Scrubs and keeps what this mode keeps, cut to `max_chars` characters. Applying it twice changes nothing.
    pub fn keep(self, text: &str, max_chars: usize) -> String {
        match self {
            Self::Scrubbed => scrub(text, max_chars),
            Self::WordsOnly => words(&scrub(text, max_chars)),
            Self::None => String::new(),
        }
    }
}

/// The text without personal data, cut to `max_chars` characters. White space of any kind becomes one space.
///
/// A number with five digits or more goes, its groups joined by spaces, dots, dashes or slashes
/// (`06 12 34 56 78`), with letters attached to it (`FR76…`, `CS-2026-04817`); so does a code that
/// mixes letters and digits (`CS-7F3K-92QD`). A year, a price, a delay or a size has fewer digits.
/// What is too long is cut before it is looked at, so that the work is bounded too.
pub fn scrub(text: &str, max_chars: usize) -> String {
    let plain: String = text
        .chars()
        .take(max_chars.saturating_mul(4))
        .filter(|c| !is_invisible(*c))
        .map(|c| if is_space(c) { ' ' } else { c })
        .collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    number::scrub(&person::scrub(&words).join(" "))
        .chars()
        .take(max_chars)
        .collect()
}

/// The words of a scrubbed text once each, in alphabetical order.
fn words(text: &str) -> String {
    let found = text
        .split(|c: char| c == ' ' || (c.is_ascii_punctuation() && !matches!(c, '[' | ']' | '-')))
        .filter(|word| {
            word.chars().any(is_letter) && !word.contains(['[', ']']) && !word.chars().any(is_digit)
        })
        .map(|word| word.chars().map(lower).collect::<String>());
    let mut words: Vec<String> = Vec::new();
    for word in found {
        if let Err(place) = words.binary_search(&word) {
            words.insert(place, word);
        }
    }
    words.join(" ")
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
