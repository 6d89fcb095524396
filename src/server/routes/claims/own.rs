//! What a shopper does with his own claim: he shows the code of his receipt or a pass.

use super::{body, number};
use crate::App;
use crate::claims::refused::Refused;
use crate::claims::{self, Doing, view};
use crate::error::ApiError;
use crate::extract::{Admitted, JsonBody};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use guichet_domain::claim::form;
use guichet_domain::claim::{Act, Claim, FileInfo};
use guichet_domain::event::RandomId;
use guichet_domain::tracking::TrackingNumber;
use serde::{Deserialize, Serialize};

/// The claim of an address, opened by what the shopper shows. Whether the number is unknown or
/// the code wrong is not told apart.
pub(crate) async fn opened(
    app: &App,
    sender: &Admitted,
    typed: &str,
    shown: &str,
) -> Result<Claim, ApiError> {
    let number = number(typed)?;
    sender.may_guess(app)?;
    let opens = match claims::secret::shown_hash(number, shown) {
        Some(hash) => app.store.opens(number, &hash, app.clock.now()).await?,
        None => false,
    };
    if !opens {
        return Err(sender.guessed_wrong(app, Refused::NoAccess));
    }
    let claim = app.store.claim(number).await?;
    Ok(claim.ok_or(Refused::NoAccess)?)
}

fn bearer(headers: &HeaderMap) -> &str {
    let value = headers.get(header::AUTHORIZATION);
    let value = value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value.strip_prefix("Bearer ").unwrap_or_default()
}

async fn told(app: &App, claim: &Claim) -> Result<Json<view::Full>, ApiError> {
    let site = claims::site_of(app, claim)?;
    let timeline = app.store.timeline(claim.number).await?;
    Ok(Json(view::full(claim, timeline, site, app.clock.now())))
}

pub(super) async fn full(
    State(app): State<App>,
    sender: Admitted,
    Path(typed): Path<String>,
    headers: HeaderMap,
) -> Result<Json<view::Full>, ApiError> {
    let claim = opened(&app, &sender, &typed, bearer(&headers)).await?;
    told(&app, &claim).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// Of a mail; it is used up.
    link: String,
}

/// What a link was exchanged for.
#[derive(Serialize)]
pub(super) struct Pass {
    number: TrackingNumber,
    pass: String,
}

pub(super) async fn access(
    State(app): State<App>,
    sender: Admitted,
    Path(typed): Path<String>,
    JsonBody(Link { link }): JsonBody<Link>,
) -> Result<Json<Pass>, ApiError> {
    let number = number(&typed)?;
    sender.may_guess(&app)?;
    match claims::pass(&app, number, &link).await {
        Ok(pass) => Ok(Json(Pass { number, pass })),
        Err(Refused::NoAccess) => Err(sender.guessed_wrong(&app, Refused::NoAccess)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn file(
    State(app): State<App>,
    sender: Admitted,
    Path((typed, rank)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let claim = opened(&app, &sender, &typed, bearer(&headers)).await?;
    // Like any number of a file that is not there.
    let rank = rank.parse().map_err(|_no_number| ApiError::NotFound)?;
    let found = app.store.claim_file(claim.number, rank).await?;
    let (info, bytes) = found.ok_or(ApiError::NotFound)?;
    Ok(attachment(claim.number, &info, bytes))
}

/// A file as it is handed out: to be kept, never to be shown by the browser as a page of ours.
pub(crate) fn attachment(number: TrackingNumber, info: &FileInfo, bytes: Vec<u8>) -> Response {
    let name = format!("{number}-{}.{}", info.rank, info.kind.extension());
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, info.kind.media_type()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Letters, digits and hyphens: always a header.
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    /// 128 random bits, drawn once for a message.
    key: RandomId,
    #[serde(default)]
    text: String,
}

pub(super) async fn complete(
    State(app): State<App>,
    sender: Admitted,
    Path(typed): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<view::Full>, ApiError> {
    // First who sends: nobody else's fifty megabytes are read.
    let claim = opened(&app, &sender, &typed, bearer(&headers)).await?;
    let (message, files) = body::<Message>(&app, request, "message").await?;
    let text = form::message(&message.text, !files.is_empty()).map_err(Refused::Message)?;
    let doing = Doing {
        files: &files,
        key: Some(message.key),
        ..Doing::new(&app, Act::Complete).saying(&text)
    };
    let claim = claims::act(&app, &claim, &doing).await?;
    told(&app, &claim).await
}

async fn simply(
    app: &App,
    sender: &Admitted,
    typed: &str,
    headers: &HeaderMap,
    act: Act,
    message: Message,
) -> Result<Json<view::Full>, ApiError> {
    let claim = opened(app, sender, typed, bearer(headers)).await?;
    let text = form::message(&message.text, true).map_err(Refused::Message)?;
    let doing = Doing {
        key: Some(message.key),
        ..Doing::new(app, act).saying(&text)
    };
    let claim = claims::act(app, &claim, &doing).await?;
    told(app, &claim).await
}

macro_rules! simple {
    ($($name:ident = $act:expr;)+) => {
        $(pub(super) async fn $name(
            State(app): State<App>,
            sender: Admitted,
            Path(typed): Path<String>,
            headers: HeaderMap,
            JsonBody(message): JsonBody<Message>,
        ) -> Result<Json<view::Full>, ApiError> {
            simply(&app, &sender, &typed, &headers, $act, message).await
        })+
    };
}
simple! {
    close = Act::Close;
    reopen = Act::Reopen;
    cancel = Act::Cancel;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rating {
    delay: u8,
    listened: u8,
    #[serde(default)]
    line: String,
}

pub(super) async fn rate(
    State(app): State<App>,
    sender: Admitted,
    Path(typed): Path<String>,
    headers: HeaderMap,
    JsonBody(rating): JsonBody<Rating>,
) -> Result<Json<view::Full>, ApiError> {
    let claim = opened(&app, &sender, &typed, bearer(&headers)).await?;
    let rating =
        form::rating(rating.delay, rating.listened, &rating.line).ok_or(Refused::Rating)?;
    let mut doing = Doing::new(&app, Act::Rate);
    doing.change.rating = Some(rating);
    let claim = claims::act(&app, &claim, &doing).await?;
    told(&app, &claim).await
}
