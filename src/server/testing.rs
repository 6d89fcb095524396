//! Helpers of this crate's tests: a real server on a free port with a real database, a
//! clock the test turns, and an HTTP client that sends exactly the bytes it is given.
//!
//! The database is an `SQLite` file, and a `PostgreSQL` server's where [`ON_POSTGRES`] is set: one test
//! (`tests.rs`) sets it and runs all the others once more.

pub(crate) mod desk;
#[expect(unreachable_pub, reason = "also compiled into the tests across crates")]
pub(crate) mod postgres;
#[expect(unreachable_pub, reason = "also compiled into the tests across crates")]
pub(crate) mod smtp;

use crate::{Clock, Config, Database, Running, Store, start};
use guichet_domain::event::{Batch, Event, RandomId, What};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The site every test server knows.
pub(crate) const SITE: &str = "cap-sentier";

/// The same with everything of its `site.toml`: open Monday to Friday, 9:00 to 17:30, and a
/// working day promised.
pub(crate) fn shop() -> guichet_domain::site::Site {
    let site: guichet_domain::site::Site =
        serde_json::from_str(include_str!("testing/shop.json")).unwrap();
    let desk = serde_json::from_str(r#"{"channel": "e-mail", "withdrawals": "retours"}"#).unwrap();
    guichet_domain::site::Site {
        claims: Some(desk),
        ..site
    }
}

pub(crate) fn event_at(id: u128, visit: u128, at_ms: i64) -> Event {
    Event {
        id: RandomId(id),
        visit: RandomId(visit),
        at: Timestamp(at_ms),
        locale: Lang::Fr,
        what: What::Opened,
    }
}

pub(crate) fn confirmed(id: u128, visit: u128, at_ms: i64) -> Event {
    Event {
        what: What::Confirmed {
            document: "faq/ou-est-mon-colis".into(),
        },
        ..event_at(id, visit, at_ms)
    }
}

pub(crate) fn batch(events: Vec<Event>) -> String {
    let batch = Batch {
        site: SITE.into(),
        events,
    };
    serde_json::to_string(&batch).unwrap()
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    headers: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }
}

fn authorization(bearer: &str) -> String {
    if bearer.is_empty() {
        String::new()
    } else {
        format!("Authorization: Bearer {bearer}\r\n")
    }
}

/// The variable that makes these tests run on `PostgreSQL`.
pub(crate) const ON_POSTGRES: &str = "GUICHET_TEST_ON_POSTGRES";

/// A database of the test's own; a file would be in this folder.
pub(crate) fn database(dir: &TempDir) -> Database {
    if std::env::var_os(ON_POSTGRES).is_some() {
        return postgres::fresh().parse().unwrap();
    }
    file(dir)
}

/// An `SQLite` file in this folder: for what only a file can do.
pub(crate) fn file(dir: &TempDir) -> Database {
    Database::Sqlite(dir.path().join("guichet.db"))
}

/// An empty store of the test's own.
pub(crate) async fn store(dir: &TempDir) -> Store {
    Store::open(&database(dir)).await.unwrap()
}

pub(crate) struct TestServer {
    running: Running,
    database: Database,
    dir: TempDir,
    now_ms: Arc<AtomicI64>,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_, _| ()).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config, &Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = database(&dir);
        Self::start_on(database, dir, change).await
    }

    async fn start_on(
        database: Database,
        dir: TempDir,
        change: impl FnOnce(&mut Config, &Path),
    ) -> Self {
        let mut config = Config::new(database.clone(), vec![SITE.to_owned()]);
        config.shops = vec![desk::desk()];
        config.public_url = Some("https://guichet.example".into());
        change(&mut config, dir.path());
        let now_ms = Arc::new(AtomicI64::new(0));
        let hand = Arc::clone(&now_ms);
        let clock = Clock::new(move || Timestamp(hand.load(Ordering::SeqCst)));
        let running = start(config, clock).await.unwrap();
        Self {
            running,
            database,
            dir,
            now_ms,
        }
    }

    /// Stops it and starts another one on the same database.
    pub(crate) async fn restart(self) -> Self {
        self.running.stop().await.unwrap();
        Self::start_on(self.database, self.dir, |_, _| ()).await
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await.unwrap();
    }

    pub(crate) fn addr(&self) -> std::net::SocketAddr {
        self.running.addr()
    }

    pub(crate) fn set_clock(&self, now_ms: i64) {
        self.now_ms.store(now_ms, Ordering::SeqCst);
    }

    /// Takes the events' table away under the running server.
    pub(crate) async fn break_database(&self) {
        self.execute("drop table events").await;
    }

    /// What its routes reach, for what happens by itself.
    pub(crate) fn app(&self) -> crate::App {
        self.running.app().clone()
    }

    /// Runs a statement no caller of ours would.
    pub(crate) async fn execute(&self, sql: &'static str) {
        self.store().execute(sql).await;
    }

    /// Its store, as the server itself has it.
    pub(crate) fn store(&self) -> &Store {
        self.running.store()
    }

    /// Everything kept, read as `guichet report` reads it, beside the running server.
    pub(crate) async fn kept(&self) -> Vec<crate::store::Received> {
        let store = Store::open_to_read(&self.database).await.unwrap();
        let kept = store
            .events(&crate::store::Filter::default())
            .await
            .unwrap();
        store.close().await;
        kept
    }

    /// The bytes of every file the database has on the disk; of a `PostgreSQL` server, every event as text.
    pub(crate) async fn bytes(&self) -> Vec<u8> {
        if let Database::Postgres(_) = self.database {
            let rows = "select string_agg(events::text, ' ') from events";
            return self.store().text_of(rows).await.into_bytes();
        }
        let files = std::fs::read_dir(self.dir.path()).unwrap();
        files
            .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
            .collect()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", "").await
    }

    pub(crate) async fn post(&self, body: &str) -> Answer {
        self.request(
            "POST",
            "/v1/events",
            "Content-Type: application/json\r\n",
            body,
        )
        .await
    }

    /// Posts JSON, with the code or pass that opens a claim, where it is not empty.
    pub(crate) async fn post_json(&self, path: &str, bearer: &str, body: &str) -> Answer {
        let headers = format!(
            "Content-Type: application/json\r\n{}",
            authorization(bearer)
        );
        self.request("POST", path, &headers, body).await
    }

    /// Gets what a code or pass opens.
    pub(crate) async fn get_with(&self, path: &str, bearer: &str) -> Answer {
        self.request("GET", path, &authorization(bearer), "").await
    }

    /// Posts a form with files, as a browser does: name, file name (none: a text) and bytes of each part.
    pub(crate) async fn post_form(
        &self,
        path: &str,
        headers: &str,
        parts: &[(&str, Option<&str>, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, file, bytes) in parts {
            let file = file.map_or(String::new(), |file| {
                format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream")
            });
            let head = format!(
                "--frontier\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--frontier--\r\n");
        let length = body.len();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: guichet.example\r\nConnection: close\r\n{headers}Content-Type: multipart/form-data; boundary=frontier\r\nContent-Length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend_from_slice(&body);
        self.send(&request).await
    }

    /// `headers` end with a line break each.
    pub(crate) async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Answer {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: guichet.example\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        self.send(request.as_bytes()).await
    }

    pub(crate) async fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.running.addr()).await.unwrap();
        // A server that refuses a long body answers and closes before it has read it all.
        let _ = stream.write_all(request).await;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (headers, body) = text.split_once("\r\n\r\n").unwrap();
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer {
            status,
            body: body.to_owned(),
            headers: headers.to_owned(),
        }
    }
}
