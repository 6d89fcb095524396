//! What is known of somebody, its erasure, and the end of what is kept.

use super::super::Sqlite;
use super::read::{email_key, from_row, number};
use crate::store::StoreError;
use crate::store::claims::Dossier;
use guichet_domain::zone::Timestamp;
use sqlx::sqlite::SqliteConnection;

/// Emptied: exactly the columns that the migration names as the shopper's.
const ERASE: [&str; 5] = [
    "update claim_entries set text = null, key_hash = null
        where claim in (select number from claims where email_key = ?1)",
    "delete from claim_files where claim in (select number from claims where email_key = ?1)",
    "delete from claim_access where claim in (select number from claims where email_key = ?1)",
    "delete from mails where lower(recipient) = ?1",
    "update claims
        set name = null, email = null, email_key = null, phone = null, order_number = null, rating_line = null,
            goods_received = null, erased_ms = ?2
        where email_key = ?1",
];

impl Sqlite {
    pub(crate) async fn dossiers(&self, email: &str) -> Result<Vec<Dossier>, StoreError> {
        let sql = "select * from claims where email_key = ? order by opened_ms, number";
        let rows = sqlx::query(sql)
            .bind(email_key(email))
            .fetch_all(&self.pool)
            .await?;
        let mut dossiers = Vec::new();
        for row in &rows {
            let claim = from_row(row)?;
            let timeline = self.timeline(claim.number).await?;
            dossiers.push(Dossier { claim, timeline });
        }
        Ok(dossiers)
    }

    pub(crate) async fn erase(&self, email: &str, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let numbers: Vec<(i64,)> = sqlx::query_as("select number from claims where email_key = ?")
            .bind(email_key(email))
            .fetch_all(&mut *transaction)
            .await?;
        for (bits,) in &numbers {
            forget_mails(&mut transaction, *bits).await?;
        }
        for sql in ERASE {
            sqlx::query(sql)
                .bind(email_key(email))
                .bind(now.0)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(numbers.len() as u64)
    }

    pub(crate) async fn purge_claims(
        &self,
        site: &str,
        ended_before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        sqlx::query("delete from claim_access where expires_ms <= ?")
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        let ended = "select number from claims where site = ? and closed_ms < ?";
        let numbers: Vec<(i64,)> = sqlx::query_as(ended)
            .bind(site)
            .bind(ended_before.0)
            .fetch_all(&mut *transaction)
            .await?;
        for (bits,) in &numbers {
            forget_mails(&mut transaction, *bits).await?;
            // Entries, files and access go with it.
            sqlx::query("delete from claims where number = ?")
                .bind(bits)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(numbers.len() as u64)
    }
}

/// Deletes the mails about a claim, sent or not.
async fn forget_mails(connection: &mut SqliteConnection, bits: i64) -> Result<(), StoreError> {
    sqlx::query("delete from mails where claim = ?")
        .bind(number(bits).to_string())
        .execute(connection)
        .await?;
    Ok(())
}
