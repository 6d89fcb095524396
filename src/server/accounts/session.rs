//! Sessions: 256 random bits in a cookie, of which only the hash is kept. The token of a form is
//! made from the cookie, so that a page of somebody else, which can't read it, can't send a form.

use super::User;
use crate::Random;
use guichet_domain::zone::Timestamp;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The cookie's name.
pub(crate) const COOKIE: &str = "guichet_session";
/// A session ends when it was not used for this long: a working day.
pub(crate) const IDLE_MS: i64 = 10 * 60 * 60 * 1000;
/// And in any case after this long.
pub(crate) const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What a browser holds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn new(random: &Random) -> Self {
        Self(hex(&random.bytes::<32>()))
    }

    /// Out of the `Cookie` headers of a request.
    pub(crate) fn from_cookies<'a>(headers: impl Iterator<Item = &'a str>) -> Option<Self> {
        headers
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE)
            .map(|(_, value)| Self(value.to_owned()))
            .filter(Self::is_well_formed)
    }

    fn is_well_formed(&self) -> bool {
        self.0.len() == 64 && self.0.bytes().all(|b| b.is_ascii_hexdigit())
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// What every form of the session carries.
    pub(crate) fn csrf(&self) -> String {
        hex(&Sha256::digest(format!("form {}", self.0)))
    }

    /// `Set-Cookie`, for browsers to send back to the console only, on requests that begin there
    /// or by a click on a link.
    pub(crate) fn cookie(&self, secure: bool) -> String {
        set_cookie(&self.0, LONGEST_MS / 1000, secure)
    }
}

/// `Set-Cookie` that makes a browser forget.
pub(crate) fn forget(secure: bool) -> String {
    set_cookie("", 0, secure)
}

fn set_cookie(value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/console; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) user: User,
    /// What his forms carry.
    pub(crate) csrf: String,
}

/// Whether a session that began and was last used then is still good.
pub(crate) fn is_alive(created: Timestamp, used: Timestamp, now: Timestamp) -> bool {
    now.0.saturating_sub(used.0) < IDLE_MS && now.0.saturating_sub(created.0) < LONGEST_MS
}

/// Whether two secrets are one, in a time that does not tell where they differ.
pub(crate) fn same(left: &str, right: &str) -> bool {
    // Of hashes, so that equal prefixes say nothing of the secrets.
    Sha256::digest(left) == Sha256::digest(right)
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others_and_must_be_whole() {
        let token = Token::new(&Random::new(|bytes| bytes.fill(0xab)));
        let value = "ab".repeat(32);
        let found = |header: &str| Token::from_cookies([header].into_iter());
        assert!(found(&format!("a=1; guichet_session={value}; b=2")) == Some(token.clone()));
        assert!(found("guichet_session=ab").is_none());
        assert!(found(&format!("guichet_session={}", "zz".repeat(32))).is_none());
        assert!(found(&format!("other_guichet_session={value}")).is_none());
        assert_ne!(token.csrf(), value);
        assert!(!hex(&token.hash()).contains(&value));
    }

    #[test]
    fn a_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        let token = Token::new(&Random::new(|bytes| bytes.fill(1)));
        let cookie = token.cookie(true);
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/console"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!token.cookie(false).contains("Secure"));
        assert!(forget(false).contains("Max-Age=0"));
    }

    #[test]
    fn a_session_ends_after_a_day_without_use_and_after_a_week_of_use() {
        let hour = 60 * 60 * 1000;
        let alive = |created: i64, used: i64, now: i64| {
            is_alive(
                Timestamp(created * hour),
                Timestamp(used * hour),
                Timestamp(now * hour),
            )
        };
        assert!(alive(0, 0, 9));
        assert!(!alive(0, 0, 10));
        assert!(alive(0, 160, 167));
        assert!(!alive(0, 167, 168));
    }
}
