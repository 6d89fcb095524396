//! `GET /v1/indicators?site=…`: what the shop shows of how it answers. For everybody, from any
//! page. And `GET /indicators`, the same for people.

use crate::App;
use crate::error::ApiError;
use crate::html::fields::Fields;
use crate::html::{Page, Pick as _, language};
use crate::indicators::{self, page};
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use guichet_domain::indicator::Indicator;
use guichet_domain::indicator::told::Public;
use guichet_domain::say::indicator as say;
use guichet_domain::site::Site;
use maud::html;

pub(crate) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let public = match site(&app, query) {
        Ok(site) => indicators::public(&app, site).await?,
        // The panel of a shop whose events are taken, and no claims, asks too.
        Err(ApiError::UnknownSite(id)) if app.sites.contains(&id) => {
            Public::nothing(&id, app.clock.now())
        }
        Err(error) => return Err(error),
    };
    Ok((
        [(header::CACHE_CONTROL, "public, max-age=60")],
        Json(public),
    ))
}

/// The site asked for; without one, the only one there is.
fn site(app: &App, query: Option<String>) -> Result<&Site, ApiError> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let id = fields.get("site");
    let mut with_desk = app.shops.with_desk();
    let found = match (with_desk.next(), with_desk.next()) {
        (Some(only), None) if id.is_empty() => Some(only),
        _ => app.shops.with_desk().find(|site| site.id == id),
    };
    found.ok_or_else(|| ApiError::UnknownSite(id.chars().take(64).collect()))
}

pub(crate) async fn html(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = site(&app, query)?;
    let lang = language(&headers);
    let chosen = app.store.public_indicators(&site.id).await?;
    let figures = indicators::figures(&app, site).await?;
    let title = say::title(lang);
    let main = html! {
        h1 { (title) }
        p.muted { (page::period(site, lang, &figures)) }
        @for indicator in Indicator::ALL {
            @if chosen.contains(&indicator) { section.card { (page::figure(site, lang, &figures, indicator)) } }
        }
        @if chosen.is_empty() {
            p.card { (lang.pick("Cette boutique ne publie pas encore d’indicateurs.", "This shop does not publish indicators yet.")) }
        }
        p.muted.small { (say::honest(lang)) }
    };
    let page = Page {
        lang,
        title: format!("{title} · {}", site.name),
        header: html! { header.bar { div { a.shop href=(site.url) { (site.name) } } } },
        main,
        wide: false,
    };
    Ok(page.respond(StatusCode::OK))
}

#[cfg(test)]
mod tests;
