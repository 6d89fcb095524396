//! The number a claim is followed by: short enough to read out on the telephone, and so rare
//! that it can't be guessed. Randomness comes in as an argument; what a number opens is the
//! server's business.
//!
//! ```text
//! 28T5-CY4T-QKFF4      12 characters of 5 random bits each, then the check character
//! ```
//!
//! The check is a sum over GF(32): every place has a weight of its own, and the weighted sum
//! of all thirteen characters is zero. One wrong character changes the sum by a weight times a
//! difference, two swapped ones by the difference of two weights times that of the characters:
//! neither product is ever zero. A test walks through all of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// Digits and letters without `I`, `L`, `O` (they look like `1` and `0`) and `U` (like `V`).
/// A character's place is its value.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random characters of a number.
const RANDOM_CHARS: usize = 12;
/// Characters of a number, the check character included, the hyphens not.
pub const NUMBER_CHARS: usize = RANDOM_CHARS + 1;
/// Random bits of a number.
pub const RANDOM_BITS: u32 = 60;
/// Longest text that is looked at: a number with every character set apart, and some.
const MAX_TYPED_CHARS: usize = 64;

/// A tracking number. Written in groups of 4, 4 and 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackingNumber(u64);

/// Why what was typed is no tracking number. Never holds more of it than one character.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackingError {
    /// Nothing.
    #[error(
        "expected a tracking number, found nothing\nhint: it has {NUMBER_CHARS} letters and digits and stands in the receipt"
    )]
    Empty,
    /// Characters are missing.
    #[error(
        "expected {NUMBER_CHARS} letters and digits, found {found}\nhint: some are missing; compare it with the receipt, group by group"
    )]
    TooShort {
        /// How many there are.
        found: usize,
    },
    /// Too many characters.
    #[error(
        "expected {NUMBER_CHARS} letters and digits, found {found}\nhint: some are too many; compare it with the receipt, group by group"
    )]
    TooLong {
        /// How many there are.
        found: usize,
    },
    /// A character that stands in no number.
    #[error(
        "`{0}` stands in no tracking number\nhint: there are digits and letters, but neither `U` nor accents; what looks like a `U` is a `V`"
    )]
    Character(char),
    /// The right length, but the check character does not fit.
    #[error(
        "one character is wrong, or two are swapped\nhint: look again at `8` and `B`, `5` and `S`, `2` and `Z`, `6` and `G`"
    )]
    Mistyped,
}

impl TrackingNumber {
    /// The number made of the lowest [`RANDOM_BITS`] bits of `random`.
    pub fn from_random(random: u64) -> Self {
        Self(random & ((1 << RANDOM_BITS) - 1))
    }

    /// The [`RANDOM_BITS`] bits, as a store keeps them.
    pub fn bits(self) -> u64 {
        self.0
    }

    fn values(self) -> [u8; NUMBER_CHARS] {
        let mut values = [0; NUMBER_CHARS];
        for (place, value) in values.iter_mut().take(RANDOM_CHARS).enumerate() {
            *value = ((self.0 >> (5 * (RANDOM_CHARS - 1 - place))) & 31) as u8;
        }
        // The check character's weight is 1, and in GF(32) a value is its own opposite.
        values[RANDOM_CHARS] = sum(&values);
        values
    }
}

/// The weighted sum: zero for a right number. Weights are powers of the generator `x`, from the right.
fn sum(values: &[u8; NUMBER_CHARS]) -> u8 {
    // Horner's rule.
    values.iter().fold(0, |sum, value| times_x(sum) ^ value)
}

/// Multiplies by `x` in `GF(32) = GF(2)[x] / (x⁵ + x² + 1)`, in which `x` has order 31: the
/// thirteen powers used are different.
fn times_x(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

impl fmt::Display for TrackingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.values().into_iter().enumerate() {
            if place == 4 || place == 8 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(ALPHABET[usize::from(value)]))?;
        }
        Ok(())
    }
}

impl FromStr for TrackingNumber {
    type Err = TrackingError;

    /// Case, spaces, hyphens, dots and a `#` or `n°` in front do not matter, and `O`, `I` and `L` are
    /// read as `0`, `1` and `1`.
    fn from_str(text: &str) -> Result<Self, TrackingError> {
        let text = text.trim();
        let text = ["n°", "N°", "#"]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .unwrap_or(text);
        let mut values = [0; NUMBER_CHARS];
        let mut found = 0;
        for c in text.chars().filter(|c| !is_separator(*c)) {
            if found >= MAX_TYPED_CHARS {
                break;
            }
            let value = value(c).ok_or(TrackingError::Character(c))?;
            if let Some(place) = values.get_mut(found) {
                *place = value;
            }
            found += 1;
        }
        match found {
            0 => return Err(TrackingError::Empty),
            NUMBER_CHARS => {}
            found if found < NUMBER_CHARS => return Err(TrackingError::TooShort { found }),
            found => return Err(TrackingError::TooLong { found }),
        }
        if sum(&values) != 0 {
            return Err(TrackingError::Mistyped);
        }
        let bits = values[..RANDOM_CHARS]
            .iter()
            .fold(0, |bits, value| bits << 5 | u64::from(*value));
        Ok(Self(bits))
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}'
        )
}

fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    let place = ALPHABET.iter().position(|own| char::from(*own) == c)?;
    u8::try_from(place).ok()
}

/// Characters of a receipt code.
const CODE_CHARS: usize = 10;

/// What opens a claim's messages beside its number: 50 random bits in the same alphabet,
/// written `7KQ2M-X4D9R`. It stands in the receipt, and is kept only as a hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReceiptCode(u64);

impl ReceiptCode {
    /// The code made of the lowest 50 bits of `random`.
    pub fn from_random(random: u64) -> Self {
        Self(random & ((1 << (5 * CODE_CHARS)) - 1))
    }

    /// Reads a code as forgivingly as a number; `None` where it can't be one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0;
        let mut found = 0;
        for c in text.chars().filter(|c| !is_separator(*c)) {
            if found == CODE_CHARS {
                return None;
            }
            bits = bits << 5 | u64::from(value(c)?);
            found += 1;
        }
        (found == CODE_CHARS).then_some(Self(bits))
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in 0..CODE_CHARS {
            if place == CODE_CHARS / 2 {
                f.write_str("-")?;
            }
            let value = (self.0 >> (5 * (CODE_CHARS - 1 - place))) & 31;
            let symbol = usize::try_from(value).map_or(b'0', |value| ALPHABET[value]);
            write!(f, "{}", char::from(symbol))?;
        }
        Ok(())
    }
}

/// A secret: not even a debug print shows it.
impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

impl Serialize for TrackingNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TrackingNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
