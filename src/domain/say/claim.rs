//! Claims in words, for shoppers: states, what happened, what is wrong with a form. Only wording.

use super::{moment, time};
use crate::civil::Minute;
use crate::civil::{Date, Local};
use crate::claim::form::{Fault, Field, Problem};
use crate::claim::slot::SLOT_MINUTES;
use crate::claim::{Act, Actor, FileKind, Kind, State};
use crate::lang::Lang;
use crate::tracking::{NUMBER_CHARS, TrackingError, TrackingNumber};

fn pick(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// "demande", "call-back request", to stand after "votre" or "your".
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Request => pick(lang, "demande", "request"),
        Kind::CallBack => pick(lang, "demande de rappel", "call-back request"),
        Kind::Withdrawal => pick(lang, "rétractation", "withdrawal"),
    }
}

/// "Prise en charge", "In hand".
pub fn state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Received => pick(lang, "Reçue", "Received"),
        State::TakenUp => pick(lang, "Prise en charge", "In hand"),
        State::WaitingForShopper => pick(
            lang,
            "En attente de votre réponse",
            "Waiting for your reply",
        ),
        State::Answered => pick(lang, "Réponse donnée", "Answered"),
        State::Closed => pick(lang, "Terminée", "Closed"),
        State::Reopened => pick(lang, "Rouverte", "Reopened"),
    }
}

/// A line of the timeline as the shopper reads it. Notes have a line too, which he never sees.
pub fn act(lang: Lang, act: Act, by: Actor) -> &'static str {
    let by_shopper = by == Actor::Shopper;
    match act {
        Act::Open => pick(
            lang,
            "Nous avons reçu votre demande",
            "We received your request",
        ),
        Act::TakeUp => pick(
            lang,
            "Une personne s’en occupe",
            "Somebody is looking into it",
        ),
        Act::Ask => pick(
            lang,
            "Nous vous avons posé une question",
            "We asked you a question",
        ),
        Act::Answer => pick(lang, "Nous vous avons répondu", "We answered you"),
        Act::Complete => pick(
            lang,
            "Vous avez complété votre demande",
            "You added to your request",
        ),
        Act::Close if by_shopper => pick(
            lang,
            "Vous avez terminé cette demande",
            "You closed this request",
        ),
        Act::Close => pick(
            lang,
            "Nous avons terminé cette demande",
            "We closed this request",
        ),
        Act::Reopen if by_shopper => pick(
            lang,
            "Vous avez rouvert cette demande",
            "You reopened this request",
        ),
        Act::Reopen => pick(
            lang,
            "Nous avons rouvert cette demande",
            "We reopened this request",
        ),
        Act::Cancel => pick(lang, "Vous avez annulé le rappel", "You cancelled the call"),
        Act::Note => pick(lang, "Note interne", "Internal note"),
        Act::Reassign => pick(
            lang,
            "Transmise à l’équipe qui peut agir",
            "Passed on to the team that can act",
        ),
        Act::Merge => pick(
            lang,
            "Réunie avec une autre de vos demandes",
            "Joined to another of your requests",
        ),
        Act::Postpone => pick(
            lang,
            "Nous n’avons pas tenu notre délai, et nous nous en excusons",
            "We missed our date, and we are sorry",
        ),
        Act::Rate => pick(
            lang,
            "Vous avez donné votre avis",
            "You told us how it went",
        ),
    }
}

/// "au plus tard lundi 11 juin à 17 h 30", "by Monday 11 June at 5.30 pm".
pub fn by_when(lang: Lang, due: Local, today: Date) -> String {
    let moment = moment(lang, due, today);
    match lang {
        Lang::Fr => format!("au plus tard {moment}"),
        Lang::En => format!("by {moment} at the latest"),
    }
}

/// "lundi 15 juin, entre 9 h 30 et 10 h".
pub fn slot(lang: Lang, slot: Local, today: Date) -> String {
    let day = super::date(lang, slot.date, today);
    let (from, until) = slot_hours(lang, slot);
    match lang {
        Lang::Fr => format!("{day}, entre {from} et {until}"),
        Lang::En => format!("{day}, between {from} and {until}"),
    }
}

/// Begin and end of a slot on the clock.
pub fn slot_hours(lang: Lang, slot: Local) -> (String, String) {
    let end = Minute(slot.time.0 + SLOT_MINUTES);
    (time(lang, slot.time), time(lang, end))
}

