//! `/claims/withdraw`: the online withdrawal function (L221-21). Two steps: the declaration, then
//! “confirmer la rétractation”; and at once a receipt on a durable medium, with date and hour.
//! After the deadline it is received all the same, and said so before and after.

use super::asked::{Asked, Sent, site};
use super::fields::{Fields, Input, hidden};
use super::frame::{Place, refused, respond};
use super::{open, receipt};
use crate::App;
use crate::claims::{self, Intake};
use crate::error::ApiError;
use crate::html::Pick as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use guichet_domain::claim::Kind;
use guichet_domain::claim::form::{Draft, Fault, Field, Form};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use maud::html;

pub(super) async fn ask(State(app): State<App>, asked: Asked) -> Result<Response, ApiError> {
    let site = site(&app, asked.get("site"))?;
    let form = Form {
        kind: Kind::Withdrawal,
        order: asked.get("order").to_owned(),
        ..Form::default()
    };
    Ok(first_step(site, asked.lang(site), &form, &[]))
}

fn title(lang: Lang) -> &'static str {
    lang.pick("Renoncer au contrat", "Withdraw from the contract")
}

fn first_step(site: &Site, lang: Lang, form: &Form, faults: &[Fault]) -> Response {
    let fields = Fields { lang, form, faults };
    let line = |field, kind, autocomplete, hint, required| {
        fields.line(&Input {
            field,
            kind,
            autocomplete,
            hint,
            required,
        })
    };
    let main = html! {
        p { (lang.pick(
            "Vous pouvez renoncer à un achat fait à distance dans les 14 jours qui suivent la réception, sans donner de raison. Remplissez ces quelques lignes, vérifiez, puis confirmez\u{a0}: l’accusé de réception est immédiat.",
            "You can withdraw from a purchase made at a distance within 14 days of receipt, without giving a reason. Fill in these few lines, check them, then confirm: you get the receipt at once.",
        )) }
        (fields.summary(lang.pick("Quelques points à revoir", "A few things to look at")))
        form.card method="post" action="/claims/withdraw" {
            (hidden(&[("site", &site.id), ("lang", lang.code()), ("step", "check")]))
            (line(Field::Name, "text", "name", "", true))
            (line(Field::Order, "text", "off", lang.pick("Il figure dans l’e-mail de confirmation.", "It stands in the confirmation e-mail."), true))
            (line(Field::Email, "email", "email", lang.pick("L’accusé de réception y arrive.", "The receipt goes there."), true))
            (line(Field::GoodsReceived, "date", "off", lang.pick("Facultatif\u{a0}: laissez vide si rien n’est encore arrivé. De plusieurs colis, le dernier.", "Optional: leave it empty if nothing has come yet. Of several parcels, the last."), false))
            (fields.message(lang.pick("Facultatif\u{a0}: les articles concernés, si ce n’est pas toute la commande.", "Optional: which items, if not the whole order."), false))
            button type="submit" { (lang.pick("Continuer", "Continue")) }
        }
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    respond(status, site, lang, Place::Withdraw, title(lang), &main)
}

/// What will be declared, and the button that declares it.
fn second_step(app: &App, site: &Site, lang: Lang, form: &Form, draft: &Draft) -> Response {
    let key = open::draw(app).to_string();
    let withdrawal = draft.withdrawal;
    let late = withdrawal
        .filter(|own| own.late)
        .and_then(|own| own.last_day);
    let received = withdrawal.and_then(|own| own.goods_received);
    let main = html! {
        @if let Some(last) = late {
            div.notice.soon { p {
                (lang.pick("D’après le jour de réception indiqué, le délai légal s’est terminé le ", "By the day of receipt you gave, the legal delay ended on "))
                (say::full_date(lang, last))
                (lang.pick(". Vous pouvez confirmer tout de même\u{a0}: nous recevrons votre rétractation et vous dirons ce qui est possible.", ". You can confirm all the same: we will receive your withdrawal and tell you what is possible."))
            } }
        }
        div.card {
            h2 { (lang.pick("Vérifiez votre déclaration", "Check your declaration")) }
            p { (lang.pick(
                "Je vous notifie ma rétractation du contrat portant sur la commande ci-dessous.",
                "I hereby give notice that I withdraw from the contract of the order below.",
            )) }
            dl.facts {
                dt { (lang.pick("Nom", "Name")) } dd { (draft.contact.name.as_deref().unwrap_or_default()) }
                dt { (lang.pick("Commande", "Order")) } dd { (draft.order.as_deref().unwrap_or_default()) }
                dt { "E-mail" } dd { (draft.contact.email.as_deref().unwrap_or_default()) }
                @if let Some(day) = received {
                    dt { (lang.pick("Colis reçu le", "Parcel received on")) } dd { (say::full_date(lang, day)) }
                }
                @if !draft.text.is_empty() { dt { (lang.pick("Précisions", "Details")) } dd.pre { (draft.text) } }
            }
            form method="post" action="/claims/withdraw" {
                (hidden(&[
                    ("site", &site.id), ("lang", lang.code()), ("step", "confirm"), ("key", &key),
                    ("name", &form.name), ("order", &form.order), ("email", &form.email),
                    ("goods_received", &form.goods_received), ("text", &form.text),
                ]))
                p { button type="submit" { (lang.pick("Confirmer la rétractation", "Confirm withdrawal")) } }
            }
        }
        p { a href=(super::frame::to(site, lang, "/claims/withdraw")) { (lang.pick("Revenir au formulaire", "Back to the form")) } }
    };
    respond(
        StatusCode::OK,
        site,
        lang,
        Place::Withdraw,
        title(lang),
        &main,
    )
}

pub(super) async fn post(State(app): State<App>, sent: Sent) -> Result<Response, ApiError> {
    let site = site(&app, sent.get("site"))?;
    let lang = sent.lang(site);
    let form = Form {
        kind: Kind::Withdrawal,
        text: sent.get("text").to_owned(),
        name: sent.get("name").to_owned(),
        email: sent.get("email").to_owned(),
        order: sent.get("order").to_owned(),
        goods_received: sent.get("goods_received").to_owned(),
        ..Form::default()
    };
    if sent.get("step") != "confirm" {
        return Ok(match form.check(site, app.clock.now()) {
            Ok(draft) => second_step(&app, site, lang, &form, &draft),
            Err(faults) => first_step(site, lang, &form, &faults),
        });
    }
    let key = sent.key()?;
    let intake = Intake {
        site: site.id.clone(),
        key,
        lang,
        form,
        files: Vec::new(),
    };
    Ok(match claims::open(&app, &intake).await {
        Ok(receipt) => receipt::page(&app, site, Place::Withdraw, &receipt),
        Err(error) => match error {
            crate::claims::refused::Refused::Invalid(faults) => {
                first_step(site, lang, &intake.form, &faults)
            }
            error => refused(site, lang, Place::Withdraw, error),
        },
    })
}
