//! `/claims` and `/claims/{number}`: asking for a number, and what it shows to anybody who has
//! it: status, dates and promise. The code of the receipt, or the link of a mail, shows the rest.

use super::asked::{Asked, site};
use super::fields::hidden;
use super::frame::{Place, refused, respond, to};
use crate::App;
use crate::claims::refused::Refused;
use crate::claims::{self, letter};
use crate::error::ApiError;
use crate::html::Pick as _;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use guichet_domain::claim::Claim;
use guichet_domain::claim::due::Standing;
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use maud::{Markup, html};

pub(super) async fn ask(State(app): State<App>, asked: Asked) -> Result<Response, ApiError> {
    let site = site(&app, asked.get("site"))?;
    let lang = asked.lang(site);
    let typed = asked.get("number");
    if typed.is_empty() {
        return Ok(question(site, lang, typed, None));
    }
    Ok(match typed.parse::<TrackingNumber>() {
        Ok(number) => Redirect::to(&to(site, lang, &format!("/claims/{number}"))).into_response(),
        Err(error) => question(site, lang, typed, Some(&Refused::Number(error))),
    })
}

/// The form that asks for a number, with what was wrong with the one typed.
fn question(site: &Site, lang: Lang, typed: &str, wrong: Option<&Refused>) -> Response {
    let status = wrong.map_or(StatusCode::OK, |wrong| wrong.status_and_code().0);
    let main = html! {
        form.card method="get" action="/claims" {
            (hidden(&[("site", &site.id), ("lang", lang.code())]))
            div.field {
                label for="number" { (lang.pick("Votre numéro de suivi", "Your tracking number")) }
                p.hint #number-hint { (lang.pick(
                    "13 lettres et chiffres, dans l’accusé de réception. Majuscules, espaces et tirets n’ont pas d’importance.",
                    "13 letters and digits, in the receipt. Capitals, spaces and hyphens do not matter.",
                )) }
                input.number #number name="number" type="text" value=(typed) autocomplete="off" autocapitalize="characters" spellcheck="false" required
                    aria-describedby=[Some(if wrong.is_some() { "number-hint number-fault" } else { "number-hint" })] aria-invalid=[wrong.map(|_| "true")];
                @if let Some(wrong) = wrong { p.fault #number-fault role="alert" { (wrong.say(lang)) } }
            }
            button type="submit" { (lang.pick("Voir où elle en est", "See where it stands")) }
        }
    };
    let title = lang.pick("Suivre une demande", "Follow a request");
    respond(status, site, lang, Place::Follow, title, &main)
}

pub(super) async fn status(
    State(app): State<App>,
    Path(typed): Path<String>,
    asked: Asked,
) -> Result<Response, ApiError> {
    let own = site(&app, asked.get("site"))?;
    let lang = asked.lang(own);
    let number = match typed.parse::<TrackingNumber>() {
        Ok(number) => number,
        Err(error) => return Ok(question(own, lang, &typed, Some(&Refused::Number(error)))),
    };
    asked.sender.may_guess(&app)?;
    let Some(claim) = app.store.claim(number).await? else {
        return match asked.sender.guessed_wrong(&app, Refused::NoClaim) {
            ApiError::Claim(wrong) => Ok(question(own, lang, &typed, Some(&wrong))),
            slowed => Err(slowed),
        };
    };
    let site = claims::site_of(&app, &claim)?;
    let lang = claim.lang;
    let timeline = app.store.timeline(number).await?;
    let link = asked.get("link");
    let main = html! {
        (head(site, &claim, app.clock.now()))
        (open_form(&claim, link))
        div.card {
            h2 { (lang.pick("Ce qui s’est passé", "What happened")) }
            ol.timeline {
                @for entry in timeline.iter().filter(|entry| entry.is_for_shopper()) {
                    li.team[entry.by != guichet_domain::claim::Actor::Shopper] {
                        strong { (say::claim::act(lang, entry.act, entry.by)) }
                        p.small.muted { (letter::stamp(site, lang, entry.at)) }
                    }
                }
            }
        }
    };
    Ok(respond(
        StatusCode::OK,
        site,
        lang,
        Place::Follow,
        say::claim::heading(lang, claim.kind),
        &main,
    ))
}

/// The form that opens the messages: a button for who comes from a mail, a field for the code.
fn open_form(claim: &Claim, link: &str) -> Markup {
    let lang = claim.lang;
    let action = format!("/claims/{}", claim.number);
    html! {
        @if !link.is_empty() {
            // A button, not the link itself: programs that look at mails follow links.
            form.card method="post" action=(action) {
                (hidden(&[("link", link)]))
                p { (lang.pick("Vos échanges avec nous sont à un clic.", "What we wrote to each other is one click away.")) }
                button type="submit" { (lang.pick("Ouvrir ma demande", "Open my request")) }
            }
        } @else {
            form.card method="post" action=(action) {
                div.field {
                    label for="code" { (lang.pick("Lire et compléter\u{a0}: le code de l’accusé de réception", "Read and reply: the code of the receipt")) }
                    input.number #code name="shown" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required;
                }
                button type="submit" { (lang.pick("Ouvrir ma demande", "Open my request")) }
            }
        }
    }
}

/// Number, state, who has it, promise and next step.
pub(super) fn head(site: &Site, claim: &Claim, now: Timestamp) -> Markup {
    let lang = claim.lang;
    let today = site.time_zone.local(now).date;
    let team = site
        .team(&claim.team)
        .map_or("", |team| team.name.get(lang));
    let late = claim.missed > 0 && claim.due.is_some();
    html! {
        @if late || claim.standing(site, now) == Standing::Missed {
            div.notice.soon role="status" { p { (say::claim::apology(lang)) } }
        }
        div.card {
            dl.facts {
                dt { (lang.pick("Numéro", "Number")) } dd.number { (claim.number) }
                dt { (lang.pick("État", "Status")) } dd { span.badge { (say::claim::state(lang, claim.state)) } }
                dt { (lang.pick("Reçue le", "Received")) } dd { (letter::stamp(site, lang, claim.opened)) }
                dt { (lang.pick("Suivie par", "With")) } dd { (team) }
                @if let Some(slot) = claim.slot.filter(|_| claim.closed.is_none()) {
                    dt { (lang.pick("Appel", "Call")) } dd { (say::claim::slot(lang, slot, today)) }
                } @else if let Some(due) = claim.due {
                    dt { (lang.pick("Réponse", "Answer")) }
                    dd { strong { (say::claim::by_when(lang, site.time_zone.local(due), today)) } }
                }
                @if let (None, Some(kept)) = (claim.due, claim.first_promise_kept(now)) {
                    dt { (lang.pick("Délai promis", "Promise")) }
                    dd { (if kept { lang.pick("tenu", "kept") } else { lang.pick("non tenu", "not kept") }) }
                }
            }
            p { (say::claim::next_step(lang, claim.state, claim.merged_into)) }
        }
    }
}

/// A refusal beside the form that was sent: the code or link was wrong.
pub(super) fn not_opened(site: &Site, claim_lang: Lang, wrong: Refused) -> Response {
    refused(site, claim_lang, Place::Follow, wrong)
}
