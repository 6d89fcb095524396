//! Passwords: what is accepted as one, and how it is kept. Argon2id with 19 MiB, two passes and
//! one lane, the setting OWASP's password storage sheet gives first. It takes some tens of
//! milliseconds: callers on the server's threads hand it to a blocking thread.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::fmt;

/// Fewest characters of a password. Length is the only rule: others only make people write them down.
pub const MIN_CHARS: usize = 12;
/// Most bytes of a password.
pub const MAX_BYTES: usize = 512;

/// A password as typed. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Why a password is not accepted or cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too easy to guess.
    #[error(
        "the password is too short: expected {MIN_CHARS} characters or more, found {0}\nhint: four words in a row are easy to remember"
    )]
    TooShort(usize),
    /// Longer than anything a person types.
    #[error("the password is too long: expected at most {MAX_BYTES} bytes, found {0}")]
    TooLong(usize),
    /// The library refused.
    #[error("the password cannot be kept: {0}")]
    Hash(String),
}

impl Password {
    /// A password as it was chosen.
    pub fn chosen(text: &str) -> Result<Self, PasswordError> {
        let chars = text.chars().count();
        if chars < MIN_CHARS {
            return Err(PasswordError::TooShort(chars));
        }
        if text.len() > MAX_BYTES {
            return Err(PasswordError::TooLong(text.len()));
        }
        Ok(Self(text.to_owned()))
    }

    /// A password as it was typed to sign in; one that was never accepted simply won't fit.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        (text.len() <= MAX_BYTES).then(|| Self(text.to_owned()))
    }

    /// What is kept of it, with `salt` from a source of secrets.
    pub fn hash(&self, salt: [u8; 16]) -> Result<String, PasswordError> {
        let hash = Argon2::default()
            .hash_password_with_salt(self.0.as_bytes(), &salt)
            .map_err(|error| PasswordError::Hash(error.to_string()))?;
        Ok(hash.to_string())
    }

    /// Whether it is the one that was kept as `hash`. An unreadable hash fits nothing.
    pub fn fits(&self, hash: &str) -> bool {
        PasswordHash::new(hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(self.0.as_bytes(), &hash)
                .is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_fits_what_was_kept_of_it() {
        let password = Password::chosen("quatre mots en file").unwrap();
        let kept = password.hash([7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(!kept.contains("quatre"));
        assert!(password.fits(&kept));
        assert!(!Password::typed("quatre mots en fil").unwrap().fits(&kept));
        assert!(!password.fits("rubbish"));
        assert_ne!(
            kept,
            password.hash([8; 16]).unwrap(),
            "two people may choose alike"
        );
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert_eq!(
            Password::chosen("motdepasse"),
            Err(PasswordError::TooShort(10))
        );
        let endless = "x".repeat(MAX_BYTES + 1);
        assert_eq!(Password::chosen(&endless), Err(PasswordError::TooLong(513)));
        assert_eq!(Password::typed(&endless), None);
        assert_eq!(format!("{:?}", Password("secret".into())), "Password");
    }
}
