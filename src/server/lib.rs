//! The server: takes events over HTTP, keeps them, and serves the files a browser downloads.
//! It answers no question of a shopper: that happens in his browser. Start reading at [`start`];
//! addresses are in `routes`, what is kept in [`store`], what events mean in `guichet_domain::deflection`.
//!
//! Addresses of shoppers are held in memory to limit their rate, and nowhere else: no log,
//! no database and no error names them, nor anything they sent.

pub mod accounts;
mod claims;
pub mod clock;
mod console;
mod digests;
mod error;
mod extract;
mod files;
mod html;
mod indicators;
pub mod limit;
pub mod log;
pub mod mail;
mod pages;
pub mod random;
pub mod reports;
mod retry;
mod rounds;
mod routes;
pub mod shops;
pub mod store;
pub mod webhooks;

#[cfg(test)]
mod testing;

pub use clock::Clock;
pub use limit::Rate;
pub use mail::{MailConfig, MailConfigError};
pub use random::Random;
pub use shops::{Proposals, Shop};
pub use store::{Database, Store, StoreError};
pub use webhooks::{WebhookConfig, WebhookConfigError};

use accounts::brake::Brake;
use axum::Router;
use axum::http::HeaderValue;
use axum::routing::get;
use limit::Limiter;
use rounds::Rounds;
use shops::Shops;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;
use webhooks::Courier;

/// How long requests that are being served may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// How many forms with files are read at once: each may hold fifty megabytes.
const UPLOADS: usize = 4;

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes any free one.
    pub addr: SocketAddr,
    /// Where events are kept; created where it is missing.
    pub database: Database,
    /// The folder to serve; none: only the API.
    pub static_dir: Option<PathBuf>,
    /// Ids of the sites whose events are taken.
    pub sites: Vec<String>,
    /// What is known of these sites; claims are taken for those that are here and have a desk.
    pub shops: Vec<Shop>,
    /// Where shoppers reach this server, without a slash at its end: for links in mails. None: the address it listens on.
    pub public_url: Option<String>,
    /// `Content-Security-Policy` of every file.
    pub csp: Option<String>,
    /// How many batches one address may send.
    pub rate: Rate,
    /// Whether a proxy of ours stands before us. Then the last address of `X-Forwarded-For` is
    /// the sender's; otherwise that header is whatever the sender likes, and is ignored.
    pub behind_proxy: bool,
    /// How mail leaves; none: mails wait in the queue until the server is started with one.
    pub mail: Option<MailConfig>,
    /// Who is told what happens to claims; none: nobody.
    pub webhook: Option<WebhookConfig>,
    /// Where secrets come from.
    pub random: Random,
}

impl Config {
    /// A server for `sites` that keeps events in `database`, serves no files, and listens on a free port of this machine.
    pub fn new(database: Database, sites: Vec<String>) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            database,
            static_dir: None,
            sites,
            shops: Vec::new(),
            public_url: None,
            csp: None,
            rate: Rate::default(),
            behind_proxy: false,
            mail: None,
            webhook: None,
            random: Random::system(),
        }
    }
}

/// Why the server cannot start or did not stop in order.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder to serve.
    #[error("`{0}` is not a folder\nhint: give the folder that holds `demo/` and `dist/`")]
    StaticDir(PathBuf),
    /// A line break or a character that no header can hold.
    #[error("`{0}` cannot be a Content-Security-Policy\nhint: write it on one line, in ASCII")]
    Csp(String),
    /// The address is taken or not ours.
    #[error(
        "cannot listen on `{addr}`: {reason}\nhint: choose another address or port with `--addr`, or stop the program that uses it"
    )]
    Bind {
        /// The address.
        addr: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
    /// It ended otherwise than by [`Running::stop`].
    #[error("the server stopped by itself: {0}")]
    Ended(String),
}

/// What every route can reach.
#[derive(Clone, Debug)]
struct App {
    store: Store,
    sites: Arc<BTreeSet<String>>,
    shops: Arc<Shops>,
    public_url: Arc<str>,
    limiter: Arc<Limiter>,
    /// Slows guessing of numbers and codes.
    guesses: Arc<Limiter>,
    /// Bounds how many forms with files are read at once.
    uploads: Arc<Semaphore>,
    clock: Clock,
    random: Random,
    /// Indicators as last computed.
    indicators: Arc<indicators::Cache>,
    /// Reports as last counted.
    reports: Arc<reports::Reports>,
    /// Slows guessing of passwords.
    brake: Arc<Brake>,
    /// Whether mails leave, or wait for a server to be set up.
    sends_mail: bool,
    /// Bounds how many passwords are looked at at once.
    passwords: Arc<Semaphore>,
    behind_proxy: bool,
}

