//! An `SQLite` file: write-ahead log, every commit flushed to the disk before it is answered.

use super::events::{INTO, next_rows};
use super::migrations::{self, APPLIED};
use super::sql::{Connection, Pool, ROWS_AHEAD, Transaction};
use super::{Database, StoreError};
use futures_util::future::join;
use guichet_domain::event::Event;
use guichet_domain::zone::Timestamp;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;

/// One writer writes at a time; a few connections let readers pass by it.
const CONNECTIONS: u32 = 4;
/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn open(path: &Path) -> Result<Pool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // The widget forgets what we said we have stored: it must survive a power cut.
        .synchronous(SqliteSynchronous::Full)
        .row_buffer_size(ROWS_AHEAD)
        .busy_timeout(BUSY_TIMEOUT);
    let pool = connect(path, options).await?;
    migrations::run(migrations::SQLITE, &named(path), &pool).await?;
    Ok(Pool::Sqlite(pool))
}

pub(super) async fn open_to_read(path: &Path) -> Result<Pool, StoreError> {
    if !path.is_file() {
        return Err(StoreError::Missing(named(path)));
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .row_buffer_size(ROWS_AHEAD)
        .busy_timeout(BUSY_TIMEOUT);
    let pool = connect(path, options).await?;
    let (found,): (Option<i64>,) =
        sqlx::query_as(APPLIED)
            .fetch_one(&pool)
            .await
            .map_err(|error| match error {
                // No such table, or no database at all.
                sqlx::Error::Database(_) => StoreError::NotOurs(named(path)),
                other => StoreError::Statement(other),
            })?;
    migrations::check(migrations::SQLITE, &named(path), found)?;
    Ok(Pool::Sqlite(pool))
}

async fn connect(path: &Path, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .connect_with(options)
        .await
        .map_err(|error| StoreError::Open {
            database: named(path),
            reason: error.to_string(),
        })
}

fn named(path: &Path) -> Database {
    Database::Sqlite(path.to_owned())
}

/// Whether there is such a table: a file that is only read may be older.
pub(super) async fn has_table(pool: &SqlitePool, name: &str) -> Result<bool, StoreError> {
    let found = sqlx::query("select 1 from sqlite_schema where name = ?")
        .bind(name)
        .fetch_optional(pool)
        .await?;
    Ok(found.is_some())
}

/// Fills an empty log. Sorting all ids once at the end takes a fraction of the time of finding the
/// place of each in an index; so the indexes are dropped and made anew, in one transaction that
/// nobody sees a part of.
pub(super) async fn import_first(
    connection: &mut Connection,
    site: &str,
    events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
) -> Result<u64, StoreError> {
    let mut transaction = connection.begin().await?;
    let indexes: Vec<(String, String)> = transaction
        .sql("select name, sql from sqlite_schema where type = 'index' and tbl_name = 'events' and sql is not null")
        .all()
        .await?;
    for (name, _) in &indexes {
        transaction.sql(format!("drop index {name}")).run().await?;
    }
    let mut stored = 0;
    let mut rows = next_rows(site, events)?;
    while !rows.is_empty() {
        // The next rows are made while the database's thread writes these.
        let (new, next) = join(transaction.insert(INTO, rows, ""), async {
            next_rows(site, events)
        })
        .await;
        stored += new?;
        rows = next?;
    }
    for (_, sql) in indexes {
        stored -= index_again(&mut transaction, sql).await?;
    }
    transaction.commit().await?;
    Ok(stored)
}

/// Makes an index anew. Where an id stands in the log twice, the first is kept; returns how many others went.
async fn index_again(transaction: &mut Transaction<'_>, sql: String) -> Result<u64, StoreError> {
    match transaction.sql(sql.clone()).run().await {
        Ok(_) => Ok(0),
        Err(StoreError::Statement(sqlx::Error::Database(error))) if error.is_unique_violation() => {
            let repeats =
                "delete from events where rowid not in (select min(rowid) from events group by id)";
            let deleted = transaction.sql(repeats).run().await?;
            transaction.sql(sql).run().await?;
            Ok(deleted)
        }
        Err(error) => Err(error),
    }
}
