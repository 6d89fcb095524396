//! The queue of mails in `SQLite`. [`enqueue`] takes a connection, so that whoever causes a mail
//! can queue it in his own transaction.

use super::Sqlite;
use crate::mail::{Mail, MailState, MailStatus, Outcome, Queued};
use crate::retry::LEASE_MS;
use crate::store::StoreError;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

const INSERT: &str = "
    insert into mails
        (key, site, claim, recipient, lang, subject, body, state, attempts, created_ms, due_ms, problem)
    values (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?8, ?8, '')
    on conflict (key) do nothing";

// One statement, so that two senders never take the same mail.
const NEXT: &str = "
    update mails
    set state = 'sending', attempts = attempts + 1, due_ms = ?2
    where id = (
        select id
        from mails
        where state in ('waiting', 'sending') and due_ms <= ?1
        order by due_ms, id
        limit 1
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

const OF_CLAIM: &str = select_status!("where claim = ?1 order by id desc limit ?2");
const PROBLEMS: &str = select_status!(
    "where state = 'failed' or (state in ('waiting', 'sending') and problem <> '') order by id desc limit ?1"
);

/// Most mails the console lists at once.
const MAX_LISTED: i64 = 100;

/// Queues a mail within a transaction of the caller's; `false`: one with its key is there already.
pub(super) async fn enqueue(
    connection: &mut SqliteConnection,
    mail: &Mail,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(INSERT)
        .bind(&mail.key)
        .bind(&mail.site)
        .bind(mail.claim.as_deref())
        .bind(&mail.to)
        .bind(mail.lang.code())
        .bind(&mail.subject)
        .bind(&mail.text)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

impl Sqlite {
    pub(crate) async fn enqueue_mail(
        &self,
        mail: &Mail,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut connection = self.pool.acquire().await?;
        enqueue(&mut connection, mail, now).await
    }

    pub(crate) async fn next_mail(&self, now: Timestamp) -> Result<Option<Queued>, StoreError> {
        let row = sqlx::query(NEXT)
            .bind(now.0)
            .bind(now.0.saturating_add(LEASE_MS))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(queued).transpose()?)
    }

    pub(crate) async fn settle_mail(
        &self,
        id: i64,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = match outcome {
            Outcome::Sent => {
                let sql = "update mails set state = 'sent', ended_ms = ?2, problem = '', subject = '', body = '' where id = ?1";
                sqlx::query(sql).bind(id).bind(now.0)
            }
            Outcome::Again { due, problem } => {
                let sql =
                    "update mails set state = 'waiting', due_ms = ?2, problem = ?3 where id = ?1";
                sqlx::query(sql).bind(id).bind(due.0).bind(problem)
            }
            Outcome::Failed { problem } => {
                let sql =
                    "update mails set state = 'failed', ended_ms = ?2, problem = ?3 where id = ?1";
                sqlx::query(sql).bind(id).bind(now.0).bind(problem)
            }
        };
        query.execute(&self.pool).await?;
        Ok(())
    }

    pub(crate) async fn mails_of_claim(&self, claim: &str) -> Result<Vec<MailStatus>, StoreError> {
        let rows = sqlx::query(OF_CLAIM)
            .bind(claim)
            .bind(MAX_LISTED)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(status).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn mail_problems(&self) -> Result<Vec<MailStatus>, StoreError> {
        let rows = sqlx::query(PROBLEMS)
            .bind(MAX_LISTED)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(status).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn send_mail_again(
        &self,
        id: i64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "update mails set state = 'waiting', attempts = 0, due_ms = ?2, ended_ms = null where id = ?1 and state = 'failed'";
        let done = sqlx::query(sql)
            .bind(id)
            .bind(now.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn queued(row: &SqliteRow) -> Result<Queued, sqlx::Error> {
    let lang: String = row.try_get("lang")?;
    Ok(Queued {
        id: row.try_get("id")?,
        mail: Mail {
            key: row.try_get("key")?,
            site: row.try_get("site")?,
            claim: row.try_get("claim")?,
            to: row.try_get("recipient")?,
            lang: Lang::from_tag(&lang).unwrap_or(Lang::Fr),
            subject: row.try_get("subject")?,
            text: row.try_get("body")?,
        },
        created: Timestamp(row.try_get("created_ms")?),
        attempts: row.try_get("attempts")?,
    })
}

fn status(row: &SqliteRow) -> Result<MailStatus, sqlx::Error> {
    let state: String = row.try_get("state")?;
    Ok(MailStatus {
        id: row.try_get("id")?,
        key: row.try_get("key")?,
        claim: row.try_get("claim")?,
        to: row.try_get("recipient")?,
        state: match state.as_str() {
            "waiting" => MailState::Waiting,
            "sending" => MailState::Sending,
            "sent" => MailState::Sent,
            _ => MailState::Failed,
        },
        attempts: row.try_get("attempts")?,
        created: Timestamp(row.try_get("created_ms")?),
        due: Timestamp(row.try_get("due_ms")?),
        problem: row.try_get("problem")?,
    })
}
