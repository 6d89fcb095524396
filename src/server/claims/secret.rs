//! What opens a claim: receipt codes, links and passes. They are known to the shopper; here
//! only their hashes are kept, each together with the number it belongs to.

use crate::random::Random;
use crate::store::claims::Hash;
use guichet_domain::event::RandomId;
use guichet_domain::tracking::{ReceiptCode, TrackingNumber};
use sha2::{Digest as _, Sha256};

/// SHA-256 of parts that cannot be taken for other parts: each with its length before it.
pub(crate) fn hash(parts: &[&[u8]]) -> Hash {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

/// The code of a claim, made of the key it was sent with and a salt of ours: who sends the claim
/// again reads the same code, although only its hash is kept.
pub(crate) fn code(salt: &[u8; 16], key: RandomId) -> ReceiptCode {
    let digest = hash(&[b"code", salt, &key.0.to_be_bytes()]);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    ReceiptCode::from_random(u64::from_be_bytes(first))
}

/// What is kept of a code.
pub(crate) fn code_hash(number: TrackingNumber, code: ReceiptCode) -> Hash {
    let number = number.bits().to_be_bytes();
    hash(&[b"open", &number, code.to_string().as_bytes()])
}

/// What is kept of a key.
pub(crate) fn key_hash(key: RandomId) -> Hash {
    hash(&[b"key", &key.0.to_be_bytes()])
}

/// A new link or pass of 128 random bits, and what is kept of it.
pub(crate) fn token(random: &Random, number: TrackingNumber) -> (String, Hash) {
    let token = RandomId(u128::from_be_bytes(random.bytes())).to_string();
    let hash = hash_of_token(number, &token);
    (token, hash)
}

/// What is kept of a link or pass; `None` for a text that is none.
pub(crate) fn token_hash(number: TrackingNumber, token: &str) -> Option<Hash> {
    let token = token.trim();
    let is_token = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_token.then(|| hash_of_token(number, &token.to_ascii_lowercase()))
}

fn hash_of_token(number: TrackingNumber, token: &str) -> Hash {
    hash(&[b"token", &number.bits().to_be_bytes(), token.as_bytes()])
}

/// What is kept of what a shopper shows: a pass, or the code of his receipt.
pub(crate) fn shown_hash(number: TrackingNumber, shown: &str) -> Option<Hash> {
    token_hash(number, shown)
        .or_else(|| ReceiptCode::parse(shown).map(|code| code_hash(number, code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_again_of_key_and_salt_and_of_nothing_else() {
        let own = code(&[1; 16], RandomId(2));
        assert!(own == code(&[1; 16], RandomId(2)));
        assert!(own != code(&[2; 16], RandomId(2)));
        assert!(own != code(&[1; 16], RandomId(3)));
    }

    #[test]
    fn what_opens_one_claim_opens_no_other() {
        let [first, second] = [1, 2].map(TrackingNumber::from_random);
        let shown = code(&[1; 16], RandomId(2)).to_string();
        assert_eq!(
            shown_hash(first, &shown),
            shown_hash(first, &shown.to_lowercase())
        );
        assert_ne!(shown_hash(first, &shown), shown_hash(second, &shown));
        let random = Random::new(|bytes| bytes.fill(5));
        let (token, kept) = token(&random, first);
        assert_eq!(shown_hash(first, &format!(" {token} ")), Some(kept));
        assert_ne!(shown_hash(second, &token), Some(kept));
        assert_eq!(shown_hash(first, "neither"), None);
    }

    #[test]
    fn parts_are_not_taken_for_others() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }
}
