//! Where events are kept. The one door for callers; what speaks to a database lives below
//! `store/`. Another database joins as a variant of [`Store`], without a change to callers.

mod accounts;
pub mod claims;
mod console;
pub mod contacts;
pub mod digests;
mod mails;
pub mod sqlite;
mod webhooks;

use guichet_domain::event::{Event, RandomId};
use guichet_domain::zone::Timestamp;
use sqlite::Sqlite;
use std::path::PathBuf;
use std::str::FromStr;

/// Which database, as written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A database file of `SQLite`.
    Sqlite(PathBuf),
}

impl FromStr for Database {
    type Err = StoreError;

    /// A path, or `sqlite:` and a path. Addresses of other databases are refused.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        if let Some((scheme, _)) = path.split_once("://") {
            return Err(StoreError::Unsupported(scheme.to_owned()));
        }
        Ok(Self::Sqlite(path.into()))
    }
}

/// Why events cannot be kept or read. What a shopper sent never stands in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A database we have no adapter for.
    #[error(
        "databases of kind `{0}` are not supported\nhint: give the path of a SQLite file, for example `guichet.db`"
    )]
    Unsupported(String),
    /// There is no such file, and it was not to be created.
    #[error(
        "there is no database `{0}`\nhint: `guichet serve --db {0}` creates it and writes to it"
    )]
    Missing(PathBuf),
    /// A file, but not of ours.
    #[error(
        "`{0}` is not a Guichet database\nhint: give the file that was named after `guichet serve --db`"
    )]
    NotOurs(PathBuf),
    /// Written by a newer Guichet.
    #[error(
        "`{path}` was written by a newer Guichet: expected schema {expected}, found {found}\nhint: update this program"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The newest schema this program knows.
        expected: i64,
        /// The file's.
        found: i64,
    },
    /// It cannot be opened or brought up to date.
    #[error(
        "cannot open the database `{path}`: {reason}\nhint: the folder must exist and be writable"
    )]
    Open {
        /// The file.
        path: PathBuf,
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

/// Keeps events, in whichever database was chosen.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file on this machine.
    Sqlite(Sqlite),
}

impl Store {
    /// Opens for writing; creates the database or brings it up to date where needed.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        match database {
            Database::Sqlite(path) => Sqlite::open(path).await.map(Self::Sqlite),
        }
    }

    /// Opens for reading. Creates and changes nothing, and may stand beside a running server.
    pub async fn open_to_read(database: &Database) -> Result<Self, StoreError> {
        match database {
            Database::Sqlite(path) => Sqlite::open_to_read(path).await.map(Self::Sqlite),
        }
    }

    /// Keeps all of `events` or none, and returns how many were new. An event whose id is
    /// already there is ignored, so that a batch may be sent again.
    pub async fn append(
        &self,
        site: &str,
        events: &[Event],
        received: Timestamp,
    ) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.append(site, events, received).await,
        }
    }

    /// Reads events, in the order they were received.
    pub async fn events(&self, filter: &Filter) -> Result<Vec<Received>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.events(filter).await,
        }
    }

    /// Hands events one by one to `take`, so that a log of any length can be read. Without a period they
    /// come in the order they were written. Returns how many were passed over, made by a newer Guichet.
    pub async fn each(
        &self,
        filter: &Filter,
        take: &mut (dyn FnMut(Received) + Send),
    ) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.each(filter, take).await,
        }
    }

    /// Keeps many events at once, each with the moment it is said to have come; for logs that come from
    /// elsewhere. Returns how many were new. What was kept before a failure stays, and importing again goes on.
    pub async fn import(
        &self,
        site: &str,
        events: &mut (dyn Iterator<Item = (Timestamp, Event)> + Send),
    ) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.import(site, events).await,
        }
    }

    /// Deletes visits first heard of before a moment, and contacts before it, and overwrites what they said.
    pub async fn purge(&self, before: Timestamp) -> Result<Purged, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.purge(before).await,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.ping().await,
        }
    }

    /// Waits for what is being written and closes the database.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => sqlite.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{confirmed, event_at};
    use guichet_domain::event::What;

    /// What every store must do, told once; each adapter passes its own empty store.
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

    async fn sqlite(dir: &tempfile::TempDir) -> Store {
        let database = Database::Sqlite(dir.path().join("events.db"));
        Store::open(&database).await.unwrap()
    }

    #[tokio::test]
    async fn sqlite_tells_the_story() {
        let dir = tempfile::tempdir().unwrap();
        check_story(sqlite(&dir).await).await;
    }

    #[tokio::test]
    async fn every_kind_of_event_is_read_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let store = sqlite(&dir).await;
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
        let postgres = "postgres://localhost/guichet".parse::<Database>();
        insta::assert_snapshot!(postgres.unwrap_err());
    }

    #[tokio::test]
    async fn a_database_of_a_newer_guichet_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = sqlite(&dir).await;
        let Store::Sqlite(inner) = &store;
        let sql = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                   values (999, 'later', true, x'00', 0)";
        inner.execute(sql).await;
        store.close().await;
        let database = Database::Sqlite(dir.path().join("events.db"));
        for opened in [
            Store::open(&database).await,
            Store::open_to_read(&database).await,
        ] {
            assert!(matches!(opened, Err(StoreError::Newer { found: 999, .. })));
        }
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
    }
}
