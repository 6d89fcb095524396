//! What the console answers when it won't: a page with a stable code, or the way to sign in.

use crate::accounts::Role;
use crate::error::ApiError;
use crate::html::{Page, Pick as _};
use crate::store::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guichet_domain::lang::Lang;
use maud::html;

/// Why a page is not shown or a form not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// Nobody is signed in; the address to come back to.
    #[error("nobody is signed in")]
    SignedOut(String),
    /// A form that was not sent from the console.
    #[error("the form was not sent from the console")]
    CrossSite,
    /// Somebody who may not.
    #[error("this needs the role `{0}`")]
    Role(Role),
    /// There is no such page.
    #[error("there is nothing at this address")]
    NotFound,
    /// The body.
    #[error(transparent)]
    Body(#[from] ApiError),
    /// Ours.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refused {
    fn answer(&self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::CrossSite => (
                StatusCode::FORBIDDEN,
                "cross_site",
                "Ce formulaire ne venait pas de la console, ou votre session a changé entre-temps. Rien n’a été fait : revenez à la page et recommencez.",
                "This form did not come from the console, or your session has changed since. Nothing was done: go back to the page and try again.",
            ),
            Self::Role(_) => (
                StatusCode::FORBIDDEN,
                "role",
                "Votre compte ne permet pas cette action. La personne responsable de la boutique peut changer votre rôle.",
                "Your account does not allow this. The owner of the shop can change your role.",
            ),
            Self::NotFound | Self::SignedOut(_) => (
                StatusCode::NOT_FOUND,
                "not_found",
                "Il n’y a rien à cette adresse.",
                "There is nothing at this address.",
            ),
            Self::Body(_) => (
                StatusCode::BAD_REQUEST,
                "bad_form",
                "Le formulaire n’a pas pu être lu. Rien n’a été fait.",
                "The form could not be read. Nothing was done.",
            ),
            Self::Store(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Quelque chose n’a pas fonctionné chez nous. Réessayez dans un instant ; le journal du serveur en dit plus.",
                "Something went wrong here. Try again in a moment; the server’s log says more.",
            ),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        if let Self::SignedOut(to) = &self {
            let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
            return Redirect::to(&format!("/console/sign-in?to={to}")).into_response();
        }
        if let Self::Store(error) = &self {
            tracing::error!(%error, "a page could not be served");
        }
        let (status, code, fr, en) = self.answer();
        // The page does not know who reads it: both languages, as short as they are.
        let main = html! {
            div.card {
                h1 { (Lang::Fr.pick("Ce n’est pas possible", "")) }
                p { (fr) }
                p lang="en" { (en) }
                p.muted.small { code { (code) } }
                p { a href="/console" { "Console" } }
            }
        };
        let title = "Guichet".to_owned();
        Page {
            lang: Lang::Fr,
            title,
            header: html! {},
            main,
            wide: false,
        }
        .respond(status)
    }
}