/// A server at work. Dropped, it stops by itself some time later; [`Running::stop`] waits for it.
#[derive(Debug)]
pub struct Running {
    addr: SocketAddr,
    store: Store,
    #[cfg(test)]
    app: App,
    rounds: Rounds,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Where it listens, with the port it really got.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    #[cfg(test)]
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Takes no more requests, gives those at work three seconds to end, and closes the database.
    pub async fn stop(self) -> Result<(), ServerError> {
        let Self {
            store,
            rounds,
            stop,
            mut task,
            ..
        } = self;
        // Nobody receives it if the server has ended by itself; the task below says why.
        let _ = stop.send(());
        rounds.stop().await;
        let ended = tokio::time::timeout(GRACE, &mut task).await;
        let ended = ended.unwrap_or_else(|_elapsed| {
            // Somebody sends his request a byte at a time; he may send it again to the next server.
            task.abort();
            Ok(Ok(()))
        });
        store.close().await;
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ServerError::Ended(error.to_string())),
            Err(error) => Err(ServerError::Ended(error.to_string())),
        }
    }
}

/// Opens the database, binds the address and serves. Returns as soon as requests are taken.
pub async fn start(config: Config, clock: Clock) -> Result<Running, ServerError> {
    let csp = match &config.csp {
        None => None,
        Some(text) => {
            Some(HeaderValue::from_str(text).map_err(|_invalid| ServerError::Csp(text.clone()))?)
        }
    };
    if let Some(dir) = config.static_dir.as_ref().filter(|dir| !dir.is_dir()) {
        return Err(ServerError::StaticDir(dir.clone()));
    }
    // Before the database: where the address is taken, no new file is left behind.
    let addr = config.addr;
    let bind = |reason| ServerError::Bind { addr, reason };
    let listener = TcpListener::bind(addr).await.map_err(bind)?;
    let addr = listener.local_addr().map_err(bind)?;
    let store = Store::open(&config.database).await?;
    let mut rounds = Rounds::default();
    let sends_mail = config.mail.is_some();
    if let Some(mail) = config.mail {
        rounds.mail(store.clone(), mail::Sender::new(mail), clock.clone());
    }
    match config.webhook {
        Some(webhook) => rounds.webhooks(store.clone(), Courier::new(webhook), clock.clone()),
        None => drop(store.drop_deliveries().await?),
    }
    let public_url = config
        .public_url
        .unwrap_or_else(|| format!("http://{addr}"));
    let app = App {
        store: store.clone(),
        sites: Arc::new(config.sites.into_iter().collect()),
        shops: Arc::new(Shops::new(config.shops)),
        public_url: public_url.into(),
        limiter: Arc::new(Limiter::new(config.rate)),
        guesses: Arc::new(Limiter::new(limit::GUESSES)),
        uploads: Arc::new(Semaphore::new(UPLOADS)),
        clock,
        random: config.random,
        indicators: Arc::default(),
        reports: Arc::default(),
        brake: Arc::default(),
        sends_mail,
        passwords: accounts::sign_in::gate(),
        behind_proxy: config.behind_proxy,
    };
    rounds.promises(app.clone());
    rounds.digests(app.clone());
    let files = config.static_dir.map(|dir| files::files(&dir, csp));
    let router = Router::new()
        .route(html::STYLE.path(), get(html::style))
        .route(html::REPORT_STYLE.path(), get(html::report_style))
        .merge(console::routes(app.clone()))
        .merge(routes::pages(app.clone()))
        .merge(pages::routes(app.clone()))
        .nest("/v1", routes::api(app.clone()))
        .merge(files.unwrap_or_else(|| Router::new().fallback(async || error::ApiError::NotFound)));

    let (stop, stopped) = oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async {
        // An error means that the handle was dropped: stop as well.
        let _ = stopped.await;
    });
    Ok(Running {
        addr,
        store,
        #[cfg(test)]
        app,
        rounds,
        stop,
        task: tokio::spawn(serving.into_future()),
    })
}

#[cfg(test)]
mod tests;
