//! What a browser did while a test used it: every request and what became of it, and every line of the console,
//! with uncaught errors and violations of the page's policy. Nothing is judged here.

use chromiumoxide::cdp::IntoEventKind;
use chromiumoxide::types::MethodType;
use futures_util::StreamExt as _;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A record that goes on being written.
#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    requests: Vec<Request>,
    /// Addresses by the browser's number of the request, to name what failed.
    asked: BTreeMap<String, String>,
    failures: Vec<String>,
    console: Vec<String>,
    violations: Vec<String>,
}

/// A request that left the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The whole address.
    pub url: String,
}

/// What the browser keeps for an origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Kept {
    /// Names of cookies, those that scripts cannot see included.
    pub cookies: Vec<String>,
    /// Keys of `localStorage`.
    pub local: Vec<String>,
    /// Keys of `sessionStorage`.
    pub session: Vec<String>,
    /// Names of `IndexedDB` databases.
    pub databases: Vec<String>,
    /// Names of caches.
    pub caches: Vec<String>,
    /// Addresses of service workers.
    pub workers: Vec<String>,
}

impl Record {
    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.read(|pages| pages.requests.clone())
    }

    /// Addresses of requests so far, as paths from `origin`; those to elsewhere whole.
    pub fn paths(&self, origin: &str) -> Vec<String> {
        let paths = self.requests().into_iter();
        paths
            .map(|request| {
                request
                    .url
                    .strip_prefix(origin)
                    .unwrap_or(&request.url)
                    .to_owned()
            })
            .collect()
    }

    /// Requests that got no answer, or one of status 400 and above.
    pub fn failures(&self) -> Vec<String> {
        self.read(|pages| pages.failures.clone())
    }

    /// Everything the console showed, uncaught errors and the browser's own lines included.
    pub fn console(&self) -> Vec<String> {
        self.read(|pages| pages.console.clone())
    }

    /// What the page's `Content-Security-Policy` refused.
    pub fn violations(&self) -> Vec<String> {
        self.read(|pages| pages.violations.clone())
    }

    /// Forgets what was so far.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Pages::default();
    }

    /// Fails the test if the console is not empty.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert_eq!(
            self.violations(),
            Vec::<String>::new(),
            "violations of the page's policy"
        );
        assert_eq!(self.console(), Vec::<String>::new(), "lines in the console");
        assert_eq!(
            self.failures(),
            Vec::<String>::new(),
            "requests that failed"
        );
    }

    fn read<T>(&self, part: impl Fn(&Pages) -> T) -> T {
        part(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes down every event of a kind.
    pub(crate) async fn follow<E>(&self, page: &chromiumoxide::Page)
    where
        E: IntoEventKind + MethodType + Serialize + Unpin + Send + Sync + 'static,
    {
        let mut events = page.event_listener::<E>().await.unwrap();
        let record = self.clone();
        let method = E::method_id();
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                record.note(&method, &serde_json::to_value(&*event).unwrap());
            }
        });
    }

    /// Writes down an event that the library could not read: a newer browser than it knows.
    pub(crate) fn note_unread(&self, message: &str) {
        let message: Value = serde_json::from_str(message).unwrap_or_default();
        if let Some(method) = message["method"].as_str() {
            self.note(method, &message["params"]);
        }
    }

    fn note(&self, method: &str, event: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match method {
            "Network.requestWillBeSent" => {
                let url = text(&event["request"]["url"]);
                pages.asked.insert(text(&event["requestId"]), url.clone());
                pages.requests.push(Request {
                    method: text(&event["request"]["method"]),
                    url,
                });
            }
            "Network.responseReceived" => {
                let status = event["response"]["status"].as_f64().unwrap_or_default();
                if status >= 400.0 {
                    pages.failures.push(format!(
                        "{} answered {status}",
                        text(&event["response"]["url"])
                    ));
                }
            }
            "Network.loadingFailed" => {
                let url = pages
                    .asked
                    .get(event["requestId"].as_str().unwrap_or_default())
                    .cloned();
                let why = text(&event["errorText"]);
                pages
                    .failures
                    .push(format!("{} failed: {why}", url.unwrap_or_default()));
            }
            "Runtime.consoleAPICalled" => {
                let arguments = event["args"].as_array().into_iter().flatten();
                let said: Vec<_> = arguments
                    .map(|one| match &one["value"] {
                        Value::Null => text(&one["description"]),
                        Value::String(words) => words.clone(),
                        other => other.to_string(),
                    })
                    .collect();
                pages
                    .console
                    .push(format!("{}: {}", text(&event["type"]), said.join(" ")));
            }
            "Runtime.exceptionThrown" => {
                let details = &event["exceptionDetails"];
                let why = text(&details["exception"]["description"]);
                pages
                    .console
                    .push(format!("uncaught: {} {why}", text(&details["text"])));
            }
            "Log.entryAdded" => {
                let entry = &event["entry"];
                let line = format!(
                    "{}: {} ({})",
                    text(&entry["level"]),
                    text(&entry["text"]),
                    text(&entry["url"])
                );
                if entry["source"] == "security" || line.contains("Content Security Policy") {
                    pages.violations.push(line.clone());
                }
                pages.console.push(line);
            }
            _ => {}
        }
    }
}
