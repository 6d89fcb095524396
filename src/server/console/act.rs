//! What the forms of a claim's page do. Each is one deed: the claim, its timeline and the mail it
//! causes are stored together, and the page is shown again. What is written is never lost: where
//! something stands in the way, the form comes back with it.

use super::claim::{Draft, View, view};
use super::guard::Posted;
use super::refused::Refused;
use super::{quote, words};
use crate::App;
use crate::accounts::{Deed as Done, Role};
use crate::html::Pick as _;
use crate::letter;
use crate::store::claims::{Acted, Consequences, Deed};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use guichet_domain::claim::form::MAX_TEXT_CHARS;
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Act, Actor, Claim, Entry};
use guichet_domain::tracking::TrackingNumber;
use sha2::{Digest as _, Sha256};

/// `POST /console/claims/{number}/write`: answers, asks, notes, or puts a quotation into the text.
pub(super) async fn write(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    let Posted { visitor, fields } = posted;
    visitor.needs(Role::Agent)?;
    let view = view(&app, &visitor, &number).await?;
    let lang = visitor.lang;
    let text = fields.get("text").replace("\r\n", "\n");
    let act = match fields.get("do") {
        "answer" => Act::Answer,
        "ask" => Act::Ask,
        "note" => Act::Note,
        _ => {
            let quoted = quote::quote(view.shop, view.claim.lang, fields.get("quote"));
            return Ok(view.respond(StatusCode::OK, &with_quotation(text, quoted)));
        }
    };
    let again = |text: String, notice: &str| {
        let draft = Draft {
            text,
            notice: Some(notice.to_owned()),
        };
        Ok(view.respond(StatusCode::UNPROCESSABLE_ENTITY, &draft))
    };
    if text.trim().is_empty() {
        return again(
            text,
            lang.pick(
                "Écrivez d’abord votre message.",
                "Write your message first.",
            ),
        );
    }
    if text.chars().count() > MAX_TEXT_CHARS {
        return again(
            text,
            lang.pick("Ce message est trop long.", "This message is too long."),
        );
    }
    // A colleague answered, the shopper wrote, or the button was pressed twice.
    let last = view.timeline.last().map_or(0, |entry| entry.rank);
    if fields.get("seen").parse() != Ok(last) {
        return again(text, lang.pick(
            "Il s’est passé quelque chose entre-temps (voyez l’historique). Votre message n’est pas parti ; relisez-le avant de l’envoyer.",
            "Something happened meanwhile (see the history). Your message was not sent; read it again before you send it.",
        ));
    }
    let change = Change::new(act, Actor::Team, view.now);
    let refused = done(&app, &view, &change, Some(text.trim())).await?;
    match refused {
        None => Ok(back(&view)),
        Some(why) => again(text, &why),
    }
}

fn with_quotation(text: String, quoted: Option<String>) -> Draft {
    let text = match quoted {
        None => text,
        Some(quoted) if text.trim().is_empty() => quoted,
        Some(quoted) => format!("{}\n\n{quoted}", text.trim_end()),
    };
    Draft { text, notice: None }
}

/// `POST /console/claims/{number}/take-up`.
pub(super) async fn take_up(
    app: State<App>,
    number: Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    simple(app, number, posted, Act::TakeUp).await
}

/// `POST /console/claims/{number}/close`.
pub(super) async fn close(
    app: State<App>,
    number: Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    simple(app, number, posted, Act::Close).await
}

/// `POST /console/claims/{number}/reopen`.
pub(super) async fn reopen(
    app: State<App>,
    number: Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    simple(app, number, posted, Act::Reopen).await
}

/// `POST /console/claims/{number}/reassign`.
pub(super) async fn reassign(
    app: State<App>,
    number: Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    simple(app, number, posted, Act::Reassign).await
}

/// `POST /console/claims/{number}/merge`.
pub(super) async fn merge(
    app: State<App>,
    number: Path<String>,
    posted: Posted,
) -> Result<Response, Refused> {
    simple(app, number, posted, Act::Merge).await
}

async fn simple(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: Posted,
    act: Act,
) -> Result<Response, Refused> {
    let Posted { visitor, fields } = posted;
    visitor.needs(Role::Agent)?;
    let view = view(&app, &visitor, &number).await?;
    let mut change = Change::new(act, Actor::Team, view.now);
    if act == Act::Reassign {
        change.team = Some(fields.get("team").to_owned());
    }
    if act == Act::Merge {
        change.into = other_claim(&app, &view.claim, fields.get("into")).await?;
    }
    match done(&app, &view, &change, None).await? {
        None => Ok(back(&view)),
        Some(why) => {
            let draft = Draft {
                notice: Some(why),
                ..Draft::default()
            };
            Ok(view.respond(StatusCode::UNPROCESSABLE_ENTITY, &draft))
        }
    }
}

/// The claim a duplicate goes on in: one of the same shop that was not merged itself.
async fn other_claim(
    app: &App,
    claim: &Claim,
    text: &str,
) -> Result<Option<TrackingNumber>, Refused> {
    let Ok(number) = text.parse::<TrackingNumber>() else {
        return Ok(None);
    };
    let other = app.store.claim(number).await?;
    let fits = |other: &Claim| other.site == claim.site && other.merged_into.is_none();
    Ok(other.filter(fits).map(|other| other.number))
}

/// Does it; `Some` says in words why it was refused.
async fn done(
    app: &App,
    view: &View<'_>,
    change: &Change,
    text: Option<&str>,
) -> Result<Option<String>, Refused> {
    let user = view.visitor.name();
    let last = view.timeline.last().map_or(0, |entry| entry.rank);
    // A button pressed twice at once sends the same to the same state of the claim: one deed.
    let key = format!(
        "console\n{user}\n{last}\n{}\n{}",
        change.act,
        text.unwrap_or_default()
    );
    let key_hash = Sha256::digest(key).into();
    let deed = Deed {
        number: view.claim.number,
        site: &view.shop.site,
        change,
        user: Some(user),
        text,
        files: &[],
        key_hash: Some(key_hash),
    };
    let consequences = |claim: &Claim, entry: &Entry| {
        let url = app.public_url.as_deref();
        let mail = letter::to_shopper(&view.shop.site, claim, entry, url);
        Consequences {
            mails: mail.into_iter().collect(),
            ..Consequences::default()
        }
    };
    match app.store.act(&deed, &consequences).await? {
        Acted::Done(_) | Acted::Known(_) => {}
        Acted::Refused(refusal) => return Ok(Some(words::refusal(view.visitor.lang, &refusal))),
        Acted::NoClaim | Acted::TooManyFiles => return Err(Refused::NotFound),
    }
    let number = view.claim.number.to_string();
    let trail = Done {
        user,
        what: change.act.word(),
        claim: Some(&number),
        detail: "",
    };
    app.store.record(&trail, view.now).await?;
    Ok(None)
}

fn back(view: &View<'_>) -> Response {
    Redirect::to(&format!("/console/claims/{}", view.claim.number)).into_response()
}
