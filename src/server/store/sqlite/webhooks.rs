//! The queue of webhooks in `SQLite`. A trigger fills it (`0022_webhooks.sql`).

use super::Sqlite;
use crate::retry::LEASE_MS;
use crate::store::StoreError;
use crate::webhooks::{Delivered, Delivery, GivenUp};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;

const NEXT: &str = "
    update webhook_deliveries
    set state = 'sending', attempts = attempts + 1, due_ms = ?2
    where id = (
        select id
        from webhook_deliveries
        where state in ('waiting', 'sending') and due_ms <= ?1
        order by due_ms, id
        limit 1
    )
    returning id, claim, entry, event, created_ms, attempts";

impl Sqlite {
    pub(crate) async fn next_delivery(
        &self,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        let row: Option<(i64, i64, u32, String, i64, u32)> = sqlx::query_as(NEXT)
            .bind(now.0)
            .bind(now.0.saturating_add(LEASE_MS))
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(delivery))
    }

    pub(crate) async fn settle_delivery(
        &self,
        id: i64,
        delivered: &Delivered,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = match delivered {
            Delivered::Yes => {
                let sql = "update webhook_deliveries set state = 'sent', ended_ms = ?2, problem = '' where id = ?1";
                sqlx::query(sql).bind(id).bind(now.0)
            }
            Delivered::Again { due, problem } => {
                let sql = "update webhook_deliveries set state = 'waiting', due_ms = ?2, problem = ?3 where id = ?1";
                sqlx::query(sql).bind(id).bind(due.0).bind(problem)
            }
            Delivered::No { problem } => {
                let sql = "update webhook_deliveries set state = 'failed', ended_ms = ?2, problem = ?3 where id = ?1";
                sqlx::query(sql).bind(id).bind(now.0).bind(problem)
            }
        };
        query.execute(&self.pool).await?;
        Ok(())
    }

    pub(crate) async fn drop_deliveries(&self) -> Result<u64, StoreError> {
        let done =
            sqlx::query("delete from webhook_deliveries where state in ('waiting', 'sending')")
                .execute(&self.pool)
                .await?;
        Ok(done.rows_affected())
    }

    pub(crate) async fn deliveries_given_up(&self) -> Result<Vec<GivenUp>, StoreError> {
        let sql =
            "select id, claim, entry, event, created_ms, attempts, problem from webhook_deliveries
            where state = 'failed' order by id desc limit 100";
        let rows: Vec<(i64, i64, u32, String, i64, u32, String)> =
            sqlx::query_as(sql).fetch_all(&self.pool).await?;
        let given_up = |(id, claim, entry, event, at, attempts, problem)| GivenUp {
            delivery: delivery((id, claim, entry, event, at, attempts)),
            problem,
        };
        Ok(rows.into_iter().map(given_up).collect())
    }

    pub(crate) async fn deliver_again(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "update webhook_deliveries set state = 'waiting', attempts = 0, due_ms = ?2, ended_ms = null
            where id = ?1 and state = 'failed'";
        let done = sqlx::query(sql)
            .bind(id)
            .bind(now.0)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

fn delivery(
    (id, claim, entry, event, at, attempts): (i64, i64, u32, String, i64, u32),
) -> Delivery {
    Delivery {
        id,
        claim: TrackingNumber::from_random(claim.cast_unsigned()),
        entry,
        event,
        at: Timestamp(at),
        attempts,
    }
}
