//! What the server does by itself, again and again: a round of mails, of webhooks, of promises, of digests.
//! Rounds end between two pieces of work; what they do lives elsewhere.

use crate::mail::{self, Sender};
use crate::store::{Store, StoreError};
use crate::webhooks::{self, Courier};
use crate::{App, Clock, claims, digests};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How soon after it was queued a mail is looked for. A round without work is one indexed query.
const MAIL_EVERY: Duration = Duration::from_secs(1);

/// How soon after a missed promise its new date is given. A round without work is one indexed query.
const PROMISES_EVERY: Duration = Duration::from_secs(5);

/// How soon after Monday, seven o'clock, the digest is written. A round without work is one indexed query a shop.
const DIGESTS_EVERY: Duration = Duration::from_secs(60);

/// How long a round may take to end when the server stops; what it was at is taken up after the next start.
const GRACE: Duration = Duration::from_secs(3);

/// The rounds at work.
#[derive(Debug, Default)]
pub(crate) struct Rounds {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Rounds {
    /// Sends mails.
    pub(crate) fn mail(&mut self, store: Store, sender: Sender, clock: Clock) {
        self.every(MAIL_EVERY, "mail", move || {
            let (store, sender, now) = (store.clone(), sender.clone(), clock.now());
            async move { mail::round(&store, &sender, now).await.map(drop) }
        });
    }

    /// Delivers webhooks.
    pub(crate) fn webhooks(&mut self, store: Store, courier: Courier, clock: Clock) {
        self.every(MAIL_EVERY, "webhooks", move || {
            let (store, courier, now) = (store.clone(), courier.clone(), clock.now());
            async move { webhooks::round(&store, &courier, now).await.map(drop) }
        });
    }

    /// Owns up to missed promises.
    pub(crate) fn promises(&mut self, app: App) {
        self.every(PROMISES_EVERY, "promises", move || {
            let app = app.clone();
            async move { claims::own_up(&app).await }
        });
    }

    /// Tells of the week before on Monday mornings.
    pub(crate) fn digests(&mut self, app: App) {
        self.every(DIGESTS_EVERY, "digests", move || {
            let app = app.clone();
            async move { digests::round(&app).await }
        });
    }

    /// Does `work` now and then every `pause`, until the server stops. A failure is logged, and
    /// the next round begins all the same.
    fn every<W, F>(&mut self, pause: Duration, name: &'static str, work: W)
    where
        W: Fn() -> F + Send + 'static,
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        let mut stopped = self.stop.subscribe();
        self.tasks.spawn(async move {
            loop {
                if let Err(error) = work().await {
                    tracing::error!(%error, round = name, "a round could not be made");
                }
                tokio::select! {
                    // An error means that the sender is gone: the server was dropped.
                    _ = stopped.wait_for(|stopped| *stopped) => return,
                    () = tokio::time::sleep(pause) => {}
                }
            }
        });
    }

    /// Begins no further round, and waits three seconds for those under way.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            self.tasks.shutdown().await;
        }
    }
}
