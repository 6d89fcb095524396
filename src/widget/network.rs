//! All fetching: the bundle's files, checked against what the manifest says of them, and the
//! events on their way out. What to fetch and when is decided in `loading` and `outbox`.

use crate::checksum;
use crate::prelude::window;
use guichet_bundle::{BundleError, FileRef};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, BlobPropertyBag, RequestInit, Response};

/// A file that takes longer is given up; the shopper can try again.
const PATIENCE_MS: u32 = 30_000;

/// Why something did not arrive.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NetworkError {
    /// No connection, refused by a policy, or too slow.
    #[error("`{url}` did not arrive: {reason}")]
    Unreachable { url: String, reason: String },
    /// The server answered something else than the file.
    #[error(
        "`{url}`: expected status 200, found {status}\nhint: upload the whole folder of the bundle"
    )]
    Status { url: String, status: u16 },
    /// The file is not what was built.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

/// What became of events sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// The server has them.
    Stored,
    /// The server will never take them.
    Refused,
    /// Not now.
    Later,
}

/// A file that has been asked for. Its failure is ours to handle from this moment on, so
/// that the page never sees an unhandled rejection.
pub(crate) struct Asked {
    url: String,
    answer: JsFuture,
}

/// A file of the bundle that has been asked for.
pub(crate) struct AskedFile {
    file: FileRef,
    asked: Asked,
}

/// Takes over a request that is already on its way.
pub(crate) fn asked(url: String, answer: Promise) -> Asked {
    Asked {
        url,
        answer: JsFuture::from(answer),
    }
}

/// Asks for what is at an address.
pub(crate) fn get(url: String) -> Asked {
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let answer = window().fetch_with_str_and_init(&url, &init);
    asked(url, answer)
}

/// Asks for a file of the bundle at `folder`.
pub(crate) fn ask(folder: &str, file: &FileRef) -> AskedFile {
    AskedFile {
        file: file.clone(),
        asked: get([folder, &file.name].concat()),
    }
}

impl Asked {
    /// Its bytes.
    pub(crate) async fn receive(self) -> Result<Vec<u8>, NetworkError> {
        let url = self.url;
        let unreachable = |error: JsValue| NetworkError::Unreachable {
            url: url.clone(),
            reason: reason(&error),
        };
        let answer = self.answer.await.map_err(unreachable)?;
        let response: Response = answer.dyn_into().map_err(unreachable)?;
        if !response.ok() {
            return Err(NetworkError::Status {
                status: response.status(),
                url,
            });
        }
        let body = response.array_buffer().map_err(unreachable)?;
        let buffer = JsFuture::from(body).await.map_err(unreachable)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

impl AskedFile {
    /// Its bytes, checked.
    pub(crate) async fn receive(self) -> Result<Vec<u8>, NetworkError> {
        let bytes = self.asked.receive().await?;
        checksum::verify(&self.file, &bytes)?;
        Ok(bytes)
    }
}

/// Posts JSON, without cookies, even if the page is left meanwhile.
pub(crate) async fn post(url: &str, json: &str) -> Delivery {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(json));
    let headers = js_sys::Object::new();
    let set = |target: &JsValue, key: &str, value: &JsValue| {
        // Setting a property of a plain object of our own does not fail.
        let _set = Reflect::set(target, &key.into(), value);
    };
    set(&headers, "Content-Type", &"application/json".into());
    set(&init, "headers", &headers);
    set(&init, "credentials", &"omit".into());
    set(&init, "keepalive", &JsValue::TRUE);
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, &init)).await;
    let Some(response) = answer.ok().and_then(|it| it.dyn_into::<Response>().ok()) else {
        return Delivery::Later;
    };
    match response.status() {
        200..=299 => Delivery::Stored,
        429 => Delivery::Later,
        400..=499 => Delivery::Refused,
        _ => Delivery::Later,
    }
}

/// Hands JSON to the browser to deliver after the page is gone; `false` where it does not take it.
pub(crate) fn beacon(url: &str, json: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&json.into());
    Blob::new_with_str_sequence_and_options(&parts, &options)
        .and_then(|blob| {
            window()
                .navigator()
                .send_beacon_with_opt_blob(url, Some(&blob))
        })
        .unwrap_or(false)
}

/// What a thrown value says.
pub(crate) fn reason(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_else(|| "unknown".to_owned()),
    }
}
