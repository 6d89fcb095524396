//! Serves a folder: the demo shop, the loader and the bundles. Tells browsers and proxies how
//! long to keep what, and sets the headers every file carries. What lies outside the folder
//! is out of reach; listing a folder is not possible.

use crate::error::ApiError;
use axum::Router;
use axum::extract::{Request, State};
use axum::handler::HandlerWithoutStateExt as _;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Redirect, Response};
use axum::routing::get;
use std::path::Path;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// The front page where the folder has none of its own.
const DEMO: &str = "/demo/";
/// The fewest hexadecimal digits that make a name a name of its content.
const MIN_HASH_DIGITS: usize = 8;

/// Every file below `root`; `csp` becomes the `Content-Security-Policy` of every answer.
pub(crate) fn files(root: &Path, csp: Option<HeaderValue>) -> Router {
    let not_found = (async || ApiError::NotFound).into_service();
    let mut router = Router::new().fallback_service(ServeDir::new(root).fallback(not_found));
    if root.join("demo").is_dir() && !root.join("index.html").exists() {
        router = router.route("/", get(async || Redirect::temporary(DEMO)));
    }
    router
        .layer(from_fn_with_state(csp, add_headers))
        .layer(CompressionLayer::new())
}

async fn add_headers(
    State(csp): State<Option<HeaderValue>>,
    request: Request,
    next: Next,
) -> Response {
    let cache = cache_control(request.uri().path());
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let mut set = |name: HeaderName, value| response.headers_mut().insert(name, value);
    let revalidate = HeaderValue::from_static("no-cache");
    set(
        header::CACHE_CONTROL,
        if found { cache } else { revalidate },
    );
    set(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Public files, the same for everybody: a shop on another host may load the widget from here.
    set(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    if let Some(csp) = csp {
        set(header::CONTENT_SECURITY_POLICY, csp);
    }
    response
}

/// A file named by its content never changes; of any other, a browser asks each time whether it did.
fn cache_control(path: &str) -> HeaderValue {
    HeaderValue::from_static(if is_named_by_content(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    })
}

/// Whether the file is called `name.<hex>.ext`.
fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.rsplit('.');
    let (Some(_extension), Some(hash), Some(_stem)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    hash.len() >= MIN_HASH_DIGITS
        && hash
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests;
