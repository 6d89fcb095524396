//! A database of a `PostgreSQL` server. Several Guichets may share one: rows that one of them works on are locked
//! to the others, and what a statement looks up first is held by name (`Transaction::hold` in `store/sql.rs`).

use super::migrations::{self, APPLIED};
use super::sql::Pool;
use super::{Database, StoreError};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};
use std::fmt;
use std::time::Duration;

/// A server has room for a hundred connections by default, and several Guichets may share it.
const CONNECTIONS: u32 = 10;

/// How long a server may take to answer when it is opened.
const PATIENCE: Duration = Duration::from_secs(10);

/// `SQLSTATE` of a database that does not exist.
const NO_DATABASE: &str = "3D000";
/// `SQLSTATE` of a table that does not exist.
const NO_TABLE: &str = "42P01";

/// Where a database is: `postgres://user:password@host:port/database?sslmode=verify-full`. What it leaves out is
/// taken from `PGHOST`, `PGPASSWORD` and their like, and from `~/.pgpass`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    url: String,
    shown: String,
}

impl Address {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            // Of what cannot be read, nobody knows which part is the password.
            shown: url
                .parse()
                .map_or_else(|_| "postgres://…".to_owned(), |options| shown(&options)),
        }
    }
}

/// Without password and settings.
fn shown(options: &PgConnectOptions) -> String {
    let place = match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    format!("postgres://{user}@{place}/{database}")
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown.fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown.fmt(f)
    }
}

pub(super) async fn open(address: &Address) -> Result<Pool, StoreError> {
    let pool = connect(address, "off").await?;
    migrations::run(migrations::POSTGRES, &named(address), &pool).await?;
    Ok(Pool::Postgres(pool))
}

pub(super) async fn open_to_read(address: &Address) -> Result<Pool, StoreError> {
    let pool = connect(address, "on").await?;
    let found: Result<(Option<i64>,), _> = sqlx::query_as(APPLIED).fetch_one(&pool).await;
    let (found,) = found.map_err(|error| {
        if has_code(&error, NO_TABLE) {
            StoreError::NotOurs(named(address))
        } else {
            StoreError::Statement(error)
        }
    })?;
    migrations::check(migrations::POSTGRES, &named(address), found)?;
    Ok(Pool::Postgres(pool))
}

async fn connect(address: &Address, read_only: &str) -> Result<PgPool, StoreError> {
    let options: PgConnectOptions = address.url.parse().map_err(|error| why(address, &error))?;
    let options = options.options([("default_transaction_read_only", read_only)]);
    // Alone first: a pool asks again and again, and in the end cannot say what was wrong.
    let asked = tokio::time::timeout(PATIENCE, options.connect()).await;
    let connection = asked.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut));
    let closed = connection.map_err(|error| why(address, &error))?.close();
    closed.await?;
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS);
    Ok(pool.connect_lazy_with(options))
}

fn why(address: &Address, error: &sqlx::Error) -> StoreError {
    if has_code(error, NO_DATABASE) {
        return StoreError::MissingOnServer(named(address));
    }
    StoreError::Open {
        database: named(address),
        reason: match error {
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::PoolTimedOut => format!("no answer within {} seconds", PATIENCE.as_secs()),
            error => error.to_string(),
        },
    }
}

fn named(address: &Address) -> Database {
    Database::Postgres(address.clone())
}

fn has_code(error: &sqlx::Error, code: &str) -> bool {
    let error = error.as_database_error();
    error.is_some_and(|error| error.code().as_deref() == Some(code))
}
