//! Reading, importing and deleting events in `SQLite` by the million.

use super::{Sqlite, channel};
use crate::store::{Filter, Purged, Received, StoreError};
use futures_util::TryStreamExt as _;
use guichet_domain::event::{Event, What};
use guichet_domain::zone::Timestamp;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

/// Rows of one statement when importing, and statements of one transaction.
const ROWS: usize = 500;
const STATEMENTS: usize = 100;

/// No more of an event than its kind.
#[derive(serde::Deserialize)]
struct Kind {
    what: String,
}

impl Sqlite {
    pub(in crate::store) async fn each(
        &self,
        filter: &Filter,
        take: &mut (dyn FnMut(Received) + Send),
    ) -> Result<u64, StoreError> {
        let mut rows = sqlx::query_as::<_, (String, i64, String)>(AssertSqlSafe(select(filter)))
            .bind(filter.site.as_deref())
            .bind(filter.from.map(|at| at.0))
            .bind(filter.until.map(|at| at.0))
            .fetch(&self.pool);
        let mut passed_over = 0;
        while let Some((site, received_ms, payload)) = rows.try_next().await? {
            match read(&payload)? {
                Some(event) => take(Received {
                    site,
                    received: Timestamp(received_ms),
                    event,
                }),
                None => passed_over += 1,
            }
        }
        Ok(passed_over)
    }

    pub(in crate::store) async fn import(
        &self,
        site: &str,
        events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
    ) -> Result<u64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        // Ids are random: their indexes are written all over, and must be in memory, a quarter of a
        // gigabyte at most. What this comes from is still there if the power fails.
        for pragma in ["pragma cache_size = -250000", "pragma synchronous = normal"] {
            sqlx::query(pragma).execute(&mut *connection).await?;
        }
        let imported = import(&mut connection, site, events).await;
        // The connection goes back to those who answer shoppers.
        for pragma in [
            "pragma cache_size = -2000",
            "pragma synchronous = full",
            "pragma wal_checkpoint(truncate)",
        ] {
            sqlx::query(pragma).execute(&mut *connection).await?;
        }
        imported
    }

    pub(in crate::store) async fn purge(&self, before: Timestamp) -> Result<Purged, StoreError> {
        let mut connection = self.pool.acquire().await?;
        // Without it, what was deleted would still stand in the free pages of the file.
        sqlx::query("pragma secure_delete = on")
            .execute(&mut *connection)
            .await?;
        let mut delete = async |sql: &'static str| -> Result<u64, StoreError> {
            let deleted = sqlx::query(sql).bind(before.0).execute(&mut *connection);
            Ok(deleted.await?.rows_affected())
        };
        let events = delete(
            "delete from events
             where visit in (select visit from events group by visit having min(received_ms) < ?)",
        )
        .await?;
        let contacts = delete("delete from contacts where at_ms < ?").await?;
        sqlx::query("pragma wal_checkpoint(truncate)")
            .execute(&mut *connection)
            .await?;
        Ok(Purged { events, contacts })
    }
}

/// Only what the filter needs is asked: without a period, the table is read from end to end.
fn select(filter: &Filter) -> &'static str {
    let dated = filter.from.is_some() || filter.until.is_some();
    match (filter.site.is_some(), dated) {
        (false, false) => "select site, received_ms, payload from events",
        (true, false) => "select site, received_ms, payload from events where site = ?1",
        (false, true) => {
            "select site, received_ms, payload from events
             where ?1 is null and visit in (
                 select visit from events group by visit
                 having (?2 is null or min(received_ms) >= ?2) and (?3 is null or min(received_ms) < ?3))"
        }
        (true, true) => {
            "select site, received_ms, payload from events
             where site = ?1 and visit in (
                 select visit from events where site = ?1 group by visit
                 having (?2 is null or min(received_ms) >= ?2) and (?3 is null or min(received_ms) < ?3))"
        }
    }
}

fn read(payload: &str) -> Result<Option<Event>, StoreError> {
    serde_json::from_str(payload).map(Some).or_else(|error| {
        let newer = serde_json::from_str::<Kind>(payload)
            .is_ok_and(|kind| !What::KINDS.contains(&kind.what.as_str()));
        if newer {
            return Ok(None);
        }
        Err(sqlx::Error::Decode(Box::new(error)).into())
    })
}

async fn import(
    connection: &mut SqliteConnection,
    site: &str,
    events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
) -> Result<u64, StoreError> {
    let mut stored = 0;
    loop {
        let mut transaction = connection.begin_with("begin immediate").await?;
        let mut is_end = false;
        for _ in 0..STATEMENTS {
            let rows: Vec<_> = (&mut *events).take(ROWS).collect();
            is_end = rows.len() < ROWS;
            if !rows.is_empty() {
                stored += insert(&mut transaction, site, &rows).await?;
            }
            if is_end {
                break;
            }
        }
        transaction.commit().await?;
        if is_end {
            return Ok(stored);
        }
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    site: &str,
    rows: &[(Timestamp, Event)],
) -> Result<u64, StoreError> {
    let places = vec!["(?,?,?,?,?,?,?,?,?,?)"; rows.len()].join(",");
    let sql = format!(
        "insert into events (id, site, visit, at_ms, received_ms, locale, what, document, channel, payload)
         values {places} on conflict (id) do nothing"
    );
    // Nothing of an event stands in it: only as many question marks as there are values.
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (received, event) in rows {
        let payload = serde_json::to_string(event).map_err(|error| StoreError::Event {
            id: event.id,
            reason: error.to_string(),
        })?;
        query = query
            .bind(event.id.0.to_be_bytes().to_vec())
            .bind(site)
            .bind(event.visit.0.to_be_bytes().to_vec())
            .bind(event.at.0)
            .bind(received.0)
            .bind(event.locale.code())
            .bind(event.what.kind())
            .bind(event.what.document())
            .bind(channel(&event.what))
            .bind(payload);
    }
    Ok(query.execute(connection).await?.rows_affected())
}
