//! Events in an `SQLite` file: write-ahead log, one transaction per batch, every commit
//! flushed to the disk before it is answered. The only home of its SQL.

mod accounts;
mod bulk;
mod claims;
mod console;
mod contacts;
mod digests;
mod mails;
mod webhooks;

use super::{Filter, Received, StoreError};
use bulk::{Repeats, Row, insert};
use guichet_domain::event::Event;
use guichet_domain::zone::Timestamp;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One writer writes at a time; a few connections let readers pass by it.
const CONNECTIONS: u32 = 4;
/// Rows read ahead of who takes them: a log is read by the million, and waking each other for every row takes longer than the rows.
const ROWS_AHEAD: usize = 1_000;
/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// `migration!(1, "0001", "events")` is the file `0001_events.sql`.
macro_rules! migration {
    ($number:literal, $digits:literal, $name:literal) => {
        (
            $number,
            $name,
            include_str!(concat!(
                "../migrations/sqlite/",
                $digits,
                "_",
                $name,
                ".sql"
            )),
        )
    };
}

/// Number, name and text of every migration, oldest first. Once landed, none is ever edited.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    migration!(1, "0001", "events"),
    migration!(2, "0002", "claims"),
    migration!(10, "0010", "contacts"),
    migration!(20, "0020", "mails"),
    migration!(21, "0021", "accounts"),
    migration!(22, "0022", "webhooks"),
    migration!(23, "0023", "indicators"),
    migration!(24, "0024", "digests"),
];

const SELECT: &str = concat!(
    bulk::columns!(),
    " where (?1 is null or site = ?1)
        and visit in (
            select visit
            from events
            where ?1 is null or site = ?1
            group by visit
            having (?2 is null or min(received_ms) >= ?2)
                and (?3 is null or min(received_ms) < ?3)
        )
    order by received_ms, at_ms, id"
);

/// An open database file.
#[derive(Clone, Debug)]
pub struct Sqlite {
    pool: SqlitePool,
}

impl Sqlite {
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // The widget forgets what we said we have stored: it must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .row_buffer_size(ROWS_AHEAD)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = connect(path, options).await?;
        let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
            let sql = (*sql).into_sql_str();
            Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
        });
        let migrated = Migrator::with_migrations(migrations.collect())
            .run(&pool)
            .await;
        match migrated {
            Ok(()) => Ok(Self { pool }),
            Err(MigrateError::VersionMissing(found)) => Err(newer(path, found)),
            Err(error) => Err(cannot_open(path, &error)),
        }
    }

    pub(super) async fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .row_buffer_size(ROWS_AHEAD)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = connect(path, options).await?;
        let schema = "select max(version) from _sqlx_migrations where success";
        let (found,): (Option<i64>,) =
            sqlx::query_as(schema)
                .fetch_one(&pool)
                .await
                .map_err(|error| match error {
                    // No such table, or no database at all.
                    sqlx::Error::Database(_) => StoreError::NotOurs(path.to_owned()),
                    other => StoreError::Statement(other),
                })?;
        match found {
            None => Err(StoreError::NotOurs(path.to_owned())),
            Some(found) if found > latest() => Err(newer(path, found)),
            Some(_) => Ok(Self { pool }),
        }
    }

    pub(super) async fn append(
        &self,
        site: &str,
        events: &[Event],
        received: Timestamp,
    ) -> Result<u64, StoreError> {
        if events.is_empty() {
            return Ok(0);
        }
        // Immediate: a transaction that starts as a reader can't wait for another writer.
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let rows = events.iter().map(|event| (received, event));
        let stored = insert(&mut transaction, site, rows, Repeats::AreIgnored).await?;
        transaction.commit().await?;
        Ok(stored)
    }

    pub(super) async fn events(&self, filter: &Filter) -> Result<Vec<Received>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(SELECT)
            .bind(filter.site.as_deref())
            .bind(filter.from.map(|at| at.0))
            .bind(filter.until.map(|at| at.0))
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter()
            .filter_map(|row| bulk::read(row).transpose())
            .collect()
    }

    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("select 1 from events limit 1")
            .fetch_optional(&self.pool)
            .await?;
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// Runs a statement no caller of ours would: for tests that put a file in a strange state.
    #[cfg(test)]
    pub(crate) async fn execute(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.pool).await.unwrap();
    }

    /// The one text a query finds: for tests that look behind our own doors.
    #[cfg(test)]
    pub(crate) async fn text_of(&self, sql: &'static str) -> String {
        let (text,): (String,) = sqlx::query_as(sql).fetch_one(&self.pool).await.unwrap();
        text
    }
}

async fn connect(path: &Path, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS)
        .connect_with(options)
        .await
        .map_err(|error| cannot_open(path, &error))
}

fn cannot_open(path: &Path, error: &impl ToString) -> StoreError {
    StoreError::Open {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

fn newer(path: &Path, found: i64) -> StoreError {
    StoreError::Newer {
        path: PathBuf::from(path),
        expected: latest(),
        found,
    }
}

fn latest() -> i64 {
    MIGRATIONS
        .iter()
        .map(|(version, ..)| *version)
        .max()
        .unwrap_or(0)
}
