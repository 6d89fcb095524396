//! What the API answers when it refuses: `{code, detail}`. Codes are stable, a widget may
//! rely on them; details are for people. What we broke goes to the log, once, and nowhere else.

use crate::claims::refused::Refused;
use crate::limit::RetryAfter;
use crate::store::StoreError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use guichet_domain::claim::form::Fault;
use guichet_domain::event::BatchError;
use serde::Serialize;

/// Most bytes of a body: twice what 100 searches of 300 accented letters take with ids of usual length.
pub(crate) const MAX_BODY_BYTES: usize = 256 * 1024;

/// A refusal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("expected `Content-Type: application/json`, found `{0}`")]
    UnsupportedMediaType(String),
    #[error("the body is longer than {MAX_BODY_BYTES} bytes\nhint: send fewer events at once")]
    TooLarge,
    #[error("the body did not arrive whole")]
    CutShort,
    #[error("the body cannot be read: {0}")]
    BadJson(serde_json::Error),
    #[error("{0}")]
    InvalidBatch(#[from] BatchError),
    #[error(
        "there is no site `{0}` here\nhint: start the server with `--site` and the site's folder"
    )]
    UnknownSite(String),
    #[error(transparent)]
    Claim(#[from] Refused),
    #[error("too many requests from one address\nhint: send again in {} s", .0.0)]
    TooManyRequests(RetryAfter),
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this address does not take this method")]
    MethodNotAllowed,
    #[error("something went wrong here\nhint: send again later; the server's log says more")]
    Internal(#[from] StoreError),
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    detail: String,
    /// What is wrong with which field of a form.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<Fault>,
}

impl ApiError {
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::UnsupportedMediaType(_) => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
            }
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::CutShort => (StatusCode::BAD_REQUEST, "cut_short"),
            Self::BadJson(_) => (StatusCode::BAD_REQUEST, "bad_json"),
            Self::InvalidBatch(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid_batch"),
            Self::UnknownSite(_) => (StatusCode::NOT_FOUND, "unknown_site"),
            Self::Claim(refused) => refused.status_and_code(),
            Self::TooManyRequests(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        if let Self::Internal(error) | Self::Claim(Refused::Store(error)) = &self {
            tracing::error!(%error, "a request could not be served");
        }
        let body = Body {
            code,
            detail: self.to_string(),
            faults: match &self {
                Self::Claim(refused) => refused.faults().to_vec(),
                _ => Vec::new(),
            },
        };
        let mut response = (status, Json(body)).into_response();
        if let Self::TooManyRequests(RetryAfter(seconds)) = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
