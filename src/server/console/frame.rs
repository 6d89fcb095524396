//! What stands above every page of the console: the shop, the ways to its pages, and who is signed in.

use super::guard::Visitor;
use crate::accounts::Role;
use crate::html::{Page, Pick as _};
use axum::http::StatusCode;
use axum::response::Response;
use guichet_domain::lang::Lang;
use maud::{Markup, html};

/// The pages the bar leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Queue,
    Search,
    Indicators,
    Report,
    Mails,
    Trail,
}

/// A page of the console for somebody who is signed in.
pub(super) fn respond(
    visitor: &Visitor,
    place: Option<Place>,
    title: &str,
    main: Markup,
) -> Response {
    let page = Page {
        lang: visitor.lang,
        title: format!("{title} · Guichet"),
        header: bar(visitor, place),
        main,
        wide: true,
    };
    page.respond(StatusCode::OK)
}

/// The hidden field every form carries.
pub(super) fn csrf(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name="csrf" value=(visitor.session.csrf); }
}

/// The bar for somebody who is not signed in.
pub(super) fn signed_out_bar(lang: Lang) -> Markup {
    html! {
        header.bar { div {
            a.shop href="/console" { "Guichet" }
            (other_language(lang))
        } }
    }
}

fn bar(visitor: &Visitor, place: Option<Place>) -> Markup {
    let lang = visitor.lang;
    let link = |to: Place, href: &str, text: &str| {
        let current = (place == Some(to)).then_some("page");
        html! { a href=(href) aria-current=[current] { (text) } }
    };
    html! {
        header.bar { div {
            a.shop href="/console" { "Guichet" }
            nav aria-label=(lang.pick("Pages de la console", "Pages of the console")) {
                (link(Place::Queue, "/console", lang.pick("À traiter", "To do")))
                (link(Place::Search, "/console/search", lang.pick("Rechercher", "Search")))
                (link(Place::Indicators, "/console/indicators", lang.pick("Indicateurs", "Indicators")))
                (link(Place::Report, "/console/report", lang.pick("Rapport", "Report")))
                (link(Place::Mails, "/console/mails", lang.pick("E-mails", "Mails")))
                @if visitor.may(Role::Owner) {
                    (link(Place::Trail, "/console/trail", lang.pick("Journal", "Trail")))
                }
            }
            (other_language(lang))
            form method="post" action="/console/sign-out" {
                (csrf(visitor))
                button.plain title=(visitor.name()) { (lang.pick("Se déconnecter", "Sign out")) }
            }
        } }
    }
}

fn other_language(lang: Lang) -> Markup {
    let (code, name) = match lang {
        Lang::Fr => ("en", "English"),
        Lang::En => ("fr", "Français"),
    };
    html! { a.small hreflang=(code) lang=(code) href={ "/console/language?to=" (code) } { (name) } }
}
