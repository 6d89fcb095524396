//! `GET /v1/openapi.json`: the API as programs read it. The document is written by hand beside
//! this file; the tests hold it to the routes and to what the handlers really answer.

use axum::http::header;
use axum::response::IntoResponse;

const DOCUMENT: &str = include_str!("openapi/v1.json");

pub(crate) async fn get() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, DOCUMENT)
}

#[cfg(test)]
mod tests;
