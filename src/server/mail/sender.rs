//! The conversation with the mail server. What it may ask for is decided in [`MailConfig`]; what
//! its refusals mean, in [`Trouble`].

use super::Queued;
use super::message::message;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::fmt;
use std::time::Duration;

/// How long one step of the conversation may take.
const STEP: Duration = Duration::from_secs(30);

/// Replies that speak of us, not of the mail: sign-in wanted, refused, or out of order (RFC 4954).
const SIGN_IN_CODES: [u16; 5] = [454, 530, 534, 535, 538];

/// How mail leaves: the server, and whose name is on it.
#[derive(Clone)]
pub struct MailConfig {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for MailConfig {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailConfig")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Why mail cannot be sent as configured. A password never stands in it.
#[derive(Debug, thiserror::Error)]
pub enum MailConfigError {
    /// No address of a mail server.
    #[error(
        "the mail server's address cannot be read: {0}\nhint: write `smtps://HOST:465`, `smtp://HOST:587?tls=required`, or `smtp://127.0.0.1:25` for one on this machine"
    )]
    Url(String),
    /// The command line is seen by every program of the machine.
    #[error(
        "the mail server's address holds a name or password\nhint: give the name with `--smtp-user` and the password in the environment as `GUICHET_SMTP_PASSWORD`"
    )]
    Secret,
    /// A user without a password, or the other way round.
    #[error(
        "expected the mail server's user and password together, found one of them\nhint: give the name with `--smtp-user` and the password in the environment as `GUICHET_SMTP_PASSWORD`"
    )]
    HalfCredentials,
    /// A password that everybody on the way could read.
    #[error(
        "the password would travel unencrypted\nhint: write `smtps://…`, or `smtp://…?tls=required`"
    )]
    Unencrypted,
    /// No sender.
    #[error(
        "`{0}` is not a sender\nhint: write an address, or `Ma boutique <bonjour@ma-boutique.example>`"
    )]
    From(String),
}

impl MailConfig {
    /// Mail through the server at `url`, from `from` (an address, or `Name <address>`).
    /// `user` and `password` are both given or both not; the URL holds neither.
    pub fn new(
        url: &str,
        user: Option<&str>,
        password: Option<&str>,
        from: &str,
    ) -> Result<Self, MailConfigError> {
        let (_, rest) = url.split_once("://").unwrap_or(("", url));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(MailConfigError::Secret);
        }
        let sender: Mailbox = from
            .parse()
            .map_err(|_invalid| MailConfigError::From(from.to_owned()))?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| MailConfigError::Url(error.to_string()))?
            .timeout(Some(STEP))
            .hello_name(ClientId::Domain(sender.email.domain().to_owned()));
        let builder = match (user, password) {
            (None, None) => builder,
            (Some(user), Some(password)) => {
                if !is_private(url, authority) {
                    return Err(MailConfigError::Unencrypted);
                }
                builder.credentials(Credentials::new(user.to_owned(), password.to_owned()))
            }
            _ => return Err(MailConfigError::HalfCredentials),
        };
        Ok(Self {
            transport: builder.build(),
            from: sender,
        })
    }
}

/// Whether nobody on the way can read along: encrypted without fail, or on this machine.
fn is_private(url: &str, authority: &str) -> bool {
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _port)| host);
    url.starts_with("smtps://")
        || url.contains("tls=required")
        || ["127.0.0.1", "[::1]", "localhost"].contains(&host)
}

/// Why a mail was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No server, a server that went away, or one that won't have us: other mails would fare alike.
    Unreachable(String),
    /// The server wants this mail later.
    Later(String),
    /// The server never wants this mail.
    Refused(String),
}

impl Trouble {
    /// Whether it says something of this mail alone.
    pub(super) fn is_of_the_mail(&self) -> bool {
        !matches!(self, Self::Unreachable(_))
    }

    /// For the log.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Later(_) => "later",
            Self::Refused(_) => "refused",
        }
    }

    pub(super) fn into_text(self) -> String {
        match self {
            Self::Unreachable(text) | Self::Later(text) | Self::Refused(text) => text,
        }
    }
}

/// Sends mails.
#[derive(Clone, Debug)]
pub(crate) struct Sender(MailConfig);

impl Sender {
    pub(crate) fn new(config: MailConfig) -> Self {
        Self(config)
    }

    /// Returns once a server has taken the mail.
    pub(super) async fn send(&self, queued: &Queued) -> Result<(), Trouble> {
        let message =
            message(queued, &self.0.from).map_err(|error| Trouble::Refused(error.to_string()))?;
        match self.0.transport.send(message).await {
            Ok(_taken) => Ok(()),
            Err(error) => Err(trouble(&error)),
        }
    }
}

fn trouble(error: &lettre::transport::smtp::Error) -> Trouble {
    let text = error.to_string();
    let code = error.status().map_or(0, u16::from);
    if SIGN_IN_CODES.contains(&code) {
        Trouble::Unreachable(text)
    } else if error.is_permanent() {
        Trouble::Refused(text)
    } else if error.is_transient() {
        Trouble::Later(text)
    } else {
        Trouble::Unreachable(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "Cap Sentier <bonjour@cap-sentier.example>";

    #[test]
    fn what_would_give_a_password_away_is_refused() {
        let refused = |url, user, password, from| {
            MailConfig::new(url, user, password, from)
                .unwrap_err()
                .to_string()
        };
        let of_user = Some("bonjour");
        let password = Some("sesame");
        insta::assert_snapshot!(
            [
                refused("smtps://bonjour:sesame@mail.example", None, None, FROM),
                refused("smtp://mail.example:587", of_user, password, FROM),
                refused("smtps://mail.example", of_user, None, FROM),
                refused("mail.example", None, None, FROM),
                refused("smtps://mail.example", None, None, "Cap Sentier"),
            ]
            .join("\n\n")
        );
        for url in [
            "smtps://mail.example:465",
            "smtp://mail.example:587?tls=required",
            "smtp://127.0.0.1:2525",
        ] {
            let config = MailConfig::new(url, of_user, password, FROM).unwrap();
            assert!(!format!("{config:?}").contains("sesame"));
        }
    }
}
