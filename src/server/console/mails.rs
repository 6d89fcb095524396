//! `/console/mails`: mails and webhooks that did not go out, and a way to try those again that were given up.

use super::frame::{self, Place};
use super::guard::{Posted, Visitor};
use super::refused::Refused;
use super::when::when;
use crate::App;
use crate::accounts::{Deed, Role};
use crate::html::Pick as _;
use crate::mail::{MailState, MailStatus};
use crate::webhooks::{Delivery, GivenUp};
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use guichet_domain::lang::Lang;
use maud::{Markup, html};

/// `GET /console/mails`.
pub(super) async fn get(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let problems = app.store.mail_problems().await?;
    let given_up = app.store.deliveries_given_up().await?;
    let lang = visitor.lang;
    let title = lang.pick("E-mails", "Mails");
    let main = html! {
        h1 { (title) }
        @if !app.sends_mail {
            p.notice.soon { (lang.pick(
                "Aucun serveur d’envoi n’est configuré : les e-mails attendent ici jusqu’à ce que Guichet soit relancé avec l’option --smtp.",
                "No mail server is set up: mails wait here until Guichet is started with the option --smtp.",
            )) }
        }
        @if problems.is_empty() {
            div.card { p { (lang.pick("Tous les e-mails sont partis sans difficulté.", "All mails went out without trouble.")) } }
        }
        @for mail in &problems {
            div.card { (problem(&app, &visitor, mail)) }
        }
        @if !given_up.is_empty() {
            h2 { (lang.pick("Webhooks abandonnés", "Webhooks that were given up")) }
        }
        @for one in &given_up {
            div.card { (webhook(&app, &visitor, one)) }
        }
    };
    Ok(frame::respond(&visitor, Some(Place::Mails), title, main))
}

/// `POST /console/mails/{id}/again`.
pub(super) async fn again(
    State(app): State<App>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Redirect, Refused> {
    posted.visitor.needs(Role::Agent)?;
    let is_there = app.store.send_mail_again(id, app.clock.now()).await?;
    tried(&app, &posted, is_there, "mail_again", id).await
}

/// `POST /console/webhooks/{id}/again`.
pub(super) async fn webhook_again(
    State(app): State<App>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Redirect, Refused> {
    posted.visitor.needs(Role::Agent)?;
    let is_there = app.store.deliver_again(id, app.clock.now()).await?;
    tried(&app, &posted, is_there, "webhook_again", id).await
}

async fn tried(
    app: &App,
    posted: &Posted,
    is_there: bool,
    what: &'static str,
    id: i64,
) -> Result<Redirect, Refused> {
    if is_there {
        let detail = id.to_string();
        let deed = Deed {
            user: posted.visitor.name(),
            what,
            claim: None,
            detail: &detail,
        };
        app.store.record(&deed, app.clock.now()).await?;
    }
    Ok(Redirect::to("/console/mails"))
}

/// What is said of one mail that has not gone out.
fn problem(app: &App, visitor: &Visitor, mail: &MailStatus) -> Markup {
    let lang = visitor.lang;
    html! {
        h2 { (mail.to) " " (badge(lang, mail.state)) }
        @if let Some(claim) = &mail.claim {
            p { a.number href={ "/console/claims/" (claim) } { (claim) } }
        }
        p.muted {
            (lang.pick("Écrit ", "Written ")) (when(app, lang, mail.created))
            " · " (attempts(lang, mail.attempts))
            @if mail.state == MailState::Waiting {
                " · " (lang.pick("prochain essai ", "next attempt ")) (when(app, lang, mail.due))
            }
        }
        @if !mail.problem.is_empty() {
            p.pre { code { (mail.problem) } }
        }
        @if mail.state == MailState::Failed && visitor.may(Role::Agent) {
            form method="post" action={ "/console/mails/" (mail.id) "/again" } {
                (frame::csrf(visitor))
                button.quiet { (lang.pick("Essayer à nouveau", "Try again")) }
            }
        }
    }
}

/// What is said of a webhook that was given up.
fn webhook(app: &App, visitor: &Visitor, one: &GivenUp) -> Markup {
    let lang = visitor.lang;
    let Delivery {
        id,
        claim,
        event,
        at,
        attempts: count,
        ..
    } = &one.delivery;
    html! {
        h3 { (event) " " (badge(lang, MailState::Failed)) }
        p { a.number href={ "/console/claims/" (claim) } { (claim) } }
        p.muted { (when(app, lang, *at)) " · " (attempts(lang, *count)) }
        p.pre { code { (one.problem) } }
        @if visitor.may(Role::Agent) {
            form method="post" action={ "/console/webhooks/" (id) "/again" } {
                (frame::csrf(visitor))
                button.quiet { (lang.pick("Essayer à nouveau", "Try again")) }
            }
        }
    }
}

fn attempts(lang: Lang, count: u32) -> String {
    let word = match count {
        0 | 1 => lang.pick("essai", "attempt"),
        _ => lang.pick("essais", "attempts"),
    };
    format!("{count} {word}")
}

/// Where a mail stands, in a word.
pub(super) fn badge(lang: Lang, state: MailState) -> Markup {
    let (class, text) = match state {
        MailState::Sent => ("badge good", lang.pick("envoyé", "sent")),
        MailState::Waiting => ("badge soon", lang.pick("en attente", "waiting")),
        MailState::Sending => ("badge", lang.pick("en cours d’envoi", "being sent")),
        MailState::Failed => ("badge bad", lang.pick("non distribué", "not delivered")),
    };
    html! { span class=(class) { (text) } }
}
