//! The console: where the shop's people work claims. Plain HTML of the server, without scripts;
//! every form is posted with the session's token and answered by a redirect, so that going back
//! or reloading does nothing twice. Who may come in is in `console::guard`.

mod act;
mod claim;
mod figures;
mod frame;
mod guard;
mod mails;
mod queue;
mod quote;
mod refused;
mod report;
mod search;
mod sign_in;
mod trail;
mod when;
mod words;

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
        .route("/console", get(queue::get))
        .route("/console/", get(async || Redirect::permanent("/console")))
        .route("/console/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/console/sign-out", post(sign_in::sign_out))
        .route("/console/search", get(search::get))
        .route("/console/claims/{number}", get(claim::get))
        .route("/console/claims/{number}/files/{rank}", get(claim::file))
        .route("/console/claims/{number}/write", post(act::write))
        .route("/console/claims/{number}/take-up", post(act::take_up))
        .route("/console/claims/{number}/reassign", post(act::reassign))
        .route("/console/claims/{number}/close", post(act::close))
        .route("/console/claims/{number}/reopen", post(act::reopen))
        .route("/console/claims/{number}/merge", post(act::merge))
        .route("/console/indicators", get(figures::get).post(figures::post))
        .route("/console/report", get(report::get))
        .route("/console/digest", get(report::digest))
        .route("/console/mails", get(mails::get))
        .route("/console/mails/{id}/again", post(mails::again))
        .route("/console/webhooks/{id}/again", post(mails::webhook_again))
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
