//! The shopper's pages: write to the shop, ask to be called, follow a claim, withdraw from a
//! contract. Plain HTML without scripts and without cookies: what opens a claim travels in the
//! forms themselves, so that no page of another site can act for the shopper. What a form sent
//! twice means is in `claims`; how a page is framed in `html`.

mod asked;
mod fields;
mod follow;
mod frame;
mod open;
mod own;
mod receipt;
mod withdraw;

use crate::App;
use crate::claims::upload::MAX_UPLOAD_BYTES;
use crate::error::MAX_BODY_BYTES;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The pages' addresses.
pub(crate) fn routes(app: App) -> Router {
    let with_files = Router::new()
        .route("/claims/new", get(open::write).post(open::post))
        .route("/claims/{number}/messages", post(own::complete))
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES));
    let without = Router::new()
        .route("/claims", get(follow::ask))
        .route("/claims/call", get(open::call).post(open::post))
        .route("/claims/withdraw", get(withdraw::ask).post(withdraw::post))
        .route("/claims/{number}", get(follow::status).post(own::show))
        .route("/claims/{number}/files/{rank}", post(own::file))
        .route("/claims/{number}/{act}", post(own::act))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    with_files.merge(without).with_state(app)
}

#[cfg(test)]
mod tests;