/// "photo", "document".
pub fn file(lang: Lang, kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg | FileKind::Heic => pick(lang, "Photo", "Photo"),
        FileKind::Png | FileKind::Webp => pick(lang, "Image", "Picture"),
        FileKind::Pdf => pick(lang, "Document PDF", "PDF document"),
    }
}

/// "Votre adresse e-mail", "Your e-mail address".
pub fn field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Category => pick(lang, "Sujet", "Subject"),
        Field::Text => pick(lang, "Votre message", "Your message"),
        Field::Name => pick(lang, "Votre nom", "Your name"),
        Field::Email => pick(lang, "Votre adresse e-mail", "Your e-mail address"),
        Field::Phone => pick(lang, "Votre numéro de téléphone", "Your telephone number"),
        Field::Order => pick(lang, "Numéro de commande", "Order number"),
        Field::Slot => pick(lang, "Quand vous appeler", "When to call you"),
        Field::GoodsReceived => pick(
            lang,
            "Jour où vous avez reçu le colis",
            "Day you received the parcel",
        ),
    }
}

/// What is wrong with a field, and what to do: one sentence.
pub fn fault(lang: Lang, fault: Fault) -> String {
    let said = match (fault.field, fault.problem) {
        (_, Problem::TooLong { max, found }) => {
            return match lang {
                Lang::Fr => format!("C’est un peu long\u{a0}: {found} caractères, {max} au plus."),
                Lang::En => format!("This is a little long: {found} characters, {max} at most."),
            };
        }
        (_, Problem::NoContact) => pick(
            lang,
            "Indiquez une adresse e-mail ou un numéro de téléphone, pour que nous puissions vous répondre.",
            "Give an e-mail address or a telephone number, so that we can answer you.",
        ),
        (Field::Category, _) => pick(
            lang,
            "Choisissez un sujet dans la liste.",
            "Choose a subject from the list.",
        ),
        (Field::Text, _) => pick(
            lang,
            "Dites-nous en quelques mots ce qui se passe.",
            "Tell us in a few words what happened.",
        ),
        (Field::Name, _) => pick(lang, "Indiquez votre nom.", "Give your name."),
        (Field::Email, Problem::Missing) => pick(
            lang,
            "Indiquez votre adresse e-mail\u{a0}: nous y envoyons l’accusé de réception.",
            "Give your e-mail address: the receipt goes there.",
        ),
        (Field::Email, _) => pick(
            lang,
            "Cette adresse e-mail semble incomplète. Exemple\u{a0}: lea.martin@mail.fr",
            "This e-mail address seems incomplete. Example: lea.martin@mail.com",
        ),
        (Field::Phone, Problem::Missing) => pick(
            lang,
            "Indiquez le numéro auquel vous appeler.",
            "Give the number to call you at.",
        ),
        (Field::Phone, _) => pick(
            lang,
            "Ce numéro de téléphone semble incomplet. Exemple\u{a0}: 06 12 34 56 78",
            "This telephone number seems incomplete. Example: +33 6 12 34 56 78",
        ),
        (Field::Order, Problem::Missing) => pick(
            lang,
            "Indiquez le numéro de la commande\u{a0}: il figure dans l’e-mail de confirmation.",
            "Give the order number: it stands in the confirmation e-mail.",
        ),
        (Field::Order, _) => pick(
            lang,
            "Un numéro de commande n’a que des lettres, des chiffres et des tirets.",
            "An order number has letters, digits and dashes only.",
        ),
        (Field::Slot, Problem::Unknown) => pick(
            lang,
            "Ce créneau n’est plus proposé. Choisissez-en un autre.",
            "This time is no longer offered. Choose another one.",
        ),
        (Field::Slot, _) => pick(lang, "Choisissez un créneau.", "Choose a time."),
        (Field::GoodsReceived, _) => pick(
            lang,
            "Indiquez un jour passé, ou laissez ce champ vide.",
            "Give a day in the past, or leave this empty.",
        ),
    };
    said.to_owned()
}

