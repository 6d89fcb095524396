//! Kept digests; what one says is in `guichet_report::digest`.

use super::mails::enqueue;
use super::sql::unreadable;
use super::{Store, StoreError};
use crate::mail::Mail;
use guichet_domain::civil::{CivilError, Date};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;

/// What was told of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Its Monday.
    pub week: Date,
    /// The language it is written in.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// What stands on the page, as `guichet_report::digest::body` made it.
    pub body: String,
}

impl Store {
    /// Keeps a digest and queues its mails, all or nothing; `false`: the week's is kept already, and
    /// nothing was queued.
    pub async fn keep_digest(
        &self,
        site: &str,
        digest: &Digest,
        mails: &[Mail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let sql = "insert into digests (site, week, lang, title, body, created_ms)
                   values ($1, $2, $3, $4, $5, $6) on conflict (site, week) do nothing";
        let kept = transaction
            .sql(sql)
            .bind(site)
            .bind(digest.week.to_string())
            .bind(digest.lang.code())
            .bind(&digest.title)
            .bind(&digest.body)
            .bind(now.0)
            .run()
            .await?;
        let is_new = kept > 0;
        if is_new {
            for mail in mails {
                enqueue(&mut transaction, mail, now).await?;
            }
        }
        transaction.commit().await?;
        Ok(is_new)
    }

    /// The digest of the week that began on this Monday.
    pub async fn digest(&self, site: &str, week: Date) -> Result<Option<Digest>, StoreError> {
        let sql = "select lang, title, body from digests where site = $1 and week = $2";
        let row: Option<(String, String, String)> = self
            .pool
            .sql(sql)
            .bind(site)
            .bind(week.to_string())
            .first()
            .await?;
        Ok(row.map(|(lang, title, body)| Digest {
            week,
            lang: Lang::from_tag(&lang).unwrap_or(Lang::Fr),
            title,
            body,
        }))
    }

    /// The Mondays of the weeks whose digests are kept, the latest first, at most a year of them.
    pub async fn digest_weeks(&self, site: &str) -> Result<Vec<Date>, StoreError> {
        let sql = "select week from digests where site = $1 order by week desc limit 53";
        let rows: Vec<(String,)> = self.pool.sql(sql).bind(site).all().await?;
        let weeks = rows
            .iter()
            .map(|(week,)| week.parse().map_err(|error: CivilError| unreadable(error)));
        Ok(weeks.collect::<Result<_, _>>()?)
    }
}
