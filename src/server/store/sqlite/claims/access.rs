//! What opens a claim's messages: codes, links that are exchanged once, and passes.

use super::super::Sqlite;
use super::read::bits;
use crate::store::StoreError;
use crate::store::claims::{Access, AccessKind, Hash};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use sqlx::sqlite::SqliteConnection;

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    number: TrackingNumber,
    access: &Access,
) -> Result<(), StoreError> {
    let kind = match access.kind {
        AccessKind::Code => "code",
        AccessKind::Link => "link",
        AccessKind::Pass => "pass",
    };
    sqlx::query("insert into claim_access (claim, kind, hash, expires_ms) values (?, ?, ?, ?)")
        .bind(bits(number))
        .bind(kind)
        .bind(&access.hash[..])
        .bind(access.expires.map(|at| at.0))
        .execute(connection)
        .await?;
    Ok(())
}

impl Sqlite {
    pub(crate) async fn opens(
        &self,
        number: TrackingNumber,
        hash: &Hash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "select 1 from claim_access
            where claim = ? and hash = ? and kind in ('code', 'pass') and coalesce(expires_ms > ?, true)";
        let found = sqlx::query(sql)
            .bind(bits(number))
            .bind(&hash[..])
            .bind(now.0)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.is_some())
    }

    pub(crate) async fn exchange_link(
        &self,
        number: TrackingNumber,
        link: &Hash,
        pass: &Access,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let sql = "update claim_access set used_ms = ?3
            where claim = ?1 and hash = ?2 and kind = 'link' and used_ms is null and expires_ms > ?3";
        let used = sqlx::query(sql)
            .bind(bits(number))
            .bind(&link[..])
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        insert(&mut transaction, number, pass).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
