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
mod tests {
    use super::*;
    use crate::testing::{confirmed, database, event_at, postgres, store};
    use guichet_domain::event::What;

    /// What a store must do.
    async fn check_story(store: Store) {
        store.ping().await.unwrap();
        let first = [event_at(1, 1, 100), confirmed(2, 1, 200)];
        assert_eq!(
            store.append("shop", &first, Timestamp(1000)).await.unwrap(),
            2
        );
        // The same batch again, with one event more: only that one is new.
        let again = [first[0].clone(), first[1].clone(), confirmed(3, 1, 300)];
        assert_eq!(
            store.append("shop", &again, Timestamp(2000)).await.unwrap(),
            1
        );
        // The first event of an id is kept, whatever a later one says.
        let changed = [confirmed(1, 9, 900)];
        assert_eq!(
            store
                .append("shop", &changed, Timestamp(3000))
                .await
                .unwrap(),
            0
        );
        let other = [event_at(4, 2, 50)];
        assert_eq!(
            store
                .append("other", &other, Timestamp(4000))
                .await
                .unwrap(),
            1
        );

        let all = store.events(&Filter::default()).await.unwrap();
        let expected = [
            ("shop", 1000, &first[0]),
            ("shop", 1000, &first[1]),
            ("shop", 2000, &again[2]),
            ("other", 4000, &other[0]),
        ]
        .map(|(site, received, event)| Received {
            site: site.into(),
            received: Timestamp(received),
            event: event.clone(),
        });
        assert_eq!(all, expected);

        let count = |site: Option<&str>, from, until| {
            let filter = Filter {
                site: site.map(Into::into),
                from: Some(Timestamp(from)),
                until: Some(Timestamp(until)),
            };
            let store = store.clone();
            async move { store.events(&filter).await.unwrap().len() }
        };
        assert_eq!(count(Some("shop"), 0, 9999).await, 3);
        assert_eq!(
            count(None, 1000, 1001).await,
            3,
            "a visit is read whole, past the end of the period"
        );
        assert_eq!(
            count(None, 1001, 9999).await,
            1,
            "and not at all if it began before the period"
        );
        assert_eq!(count(Some("nobody"), 0, 9999).await, 0);
    }

    #[tokio::test]
    async fn it_tells_the_story() {
        let dir = tempfile::tempdir().unwrap();
        check_story(store(&dir).await).await;
    }

