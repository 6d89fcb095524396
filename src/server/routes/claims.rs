//! `/v1/claims` and below: open, follow, complete, close, reopen, rate, cancel; files; slots for
//! call-backs. The number shows the status; everything else wants `Authorization: Bearer` with
//! the code of the receipt or a pass. `docs/claims.md` is the contract.

mod own;

pub(crate) use own::{attachment, opened};

use crate::App;
use crate::claims::refused::Refused;
use crate::claims::upload::{MAX_UPLOAD_BYTES, Upload, is_upload};
use crate::claims::{self, Intake, view};
use crate::error::{ApiError, MAX_BODY_BYTES};
use crate::extract::{Admitted, JsonBody};
use crate::html::fields::Fields;
use crate::store::claims::NewFile;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Path, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use guichet_domain::civil::Local;
use guichet_domain::claim::form::Form;
use guichet_domain::claim::told::{Receipt, Status};
use guichet_domain::event::RandomId;
use guichet_domain::lang::Lang;
use guichet_domain::tracking::TrackingNumber;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(super) fn routes() -> Router<App> {
    let with_files = Router::new()
        .route("/claims", post(open))
        .route("/claims/{number}/messages", post(own::complete))
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES));
    Router::new()
        .merge(with_files)
        .route("/claims/slots", get(slots))
        .route("/claims/{number}", get(status))
        .route("/claims/{number}/full", get(own::full))
        .route("/claims/{number}/access", post(own::access))
        .route("/claims/{number}/files/{rank}", get(own::file))
        .route("/claims/{number}/close", post(own::close))
        .route("/claims/{number}/reopen", post(own::reopen))
        .route("/claims/{number}/cancel", post(own::cancel))
        .route("/claims/{number}/rating", post(own::rate))
}

/// What opens a claim: the JSON body, or the part `claim` of a form with files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    /// Id of the site.
    site: String,
    /// 128 random bits, drawn once for a claim: sent again, it is the same claim.
    key: RandomId,
    /// The language the shopper is written to in.
    locale: Lang,
    claim: Form,
}

async fn open(
    State(app): State<App>,
    _: Admitted,
    request: Request,
) -> Result<(StatusCode, Json<Receipt>), ApiError> {
    let (open, files) = body::<Open>(&app, request, "claim").await?;
    let intake = Intake {
        site: open.site,
        key: open.key,
        lang: open.locale,
        form: open.claim,
        files,
    };
    let receipt = claims::open(&app, &intake).await?;
    let claim = &receipt.claim;
    let site = claims::site_of(&app, claim)?;
    let timeline = app.store.timeline(claim.number).await?;
    let status = if receipt.again {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let answer = Receipt {
        number: claim.number,
        code: receipt.code.to_string(),
        again: receipt.again,
        mailed: claims::is_mailed(&app, claim),
        status: view::status(claim, &timeline, site, app.clock.now()),
    };
    Ok((status, Json(answer)))
}

/// A body of JSON, or a form whose part `name` is that JSON, with files.
async fn body<T: DeserializeOwned>(
    app: &App,
    request: Request,
    name: &str,
) -> Result<(T, Vec<NewFile>), ApiError> {
    if !is_upload(&request) {
        // The layer's limit is that of files; a body without any is as short as all others.
        let mut request = request;
        DefaultBodyLimit::max(MAX_BODY_BYTES).apply(&mut request);
        let JsonBody(json) = JsonBody::from_request(request, app).await?;
        return Ok((json, Vec::new()));
    }
    let upload = Upload::read(app, request).await?;
    let json = serde_json::from_str(upload.text(name)).map_err(ApiError::BadJson)?;
    Ok((json, upload.files))
}

/// Reads the number of an address; what is mistyped is told before anything is looked for.
fn number(text: &str) -> Result<TrackingNumber, Refused> {
    Ok(text.parse::<TrackingNumber>()?)
}

async fn status(
    State(app): State<App>,
    sender: Admitted,
    Path(typed): Path<String>,
) -> Result<Json<Status>, ApiError> {
    let number = number(&typed)?;
    sender.may_guess(&app)?;
    let Some(claim) = app.store.claim(number).await? else {
        return Err(sender.guessed_wrong(&app, Refused::NoClaim));
    };
    let site = claims::site_of(&app, &claim)?;
    let timeline = app.store.timeline(number).await?;
    Ok(Json(view::status(&claim, &timeline, site, app.clock.now())))
}

/// The slots of a site, as times on its wall.
#[derive(Serialize)]
struct Offered {
    /// IANA name.
    time_zone: &'static str,
    minutes: u16,
    slots: Vec<Local>,
}

async fn slots(
    State(app): State<App>,
    _: Admitted,
    RawQuery(query): RawQuery,
) -> Result<Json<Offered>, ApiError> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let site = claims::desk(&app, fields.get("site"))?;
    Ok(Json(Offered {
        time_zone: site.time_zone.name(),
        minutes: guichet_domain::claim::slot::SLOT_MINUTES,
        slots: claims::free_slots(&app, site).await?,
    }))
}

#[cfg(test)]
mod tests;
