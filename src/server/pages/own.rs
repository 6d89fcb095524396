//! What a shopper does with his claim on its page. What opens it, the code or a pass, stands
//! hidden in every form: there is no cookie, and nothing to abuse from elsewhere.

use super::asked::{Sent, site};
use super::fields::{files, hidden};
use super::follow::{head, not_opened};
use super::frame::{Place, refused, respond};
use super::open::draw;
use crate::App;
use crate::claims::refused::Refused;
use crate::claims::view::can;
use crate::claims::{self, Doing, letter};
use crate::error::ApiError;
use crate::html::Pick as _;
use crate::routes::claims::{attachment, opened};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use guichet_domain::claim::form::{self, MAX_LINE_CHARS, MAX_TEXT_CHARS};
use guichet_domain::claim::{Act, Actor, Claim, Entry};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use guichet_domain::tracking::TrackingNumber;
use maud::{Markup, html};

/// Opens the messages by the code, a pass, or the link of a mail, which is used up.
pub(super) async fn show(
    State(app): State<App>,
    Path(typed): Path<String>,
    sent: Sent,
) -> Result<Response, ApiError> {
    let link = sent.get("link");
    if link.is_empty() {
        return with_claim(&app, &typed, &sent, async |_, claim| Ok((claim, ""))).await;
    }
    let own = site(&app, "")?;
    let lang = sent.lang(own);
    sent.sender.may_guess(&app)?;
    let number: TrackingNumber = match typed.parse() {
        Ok(number) => number,
        Err(error) => return Ok(not_opened(own, lang, Refused::Number(error))),
    };
    match claims::pass(&app, number, link).await {
        Ok(pass) => {
            let claim = app.store.claim(number).await?.ok_or(Refused::NoClaim)?;
            page(&app, &claim, &pass, "").await
        }
        Err(Refused::NoAccess) => match sent.sender.guessed_wrong(&app, Refused::NoAccess) {
            ApiError::Claim(wrong) => Ok(not_opened(own, lang, wrong)),
            slowed => Err(slowed),
        },
        Err(error) => Ok(not_opened(own, lang, error)),
    }
}

