//! What is known of somebody, its erasure, and the end of what is kept.

use super::Dossier;
use super::read::{email_key, from_row, number};
use crate::store::sql::{Row, Transaction};
use crate::store::{Store, StoreError};
use guichet_domain::zone::Timestamp;

/// Emptied in what belongs to a claim: exactly the columns that the migration names as the shopper's.
const EMPTY: [&str; 4] = [
    "update claim_entries set text = null, key_hash = null
        where claim in (select number from claims where email_key = $1)",
    "delete from claim_files where claim in (select number from claims where email_key = $1)",
    "delete from claim_access where claim in (select number from claims where email_key = $1)",
    "delete from mails where lower(recipient) = $1",
];

/// Emptied in the claims themselves, which are found no more after it.
const EMPTY_CLAIMS: &str = "
    update claims
    set name = null, email = null, email_key = null, phone = null, order_number = null, rating_line = null,
        goods_received = null, erased_ms = $2
    where email_key = $1";

impl Store {
    /// Everything kept under an e-mail address, in any case.
    pub async fn dossiers(&self, email: &str) -> Result<Vec<Dossier>, StoreError> {
        let sql = "select * from claims where email_key = $1 order by opened_ms, number";
        let rows: Vec<Row> = self.pool.sql(sql).bind(email_key(email)).all().await?;
        let mut dossiers = Vec::new();
        for row in &rows {
            let claim = from_row(row)?;
            let timeline = self.timeline(claim.number).await?;
            dossiers.push(Dossier { claim, timeline });
        }
        Ok(dossiers)
    }

    /// Empties what is the shopper's in all claims of an e-mail address, and deletes their files
    /// and mails. Dates stay, so that indicators stay true. Returns how many claims it were.
    pub async fn erase(&self, email: &str, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // Held, so that nobody adds to them meanwhile.
        let numbers: Vec<(i64,)> = transaction
            .sql("select number from claims where email_key = $1 order by number for update")
            .bind(email_key(email))
            .all()
            .await?;
        for (bits,) in &numbers {
            forget_mails(&mut transaction, *bits).await?;
        }
        for sql in EMPTY {
            transaction.sql(sql).bind(email_key(email)).run().await?;
        }
        transaction
            .sql(EMPTY_CLAIMS)
            .bind(email_key(email))
            .bind(now.0)
            .run()
            .await?;
        transaction.commit().await?;
        Ok(numbers.len() as u64)
    }

    /// Deletes the claims of a site that ended before a moment, with all that belongs to them, and
    /// access that has expired. Returns how many claims it were.
    pub async fn purge_claims(
        &self,
        site: &str,
        ended_before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction
            .sql("delete from claim_access where expires_ms <= $1")
            .bind(now.0)
            .run()
            .await?;
        let ended = "select number from claims where site = $1 and closed_ms < $2 order by number for update";
        let numbers: Vec<(i64,)> = transaction
            .sql(ended)
            .bind(site)
            .bind(ended_before.0)
            .all()
            .await?;
        for (bits,) in &numbers {
            forget_mails(&mut transaction, *bits).await?;
            // Entries, files and access go with it.
            transaction
                .sql("delete from claims where number = $1")
                .bind(*bits)
                .run()
                .await?;
        }
        transaction.commit().await?;
        Ok(numbers.len() as u64)
    }
}

/// Deletes the mails about a claim, sent or not.
async fn forget_mails(transaction: &mut Transaction<'_>, bits: i64) -> Result<(), StoreError> {
    transaction
        .sql("delete from mails where claim = $1")
        .bind(number(bits).to_string())
        .run()
        .await?;
    Ok(())
}
