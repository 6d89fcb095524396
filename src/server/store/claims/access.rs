//! What opens a claim's messages: codes, links that are exchanged once, and passes.

use super::read::bits;
use super::{Access, AccessKind, Hash};
use crate::store::sql::{Row, Transaction};
use crate::store::{Store, StoreError};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;

pub(super) async fn insert(
    transaction: &mut Transaction<'_>,
    number: TrackingNumber,
    access: &Access,
) -> Result<(), StoreError> {
    let kind = match access.kind {
        AccessKind::Code => "code",
        AccessKind::Link => "link",
        AccessKind::Pass => "pass",
    };
    transaction
        .sql("insert into claim_access (claim, kind, hash, expires_ms) values ($1, $2, $3, $4)")
        .bind(bits(number))
        .bind(kind)
        .bind(&access.hash[..])
        .bind(access.expires.map(|at| at.0))
        .run()
        .await?;
    Ok(())
}

impl Store {
    /// Whether a code or pass opens a claim's messages at `now`.
    pub async fn opens(
        &self,
        number: TrackingNumber,
        hash: &Hash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "select 1 from claim_access
            where claim = $1 and hash = $2 and kind in ('code', 'pass') and coalesce(expires_ms > $3, true)";
        let found: Option<Row> = self
            .pool
            .sql(sql)
            .bind(bits(number))
            .bind(&hash[..])
            .bind(now.0)
            .first()
            .await?;
        Ok(found.is_some())
    }

    /// Exchanges a link that was not used before for a pass; `false` where it opens nothing.
    pub async fn exchange_link(
        &self,
        number: TrackingNumber,
        link: &Hash,
        pass: &Access,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let sql = "update claim_access set used_ms = $3
            where claim = $1 and hash = $2 and kind = 'link' and used_ms is null and expires_ms > $3";
        let used = transaction
            .sql(sql)
            .bind(bits(number))
            .bind(&link[..])
            .bind(now.0)
            .run()
            .await?;
        if used == 0 {
            return Ok(false);
        }
        insert(&mut transaction, number, pass).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
