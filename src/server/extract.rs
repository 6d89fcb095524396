//! What every route asks of a request before it looks at it: that its sender may send, and
//! that its body is JSON of a bearable size. Routes name these as arguments.

use crate::App;
use crate::claims::refused::Refused;
use crate::error::ApiError;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use serde::de::DeserializeOwned;
use std::net::{IpAddr, SocketAddr};

/// The sender has not sent too much.
pub(crate) struct Admitted {
    address: IpAddr,
}

impl Admitted {
    /// Whether he may name a number or show a code: who was wrong too often has to wait.
    pub(crate) fn may_guess(&self, app: &App) -> Result<(), ApiError> {
        let now = app.clock.now();
        app.guesses
            .would_admit(self.address, now)
            .map_err(ApiError::TooManyRequests)
    }

    /// Counts a number that is nobody's, or a code that opens nothing.
    pub(crate) fn guessed_wrong(&self, app: &App, refused: Refused) -> ApiError {
        match app.guesses.admit(self.address, app.clock.now()) {
            Ok(()) => ApiError::Claim(refused),
            Err(wait) => ApiError::TooManyRequests(wait),
        }
    }
}

impl FromRequestParts<App> for Admitted {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let forwarded = app.behind_proxy.then(|| forwarded_for(&parts.headers));
        let peer = || {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            peer.map(|ConnectInfo(peer)| peer.ip())
        };
        // Who cannot be told apart shares one bucket.
        let address = forwarded
            .flatten()
            .or_else(peer)
            .unwrap_or(IpAddr::from([0, 0, 0, 0]));
        app.limiter
            .admit(address, app.clock.now())
            .map_err(ApiError::TooManyRequests)?;
        Ok(Self { address })
    }
}

/// The last address of `X-Forwarded-For`: the one our own proxy wrote. Those before it are
/// what the sender says of himself.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = value.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

/// A body of JSON, at most [`crate::error::MAX_BODY_BYTES`] long.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        check_content_type(request.headers())?;
        let bytes = Bytes::from_request(request, app).await.map_err(|error| {
            match error.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
                _ => ApiError::CutShort,
            }
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(ApiError::BadJson)
    }
}

/// Only JSON: a page of somebody else can't send it without asking the browser to ask us first.
fn check_content_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let value = headers.get(header::CONTENT_TYPE);
    let found = value.map_or("", |value| value.to_str().unwrap_or_default());
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(ApiError::UnsupportedMediaType(found.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn behind_a_proxy_only_the_proxys_own_word_counts() {
        let check = |values: &[&'static str], expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", HeaderValue::from_static(value));
            }
            let expected = expected.map(|text| text.parse().unwrap());
            assert_eq!(forwarded_for(&headers), expected, "{values:?}");
        };
        check(&["203.0.113.9, 192.0.2.1"], Some("192.0.2.1"));
        check(&["203.0.113.9", "2001:db8::1"], Some("2001:db8::1"));
        check(&["unknown"], None);
        check(&[], None);
    }
}
