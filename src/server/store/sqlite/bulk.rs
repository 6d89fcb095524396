//! Reading, importing and deleting events in `SQLite` by the million.

use super::Sqlite;
use crate::store::{Filter, Purged, Received, StoreError};
use futures_util::TryStreamExt as _;
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

/// Rows of one statement when importing, and statements of one transaction.
const ROWS: usize = 500;
const STATEMENTS: usize = 100;

/// The columns of [`Row`].
macro_rules! columns {
    () => {
        "select site, received_ms, id, visit, at_ms, locale, what from events"
    };
}
pub(super) use columns;

/// An event as the table has it.
pub(super) type Row = (String, i64, Vec<u8>, Vec<u8>, i64, String, String);

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
        let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(select(filter)))
            .bind(filter.site.as_deref())
            .bind(filter.from.map(|at| at.0))
            .bind(filter.until.map(|at| at.0))
            .fetch(&self.pool);
        let mut passed_over = 0;
        while let Some(row) = rows.try_next().await? {
            match read(row)? {
                Some(received) => take(received),
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
        // What this comes from is still there if the power fails. The indexes of a log that has
        // some events are written all over, and must be in memory, a quarter of a gigabyte at most.
        for pragma in ["pragma cache_size = -250000", "pragma synchronous = normal"] {
            sqlx::query(pragma).execute(&mut *connection).await?;
        }
        let (empty,): (bool,) = sqlx::query_as("select not exists (select 1 from events)")
            .fetch_one(&mut *connection)
            .await?;
        let imported = if empty {
            import_first(&mut connection, site, events).await
        } else {
            import_more(&mut connection, site, events).await
        };
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
        delete("delete from digests where created_ms < ?").await?;
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
        (false, false) => columns!(),
        (true, false) => concat!(columns!(), " where site = ?1"),
        (false, true) => concat!(
            columns!(),
            " where ?1 is null and visit in (
                 select visit from events group by visit
                 having (?2 is null or min(received_ms) >= ?2) and (?3 is null or min(received_ms) < ?3))"
        ),
        (true, true) => concat!(
            columns!(),
            " where site = ?1 and visit in (
                 select visit from events where site = ?1 group by visit
                 having (?2 is null or min(received_ms) >= ?2) and (?3 is null or min(received_ms) < ?3))"
        ),
    }
}

/// `None`: an event of a kind that only a newer Guichet knows.
pub(super) fn read(row: Row) -> Result<Option<Received>, StoreError> {
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

/// Fills an empty log. Sorting all ids once at the end takes a fraction of the time of finding the
/// place of each in an index; so the indexes are dropped and made anew, in one transaction that
/// nobody sees a part of.
async fn import_first(
    connection: &mut SqliteConnection,
    site: &str,
    events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
) -> Result<u64, StoreError> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "select name, sql from sqlite_schema where type = 'index' and tbl_name = 'events' and sql is not null",
    )
    .fetch_all(&mut *transaction)
    .await?;
    for (name, _) in &indexes {
        let drop = AssertSqlSafe(format!("drop index {name}"));
        sqlx::query(drop).execute(&mut *transaction).await?;
    }
    let mut stored = 0;
    loop {
        let rows: Vec<_> = (&mut *events).take(ROWS).collect();
        if rows.is_empty() {
            break;
        }
        let rows = rows.iter().map(|(received, event)| (*received, event));
        stored += insert(&mut transaction, site, rows, Repeats::Stay).await?;
    }
    for (_, sql) in &indexes {
        let create = || sqlx::query(AssertSqlSafe(sql.clone()));
        match create().execute(&mut *transaction).await {
            Ok(_) => {}
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                let repeats = "delete from events where rowid not in (select min(rowid) from events group by id)";
                let deleted = sqlx::query(repeats).execute(&mut *transaction).await?;
                stored -= deleted.rows_affected();
                create().execute(&mut *transaction).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    transaction.commit().await?;
    Ok(stored)
}

/// Adds to a log. Others may write between two transactions.
async fn import_more(
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
                let rows = rows.iter().map(|(received, event)| (*received, event));
                stored += insert(&mut transaction, site, rows, Repeats::AreIgnored).await?;
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

/// What becomes of an event whose id is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    /// The first one is kept; that takes the index of ids.
    AreIgnored,
    /// Both are, for now.
    Stay,
}

/// Inserts some events, few enough for one statement, and returns how many it were.
pub(super) async fn insert<'a>(
    connection: &mut SqliteConnection,
    site: &str,
    rows: impl ExactSizeIterator<Item = (Timestamp, &'a Event)>,
    repeats: Repeats,
) -> Result<u64, StoreError> {
    // Nothing of an event stands in it: only as many question marks as there are values.
    let places = vec!["(?,?,?,?,?,?,?)"; rows.len()].join(",");
    let conflict = match repeats {
        Repeats::AreIgnored => "on conflict (id) do nothing",
        Repeats::Stay => "",
    };
    let sql = format!(
        "insert into events (id, site, visit, at_ms, received_ms, locale, what) values {places} {conflict}"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (received, event) in rows {
        let what = serde_json::to_string(&event.what).map_err(|error| StoreError::Event {
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
            .bind(what);
    }
    Ok(query.execute(connection).await?.rows_affected())
}
