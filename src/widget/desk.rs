//! The third part of the module, which a browser fetches when a shopper writes to the shop or
//! follows what he wrote: forms, receipts, timelines. `cargo xtask build-web` cuts the module at
//! [`parts`], as it does for `later`; what is reached only through [`Ways`] lands in a file of its own.

#![expect(clippy::unnecessary_wraps, reason = "the macro returns its own error")]

mod draft;
mod field;
mod files;
mod follow;
mod form;
mod numbers;
mod rating;
mod receipt;
mod server;
mod texts;
mod timeline;

use crate::loading::bring;
use crate::prelude::AnyView;
use crate::state::{App, Subject};
use crate::{json, network};
use guichet_bundle::desk::DeskFile;
use guichet_domain::claim::Kind;
use guichet_domain::site::Site;
use guichet_domain::tracking::TrackingNumber;
use std::cell::RefCell;
use std::pin::Pin;
use wasm_split_helpers::wasm_split;

/// How a kept draft begins once the shopper has sent it and it did not arrive, by its kind.
pub(crate) const UNSENT: [(u8, Kind); 2] = [(b'r', Kind::Request), (b'c', Kind::CallBack)];

/// What is known where requests are written and followed; there as long as the page.
pub(crate) struct Desk {
    pub(crate) ways: &'static Ways,
    /// The shop, with how it takes claims.
    site: Site,
    /// What opens the requests sent or opened on this page.
    codes: RefCell<Vec<(TrackingNumber, String)>>,
}

/// What a desk needs on its way.
type Opening = Pin<Box<dyn Future<Output = Result<&'static Desk, String>>>>;

/// The ways into the third part.
pub(crate) struct Ways {
    open: fn(App) -> Opening,
    pub(crate) claim: fn(App, &'static Desk, Kind, &Subject) -> AnyView,
    pub(crate) follow: fn(App, &'static Desk, &str) -> AnyView,
}

/// Fetches what is not here.
pub(crate) fn start(app: App) {
    bring(app, &app.desk, fetched(app), |_| ());
}

async fn fetched(app: App) -> Result<&'static Desk, String> {
    let ways = parts().await.map_err(|error| error.to_string())?;
    (ways.open)(app).await
}

/// Fetches the third part, once; a failure may be tried again.
#[wasm_split(desk, fallible)]
fn parts() -> Result<&'static Ways, wasm_split_helpers::SplitLoaderError> {
    Ok(&WAYS)
}

static WAYS: Ways = Ways {
    open,
    claim: form::view,
    follow: follow::view,
};

fn open(app: App) -> Opening {
    Box::pin(async move {
        let mut site = app.manifest.site.clone();
        if let Some(file) = &app.manifest.desk {
            let asked = network::ask(&app.config.site(), file);
            let bytes = asked.receive().await.map_err(|error| error.to_string())?;
            let read: Result<DeskFile, _> = json::read(&file.name, &bytes);
            site.claims = Some(read.map_err(|error| error.to_string())?.desk);
        }
        app.adopt(include_str!(concat!(env!("OUT_DIR"), "/desk.css")));
        let desk: &'static Desk = Box::leak(Box::new(Desk {
            ways: &WAYS,
            site,
            codes: RefCell::default(),
        }));
        Ok(desk)
    })
}

impl Desk {
    /// What opens a request, where it is known.
    fn code(&self, number: TrackingNumber) -> Option<String> {
        let codes = self.codes.borrow();
        let known = codes.iter().find(|(own, _)| *own == number);
        known.map(|(_, code)| code.clone())
    }

    /// Remembers what opens a request, for as long as the page lives.
    fn remember(&self, number: TrackingNumber, code: &str) {
        let mut codes = self.codes.borrow_mut();
        codes.retain(|(own, _)| *own != number);
        codes.push((number, code.to_owned()));
    }
}