/// Opens a claim by what a form shows, does something with it, and shows it with a notice.
async fn with_claim<F>(app: &App, typed: &str, sent: &Sent, work: F) -> Result<Response, ApiError>
where
    F: AsyncFnOnce(&Sent, Claim) -> Result<(Claim, &'static str), Refused>,
{
    let shown = sent.get("shown");
    let claim = match opened(app, &sent.sender, typed, shown).await {
        Ok(claim) => claim,
        Err(ApiError::Claim(wrong)) => {
            let own = site(app, "")?;
            return Ok(not_opened(own, sent.lang(own), wrong));
        }
        Err(error) => return Err(error),
    };
    let (site, lang) = (claims::site_of(app, &claim)?, claim.lang);
    match work(sent, claim).await {
        Ok((claim, notice)) => page(app, &claim, shown, notice).await,
        Err(error) => Ok(refused(site, lang, Place::Follow, error)),
    }
}

pub(super) async fn complete(
    State(app): State<App>,
    Path(typed): Path<String>,
    sent: Sent,
) -> Result<Response, ApiError> {
    with_claim(&app, &typed, &sent, async |sent, claim| {
        let files = &sent.upload.files;
        let text = form::message(sent.get("text"), !files.is_empty()).map_err(Refused::Message)?;
        let doing = Doing {
            files,
            key: Some(sent.key()?),
            ..Doing::new(&app, Act::Complete, Actor::Shopper).saying(&text)
        };
        let claim = claims::act(&app, &claim, &doing).await?;
        let notice = claim.lang.pick(
            "Votre message est arrivé, merci.",
            "Your message has arrived, thank you.",
        );
        Ok((claim, notice))
    })
    .await
}

pub(super) async fn act(
    State(app): State<App>,
    Path((typed, act)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, ApiError> {
    let act = match act.as_str() {
        "close" => Act::Close,
        "reopen" => Act::Reopen,
        "cancel" => Act::Cancel,
        "rate" => Act::Rate,
        _ => return Err(ApiError::NotFound),
    };
    with_claim(&app, &typed, &sent, async |sent, claim| {
        let text = form::message(sent.get("text"), true).map_err(Refused::Message)?;
        let mut doing = Doing::new(&app, act, Actor::Shopper).saying(&text);
        doing.key = Some(sent.key()?);
        if act == Act::Rate {
            let points = |name| sent.get(name).parse::<u8>().unwrap_or(0);
            let rating = form::rating(points("delay"), points("listened"), sent.get("line"));
            doing.change.rating = Some(rating.ok_or(Refused::Rating)?);
        }
        let claim = claims::act(&app, &claim, &doing).await?;
        let lang = claim.lang;
        let notice = match act {
            Act::Rate => lang.pick("Merci pour votre avis.", "Thank you for telling us."),
            Act::Reopen => lang.pick("Votre demande est rouverte.", "Your request is open again."),
            Act::Cancel => lang.pick("Le rappel est annulé.", "The call is cancelled."),
            _ => lang.pick("Votre demande est terminée.", "Your request is closed."),
        };
        Ok((claim, notice))
    })
    .await
}

pub(super) async fn file(
    State(app): State<App>,
    Path((typed, rank)): Path<(String, u32)>,
    sent: Sent,
) -> Result<Response, ApiError> {
    let claim = opened(&app, &sent.sender, &typed, sent.get("shown")).await?;
    let found = app.store.claim_file(claim.number, rank).await?;
    let (info, bytes) = found.ok_or(ApiError::NotFound)?;
    Ok(attachment(claim.number, &info, bytes))
}

async fn page(app: &App, claim: &Claim, shown: &str, notice: &str) -> Result<Response, ApiError> {
    let site = claims::site_of(app, claim)?;
    let lang = claim.lang;
    let timeline = app.store.timeline(claim.number).await?;
    let form = |act: &str| format!("/claims/{}/{act}", claim.number);
    let key = || draw(app).to_string();
    let possible = can(claim);
    let main = html! {
        @if !notice.is_empty() { div.notice.good role="status" { p { (notice) } } }
        (head(site, claim, app.clock.now()))
        div.card {
            h2 { (lang.pick("Vos échanges avec nous", "What we wrote to each other")) }
            ol.timeline {
                @for entry in timeline.iter().filter(|entry| entry.is_for_shopper()) {
                    (line(site, claim, entry, shown))
                }
            }
        }
        @for act in possible {
            @match act {
                Act::Complete => form.card method="post" action=(form("messages")) enctype="multipart/form-data" {
                    (hidden(&[("shown", shown), ("key", &key())]))
                    h2 { (lang.pick("Compléter votre demande", "Add to your request")) }
                    div.field {
                        label for="text" { (lang.pick("Votre message", "Your message")) }
                        textarea #text name="text" maxlength=(MAX_TEXT_CHARS) {}
                    }
                    (files(lang))
                    button type="submit" { (lang.pick("Envoyer", "Send")) }
                },
                Act::Reopen => form.card method="post" action=(form("reopen")) {
                    (hidden(&[("shown", shown), ("key", &key())]))
                    h2 { (lang.pick("Ce n’est pas réglé\u{a0}?", "Not settled?")) }
                    div.field {
                        label for="why" { (lang.pick("Ce qui manque encore", "What is still missing")) }
                        textarea #why name="text" maxlength=(MAX_TEXT_CHARS) {}
                    }
                    button.quiet type="submit" { (lang.pick("Rouvrir ma demande", "Reopen my request")) }
                },
                Act::Rate => (rating(lang, &form("rate"), shown, &key())),
                Act::Close | Act::Cancel => form method="post" action=(form(act.word())) {
                    (hidden(&[("shown", shown), ("key", &key())]))
                    p { button.quiet type="submit" {
                        @if act == Act::Cancel { (lang.pick("Annuler le rappel", "Cancel the call")) }
                        @else { (lang.pick("C’est réglé, terminer la demande", "It is settled, close the request")) }
                    } }
                },
                _ => {}
            }
        }
        @if let Some(mediator) = site.mediator.as_ref().filter(|_| claim.closed.is_some()) {
            p.small.muted {
                (lang.pick("Médiateur de la consommation\u{a0}: ", "Consumer mediator: "))
                (mediator.name) ", " (mediator.address) ", " (mediator.url)
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

/// An entry of the timeline, with what was written and its files.
fn line(site: &Site, claim: &Claim, entry: &Entry, shown: &str) -> Markup {
    let lang = claim.lang;
    html! {
        li.team[entry.by == Actor::Team].warn[entry.act == Act::Postpone] {
            strong { (say::claim::act(lang, entry.act, entry.by)) }
            p.small.muted { (letter::stamp(site, lang, entry.at)) }
            @if let Some(text) = &entry.text { div.said { (text) } }
            @for file in &entry.files {
                form method="post" action={ "/claims/" (claim.number) "/files/" (file.rank) } {
                    (hidden(&[("shown", shown)]))
                    p { button.quiet type="submit" {
                        (lang.pick("Télécharger\u{a0}: ", "Download: "))
                        (say::claim::file(lang, file.kind)) " " (file.rank)
                        " (" (file.size_bytes.div_ceil(1024)) "\u{a0}" (lang.pick("ko", "kB")) ")"
                    } }
                }
            }
        }
    }
}

/// The two questions.
fn rating(lang: Lang, action: &str, shown: &str, key: &str) -> Markup {
    let question = |name: &'static str, words: &str, worst: &str, best: &str| {
        html! {
            fieldset {
                legend { (words) }
                p.hint { "1\u{a0}: " (worst) " – 5\u{a0}: " (best) }
                @for points in 1..=5 {
                    label.points { input type="radio" name=(name) value=(points) required; (points) }
                }
            }
        }
    };
    html! {
        form.card method="post" action=(action) {
            (hidden(&[("shown", shown), ("key", key)]))
            h2 { (lang.pick("Comment cela s’est-il passé\u{a0}?", "How did it go?")) }
            (question("delay", lang.pick("Le délai de réponse", "The time we took"), lang.pick("beaucoup trop long", "far too long"), lang.pick("très rapide", "very quick")))
            (question("listened", lang.pick("Vous êtes-vous senti écouté\u{a0}?", "Did you feel listened to?"), lang.pick("pas du tout", "not at all"), lang.pick("tout à fait", "entirely")))
            div.field {
                label for="line" { (lang.pick("Un mot de plus (facultatif)", "Anything else (optional)")) }
                input #line name="line" type="text" maxlength=(MAX_LINE_CHARS) autocomplete="off";
            }
            button type="submit" { (lang.pick("Envoyer mon avis", "Send")) }
        }
    }
}
