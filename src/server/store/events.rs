//! Events: kept in batches as the widget sends them, and read, imported and deleted by the million.

use super::sql::{Connection, FIRST_IS_KEPT, Pool, Value};
use super::{Filter, Purged, Received, Store, StoreError, sqlite};
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;

/// Rows of one statement when importing, and statements of one transaction.
pub(super) const ROWS: usize = 500;
const STATEMENTS: usize = 100;

/// Where rows go.
pub(super) const INTO: &str = "events (id, site, visit, at_ms, received_ms, locale, what)";

/// The columns of [`Row`].
macro_rules! columns {
    ($tail:literal) => {
        concat!(
            "select site, received_ms, id, visit, at_ms, locale, what from events ",
            $tail
        )
    };
}

const IN_ORDER: &str = columns!(
    "where ($1 is null or site = $1)
        and visit in (
            select visit
            from events
            where $1 is null or site = $1
            group by visit
            having ($2 is null or min(received_ms) >= $2)
                and ($3 is null or min(received_ms) < $3)
        )
    order by received_ms, at_ms, id"
);

/// An event as the table has it.
type Row = (String, i64, Vec<u8>, Vec<u8>, i64, String, String);

/// No more of an event than its kind.
#[derive(serde::Deserialize)]
struct Kind {
    what: String,
}

impl Store {
    /// Keeps all of `events` or none, and returns how many were new. An event whose id is
    /// already there is ignored, so that a batch may be sent again.
    pub async fn append(
        &self,
        site: &str,
        events: &[Event],
        received: Timestamp,
    ) -> Result<u64, StoreError> {
        if events.is_empty() {
            return Ok(0);
        }
        let rows = events.iter().map(|event| row(site, received, event));
        let rows = rows.collect::<Result<_, _>>()?;
        let mut transaction = self.pool.begin().await?;
        let stored = transaction.insert(INTO, rows, FIRST_IS_KEPT).await?;
        transaction.commit().await?;
        Ok(stored)
    }

    /// Reads events, in the order they were received.
    pub async fn events(&self, filter: &Filter) -> Result<Vec<Received>, StoreError> {
        let rows: Vec<Row> = self
            .pool
            .sql(IN_ORDER)
            .bind(filter.site.as_deref())
            .bind(filter.from.map(|at| at.0))
            .bind(filter.until.map(|at| at.0))
            .all()
            .await?;
        rows.into_iter()
            .filter_map(|row| read(row).transpose())
            .collect()
    }

    /// Hands events one by one to `take`, so that a log of any length can be read. Without a period they
    /// come in the order they were written. Returns how many were passed over, made by a newer Guichet.
    pub async fn each(
        &self,
        filter: &Filter,
        take: &mut (dyn FnMut(Received) + Send),
    ) -> Result<u64, StoreError> {
        let mut passed_over = 0;
        self.pool
            .sql(select(filter))
            .bind(filter.site.as_deref())
            .bind(filter.from.map(|at| at.0))
            .bind(filter.until.map(|at| at.0))
            .each(&mut |row| {
                match read(row)? {
                    Some(received) => take(received),
                    None => passed_over += 1,
                }
                Ok(())
            })
            .await?;
        Ok(passed_over)
    }

    /// Keeps many events at once, each with the moment it is said to have come; for logs that come from
    /// elsewhere. Returns how many were new. What was kept before a failure stays, and importing again goes on.
    pub async fn import(
        &self,
        site: &str,
        events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
    ) -> Result<u64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        connection.begin_import().await?;
        let first: Option<(String,)> = connection
            .sql("select site from events limit 1")
            .first()
            .await?;
        let imported = match (&self.pool, first) {
            (Pool::Sqlite(_), None) => sqlite::import_first(&mut connection, site, events).await,
            _ => import_more(&mut connection, site, events).await,
        };
        connection.end_import().await?;
        imported
    }

    /// Deletes visits first heard of before a moment, and contacts and digests before it. A file of `SQLite` is
    /// overwritten there; when the bytes leave the disk of a `PostgreSQL` server is its own to say.
    pub async fn purge(&self, before: Timestamp) -> Result<Purged, StoreError> {
        let mut connection = self.pool.acquire().await?;
        // Without it, what was deleted would still stand in the free pages of the file.
        connection.pragma("pragma secure_delete = on").await?;
        let mut delete = async |sql: &'static str| connection.sql(sql).bind(before.0).run().await;
        let events = delete(
            "delete from events
             where visit in (select visit from events group by visit having min(received_ms) < $1)",
        )
        .await?;
        let contacts = delete("delete from contacts where at_ms < $1").await?;
        delete("delete from digests where created_ms < $1").await?;
        connection.pragma("pragma wal_checkpoint(truncate)").await?;
        Ok(Purged { events, contacts })
    }
}