/// Why what was typed is no tracking number, and what to do.
pub fn tracking_error(lang: Lang, error: &TrackingError) -> String {
    match (lang, error) {
        (Lang::Fr, TrackingError::Empty) => "Saisissez le numéro de suivi\u{a0}: il figure dans l’accusé de réception.".to_owned(),
        (Lang::En, TrackingError::Empty) => "Type the tracking number: it stands in the receipt.".to_owned(),
        (Lang::Fr, TrackingError::TooShort { found }) => format!("Il manque des caractères\u{a0}: {found} sur {NUMBER_CHARS}. Comparez groupe par groupe."),
        (Lang::En, TrackingError::TooShort { found }) => format!("Some characters are missing: {found} of {NUMBER_CHARS}. Compare it group by group."),
        (Lang::Fr, TrackingError::TooLong { found }) => format!("Il y a trop de caractères\u{a0}: {found} au lieu de {NUMBER_CHARS}. Comparez groupe par groupe."),
        (Lang::En, TrackingError::TooLong { found }) => format!("There are too many characters: {found} instead of {NUMBER_CHARS}. Compare it group by group."),
        (Lang::Fr, TrackingError::Character(c)) => format!("«\u{a0}{c}\u{a0}» ne figure dans aucun numéro de suivi\u{a0}: il n’y a ni accents, ni la lettre U."),
        (Lang::En, TrackingError::Character(c)) => format!("“{c}” stands in no tracking number: there are neither accents nor the letter U."),
        (Lang::Fr, TrackingError::Mistyped) => "Un caractère est faux, ou deux sont inversés. Vérifiez surtout 8 et B, 5 et S, 2 et Z, 6 et G.".to_owned(),
        (Lang::En, TrackingError::Mistyped) => "One character is wrong, or two are swapped. Look again at 8 and B, 5 and S, 2 and Z, 6 and G.".to_owned(),
    }
}

/// "Votre demande", to stand above one.
pub fn heading(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Request => pick(lang, "Votre demande", "Your request"),
        Kind::CallBack => pick(lang, "Votre rappel", "Your call"),
        Kind::Withdrawal => pick(lang, "Votre rétractation", "Your withdrawal"),
    }
}

/// What comes next, and from whom: one or two sentences.
pub fn next_step(lang: Lang, state: State, merged_into: Option<TrackingNumber>) -> String {
    let words = match (state, merged_into) {
        (State::Closed, Some(other)) => {
            return match lang {
                Lang::Fr => format!("Nous continuons sous le numéro {other}."),
                Lang::En => format!("We go on under the number {other}."),
            };
        }
        (State::Closed, None) => pick(
            lang,
            "Cette demande est terminée. Vous pouvez la rouvrir si ce n’est pas réglé.",
            "This request is closed. You can reopen it if it is not settled.",
        ),
        (State::Answered, _) => pick(
            lang,
            "Nous avons répondu. Si ce n’est pas réglé, écrivez-nous ici\u{a0}: la demande est rouverte.",
            "We have answered. If it is not settled, write to us here: the request is reopened.",
        ),
        (State::WaitingForShopper, _) => pick(
            lang,
            "Nous attendons votre réponse\u{a0}; notre délai reprend dès votre message.",
            "We are waiting for your reply; our time to answer runs again from your message on.",
        ),
        (State::Received | State::TakenUp | State::Reopened, _) => pick(
            lang,
            "Vous n’avez rien à faire\u{a0}: la prochaine étape est de notre côté.",
            "There is nothing for you to do: the next step is ours.",
        ),
    };
    words.to_owned()
}

/// For a promise that was missed.
pub fn apology(lang: Lang) -> &'static str {
    pick(
        lang,
        "Nous n’avons pas tenu le délai annoncé, et nous nous en excusons.",
        "We did not keep the date we gave you, and we are sorry.",
    )
}

/// What is wrong with a message.
pub fn message_fault(lang: Lang, problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => pick(
            lang,
            "Écrivez quelques mots, ou joignez un fichier.",
            "Write a few words, or attach a file.",
        ),
        _ => pick(
            lang,
            "Votre message est trop long\u{a0}: 5 000 caractères au plus.",
            "Your message is too long: 5,000 characters at most.",
        ),
    }
}

/// When a claim is rated twice.
pub fn rated(lang: Lang) -> &'static str {
    pick(
        lang,
        "Vous avez déjà donné votre avis, merci\u{a0}!",
        "You have told us how it went already, thank you!",
    )
}

