//! The console: where the shop's people work claims. Plain HTML of the server, without scripts;
//! every form is posted with the session's token and answered by a redirect, so that going back
//! or reloading does nothing twice. Who may come in is in `console::guard`.

mod frame;
mod guard;
mod mails;
mod refused;
mod sign_in;
mod trail;
mod when;

use crate::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::{get, post};
use refused::Refused;

/// Most bytes of a form: a long answer in an alphabet of several bytes, percent-encoded.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// The console's addresses.
pub(crate) fn routes(app: App) -> Router {
    Router::new()
        .route(
            "/console",
            get(async |_: guard::Visitor| Redirect::to("/console/mails")),
        )
        .route("/console/", get(async || Redirect::permanent("/console")))
        .route("/console/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/console/sign-out", post(sign_in::sign_out))
        .route("/console/mails", get(mails::get))
        .route("/console/mails/{id}/again", post(mails::again))
        .route("/console/trail", get(trail::get))
        .route("/console/language", get(sign_in::set_language))
        .route(
            "/console/{*rest}",
            get(async |_: guard::Visitor| Refused::NotFound),
        )
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .with_state(app)
}

#[cfg(test)]
mod tests;
