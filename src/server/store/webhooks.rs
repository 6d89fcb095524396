//! The queue of what another program is told; what that is, is in `webhooks`. A trigger of the database fills it.

use super::claims::read::number;
use super::sql::Row;
use super::{Store, StoreError};
use crate::retry::LEASE_MS;
use crate::webhooks::{Delivered, Delivery, GivenUp};
use guichet_domain::zone::Timestamp;

const NEXT: &str = "
    update webhook_deliveries
    set state = 'sending', attempts = attempts + 1, due_ms = $2
    where id = (
        select id
        from webhook_deliveries
        where state in ('waiting', 'sending') and due_ms <= $1
        order by due_ms, id
        limit 1
        for update skip locked
    )
    returning id, claim, entry, event, created_ms, attempts";

impl Store {
    /// Takes the delivery that has been due longest, and marks it as being made.
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Delivery>, StoreError> {
        let row: Option<Row> = self
            .pool
            .sql(NEXT)
            .bind(now.0)
            .bind(now.0.saturating_add(LEASE_MS))
            .first()
            .await?;
        Ok(row.as_ref().map(delivery).transpose()?)
    }

    /// Keeps how an attempt to deliver ended.
    pub async fn settle_delivery(
        &self,
        id: i64,
        delivered: &Delivered,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let statement = match delivered {
            Delivered::Yes => {
                let sql = "update webhook_deliveries set state = 'sent', ended_ms = $2, problem = '' where id = $1";
                self.pool.sql(sql).bind(id).bind(now.0)
            }
            Delivered::Again { due, problem } => {
                let sql = "update webhook_deliveries set state = 'waiting', due_ms = $2, problem = $3 where id = $1";
                self.pool.sql(sql).bind(id).bind(due.0).bind(problem)
            }
            Delivered::No { problem } => {
                let sql = "update webhook_deliveries set state = 'failed', ended_ms = $2, problem = $3 where id = $1";
                self.pool.sql(sql).bind(id).bind(now.0).bind(problem)
            }
        };
        statement.run().await?;
        Ok(())
    }

    /// Forgets what waits to be delivered: for a server that tells nobody, so that whoever is told
    /// one day is not told of years. Returns how much it was.
    pub async fn drop_deliveries(&self) -> Result<u64, StoreError> {
        let sql = "delete from webhook_deliveries where state in ('waiting', 'sending')";
        self.pool.sql(sql).run().await
    }

    /// Deliveries that were given up, the latest first, a hundred at most.
    pub async fn deliveries_given_up(&self) -> Result<Vec<GivenUp>, StoreError> {
        let sql =
            "select id, claim, entry, event, created_ms, attempts, problem from webhook_deliveries
            where state = 'failed' order by id desc limit 100";
        let rows: Vec<Row> = self.pool.sql(sql).all().await?;
        let given_up = |row: &Row| {
            Ok(GivenUp {
                delivery: delivery(row)?,
                problem: row.get("problem")?,
            })
        };
        rows.iter().map(given_up).collect()
    }

    /// Lets a delivery that was given up be tried anew; whether there is such a one.
    pub async fn deliver_again(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "update webhook_deliveries set state = 'waiting', attempts = 0, due_ms = $2, ended_ms = null
            where id = $1 and state = 'failed'";
        let done = self.pool.sql(sql).bind(id).bind(now.0).run().await?;
        Ok(done > 0)
    }
}

fn delivery(row: &Row) -> Result<Delivery, sqlx::Error> {
    Ok(Delivery {
        id: row.get("id")?,
        claim: number(row.get("claim")?),
        entry: row.int("entry")?,
        event: row.get("event")?,
        at: Timestamp(row.get("created_ms")?),
        attempts: row.int("attempts")?,
    })
}
