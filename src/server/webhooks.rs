//! Webhooks: another program, such as the helpdesk a shop has already, is told what happens to
//! claims. Each delivery is signed (`webhooks::signature`), carries an id by which repeats are
//! known, and is tried again with the pauses of `retry`. A delivery is queued by the database
//! itself, with the entry of the timeline it tells of. What is sent is in `webhooks::payload`;
//! `docs/webhooks.md` is for those who receive it.

mod payload;
mod signature;

use crate::retry;
use crate::store::{Store, StoreError};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::fmt;
use std::time::Duration;

/// How long one delivery may take, from the first packet to the last.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Most deliveries of one round; the next begins a second later.
const MAX_PER_ROUND: usize = 50;
/// Fewest bytes of a secret.
const MIN_SECRET_BYTES: usize = 16;
/// Most characters of what went wrong that are kept.
const MAX_PROBLEM_CHARS: usize = 300;

/// Where deliveries go, and what signs them.
#[derive(Clone)]
pub struct WebhookConfig {
    url: String,
    secret: String,
}

impl fmt::Debug for WebhookConfig {
    /// Without the secret, which an address may hold too.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookConfig")
    }
}

/// Why nothing can be delivered as configured.
#[derive(Debug, thiserror::Error)]
pub enum WebhookConfigError {
    /// Claims hold names and addresses: they don't travel in the open.
    #[error(
        "expected the webhook’s address to begin with `https://`, found `{0}`\nhint: `http://` is taken for 127.0.0.1 and localhost only"
    )]
    Url(String),
    /// Guessable.
    #[error(
        "the webhook’s secret is too short: expected {MIN_SECRET_BYTES} bytes or more, found {0}\nhint: `openssl rand -hex 32` makes a good one; give it in the environment as `GUICHET_WEBHOOK_SECRET`"
    )]
    Secret(usize),
}

impl WebhookConfig {
    /// Deliveries to `url`, signed with `secret`.
    pub fn new(url: &str, secret: &str) -> Result<Self, WebhookConfigError> {
        let rest = url.strip_prefix("http://").unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        let on_this_machine = ["127.0.0.1", "[::1]", "localhost"].contains(&host);
        if !url.starts_with("https://") && !on_this_machine {
            // Without what may be secret in it.
            let scheme = url.split_once("://").map_or(url, |(scheme, _)| scheme);
            return Err(WebhookConfigError::Url(format!("{scheme}://…")));
        }
        if secret.len() < MIN_SECRET_BYTES {
            return Err(WebhookConfigError::Secret(secret.len()));
        }
        Ok(Self {
            url: url.to_owned(),
            secret: secret.to_owned(),
        })
    }
}

/// A delivery whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, never used again.
    pub id: i64,
    /// The claim.
    pub claim: TrackingNumber,
    /// Rank of the entry in its timeline.
    pub entry: u32,
    /// `claim.opened` and the like.
    pub event: String,
    /// When it happened.
    pub at: Timestamp,
    /// How often it was tried, this time included.
    pub attempts: u32,
}

/// A delivery that was given up, as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// What it was.
    pub delivery: Delivery,
    /// What kept the last attempt from ending well.
    pub problem: String,
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// The receiver took it.
    Yes,
    /// Not this time.
    Again {
        /// When to try next.
        due: Timestamp,
        /// What was answered.
        problem: String,
    },
    /// Given up.
    No {
        /// What was answered.
        problem: String,
    },
}

/// Delivers.
#[derive(Clone, Debug)]
pub(crate) struct Courier {
    config: WebhookConfig,
    agent: ureq::Agent,
}

impl Courier {
    pub(crate) fn new(config: WebhookConfig) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            // A redirect would carry names and addresses to somebody nobody chose.
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("guichet/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Self { config, agent }
    }

    /// Posts a body; `Err` says what was answered.
    async fn post(&self, delivery: &Delivery, body: String, now: Timestamp) -> Result<(), String> {
        let signature = signature::header(&self.config.secret, now, &body)?;
        let request = self
            .agent
            .post(&self.config.url)
            .header("Content-Type", "application/json")
            .header("Guichet-Event", &delivery.event)
            .header("Guichet-Delivery", delivery.id.to_string())
            .header("Guichet-Signature", signature);
        let sent = tokio::task::spawn_blocking(move || request.send(body)).await;
        match sent {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(()),
            Ok(Ok(answer)) => Err(format!("the receiver answered {}", answer.status())),
            Ok(Err(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Delivers what is due, oldest first, at most 50; returns how many were taken. Ends with the
/// first that is not: the receiver would fare no better with the next.
pub(crate) async fn round(
    store: &Store,
    courier: &Courier,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut taken = 0;
    for _ in 0..MAX_PER_ROUND {
        let Some(delivery) = store.next_delivery(now).await? else {
            break;
        };
        let body = payload::body(store, &delivery).await?;
        let answer = match body {
            Some(body) => courier.post(&delivery, body, now).await,
            // The claim was purged meanwhile, and its deliveries with it.
            None => Ok(()),
        };
        let delivered = match answer {
            Ok(()) => Delivered::Yes,
            Err(problem) => {
                tracing::warn!(
                    delivery = delivery.id,
                    attempts = delivery.attempts,
                    "a webhook was not taken"
                );
                let problem = problem.chars().take(MAX_PROBLEM_CHARS).collect();
                match retry::next(delivery.attempts, now) {
                    Some(due) => Delivered::Again { due, problem },
                    None => Delivered::No { problem },
                }
            }
        };
        store.settle_delivery(delivery.id, &delivered, now).await?;
        if delivered != Delivered::Yes {
            break;
        }
        taken += 1;
    }
    Ok(taken)
}

#[cfg(test)]
mod tests;
