//! `POST /v1/events`: takes a batch and keeps what is new of it. Sending it again is always safe.
//! An event of a kind this server does not know was made by a newer widget: it is counted and
//! passed over, the others are kept.

use crate::App;
use crate::error::ApiError;
use crate::extract::{Admitted, JsonBody};
use axum::Json;
use axum::extract::State;
use guichet_domain::event::{Batch, BatchError, Event, MAX_BATCH, What};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The answer to a batch that was taken.
#[derive(Serialize)]
pub(crate) struct Stored {
    /// How many of its events were not known before.
    stored: u64,
    /// How many were of a kind this server does not know.
    #[serde(skip_serializing_if = "is_zero")]
    unknown: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A batch whose events are not yet looked at.
#[derive(Deserialize)]
pub(crate) struct Incoming {
    site: String,
    events: Vec<Value>,
}

impl Incoming {
    /// The events of known kinds, checked, and how many there are of others.
    fn read(self) -> Result<(Batch, usize), ApiError> {
        let all = self.events.len();
        if all > MAX_BATCH {
            return Err(BatchError::Count(all).into());
        }
        let mut events = Vec::with_capacity(all);
        for value in self.events {
            let newer = value["what"]
                .as_str()
                .is_some_and(|kind| !What::KINDS.contains(&kind));
            if !newer {
                events.push(serde_json::from_value::<Event>(value).map_err(ApiError::BadJson)?);
            }
        }
        let unknown = all - events.len();
        let site = self.site;
        let batch = Batch { site, events };
        // Nothing but newer events is no mistake of the sender.
        if unknown == 0 || !batch.events.is_empty() {
            batch.validate()?;
        }
        Ok((batch, unknown))
    }
}

pub(crate) async fn post(
    State(app): State<App>,
    _: Admitted,
    JsonBody(incoming): JsonBody<Incoming>,
) -> Result<Json<Stored>, ApiError> {
    let (batch, unknown) = incoming.read()?;
    if !app.sites.contains(&batch.site) {
        return Err(ApiError::UnknownSite(batch.site));
    }
    let site = app.shops.site(&batch.site);
    let text = site.map(|site| site.text).unwrap_or_default();
    let received = app.clock.now();
    let events: Vec<Event> = batch
        .events
        .into_iter()
        .map(|event| event.keeping(text))
        .collect();
    let stored = app.store.append(&batch.site, &events, received).await?;
    Ok(Json(Stored { stored, unknown }))
}

#[cfg(test)]
mod tests;
