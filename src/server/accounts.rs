//! The shop's people: who may do what, how they sign in, and the trail of what they did.
//! Passwords are in `accounts::password`, sessions and their secrets in `accounts::session`, the
//! brake on guessing in `accounts::brake`, what is kept in `store/accounts.rs`.

pub(crate) mod brake;
pub mod password;
pub(crate) mod session;
pub(crate) mod sign_in;

use guichet_domain::zone::Timestamp;
use std::fmt;
use std::str::FromStr;

/// What somebody may do. Each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads claims and figures.
    Reader,
    /// Works claims.
    Agent,
    /// Sees the audit trail and decides what is public.
    Owner,
}

/// Not a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role\nhint: expected `owner`, `agent` or `reader`")]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Agent, Self::Owner];

    /// Its word on the command line and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Agent => "agent",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let found = Self::ALL.into_iter().find(|role| role.word() == text);
        found.ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// What somebody signs in with: 1 to 64 of `a-z`, `0-9`, `.`, `_`, `-` and `@`, so that an e-mail
/// address will do. Read in any case, kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

/// Not a name to sign in with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot be a user’s name: expected 1 to 64 of a-z, 0-9, `.`, `_`, `-` and `@`\nhint: a first name or an e-mail address will do"
)]
pub struct BadUserName(pub String);

impl UserName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for UserName {
    type Err = BadUserName;

    fn from_str(text: &str) -> Result<Self, BadUserName> {
        let name = text.trim().to_ascii_lowercase();
        let fits = (1..=64).contains(&name.len())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-@".contains(&b));
        if fits {
            Ok(Self(name))
        } else {
            Err(BadUserName(text.chars().take(64).collect()))
        }
    }
}

/// Somebody of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// What he signs in with.
    pub name: UserName,
    /// What he may do.
    pub role: Role,
    /// Since when he is known.
    pub created: Timestamp,
}

/// An entry of the audit trail, before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed<'a> {
    /// Who did it: a user's name, or `guichet users` for the command.
    pub user: &'a str,
    /// A stable word: `sign_in`, `answer`, `user_added`.
    pub what: &'a str,
    /// Tracking number of the claim it was done to.
    pub claim: Option<&'a str>,
    /// What a word can't say; no text of a shopper.
    pub detail: &'a str,
}

/// An entry of the audit trail as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub user: String,
    /// What.
    pub what: String,
    /// To which claim.
    pub claim: Option<String>,
    /// More of it.
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_any_case_and_nothing_odd_becomes_one() {
        assert_eq!(
            "Zoé@x".parse::<UserName>(),
            Err(BadUserName("Zoé@x".into()))
        );
        assert_eq!(
            "  Zoe@Cap-Sentier.example "
                .parse::<UserName>()
                .unwrap()
                .as_str(),
            "zoe@cap-sentier.example"
        );
        for text in ["", " ", "a b", "<script>", "a\n", &"x".repeat(65)] {
            let trimmed_fits = text.trim() == "a";
            assert_eq!(text.parse::<UserName>().is_ok(), trimmed_fits, "{text:?}");
        }
    }

    #[test]
    fn each_role_may_what_those_below_it_may() {
        assert!(Role::Owner > Role::Agent && Role::Agent > Role::Reader);
        for role in Role::ALL {
            assert_eq!(role.word().parse::<Role>(), Ok(role));
        }
        let hint = "admin".parse::<Role>().unwrap_err().to_string();
        assert!(hint.contains("`owner`, `agent` or `reader`"));
    }
}
