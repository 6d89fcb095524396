//! `/console/trail`: who did what, for the owner.

use super::frame::{self, Place};
use super::guard::Visitor;
use super::refused::Refused;
use super::when::when;
use crate::App;
use crate::accounts::Role;
use crate::html::Pick as _;
use axum::extract::State;
use axum::response::Response;
use guichet_domain::lang::Lang;
use maud::html;

/// Most entries shown.
const SHOWN: u32 = 500;

/// `GET /console/trail`.
pub(super) async fn get(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    visitor.needs(Role::Owner)?;
    let entries = app.store.audit(None, SHOWN).await?;
    let lang = visitor.lang;
    let title = lang.pick("Journal des actions", "Audit trail");
    let main = html! {
        h1 { (title) }
        div.card {
            table.stack {
                thead { tr {
                    th scope="col" { (lang.pick("Quand", "When")) }
                    th scope="col" { (lang.pick("Qui", "Who")) }
                    th scope="col" { (lang.pick("Action", "What")) }
                    th scope="col" { (lang.pick("Réclamation", "Claim")) }
                } }
                tbody { @for entry in &entries { tr {
                    td { (when(&app, lang, entry.at)) }
                    td { (entry.user) }
                    td { (word(lang, &entry.what)) @if !entry.detail.is_empty() { " " span.muted { (entry.detail) } } }
                    td { @if let Some(claim) = &entry.claim {
                        a.number href={ "/console/claims/" (claim) } { (claim) }
                    } }
                } } }
            }
        }
    };
    Ok(frame::respond(&visitor, Some(Place::Trail), title, main))
}

/// What was done, in words; a word of a newer version stands as it is.
pub(super) fn word(lang: Lang, what: &str) -> &str {
    let (fr, en) = match what {
        "sign_in" => ("s’est connecté", "signed in"),
        "sign_in_failed" => ("connexion refusée", "sign-in refused"),
        "user_added" => ("compte ajouté", "account added"),
        "user_removed" => ("compte supprimé", "account removed"),
        "role_changed" => ("rôle changé", "role changed"),
        "password_changed" => ("mot de passe changé", "password changed"),
        "indicators_chosen" => ("indicateurs publics choisis", "public indicators chosen"),
        "take_up" => ("a pris en charge", "took up"),
        "answer" => ("a répondu", "answered"),
        "ask" => ("a demandé des précisions", "asked for more"),
        "note" => ("a noté", "noted"),
        "reassign" => ("a confié à une autre équipe", "gave to another team"),
        "close" => ("a clos", "closed"),
        "reopen" => ("a rouvert", "reopened"),
        "merge" => ("a réuni", "merged"),
        "mail_again" => ("e-mail renvoyé", "mail tried again"),
        other => return other,
    };
    lang.pick(fr, en)
}
