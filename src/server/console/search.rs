//! `/console/search`: a claim by its number, claims by order or e-mail address.

use super::frame::{self, Place};
use super::guard::Visitor;
use super::queue::row;
use super::refused::Refused;
use crate::App;
use crate::html::Pick as _;
use crate::html::fields::Fields;
use crate::store::claims::ClaimFilter;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use guichet_domain::claim::Claim;
use guichet_domain::lang::Lang;
use guichet_domain::tracking::TrackingNumber;
use maud::{Markup, html};

/// Most claims listed.
const MAX_FOUND: u32 = 100;
/// Most characters that are looked for: the longest e-mail address.
const MAX_CHARS: usize = 254;

/// `GET /console/search?q=…`.
pub(super) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let wanted: String = fields.get("q").trim().chars().take(MAX_CHARS).collect();
    let lang = visitor.lang;
    if let Ok(number) = wanted.parse::<TrackingNumber>()
        && app.store.claim(number).await?.is_some()
    {
        return Ok(Redirect::to(&format!("/console/claims/{number}")).into_response());
    }
    let found = if wanted.is_empty() {
        Vec::new()
    } else {
        find(&app, &wanted).await?
    };
    let numbers: Vec<_> = found.iter().map(|claim| claim.number).collect();
    let first_words = app.store.first_words(&numbers).await?;
    let now = app.clock.now();
    let title = lang.pick("Rechercher", "Search");
    let main = html! {
        h1 { (title) }
        (form(lang, &wanted))
        @if !wanted.is_empty() && found.is_empty() {
            div.card { p { (lang.pick(
                "Rien à ce numéro, à cette commande ou à cette adresse.",
                "Nothing under this number, order or address.",
            )) } }
        }
        ul.queue { @for claim in &found {
            @if let Some(site) = app.shops.site(&claim.site) {
                (row(site, lang, claim, first_words.get(&claim.number).map_or("", String::as_str), now))
            }
        } }
    };
    Ok(frame::respond(&visitor, Some(Place::Search), title, main))
}

async fn find(app: &App, wanted: &str) -> Result<Vec<Claim>, Refused> {
    let mut filter = ClaimFilter {
        limit: MAX_FOUND,
        ..ClaimFilter::default()
    };
    if wanted.contains('@') {
        filter.email = Some(wanted.to_owned());
    } else {
        filter.order = Some(wanted.to_owned());
    }
    Ok(app.store.claims(&filter).await?)
}

fn form(lang: Lang, wanted: &str) -> Markup {
    html! {
        form.card role="search" method="get" action="/console/search" {
            label for="q" { (lang.pick("Numéro de suivi, numéro de commande ou adresse e-mail", "Tracking number, order number or e-mail address")) }
            div.inline {
                input #q name="q" type="search" value=(wanted) maxlength=(MAX_CHARS) autocapitalize="none" spellcheck="false";
                button { (lang.pick("Rechercher", "Search")) }
            }
        }
    }
}
