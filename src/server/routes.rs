//! The addresses below `/v1`. Routes are thin: take, call, answer. Files are served by `files`.

pub(crate) mod claims;
mod events;
mod health;
mod indicators;
mod openapi;

use crate::App;
use crate::error::{ApiError, MAX_BODY_BYTES};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, header};
use axum::routing::{get, post};
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};

/// How long a browser may remember that it may send.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// The API. A widget on any shop's page may post events; no answer depends on cookies, and
/// none are asked for.
pub(crate) fn api(app: App) -> Router {
    let from_any_page = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers([header::RETRY_AFTER])
        .max_age(PREFLIGHT_MAX_AGE);
    let events = Router::new()
        .route("/events", post(events::post))
        .merge(claims::routes())
        // Before the layer: it would replace what answers a browser's preflight.
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_any_page);
    let health = Router::new()
        .route("/health", get(health::get))
        .method_not_allowed_fallback(method_not_allowed);
    let read_from_any_page = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET]);
    let public = Router::new()
        .route("/indicators", get(indicators::get))
        .route("/openapi.json", get(openapi::get))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(read_from_any_page);
    events
        .merge(health)
        .merge(public)
        .fallback(async || ApiError::NotFound)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(app)
}

/// Pages beside the API, for people without the widget.
pub(crate) fn pages(app: App) -> Router {
    Router::new()
        .route("/indicators", get(indicators::html))
        .with_state(app)
}

async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
