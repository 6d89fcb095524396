//! `POST /v1/events`: takes a batch and keeps what is new of it. Sending it again is always safe.

use crate::App;
use crate::error::ApiError;
use crate::extract::{Admitted, JsonBody};
use axum::Json;
use axum::extract::State;
use guichet_domain::event::Batch;
use serde::Serialize;

/// The answer to a batch that was taken.
#[derive(Serialize)]
pub(crate) struct Stored {
    /// How many of its events were not known before.
    stored: u64,
}

pub(crate) async fn post(
    State(app): State<App>,
    _: Admitted,
    JsonBody(batch): JsonBody<Batch>,
) -> Result<Json<Stored>, ApiError> {
    batch.validate()?;
    if !app.sites.contains(&batch.site) {
        return Err(ApiError::UnknownSite(batch.site));
    }
    let received = app.clock.now();
    let stored = app
        .store
        .append(&batch.site, &batch.events, received)
        .await?;
    Ok(Json(Stored { stored }))
}

#[cfg(test)]
mod tests;
