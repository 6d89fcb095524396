//! The fields of a form as a browser posts it without files.

use crate::error::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;

/// The fields of one form, in the order sent.
#[derive(Debug)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first field of that name; empty where there is none, as a browser leaves out nothing but unticked boxes.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Names with values, in the order sent.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Fields out of `a=1&b=2`.
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_form(request.headers()) {
            let found = request.headers().get(header::CONTENT_TYPE);
            let found = found
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            return Err(ApiError::UnsupportedMediaType(found.to_owned()));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            match error.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
                _ => ApiError::CutShort,
            }
        })?;
        Ok(Self::parse(&bytes))
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_a_browser_writes_them() {
        let fields = Fields::parse(b"name=zo%C3%A9&text=a+b%0D%0Ac&name=other&odd=%ff&empty=");
        assert_eq!(fields.get("name"), "zoé");
        assert_eq!(fields.get("text"), "a b\r\nc");
        assert_eq!(fields.get("odd"), "\u{fffd}");
        assert_eq!(fields.get("empty"), "");
        assert_eq!(fields.get("none"), "");
    }
}
