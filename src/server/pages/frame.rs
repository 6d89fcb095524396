//! What stands around every page of the shopper: the shop, and the ways to the other pages.

use crate::claims::refused::Refused;
use crate::error::ApiError;
use crate::html::{Page, Pick as _};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use guichet_domain::lang::Lang;
use guichet_domain::rich::is_safe_href;
use guichet_domain::site::Site;
use maud::{Markup, html};

/// The pages the bar leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Write,
    Call,
    Follow,
    Withdraw,
}

/// A page of a site.
pub(super) fn respond(
    status: StatusCode,
    site: &Site,
    lang: Lang,
    place: Place,
    title: &str,
    main: &Markup,
) -> Response {
    let page = Page {
        lang,
        title: format!("{title} · {}", site.name),
        header: bar(site, lang, place),
        main: html! { h1 { (title) } (main) },
        wide: false,
    };
    page.respond(status)
}

/// An address of ours with site and language.
pub(super) fn to(site: &Site, lang: Lang, path: &str) -> String {
    format!("{path}?site={}&lang={lang}", site.id)
}

fn bar(site: &Site, lang: Lang, place: Place) -> Markup {
    let link = |own: Place, path: &str, text: &str| {
        let current = (own == place).then_some("page");
        html! { a href=(to(site, lang, path)) aria-current=[current] { (text) } }
    };
    html! {
        header.bar { div {
            @if is_safe_href(&site.url) { a.shop href=(site.url) { (site.name) } }
            @else { span.shop { (site.name) } }
            nav aria-label=(lang.pick("Service client", "Customer service")) {
                (link(Place::Write, "/claims/new", lang.pick("Écrire", "Write")))
                @if site.call_back_channel().is_some() {
                    (link(Place::Call, "/claims/call", lang.pick("Être rappelé", "Be called")))
                }
                (link(Place::Follow, "/claims", lang.pick("Suivre", "Follow")))
                (link(Place::Withdraw, "/claims/withdraw", lang.pick("Renoncer au contrat ici", "Withdraw from contract here")))
            }
        } }
    }
}

/// A refusal as a page, in words for the shopper.
pub(super) fn refused(site: &Site, lang: Lang, place: Place, refused: Refused) -> Response {
    let (status, code) = refused.status_and_code();
    if let Refused::Store(_) = refused {
        // Logs what happened, once.
        return ApiError::Claim(refused).into_response();
    }
    let main = html! {
        div.notice.bad role="alert" data-code=(code) { p { (refused.say(lang)) } }
        p { a href=(to(site, lang, "/claims")) { (lang.pick("Suivre une demande", "Follow a request")) } }
    };
    let title = lang.pick("Ce n’est pas allé jusqu’au bout", "This did not go through");
    respond(status, site, lang, place, title, &main)
}
