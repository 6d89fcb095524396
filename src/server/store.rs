//! Where everything is kept. [`Store`] is the one door for callers; each subject has its statements below
//! `store/`, written once for both databases (`store/sql.rs`).

mod accounts;
pub mod claims;
mod console;
pub mod contacts;
pub mod digests;
mod events;
mod mails;
mod migrations;
pub mod postgres;
mod sql;
mod sqlite;
mod webhooks;

use guichet_domain::event::{Event, RandomId};
use guichet_domain::zone::Timestamp;
use postgres::Address;
use sql::Pool;
use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Which database, as written on the command line. Shown, and in messages, without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A database file of `SQLite`, on this machine.
    Sqlite(PathBuf),
    /// A database of a `PostgreSQL` server, for one or several Guichets.
    Postgres(Address),
    /// The address of a database of another kind, which only tells that when it is opened: whoever refused it
    /// earlier would print it with its password.
    Other(String),
}

impl FromStr for Database {
    type Err = Infallible;

    /// A path, `sqlite:` and a path, or `postgres://user:password@host/database`.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(Address::new(text)));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        Ok(match path.split_once("://") {
            Some((scheme, _)) => Self::Other(scheme.to_owned()),
            None => Self::Sqlite(path.into()),
        })
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => path.display().fmt(f),
            Self::Postgres(address) => address.fmt(f),
            Self::Other(scheme) => scheme.fmt(f),
        }
    }
}

/// Why something cannot be kept or read. What a shopper sent never stands in it, nor a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A database we do not speak to.
    #[error(
        "databases of kind `{0}` are not supported\nhint: give the path of a SQLite file, for example `guichet.db`, or an address such as `postgres://guichet@host/guichet`"
    )]
    Unsupported(String),
    /// There is no such file, and it was not to be created.
    #[error(
        "there is no database `{0}`\nhint: `guichet serve --db {0}` creates it and writes to it"
    )]
    Missing(Database),
    /// The server has no such database.
    #[error(
        "there is no database `{0}`\nhint: create it on its server, for example with `createdb`; `guichet serve` does the rest"
    )]
    MissingOnServer(Database),
    /// A database, but not of ours.
    #[error(
        "`{0}` is not a Guichet database\nhint: give what was named after `guichet serve --db`"
    )]
    NotOurs(Database),
    /// Written by a newer Guichet.
    #[error(
        "`{database}` was written by a newer Guichet: expected schema {expected}, found {found}\nhint: update this program"
    )]
    Newer {
        /// The database.
        database: Database,
        /// The newest schema this program knows.
        expected: i64,
        /// The database's.
        found: i64,
    },
    /// It cannot be opened or brought up to date.
    #[error("cannot open the database `{database}`: {reason}\nhint: {}", way_in(.database))]
    Open {
        /// The database.
        database: Database,
        /// What the database said.
        reason: String,
    },
    /// A statement failed.
    #[error("the database refused a statement: {0}")]
    Statement(sqlx::Error),
    /// A stored event that cannot be read, or one that cannot be written.
    #[error("event `{id}` does not fit the database: {reason}")]
    Event {
        /// The event's id.
        id: RandomId,
        /// What is wrong.
        reason: String,
    },
}

/// What must hold for a database to open.
fn way_in(database: &Database) -> &'static str {
    match database {
        Database::Sqlite(_) | Database::Other(_) => "the folder must exist and be writable",
        Database::Postgres(_) => {
            "the server must run, let this user in and let him create tables; a password can also stand in `PGPASSWORD`"
        }
    }
}

// By hand, not `#[from]`: the message says what the database said, and a program that prints
// the chain of sources would say it twice.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Statement(error)
    }
}

/// An event as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Id of the site.
    pub site: String,
    /// When it came, by the server's clock.
    pub received: Timestamp,
    /// The event.
    pub event: Event,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Events.
    pub events: u64,
    /// Contacts of call logs.
    pub contacts: u64,
}

/// Which events to read. A visit is read whole or not at all: it belongs to the moment its
/// first event was received, so that no answer is torn from the contact that contradicts it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this site only.
    pub site: Option<String>,
    /// Visits first heard of at this moment or later.
    pub from: Option<Timestamp>,
    /// Visits first heard of before this moment.
    pub until: Option<Timestamp>,
}

/// Keeps everything, in whichever database was chosen. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Opens for writing; creates the tables or brings them up to date where needed. A file of `SQLite` is
    /// created, a database of `PostgreSQL` must be there.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let pool = match database {
            Database::Sqlite(path) => sqlite::open(path).await?,
            Database::Postgres(address) => postgres::open(address).await?,
            Database::Other(scheme) => return Err(StoreError::Unsupported(scheme.clone())),
        };
        Ok(Self { pool })
    }

    /// Opens for reading. Creates and changes nothing, and may stand beside a running server.
    pub async fn open_to_read(database: &Database) -> Result<Self, StoreError> {
        let pool = match database {
            Database::Sqlite(path) => sqlite::open_to_read(path).await?,
            Database::Postgres(address) => postgres::open_to_read(address).await?,
            Database::Other(scheme) => return Err(StoreError::Unsupported(scheme.clone())),
        };
        Ok(Self { pool })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.pool.sql("select 1 from events limit 1").run().await?;
        Ok(())
    }

    /// Waits for what is being written and closes the database.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Runs a statement no caller of ours would: for tests that put a database in a strange state.
    #[cfg(test)]
    pub(crate) async fn execute(&self, sql: &'static str) {
        self.pool.sql(sql).run().await.unwrap();
    }

    /// The one text a query finds: for tests that look behind our own doors.
    #[cfg(test)]
    pub(crate) async fn text_of(&self, sql: &'static str) -> String {
        let (text,): (String,) = self.pool.sql(sql).one().await.unwrap();
        text
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod together;
