//! How tables are created and brought up to date, told once for both databases. `SQLite`'s began in parts; those of
//! `PostgreSQL` begin where they stood then, under the same number.

use super::{Database, StoreError};
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};
use std::ops::Deref;

/// The newest migration applied.
pub(super) const APPLIED: &str = "select max(version) from _sqlx_migrations where success";

/// Number, name and text of a migration.
pub(super) type Text = (i64, &'static str, &'static str);

/// `migration!("sqlite", 1, "0001", "events")` is the file `migrations/sqlite/0001_events.sql`.
macro_rules! migration {
    ($folder:literal, $number:literal, $digits:literal, $name:literal) => {
        (
            $number,
            $name,
            include_str!(concat!(
                "../migrations/",
                $folder,
                "/",
                $digits,
                "_",
                $name,
                ".sql"
            )),
        )
    };
}

/// Oldest first. Once landed, none is ever edited.
pub(super) const SQLITE: &[Text] = &[
    migration!("sqlite", 1, "0001", "events"),
    migration!("sqlite", 2, "0002", "claims"),
    migration!("sqlite", 10, "0010", "contacts"),
    migration!("sqlite", 20, "0020", "mails"),
    migration!("sqlite", 21, "0021", "accounts"),
    migration!("sqlite", 22, "0022", "webhooks"),
    migration!("sqlite", 23, "0023", "indicators"),
    migration!("sqlite", 24, "0024", "digests"),
];

/// The same for `PostgreSQL`.
pub(super) const POSTGRES: &[Text] = &[migration!("postgres", 24, "0024", "everything")];

/// Brings the tables up to date; of several programs that try at once, one does and the others wait.
pub(super) async fn run<'p, A>(
    texts: &[Text],
    database: &Database,
    pool: A,
) -> Result<(), StoreError>
where
    A: sqlx::Acquire<'p>,
    <A::Connection as Deref>::Target: Migrate,
{
    let migrations = texts.iter().map(|(version, name, sql)| {
        let sql = (*sql).into_sql_str();
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
    });
    let migrated = Migrator::with_migrations(migrations.collect())
        .run(pool)
        .await;
    migrated.map_err(|error| match error {
        MigrateError::VersionMissing(found) => newer(texts, database, found),
        error => StoreError::Open {
            database: database.clone(),
            reason: error.to_string(),
        },
    })
}

/// Whether a database can be read: `found` is the newest migration applied to it.
pub(super) fn check(
    texts: &[Text],
    database: &Database,
    found: Option<i64>,
) -> Result<(), StoreError> {
    match found {
        None => Err(StoreError::NotOurs(database.clone())),
        Some(found) if found > latest(texts) => Err(newer(texts, database, found)),
        Some(_) => Ok(()),
    }
}

fn newer(texts: &[Text], database: &Database, found: i64) -> StoreError {
    StoreError::Newer {
        database: database.clone(),
        expected: latest(texts),
        found,
    }
}

fn latest(texts: &[Text]) -> i64 {
    let versions = texts.iter().map(|(version, ..)| *version);
    versions.max().unwrap_or(0)
}
