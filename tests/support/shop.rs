//! A shop of one page, written by the test, on a host that can be as bad as hosts are: files that never come whole,
//! files that are not what was built.

use crate::place;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode, Uri, header};
use futures_util::stream::{self, StreamExt as _};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What is wrong with the host.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    /// Files whose address contains this begin to arrive and never end.
    pub stalled: Option<&'static str>,
    /// Files whose address contains this are not found.
    pub missing: Option<&'static str>,
    /// In the manifest, the first is replaced by the second.
    pub manifest: Option<(&'static str, &'static str)>,
    /// The site's bundle is the one in this folder.
    pub bundle: Option<PathBuf>,
}

/// One page, with what a shopper downloads of Guichet below `/dist`.
#[derive(Debug)]
pub struct Shop {
    addr: SocketAddr,
    host: Arc<Host>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Host {
    page: String,
    fault: Fault,
    mended: AtomicBool,
}

impl Shop {
    /// Serves a page whose text is `html`, at any address.
    pub async fn serve(html: impl Into<String>) -> Self {
        Self::serve_badly(html, Fault::default()).await
    }

    /// The same on a host with a fault.
    pub async fn serve_badly(html: impl Into<String>, fault: Fault) -> Self {
        let host = Arc::new(Host {
            page: html.into(),
            fault,
            mended: AtomicBool::new(false),
        });
        let router = Router::new().fallback(answer).with_state(host.clone());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { addr, host, task }
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// From now on the host has no fault.
    pub fn mend(&self) {
        self.host.mended.store(true, Ordering::SeqCst);
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(host): State<Arc<Host>>, uri: Uri) -> Response<Body> {
    let path = uri.path();
    let has = |part: Option<&str>| {
        !host.mended.load(Ordering::SeqCst) && part.is_some_and(|part| path.contains(part))
    };
    let Some(file) = path.strip_prefix("/dist/") else {
        return reply("text/html; charset=utf-8", host.page.clone().into());
    };
    let own = host.fault.bundle.as_ref();
    let file = own
        .and_then(|folder| Some(folder.join(file.strip_prefix(place::SITE)?.strip_prefix('/')?)))
        .unwrap_or_else(|| place::public().join("dist").join(file));
    let bytes = match tokio::fs::read(&file).await {
        Ok(bytes) if !has(host.fault.missing) => bytes,
        _ => {
            let mut missing = reply("text/plain", Body::empty());
            *missing.status_mut() = StatusCode::NOT_FOUND;
            return missing;
        }
    };
    let kind = match file.extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        _ => "application/octet-stream",
    };
    if has(host.fault.stalled) {
        let half = Bytes::copy_from_slice(&bytes[..bytes.len() / 2]);
        let begun = stream::iter([Ok::<_, Infallible>(half)]).chain(stream::pending());
        return reply(kind, Body::from_stream(begun));
    }
    match host.fault.manifest {
        Some((from, to)) if path.ends_with("manifest.json") => {
            let text = String::from_utf8(bytes).expect("a manifest is text");
            assert!(text.contains(from), "the manifest has no `{from}`");
            reply(kind, text.replacen(from, to, 1).into())
        }
        _ => reply(kind, bytes.into()),
    }
}

fn reply(kind: &'static str, body: Body) -> Response<Body> {
    Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .body(body)
        .unwrap()
}
