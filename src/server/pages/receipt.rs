//! The receipt as a page: number, code, date and hour, promise. Made to be printed; the same goes
//! out as a mail.

use super::frame::{Place, respond, to};
use crate::App;
use crate::claims::{self, Receipt, letter};
use crate::html::Pick as _;
use axum::http::StatusCode;
use axum::response::Response;
use guichet_domain::claim::Kind;
use guichet_domain::say;
use guichet_domain::site::Site;
use maud::html;

pub(super) fn page(app: &App, site: &Site, place: Place, receipt: &Receipt) -> Response {
    let claim = &receipt.claim;
    let lang = claim.lang;
    let title = match claim.kind {
        Kind::Request => lang.pick("Votre demande est arrivée", "Your request has arrived"),
        Kind::CallBack => lang.pick("Votre rappel est noté", "Your call is booked"),
        Kind::Withdrawal => lang.pick(
            "Accusé de réception de votre rétractation",
            "Receipt of your withdrawal",
        ),
    };
    let is_late = claim.withdrawal.is_some_and(|own| own.late);
    let received = claim.withdrawal.and_then(|own| own.goods_received);
    let main = html! {
        div.notice.good[!is_late].soon[is_late] role="status" {
            p { (letter::arrived(site, claim)) }
            p { (letter::next(site, claim)) }
        }
        div.card {
            dl.facts {
                dt { (lang.pick("Numéro de suivi", "Tracking number")) }
                dd.number { (claim.number) }
                dt { (lang.pick("Code", "Code")) }
                dd.number { (receipt.code) }
                @if let Some(order) = &claim.order { dt { (lang.pick("Commande", "Order")) } dd { (order) } }
                @if let Some(name) = &claim.contact.name { dt { (lang.pick("Nom", "Name")) } dd { (name) } }
                @if let Some(day) = received {
                    dt { (lang.pick("Colis reçu le", "Parcel received on")) } dd { (say::full_date(lang, day)) }
                }
            }
            @if claim.kind == Kind::Withdrawal {
                p { (lang.pick(
                    "Contenu de la déclaration\u{a0}: je vous notifie ma rétractation du contrat portant sur la commande indiquée.",
                    "Content of the declaration: I hereby give notice that I withdraw from the contract of the order named.",
                )) }
            }
            p { (lang.pick(
                "Gardez ces deux lignes, ou imprimez cette page\u{a0}: le numéro montre où en est votre demande, le code ouvre vos échanges avec nous.",
                "Keep these two lines, or print this page: the number shows where your request stands, the code opens what we write to each other.",
            )) }
            @if claims::is_mailed(app, claim) {
                p { (lang.pick("Un e-mail avec les mêmes informations est en route.", "An e-mail with the same is on its way.")) }
            }
        }
        p { a.button.quiet href=(to(site, lang, &format!("/claims/{}", claim.number))) { (lang.pick("Suivre cette demande", "Follow this request")) } }
    };
    respond(StatusCode::OK, site, lang, place, title, &main)
}
