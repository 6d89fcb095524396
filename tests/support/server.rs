//! Servers of a test: the real Guichet server on a free port with a database of its own, which can be stopped and
//! started again in the same place, and a server that knows nothing of Guichet and only hands out files.

use crate::place::{self, SITE};
use crate::wait_for;
use axum::Router;
use guichet_domain::deflection::{Deflection, deflection};
use guichet_domain::event::{Event, What};
use guichet_server::store::Filter;
use guichet_server::{Clock, Config, Database, Running, Store};
use std::net::SocketAddr;
use std::path::Path;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

/// The policy a careful shop sends with its pages.
pub const STRICT_CSP: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/// `guichet serve`, within this process.
#[derive(Debug)]
pub struct Server {
    running: Option<Running>,
    addr: SocketAddr,
    csp: Option<String>,
    folder: TempDir,
}

impl Server {
    /// Serves the demonstration shop and takes its events.
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// The same, with a `Content-Security-Policy` on every file.
    pub async fn start_with_csp(csp: &str) -> Self {
        Self::start_with(Some(csp.to_owned())).await
    }

    async fn start_with(csp: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let addr = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self {
            running: None,
            addr,
            csp,
            folder,
        };
        server.start_again().await;
        server
    }

    /// Stops: from now on nobody answers at its address.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await.unwrap();
        }
    }

    /// Starts at the same address, with the same database.
    pub async fn start_again(&mut self) {
        let mut config = Config::new(self.database(), vec![SITE.to_owned()]);
        config.addr = self.addr;
        config.static_dir = Some(place::public());
        config.csp.clone_from(&self.csp);
        let running = guichet_server::start(config, Clock::system())
            .await
            .unwrap();
        self.addr = running.addr();
        self.running = Some(running);
    }

    fn database(&self) -> Database {
        Database::Sqlite(self.folder.path().join("events.db"))
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// Everything it has stored, read beside it as `guichet report` does.
    pub async fn events(&self) -> Vec<Event> {
        let store = Store::open_to_read(&self.database()).await.unwrap();
        let received = store.events(&Filter::default()).await.unwrap();
        store.close().await;
        received
            .into_iter()
            .map(|received| received.event)
            .collect()
    }

    /// Waits until it has stored an event of that kind, and gives all it has then.
    pub async fn until_stored(&self, what: &str, is_it: impl Fn(&What) -> bool) -> Vec<Event> {
        wait_for(&format!("the event `{what}` in the database"), async || {
            let events = self.events().await;
            events
                .iter()
                .any(|event| is_it(&event.what))
                .then_some(events)
        })
        .await
    }

    /// What `guichet report` would print of it.
    pub async fn report(&self) -> Deflection {
        deflection(self.events().await)
    }
}

/// A server of files, as any host of static pages is.
#[derive(Debug)]
pub struct Files {
    addr: SocketAddr,
    task: JoinHandle<()>,
}

impl Files {
    /// Serves a folder of this package, and what a shopper downloads of Guichet below `/dist`.
    pub async fn serve(folder: &str) -> Self {
        Self::serve_path(&place::tests(folder)).await
    }

    /// The same for a folder anywhere.
    pub async fn serve_path(folder: &Path) -> Self {
        let dist = ServeDir::new(place::public().join("dist"));
        let router = Router::new()
            .nest_service("/dist", dist)
            .fallback_service(ServeDir::new(folder));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { addr, task }
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.task.abort();
    }
}
