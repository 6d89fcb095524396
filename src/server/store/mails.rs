//! The queue of mails; what a mail is, and when it is tried again, is in `mail`. [`enqueue`] takes a transaction,
//! so that whoever causes a mail queues it in his own.

use super::sql::{Row, Transaction};
use super::{Store, StoreError};
use crate::mail::{Mail, MailState, MailStatus, Outcome, Queued};
use crate::retry::LEASE_MS;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;

const INSERT: &str = "
    insert into mails
        (key, site, claim, recipient, lang, subject, body, state, attempts, created_ms, due_ms, problem)
    values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8, '')
    on conflict (key) do nothing";

// One statement, so that two senders never take the same mail; nor does one wait for the other.
const NEXT: &str = "
    update mails
    set state = 'sending', attempts = attempts + 1, due_ms = $2
    where id = (
        select id
        from mails
        where state in ('waiting', 'sending') and due_ms <= $1
        order by due_ms, id
        limit 1
        for update skip locked
    )
    returning id, key, site, claim, recipient, lang, subject, body, created_ms, attempts";

/// Everything of a mail but its text.
macro_rules! select_status {
    ($tail:literal) => {
        concat!(
            "select id, key, claim, recipient, state, attempts, created_ms, due_ms, problem from mails ",
            $tail
        )
    };
}

const OF_CLAIM: &str = select_status!("where claim = $1 order by id desc limit $2");
const PROBLEMS: &str = select_status!(
    "where state = 'failed' or (state in ('waiting', 'sending') and problem <> '') order by id desc limit $1"
);

/// Most mails the console lists at once.
const MAX_LISTED: i64 = 100;

/// Queues a mail within a transaction of the caller's; `false`: one with its key is there already.
pub(super) async fn enqueue(
    transaction: &mut Transaction<'_>,
    mail: &Mail,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = transaction
        .sql(INSERT)
        .bind(&mail.key)
        .bind(&mail.site)
        .bind(mail.claim.as_deref())
        .bind(&mail.to)
        .bind(mail.lang.code())
        .bind(&mail.subject)
        .bind(&mail.text)
        .bind(now.0)
        .run()
        .await?;
    Ok(done > 0)
}

impl Store {
    /// Queues a mail; `false`: one with its key is queued or sent already. Where something else
    /// is stored that causes the mail, it is queued in that transaction instead.
    pub async fn enqueue_mail(&self, mail: &Mail, now: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let queued = enqueue(&mut transaction, mail, now).await?;
        transaction.commit().await?;
        Ok(queued)
    }

    /// Takes the mail that has been due longest, and marks it as being sent.
    pub async fn next_mail(&self, now: Timestamp) -> Result<Option<Queued>, StoreError> {
        let row = self
            .pool
            .sql(NEXT)
            .bind(now.0)
            .bind(now.0.saturating_add(LEASE_MS))
            .first()
            .await?;
        Ok(row.as_ref().map(queued).transpose()?)
    }

    /// Keeps how the attempt to send a mail ended. Of a mail that was sent, the text is forgotten.
    pub async fn settle_mail(
        &self,
        id: i64,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let statement = match outcome {
            Outcome::Sent => {
                let sql = "update mails set state = 'sent', ended_ms = $2, problem = '', subject = '', body = '' where id = $1";
                self.pool.sql(sql).bind(id).bind(now.0)
            }
            Outcome::Again { due, problem } => {
                let sql =
                    "update mails set state = 'waiting', due_ms = $2, problem = $3 where id = $1";
                self.pool.sql(sql).bind(id).bind(due.0).bind(problem)
            }
            Outcome::Failed { problem } => {
                let sql =
                    "update mails set state = 'failed', ended_ms = $2, problem = $3 where id = $1";
                self.pool.sql(sql).bind(id).bind(now.0).bind(problem)
            }
        };
        statement.run().await?;
        Ok(())
    }

    /// The mails about a claim, the latest first, at most 100.
    pub async fn mails_of_claim(&self, claim: &str) -> Result<Vec<MailStatus>, StoreError> {
        let rows = self
            .pool
            .sql(OF_CLAIM)
            .bind(claim)
            .bind(MAX_LISTED)
            .all()
            .await?;
        Ok(rows.iter().map(status).collect::<Result<_, _>>()?)
    }

    /// Mails that were given up, or whose last attempt ended badly, the latest first, at most 100.
    pub async fn mail_problems(&self) -> Result<Vec<MailStatus>, StoreError> {
        let rows = self.pool.sql(PROBLEMS).bind(MAX_LISTED).all().await?;
        Ok(rows.iter().map(status).collect::<Result<_, _>>()?)
    }

    /// Tries a mail that was given up again from the start; `false`: it was not given up.
    pub async fn send_mail_again(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "update mails set state = 'waiting', attempts = 0, due_ms = $2, ended_ms = null where id = $1 and state = 'failed'";
        let done = self.pool.sql(sql).bind(id).bind(now.0).run().await?;
        Ok(done > 0)
    }
}

fn queued(row: &Row) -> Result<Queued, sqlx::Error> {
    let lang: String = row.get("lang")?;
    Ok(Queued {
        id: row.get("id")?,
        mail: Mail {
            key: row.get("key")?,
            site: row.get("site")?,
            claim: row.get("claim")?,
            to: row.get("recipient")?,
            lang: Lang::from_tag(&lang).unwrap_or(Lang::Fr),
            subject: row.get("subject")?,
            text: row.get("body")?,
        },
        created: Timestamp(row.get("created_ms")?),
        attempts: row.int("attempts")?,
    })
}

fn status(row: &Row) -> Result<MailStatus, sqlx::Error> {
    let state: String = row.get("state")?;
    Ok(MailStatus {
        id: row.get("id")?,
        key: row.get("key")?,
        claim: row.get("claim")?,
        to: row.get("recipient")?,
        state: match state.as_str() {
            "waiting" => MailState::Waiting,
            "sending" => MailState::Sending,
            "sent" => MailState::Sent,
            _ => MailState::Failed,
        },
        attempts: row.int("attempts")?,
        created: Timestamp(row.get("created_ms")?),
        due: Timestamp(row.get("due_ms")?),
        problem: row.get("problem")?,
    })
}
