//! The store's door to the queue of mails; what a mail is, and when it is tried again, is in `mail`.

use super::{Store, StoreError};
use crate::mail::{Mail, MailStatus, Outcome, Queued};
use guichet_domain::zone::Timestamp;

impl Store {
    /// Queues a mail; `false`: one with its key is queued or sent already. Where something else
    /// is stored that causes the mail, the adapter queues it in that transaction instead.
    pub async fn enqueue_mail(&self, mail: &Mail, now: Timestamp) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.enqueue_mail(mail, now).await,
        }
    }

    /// Takes the mail that has been due longest, and marks it as being sent.
    pub async fn next_mail(&self, now: Timestamp) -> Result<Option<Queued>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.next_mail(now).await,
        }
    }

    /// Keeps how the attempt to send a mail ended. Of a mail that was sent, the text is forgotten.
    pub async fn settle_mail(
        &self,
        id: i64,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.settle_mail(id, outcome, now).await,
        }
    }

    /// The mails about a claim, the latest first, at most 100.
    pub async fn mails_of_claim(&self, claim: &str) -> Result<Vec<MailStatus>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.mails_of_claim(claim).await,
        }
    }

    /// Mails that were given up, or whose last attempt ended badly, the latest first, at most 100.
    pub async fn mail_problems(&self) -> Result<Vec<MailStatus>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.mail_problems().await,
        }
    }

    /// Tries a mail that was given up again from the start; `false`: it was not given up.
    pub async fn send_mail_again(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.send_mail_again(id, now).await,
        }
    }
}
