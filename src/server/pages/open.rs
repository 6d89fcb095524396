//! `/claims/new` and `/claims/call`: writing to the shop, and asking to be called. What is sent
//! is answered by the receipt itself; loaded again, it is the same receipt.

use super::asked::{Asked, Sent, site};
use super::fields::{Fields, Input, files, hidden};
use super::frame::{Place, refused, respond};
use super::receipt;
use crate::App;
use crate::claims::refused::Refused;
use crate::claims::{self, Intake};
use crate::error::ApiError;
use crate::html::Pick as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use guichet_domain::claim::Kind;
use guichet_domain::claim::form::{Fault, Field, Form};
use guichet_domain::event::RandomId;
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use maud::{Markup, html};

pub(super) async fn write(State(app): State<App>, asked: Asked) -> Result<Response, ApiError> {
    first(&app, &asked, Kind::Request).await
}

pub(super) async fn call(State(app): State<App>, asked: Asked) -> Result<Response, ApiError> {
    first(&app, &asked, Kind::CallBack).await
}

/// The form as it is first shown, with what the link to it gave.
async fn first(app: &App, asked: &Asked, kind: Kind) -> Result<Response, ApiError> {
    let site = site(app, asked.get("site"))?;
    let form = Form {
        kind,
        category: asked.get("category").to_owned(),
        text: asked.get("text").to_owned(),
        order: asked.get("order").to_owned(),
        ..Form::default()
    };
    shown(app, site, asked.lang(site), &form, &[], None).await
}

/// The form; `again` is the key it was sent with before.
async fn shown(
    app: &App,
    site: &Site,
    lang: Lang,
    form: &Form,
    faults: &[Fault],
    again: Option<RandomId>,
) -> Result<Response, ApiError> {
    let key = again.unwrap_or_else(|| draw(app));
    let is_call = form.kind == Kind::CallBack;
    let fields = Fields { lang, form, faults };
    let (place, path, title) = if is_call {
        (
            Place::Call,
            "/claims/call",
            lang.pick("Être rappelé", "Ask to be called"),
        )
    } else {
        (
            Place::Write,
            "/claims/new",
            lang.pick("Nous écrire", "Write to us"),
        )
    };
    let slots = if is_call {
        claims::free_slots(app, site).await?
    } else {
        Vec::new()
    };
    let today = site.time_zone.local(app.clock.now()).date;
    let slots: Vec<(String, String)> = slots
        .into_iter()
        .map(|slot| {
            (
                format!("{} {}", slot.date, slot.time),
                say::claim::slot(lang, slot, today),
            )
        })
        .collect();
    let key = key.to_string();
    let own = [
        ("site", site.id.as_str()),
        ("lang", lang.code()),
        ("key", &key),
        ("kind", form.kind.word()),
    ];
    let enctype = (!is_call).then_some("multipart/form-data");
    let main = html! {
        @if is_call && slots.is_empty() {
            div.notice { p { (lang.pick("Aucun créneau n’est libre pour le moment.", "No time is free at the moment.")) " "
                a href=(super::frame::to(site, lang, "/claims/new")) { (lang.pick("Écrivez-nous", "Write to us")) } "." } }
        } @else {
            (fields.summary(lang.pick("Quelques points à revoir avant l’envoi", "A few things to look at before sending")))
            form.card method="post" action=(path) enctype=[enctype] {
                (hidden(&own))
                (category(&fields, site))
                @if is_call { (fields.choice(Field::Slot, &slots)) (phone(&fields, true)) }
                @else { (fields.message("", true)) }
                (order(&fields))
                @if is_call { (fields.message(lang.pick("Facultatif\u{a0}: de quoi s’agit-il\u{a0}?", "Optional: what is it about?"), false)) }
                @else { (email(&fields, lang.pick("L’accusé de réception et la réponse y arrivent.", "The receipt and the answer go there."))) (phone(&fields, false)) }
                (person(&fields))
                @if is_call { (email(&fields, lang.pick("Facultatif\u{a0}: pour recevoir la confirmation.", "Optional: to get the confirmation."))) }
                @else { (files(lang)) }
                button type="submit" { @if is_call { (lang.pick("Demander le rappel", "Ask for the call")) } @else { (lang.pick("Envoyer", "Send")) } }
            }
            p.small.muted { (lang.pick(
                "Ces informations servent à vous répondre, et à rien d’autre.",
                "We use this to answer you, and for nothing else.",
            )) }
        }
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(respond(status, site, lang, place, title, &main))
}

/// A key for one form.
pub(super) fn draw(app: &App) -> RandomId {
    RandomId(u128::from_be_bytes(app.random.bytes()))
}

fn category(fields: &Fields<'_>, site: &Site) -> Markup {
    let choices: Vec<_> = site
        .categories
        .iter()
        .map(|own| (own.id.clone(), own.name.get(fields.lang).to_owned()))
        .collect();
    fields.choice(Field::Category, &choices)
}

fn order(fields: &Fields<'_>) -> Markup {
    fields.line(&Input {
        field: Field::Order,
        kind: "text",
        autocomplete: "off",
        hint: fields.lang.pick(
            "Facultatif. Il figure dans l’e-mail de confirmation.",
            "Optional. It stands in the confirmation e-mail.",
        ),
        required: false,
    })
}

fn email(fields: &Fields<'_>, hint: &'static str) -> Markup {
    fields.line(&Input {
        field: Field::Email,
        kind: "email",
        autocomplete: "email",
        hint,
        required: false,
    })
}

fn phone(fields: &Fields<'_>, required: bool) -> Markup {
    let hint = fields.lang.pick(
        "Si vous préférez être appelé.",
        "If you prefer to be called.",
    );
    fields.line(&Input {
        field: Field::Phone,
        kind: "tel",
        autocomplete: "tel",
        hint: if required { "" } else { hint },
        required,
    })
}

fn person(fields: &Fields<'_>) -> Markup {
    fields.line(&Input {
        field: Field::Name,
        kind: "text",
        autocomplete: "name",
        hint: fields.lang.pick("Facultatif.", "Optional."),
        required: false,
    })
}

pub(super) async fn post(State(app): State<App>, sent: Sent) -> Result<Response, ApiError> {
    let site = site(&app, sent.get("site"))?;
    let lang = sent.lang(site);
    let kind = match sent.get("kind") {
        "call_back" => Kind::CallBack,
        _ => Kind::Request,
    };
    let key = sent.key()?;
    let form = Form {
        kind,
        category: sent.get("category").to_owned(),
        text: sent.get("text").to_owned(),
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        phone: sent.get("phone").to_owned(),
        order: sent.get("order").to_owned(),
        slot: sent.get("slot").to_owned(),
        goods_received: String::new(),
    };
    let intake = Intake {
        site: site.id.clone(),
        key,
        lang,
        form,
        files: sent.upload.files,
    };
    let place = if kind == Kind::CallBack {
        Place::Call
    } else {
        Place::Write
    };
    match claims::open(&app, &intake).await {
        Ok(receipt) => Ok(receipt::page(&app, site, place, &receipt)),
        Err(Refused::Invalid(faults)) => {
            shown(&app, site, lang, &intake.form, &faults, Some(key)).await
        }
        Err(Refused::SlotTaken) => {
            let taken = Fault {
                field: Field::Slot,
                problem: guichet_domain::claim::form::Problem::Unknown,
            };
            shown(&app, site, lang, &intake.form, &[taken], Some(key)).await
        }
        Err(error) => Ok(refused(site, lang, place, error)),
    }
}