/// Only what the filter needs is asked: without a period, the table is read from end to end.
fn select(filter: &Filter) -> &'static str {
    let dated = filter.from.is_some() || filter.until.is_some();
    match (filter.site.is_some(), dated) {
        (false, false) => columns!("where $1 is null and $2 is null and $3 is null order by rowid"),
        (true, false) => columns!("where site = $1 and $2 is null and $3 is null order by rowid"),
        (false, true) => columns!(
            "where $1 is null and visit in (
                 select visit from events group by visit
                 having ($2 is null or min(received_ms) >= $2) and ($3 is null or min(received_ms) < $3))"
        ),
        (true, true) => columns!(
            "where site = $1 and visit in (
                 select visit from events where site = $1 group by visit
                 having ($2 is null or min(received_ms) >= $2) and ($3 is null or min(received_ms) < $3))"
        ),
    }
}

/// `None`: an event of a kind that only a newer Guichet knows.
fn read(row: Row) -> Result<Option<Received>, StoreError> {
    let (site, received_ms, id, visit, at_ms, locale, what) = row;
    let unreadable = |what: &str| sqlx::Error::Decode(format!("`{what}` of an event").into());
    let random_id = |bytes: &[u8]| bytes.try_into().ok().map(u128::from_be_bytes).map(RandomId);
    let what = match serde_json::from_str::<What>(&what) {
        Ok(what) => what,
        Err(_) if is_newer(&what) => return Ok(None),
        Err(error) => return Err(sqlx::Error::Decode(Box::new(error)).into()),
    };
    Ok(Some(Received {
        site,
        received: Timestamp(received_ms),
        event: Event {
            id: random_id(&id).ok_or_else(|| unreadable("id"))?,
            visit: random_id(&visit).ok_or_else(|| unreadable("visit"))?,
            at: Timestamp(at_ms),
            locale: Lang::from_tag(&locale).ok_or_else(|| unreadable("locale"))?,
            what,
        },
    }))
}

fn is_newer(what: &str) -> bool {
    serde_json::from_str::<Kind>(what).is_ok_and(|kind| !What::KINDS.contains(&kind.what.as_str()))
}

/// The columns of [`INTO`].
pub(super) fn row<'v>(
    site: &'v str,
    received: Timestamp,
    event: &Event,
) -> Result<[Value<'v>; 7], StoreError> {
    let what = serde_json::to_string(&event.what).map_err(|error| StoreError::Event {
        id: event.id,
        reason: error.to_string(),
    })?;
    Ok([
        event.id.0.to_be_bytes().to_vec().into(),
        site.into(),
        event.visit.0.to_be_bytes().to_vec().into(),
        event.at.0.into(),
        received.0.into(),
        event.locale.code().into(),
        what.into(),
    ])
}

/// Adds to a log. Others may write between two transactions.
async fn import_more(
    connection: &mut Connection,
    site: &str,
    events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
) -> Result<u64, StoreError> {
    let mut stored = 0;
    loop {
        let mut transaction = connection.begin().await?;
        let mut is_end = false;
        for _ in 0..STATEMENTS {
            let rows = next_rows(site, events)?;
            is_end = rows.len() < ROWS;
            if !rows.is_empty() {
                stored += transaction.insert(INTO, rows, FIRST_IS_KEPT).await?;
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

/// The rows of one statement; none at the end.
pub(super) fn next_rows<'v>(
    site: &'v str,
    events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
) -> Result<Vec<[Value<'v>; 7]>, StoreError> {
    let some = events.take(ROWS);
    some.map(|(received, event)| row(site, received, &event))
        .collect()
}