/// Why something was refused and what to do, by the code of `docs/claims.md`; codes that no shopper
/// can do anything about are a problem of ours.
pub fn refused(lang: Lang, code: &str) -> &'static str {
    match code {
        "claims_not_taken" => pick(
            lang,
            "Cette boutique ne prend pas de demandes ici.",
            "This shop takes no requests here.",
        ),
        "invalid_claim" => pick(
            lang,
            "Quelques champs sont à revoir.",
            "Some fields need another look.",
        ),
        "invalid_rating" => pick(
            lang,
            "Choisissez une note de 1 à 5 pour chaque question.",
            "Choose a mark from 1 to 5 for each question.",
        ),
        "key_reused" => pick(
            lang,
            "Ce formulaire a déjà été envoyé avec un autre contenu. Ouvrez-en un nouveau.",
            "This form was sent before with other content. Open a new one.",
        ),
        "slot_taken" => pick(
            lang,
            "Ce créneau vient d’être pris. Choisissez-en un autre.",
            "This time has just been taken. Choose another one.",
        ),
        "no_claim" => pick(
            lang,
            "Aucune demande ne porte ce numéro.",
            "No request has this number.",
        ),
        "no_access" => pick(
            lang,
            "Ce code n’ouvre pas cette demande. Vérifiez-le dans l’accusé de réception. Un lien reçu par e-mail ne sert qu’une fois.",
            "This code does not open this request. Compare it with the receipt. A link from an e-mail works once.",
        ),
        "not_possible" => pick(
            lang,
            "Ce n’est plus possible\u{a0}: cette demande a changé entre-temps.",
            "This is no longer possible: the request has changed meanwhile.",
        ),
        "too_many_files" => pick(
            lang,
            "Cinq fichiers au plus par demande.",
            "Five files at most for a request.",
        ),
        "file_too_large" => pick(
            lang,
            "Un fichier pèse plus de 10 Mo. Envoyez-en une version plus légère.",
            "A file is larger than 10 MB. Send a lighter version of it.",
        ),
        "file_not_taken" => pick(
            lang,
            "Un fichier n’est ni une photo (JPEG, PNG, WebP, HEIC) ni un PDF.",
            "A file is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF.",
        ),
        "bad_form" | "too_large" | "cut_short" => pick(
            lang,
            "Le formulaire n’est pas arrivé entier. Envoyez-le à nouveau.",
            "The form did not arrive whole. Please send it again.",
        ),
        "cross_site" => pick(
            lang,
            "Ce formulaire vient d’un autre site. Utilisez celui de la boutique.",
            "This form comes from another site. Use the one of the shop.",
        ),
        "too_many_requests" => pick(
            lang,
            "Trop d’essais de suite. Réessayez dans une minute.",
            "Too many tries in a row. Try again in a minute.",
        ),
        _ => pick(
            lang,
            "Un problème de notre côté. Rien n’est perdu\u{a0}: réessayez dans un instant.",
            "A problem on our side. Nothing is lost: try again in a moment.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_and_a_date_are_said_as_people_say_them() {
        let today = "2026-06-13".parse().unwrap();
        let at = Local {
            date: "2026-06-15".parse().unwrap(),
            time: "09:30".parse().unwrap(),
        };
        assert_eq!(
            slot(Lang::Fr, at, today),
            "lundi 15\u{a0}juin, entre 9\u{a0}h\u{a0}30 et 10\u{a0}h"
        );
        assert_eq!(
            by_when(Lang::En, at, today),
            "by Monday 15\u{a0}June at 9.30\u{a0}am at the latest"
        );
    }

    #[test]
    fn every_fault_and_every_act_has_words_in_both_languages() {
        let fields = [
            Field::Category,
            Field::Text,
            Field::Name,
            Field::Email,
            Field::Phone,
            Field::Order,
            Field::Slot,
            Field::GoodsReceived,
        ];
        let problems = [
            Problem::Missing,
            Problem::TooLong { max: 1, found: 2 },
            Problem::Malformed,
            Problem::Unknown,
            Problem::NoContact,
        ];
        for named in fields {
            assert_ne!(field(Lang::Fr, named), field(Lang::En, named));
            for problem in problems {
                let own = Fault {
                    field: named,
                    problem,
                };
                assert!(fault(Lang::Fr, own).ends_with(['.', '8', 'r']), "{own:?}");
                assert_ne!(fault(Lang::Fr, own), fault(Lang::En, own));
            }
        }
        for own in Act::ALL {
            for by in Actor::ALL {
                assert_ne!(act(Lang::Fr, *own, *by), act(Lang::En, *own, *by));
            }
        }
    }
}
