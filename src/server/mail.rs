//! Mails to shoppers: a queue in the database, sent one by one over SMTP. Who causes a mail queues
//! it in the transaction of what caused it (`Store::enqueue_mail`, or `enqueue` of
//! `store/mails.rs` within a transaction), so that neither exists without the other.
//!
//! Before a mail is sent its row says `sending`, afterwards `sent`. A server that dies in between
//! can't know whether the mail went out, and sends it again with the same `Message-ID`: mail
//! programs show it once. When a mail is tried again is in `retry`, how it reads on the way
//! in `mail::message`.

mod message;
mod pause;
mod sender;

pub(crate) use sender::Sender;
pub use sender::{MailConfig, MailConfigError};

use crate::store::{Store, StoreError};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use std::fmt;

/// Most mails sent in one round; the next begins a second later.
const MAX_PER_ROUND: usize = 200;

/// A mail before it is queued.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// What caused it, for example `receipt/<claim>`: a second mail with the same key is not
    /// queued. Stable, and without anything personal.
    pub key: String,
    /// Id of the site it speaks for.
    pub site: String,
    /// Tracking number of the claim it is about, if any; the console shows its fate there.
    pub claim: Option<String>,
    /// One e-mail address.
    pub to: String,
    /// The language it is written in.
    pub lang: Lang,
    /// One line, in plain text.
    pub subject: String,
    /// Plain text: an empty line parts paragraphs. Addresses of the web become links in the HTML part.
    pub text: String,
}

impl fmt::Debug for Mail {
    /// Without address and text: a mail may be logged by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// A queued mail whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its row.
    pub id: i64,
    /// The mail.
    pub mail: Mail,
    /// When it was queued; its `Date`.
    pub created: Timestamp,
    /// How often it was tried, this time included.
    pub attempts: u32,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A server took it.
    Sent,
    /// Not this time.
    Again {
        /// When to try next.
        due: Timestamp,
        /// What the server or the network said.
        problem: String,
    },
    /// Never: the address is refused, or all attempts are used up.
    Failed {
        /// What the server or the network said.
        problem: String,
    },
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// To be sent at its time.
    Waiting,
    /// Being sent.
    Sending,
    /// A server took it.
    Sent,
    /// Given up; a person must look at it.
    Failed,
}

/// A mail as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailStatus {
    /// Its row.
    pub id: i64,
    /// What caused it.
    pub key: String,
    /// Tracking number of its claim.
    pub claim: Option<String>,
    /// Where it goes.
    pub to: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub created: Timestamp,
    /// When it is tried next, if it is.
    pub due: Timestamp,
    /// What kept the last attempt from ending well; empty where nothing did.
    pub problem: String,
}

/// Sends what is due, at most 200 mails; returns how many were sent. Ends early where no server
/// can be reached: the others would fare no better.
pub(crate) async fn round(
    store: &Store,
    sender: &Sender,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut sent = 0;
    for _ in 0..MAX_PER_ROUND {
        let Some(queued) = store.next_mail(now).await? else {
            break;
        };
        let trouble = sender.send(&queued).await;
        let (outcome, go_on) = match trouble {
            Ok(()) => (Outcome::Sent, true),
            Err(trouble) => {
                // The reply may name the shopper's address: it goes to the database, not to the log.
                tracing::warn!(
                    mail = queued.id,
                    attempts = queued.attempts,
                    kind = trouble.kind(),
                    "a mail was not taken"
                );
                let go_on = trouble.is_of_the_mail();
                (pause::after(trouble, queued.attempts, now), go_on)
            }
        };
        sent += usize::from(outcome == Outcome::Sent);
        store.settle_mail(queued.id, &outcome, now).await?;
        if !go_on {
            break;
        }
    }
    Ok(sent)
}

#[cfg(test)]
mod tests;
