//! Requests to the server about claims: JSON or a form with files there, JSON back. What it
//! refuses comes back by its stable code.

use crate::json;
use crate::prelude::window;
use crate::state::App;
use guichet_domain::say::claim as say;
use js_sys::{JSON, Reflect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, FormData, Headers, RequestInit, Response};

/// What is sent with files may take long on a telephone.
const PATIENCE_MS: u32 = 120_000;

/// Why something was not done.
#[derive(Clone)]
pub(super) enum Trouble {
    /// Nothing came back: no connection, or the server failed.
    Network,
    /// The server refused, by this code.
    Refused(String),
}

/// What is sent.
pub(super) enum Body {
    Nothing,
    Json(String),
    Form(FormData),
}

/// A request: its method by its body.
pub(super) struct Call<'a> {
    /// Below `v1/`.
    pub(super) path: String,
    /// What opens the claim; may be empty.
    pub(super) code: &'a str,
    pub(super) body: Body,
}

impl Trouble {
    /// For the shopper: what happened and what to do.
    pub(super) fn say(&self, app: App, offline: &'static str) -> &'static str {
        match self {
            Self::Network => offline,
            Self::Refused(code) => say::refused(app.lang, code),
        }
    }
}

impl Call<'_> {
    /// Sends it and reads the answer.
    pub(super) async fn json<T: DeserializeOwned>(self, app: App) -> Result<T, Trouble> {
        let value = self.value(app).await?;
        json::told(&value).ok_or(Trouble::Network)
    }

    /// Sends it and gives the answer as the browser reads it.
    pub(super) async fn value(self, app: App) -> Result<JsValue, Trouble> {
        let response = self.sent(app).await.map_err(|_| Trouble::Network)?;
        let text = response.text().map(JsFuture::from);
        let text = match text {
            Ok(text) => text.await.ok().and_then(|text| text.as_string()),
            Err(_) => None,
        };
        let value = text.and_then(|text| JSON::parse(&text).ok());
        let value = value.unwrap_or(JsValue::UNDEFINED);
        if response.ok() {
            return Ok(value);
        }
        Err(refusal(&value, response.status()))
    }

    /// Sends it and gives the bytes of the answer.
    pub(super) async fn bytes(self, app: App) -> Result<Blob, Trouble> {
        let response = self.sent(app).await.map_err(|_| Trouble::Network)?;
        if !response.ok() {
            return Err(refusal(&JsValue::UNDEFINED, response.status()));
        }
        let blob = response.blob().map_err(|_| Trouble::Network)?;
        let blob = JsFuture::from(blob).await.map_err(|_| Trouble::Network)?;
        blob.dyn_into().map_err(|_| Trouble::Network)
    }

    async fn sent(self, app: App) -> Result<Response, JsValue> {
        let init = RequestInit::new();
        let headers = Headers::new()?;
        if !self.code.is_empty() {
            headers.set("Authorization", &["Bearer ", self.code].concat())?;
        }
        match &self.body {
            Body::Nothing => {}
            Body::Json(json) => {
                init.set_method("POST");
                headers.set("Content-Type", "application/json")?;
                init.set_body(&json.into());
            }
            Body::Form(form) => {
                init.set_method("POST");
                init.set_body(form);
            }
        }
        init.set_headers(&headers);
        Reflect::set(&init, &"credentials".into(), &"omit".into())?;
        init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
        let server = app.config.server().unwrap_or_default();
        let url = [&server, "v1/", &self.path].concat();
        let answer = window().fetch_with_str_and_init(&url, &init);
        JsFuture::from(answer).await?.dyn_into()
    }
}

/// A failure of the server is no refusal: the same may be sent again.
fn refusal(value: &JsValue, status: u16) -> Trouble {
    #[derive(Deserialize)]
    struct Said {
        code: String,
    }
    if status >= 500 {
        return Trouble::Network;
    }
    let said = json::told::<Said>(value);
    Trouble::Refused(said.map_or_else(String::new, |said| said.code))
}
