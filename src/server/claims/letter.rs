//! The receipt: the mail to the shopper who opened a claim. Plain text; an empty line parts
//! paragraphs. Who left no address is written to nowhere. Later mails are in `crate::letter`.

use crate::html::Pick as _;
use crate::mail::Mail;
use guichet_domain::civil::Local;
use guichet_domain::claim::{Claim, Kind};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use guichet_domain::tracking::ReceiptCode;
use guichet_domain::zone::Timestamp;

/// The receipt: content, date and hour, promise, and what opens the claim. Of a withdrawal it is
/// the acknowledgement on a durable medium (L221-21, D221-5).
pub(crate) fn receipt(
    site: &Site,
    base: Option<&str>,
    claim: &Claim,
    text: &str,
    code: ReceiptCode,
    link: &str,
) -> Option<Mail> {
    let lang = claim.lang;
    let paragraphs = [
        lang.pick("Bonjour,", "Hello,").to_owned(),
        arrived(site, claim),
        next(site, claim),
        lang.pick(
            "Ce que vous nous avez écrit\u{a0}:",
            "What you wrote to us:",
        )
        .to_owned(),
        content(site, claim, text),
        match lang {
            Lang::Fr => format!(
                "Pour suivre ou compléter cette demande\u{a0}:\nNuméro de suivi\u{a0}: {}\nCode\u{a0}: {code}\nGardez ce message\u{a0}: le code ouvre vos échanges avec nous.",
                claim.number
            ),
            Lang::En => format!(
                "To follow this request or add to it:\nTracking number: {}\nCode: {code}\nKeep this message: the code opens what we write to each other.",
                claim.number
            ),
        },
        way(lang, base, claim, link),
        farewell(site, lang),
    ];
    let subject = match (lang, claim.kind) {
        (Lang::Fr, Kind::Request) => format!("Demande reçue\u{a0}: {}", claim.number),
        (Lang::Fr, Kind::CallBack) => format!("Rappel demandé\u{a0}: {}", claim.number),
        (Lang::Fr, Kind::Withdrawal) => {
            format!(
                "Accusé de réception de votre rétractation\u{a0}: {}",
                claim.number
            )
        }
        (Lang::En, Kind::Request) => format!("Request received: {}", claim.number),
        (Lang::En, Kind::CallBack) => format!("Call requested: {}", claim.number),
        (Lang::En, Kind::Withdrawal) => format!("Receipt of your withdrawal: {}", claim.number),
    };
    mail(site, claim, subject, &paragraphs)
}

/// "Nous avons reçu votre demande le samedi 9 juin 2012 à 11 h."
pub(crate) fn arrived(site: &Site, claim: &Claim) -> String {
    let at = stamp(site, claim.lang, claim.opened);
    let shop = &site.name;
    match (claim.lang, claim.kind) {
        (Lang::Fr, Kind::Withdrawal) => {
            format!("{shop} accuse réception de votre rétractation, reçue le {at}.")
        }
        (Lang::En, Kind::Withdrawal) => {
            format!("{shop} acknowledges your withdrawal, received on {at}.")
        }
        (Lang::Fr, _) => format!("{shop} a bien reçu votre demande le {at}."),
        (Lang::En, _) => format!("{shop} received your request on {at}."),
    }
}

