//! `/console/indicators`: every figure, and for the owner which of them are public. There is no
//! field to type a figure in.

use super::frame::{self, Place, csrf};
use super::guard::{Posted, Visitor};
use super::refused::Refused;
use crate::App;
use crate::accounts::Role;
use crate::html::Pick as _;
use crate::html::fields::Fields;
use crate::indicators::{compute, page};
use axum::extract::{RawQuery, State};
use axum::response::{Redirect, Response};
use guichet_domain::indicator::Indicator;
use maud::html;

/// `GET /console/indicators`.
pub(super) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let site = app
        .shops
        .desk_or_first(query.get("site"))
        .ok_or(Refused::NotFound)?;
    let figures = compute(&app, site).await?;
    let public = app.store.public_indicators(&site.id).await?;
    let lang = visitor.lang;
    let owner = visitor.may(Role::Owner);
    let title = lang.pick("Indicateurs", "Indicators");
    let main = html! {
        h1 { (title) }
        p.muted { (page::period(site, lang, &figures)) }
        form method="post" action="/console/indicators" {
            (csrf(&visitor))
            input type="hidden" name="site" value=(site.id);
            div.grid { @for indicator in Indicator::ALL { section.card {
                (page::figure(site, lang, &figures, indicator))
                p.foot {
                    @let is_public = public.contains(&indicator);
                    @if owner {
                        label.tick {
                            input type="checkbox" name=(indicator.word()) value="1" checked[is_public];
                            (lang.pick("Montrer aux clients", "Show to customers"))
                        }
                    } @else if is_public {
                        span.badge.good { (lang.pick("montré aux clients", "shown to customers")) }
                    }
                }
            } } }
            @if owner { p { button { (lang.pick("Enregistrer le choix", "Save the choice")) } } }
        }
        p.muted.small {
            (lang.pick("Ce que voient les clients : ", "What customers see: "))
            a href={ "/indicators?site=" (site.id) } { "/indicators" }
        }
    };
    Ok(frame::respond(
        &visitor,
        Some(Place::Indicators),
        title,
        main,
    ))
}

/// `POST /console/indicators`.
pub(super) async fn post(State(app): State<App>, posted: Posted) -> Result<Redirect, Refused> {
    let Posted { visitor, fields } = posted;
    visitor.needs(Role::Owner)?;
    let site = app
        .shops
        .site(fields.get("site"))
        .ok_or(Refused::NotFound)?;
    let ticked = |indicator: &Indicator| !fields.get(indicator.word()).is_empty();
    let chosen: Vec<Indicator> = Indicator::ALL.into_iter().filter(ticked).collect();
    let now = app.clock.now();
    app.store
        .set_public_indicators(&site.id, &chosen, visitor.name(), now)
        .await?;
    Ok(Redirect::to(&format!(
        "/console/indicators?site={}",
        site.id
    )))
}
