//! Kept digests in `SQLite`.

use super::Sqlite;
use super::mails::enqueue;
use crate::mail::Mail;
use crate::store::StoreError;
use crate::store::digests::Digest;
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;

impl Sqlite {
    pub(crate) async fn keep_digest(
        &self,
        site: &str,
        digest: &Digest,
        mails: &[Mail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let sql = "insert into digests (site, week, lang, title, body, created_ms)
                   values (?, ?, ?, ?, ?, ?) on conflict (site, week) do nothing";
        let kept = sqlx::query(sql)
            .bind(site)
            .bind(digest.week.to_string())
            .bind(digest.lang.code())
            .bind(&digest.title)
            .bind(&digest.body)
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        let is_new = kept.rows_affected() > 0;
        if is_new {
            for mail in mails {
                enqueue(&mut transaction, mail, now).await?;
            }
        }
        transaction.commit().await?;
        Ok(is_new)
    }

    pub(crate) async fn digest(
        &self,
        site: &str,
        week: Date,
    ) -> Result<Option<Digest>, StoreError> {
        let sql = "select lang, title, body from digests where site = ? and week = ?";
        let row: Option<(String, String, String)> = sqlx::query_as(sql)
            .bind(site)
            .bind(week.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(lang, title, body)| Digest {
            week,
            lang: Lang::from_tag(&lang).unwrap_or(Lang::Fr),
            title,
            body,
        }))
    }

    pub(crate) async fn digest_weeks(&self, site: &str) -> Result<Vec<Date>, StoreError> {
        let sql = "select week from digests where site = ? order by week desc limit 53";
        let rows: Vec<(String,)> = sqlx::query_as(sql).bind(site).fetch_all(&self.pool).await?;
        let unreadable = |error| sqlx::Error::Decode(Box::new(error));
        let weeks = rows.iter().map(|(week,)| week.parse().map_err(unreadable));
        Ok(weeks.collect::<Result<_, _>>()?)
    }
}
