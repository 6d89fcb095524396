//! Words of the console: what is said to the shop's people, not to shoppers.

use crate::html::Pick as _;
use guichet_domain::claim::due::Standing;
use guichet_domain::claim::step::Refusal;
use guichet_domain::claim::{Act, Kind, State};
use guichet_domain::lang::Lang;
use maud::{Markup, html};

/// Where a claim stands, as those see it who work it.
pub(super) fn state(lang: Lang, state: State) -> &'static str {
    let (fr, en) = match state {
        State::Received => ("Nouvelle", "New"),
        State::TakenUp => ("Prise en charge", "Taken up"),
        State::WaitingForShopper => ("Attend le client", "Waiting for the customer"),
        State::Answered => ("Répondue", "Answered"),
        State::Closed => ("Close", "Closed"),
        State::Reopened => ("Rouverte", "Reopened"),
    };
    lang.pick(fr, en)
}

/// What kind of claim it is.
pub(super) fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (fr, en) = match kind {
        Kind::Request => ("Demande", "Request"),
        Kind::CallBack => ("Rappel", "Call-back"),
        Kind::Withdrawal => ("Rétractation", "Withdrawal"),
    };
    lang.pick(fr, en)
}

/// What was done.
pub(super) fn act(lang: Lang, act: Act) -> &'static str {
    let (fr, en) = match act {
        Act::Open => ("Reçue", "Received"),
        Act::TakeUp => ("Prise en charge", "Taken up"),
        Act::Ask => ("Précisions demandées", "Asked for more"),
        Act::Answer => ("Réponse", "Answer"),
        Act::Complete => ("Complétée par le client", "Completed by the customer"),
        Act::Close => ("Close", "Closed"),
        Act::Reopen => ("Rouverte", "Reopened"),
        Act::Cancel => ("Rappel annulé", "Call-back cancelled"),
        Act::Note => ("Note interne", "Internal note"),
        Act::Reassign => ("Confiée à une autre équipe", "Given to another team"),
        Act::Merge => ("Réunie avec une autre", "Merged into another"),
        Act::Postpone => (
            "Délai manqué, nouvelle date annoncée",
            "Date missed, a new one was given",
        ),
        Act::Rate => ("Avis du client", "Customer’s rating"),
    };
    lang.pick(fr, en)
}

/// A badge where the promise wants attention; `None` where there is time, or nothing promised.
pub(super) fn standing(lang: Lang, standing: Standing) -> Option<Markup> {
    let (class, text) = match standing {
        Standing::Missed => ("badge bad", lang.pick("En retard", "Overdue")),
        Standing::Soon => ("badge soon", lang.pick("Bientôt en retard", "Nearly due")),
        Standing::None | Standing::Paused | Standing::Running => return None,
    };
    Some(html! { span class=(class) { (text) } })
}

/// Why something could not be done to a claim.
pub(super) fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::State { state: found, .. } => {
            let found = state(lang, *found);
            match lang {
                Lang::Fr => format!("Ce n’est pas possible dans l’état « {found} »."),
                Lang::En => format!("This is not possible while the claim is “{found}”."),
            }
        }
        Refusal::Merged(into) => match lang {
            Lang::Fr => {
                format!("Cette réclamation a été réunie avec {into} : c’est là qu’elle continue.")
            }
            Lang::En => format!("This claim was merged into {into}: it goes on there."),
        },
        Refusal::NotACallBack(_) | Refusal::Actor { .. } | Refusal::Rated => lang
            .pick(
                "Cette action n’est pas prévue ici.",
                "This is not done here.",
            )
            .to_owned(),
        Refusal::Incomplete {
            act: Act::Merge, ..
        } => lang
            .pick(
                "Indiquez le numéro d’une autre réclamation.",
                "Give the number of another claim.",
            )
            .to_owned(),
        Refusal::Incomplete { .. } => lang
            .pick("Il manque une indication.", "Something is missing.")
            .to_owned(),
    }
}