/// What happens next, and by when.
pub(crate) fn next(site: &Site, claim: &Claim) -> String {
    let lang = claim.lang;
    let today = site.time_zone.local(claim.opened).date;
    let team = site
        .team(&claim.team)
        .map_or("", |team| team.name.get(lang));
    let mut said = String::new();
    if let Some(withdrawal) = &claim.withdrawal
        && withdrawal.late
        && let Some(last) = withdrawal.last_day
    {
        let last = say::full_date(lang, last);
        said = match lang {
            Lang::Fr => format!(
                "D’après le jour de réception que vous indiquez, le délai légal s’est terminé le {last}. Votre rétractation est enregistrée tout de même, et nous vous dirons ce qui est possible. "
            ),
            Lang::En => format!(
                "By the day of receipt you gave, the legal delay ended on {last}. Your withdrawal is on record all the same, and we will tell you what is possible. "
            ),
        };
    }
    if let Some(slot) = claim.slot {
        let slot = say::claim::slot(lang, slot, today);
        let phone = claim.contact.phone.as_deref().unwrap_or_default();
        return match lang {
            Lang::Fr => format!("Nous vous appelons {slot}, au {phone} ({team})."),
            Lang::En => format!("We will call you on {slot}, at {phone} ({team})."),
        };
    }
    let promise = match (lang, claim.due) {
        (Lang::Fr, Some(due)) => format!(
            "Vous aurez une réponse au plus tard le {} ({team}).",
            stamp(site, lang, due)
        ),
        (Lang::En, Some(due)) => format!(
            "You will have an answer by {} at the latest ({team}).",
            stamp(site, lang, due)
        ),
        (Lang::Fr, None) => format!("Votre demande est auprès de\u{a0}: {team}."),
        (Lang::En, None) => format!("Your request is with: {team}."),
    };
    format!("{said}{promise}")
}

/// What the form said, line by line.
fn content(site: &Site, claim: &Claim, text: &str) -> String {
    let lang = claim.lang;
    let colon = lang.pick("\u{a0}:", ":");
    let category = site
        .category(&claim.category)
        .map(|own| own.name.get(lang).to_owned());
    let received = claim.withdrawal.as_ref().and_then(|own| own.goods_received);
    let declared = lang.pick(
        "Je vous notifie ma rétractation du contrat portant sur la commande indiquée.",
        "I hereby give notice that I withdraw from the contract of the order named.",
    );
    let lines = [
        (claim.kind == Kind::Withdrawal).then(|| declared.to_owned()),
        category
            .filter(|_| claim.kind != Kind::Withdrawal)
            .map(|name| format!("{}{colon} {name}", lang.pick("Sujet", "Subject"))),
        claim
            .order
            .as_ref()
            .map(|order| format!("{}{colon} {order}", lang.pick("Commande", "Order"))),
        received.map(|day| {
            format!(
                "{}{colon} {}",
                lang.pick("Colis reçu le", "Parcel received on"),
                say::full_date(lang, day)
            )
        }),
        claim
            .contact
            .name
            .as_ref()
            .map(|name| format!("{}{colon} {name}", lang.pick("Nom", "Name"))),
        Some(text.to_owned()).filter(|text| !text.is_empty()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn mail(site: &Site, claim: &Claim, subject: String, paragraphs: &[String]) -> Option<Mail> {
    let to = claim.contact.email.clone()?;
    let text: Vec<&str> = paragraphs
        .iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    Some(Mail {
        key: format!("receipt/{}", claim.number),
        site: site.id.clone(),
        claim: Some(claim.number.to_string()),
        to,
        lang: claim.lang,
        subject,
        text: text.join("\n\n"),
    })
}

/// The link, where the server knows its own address.
fn way(lang: Lang, base: Option<&str>, claim: &Claim, link: &str) -> String {
    let Some(base) = base else {
        return String::new();
    };
    let link = format!("{base}/claims/{}?link={link}", claim.number);
    match lang {
        Lang::Fr => format!("Votre demande en un clic (ce lien sert une fois)\u{a0}:\n{link}"),
        Lang::En => format!("Your request in one click (this link works once):\n{link}"),
    }
}

fn farewell(site: &Site, lang: Lang) -> String {
    format!(
        "{}\n{}\n{}",
        lang.pick("À bientôt,", "Kind regards,"),
        site.name,
        site.url
    )
}

/// "samedi 9 juin 2012 à 11 h", always with the year: a receipt is read in any.
pub(crate) fn stamp(site: &Site, lang: Lang, at: Timestamp) -> String {
    let Local { date, time } = site.time_zone.local(at);
    let (day, hour) = (say::full_date(lang, date), say::time(lang, time));
    match lang {
        Lang::Fr => format!("{day} à {hour}"),
        Lang::En => format!("{day} at {hour}"),
    }
}

#[cfg(test)]
mod tests;