    #[tokio::test]
    async fn every_kind_of_event_is_read_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let store = store(&dir).await;
        let document = || "faq/où-est-mon-colis".to_owned();
        let whats = [
            What::Opened,
            What::Searched {
                query: "l’été ; drop table events".into(),
                results: vec![document()],
                declined: false,
            },
            What::ResultOpened {
                document: document(),
            },
            What::Read {
                document: document(),
                dwell_ms: u32::MAX,
            },
            What::Confirmed {
                document: document(),
            },
            What::NotConfirmed {
                document: document(),
                reason: "il manque \"le délai\"\n".into(),
            },
            What::CallAvoided {
                document: document(),
                would_have_called: true,
            },
            What::ContactChosen {
                channel: "telephone".into(),
            },
        ];
        let mut events = Vec::new();
        for (n, what) in (1_u32..).zip(whats) {
            let mut event = event_at(u128::MAX - u128::from(n), 7, i64::MIN + i64::from(n));
            event.what = what;
            events.push(event);
        }
        store.append("shop", &events, Timestamp(5)).await.unwrap();
        let mut read: Vec<_> = store
            .events(&Filter::default())
            .await
            .unwrap()
            .into_iter()
            .map(|received| received.event)
            .collect();
        read.sort_by_key(|event| event.at);
        assert_eq!(read, events);
    }

    #[tokio::test]
    async fn what_cannot_be_opened_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let text = dir.path().join("notes.txt");
        std::fs::write(
            &text,
            "not a database, but long enough to look like a header",
        )
        .unwrap();
        let empty = dir.path().join("empty.db");
        std::fs::write(&empty, "").unwrap();
        let told = async |path: PathBuf| {
            let error = Store::open_to_read(&Database::Sqlite(path))
                .await
                .unwrap_err();
            let root = dir.path().to_string_lossy().into_owned();
            error.to_string().replace(&root, "DIR")
        };
        insta::assert_snapshot!(told(dir.path().join("none.db")).await);
        insta::assert_snapshot!(told(text.clone()).await);
        insta::assert_snapshot!(told(empty).await);
        let wanted = Database::Sqlite(dir.path().join("no/such/folder.db"));
        assert!(matches!(
            Store::open(&wanted).await,
            Err(StoreError::Open { .. })
        ));
        assert!(Store::open(&Database::Sqlite(text)).await.is_err());
        let other = "mysql://root:secret@localhost/guichet".parse().unwrap();
        insta::assert_snapshot!(Store::open(&other).await.unwrap_err());
    }

    #[tokio::test]
    async fn of_a_server_too_it_is_told_what_is_missing_and_never_the_password() {
        let fresh = postgres::fresh();
        let missing = postgres::missing();
        let (place, name) = fresh.rsplit_once('/').unwrap();
        let (_, port) = place.rsplit_once(':').unwrap();
        let told = async |address: &str| {
            let database: Database = address.parse().unwrap();
            let error = Store::open_to_read(&database).await.unwrap_err();
            assert!(
                !format!("{error} {error:?}").contains("secret"),
                "{error:?}"
            );
            error
                .to_string()
                .replace(port, "PORT")
                .replace(name, "NAME")
        };
        insta::assert_snapshot!("server_missing", told(&missing).await);
        insta::assert_snapshot!("server_empty", told(&fresh).await);
        let wrong = fresh.replace("secret%40", "wrong-secret");
        insta::assert_snapshot!("server_password", told(&wrong).await);
        let nobody = told("postgres://guichet:secret@127.0.0.1:1/shop").await;
        assert!(nobody.contains("Connection refused"), "{nobody}");
        insta::assert_snapshot!(
            "server_address",
            told("postgres://guichet:secret@host:port/guichet").await
        );
        insta::assert_snapshot!(
            "server_tls",
            told(&format!("{fresh}?sslmode=require")).await
        );
    }

    #[tokio::test]
    async fn a_database_of_a_newer_guichet_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let database = database(&dir);
        let store = Store::open(&database).await.unwrap();
        let sql = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                   values (999, 'later', true, '', 0)";
        store.execute(sql).await;
        store.close().await;
        for opened in [
            Store::open(&database).await,
            Store::open_to_read(&database).await,
        ] {
            assert!(matches!(opened, Err(StoreError::Newer { found: 999, .. })));
        }
    }

    #[tokio::test]
    async fn of_several_that_start_at_once_on_a_server_one_makes_the_tables() {
        let database: Database = postgres::fresh().parse().unwrap();
        let opened = tokio::join!(
            Store::open(&database),
            Store::open(&database),
            Store::open(&database)
        );
        for store in [opened.0.unwrap(), opened.1.unwrap(), opened.2.unwrap()] {
            store.ping().await.unwrap();
        }
    }

    #[tokio::test]
    async fn who_only_reads_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let database = database(&dir);
        Store::open(&database).await.unwrap().close().await;
        let reader = Store::open_to_read(&database).await.unwrap();
        let events = [event_at(1, 1, 1)];
        assert!(reader.append("shop", &events, Timestamp(1)).await.is_err());
        assert_eq!(reader.events(&Filter::default()).await.unwrap(), []);
    }

    #[test]
    fn a_database_is_named_by_path_or_url() {
        for (text, path) in [
            ("guichet.db", "guichet.db"),
            ("sqlite:guichet.db", "guichet.db"),
            ("sqlite:///var/guichet.db", "/var/guichet.db"),
            ("/var/guichet.db", "/var/guichet.db"),
        ] {
            assert_eq!(
                text.parse::<Database>().unwrap(),
                Database::Sqlite(path.into()),
                "{text}"
            );
        }
        for (text, shown) in [
            ("postgresql://leo@db/shop", "postgres://leo@db:5432/shop"),
            (
                "postgres://leo:p:w@db:5433/shop?sslmode=require",
                "postgres://leo@db:5433/shop",
            ),
            ("postgres://leo:p@w@db/shop", "postgres://leo@db:5432/shop"),
            ("postgres://leo:p/w?x@db/shop", "postgres://…"),
            (
                "postgres://db/shop?user=leo&password=p@w",
                "postgres://leo@db:5432/shop",
            ),
            (
                "postgres://leo:pw@%2Frun%2Fpg/shop",
                "postgres://leo@/run/pg/shop",
            ),
        ] {
            let database = text.parse::<Database>().unwrap();
            assert_eq!(database.to_string(), shown);
            assert_eq!(format!("{database:?}"), format!("Postgres({shown:?})"));
        }
    }
}
