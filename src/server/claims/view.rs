//! A claim as it is told: to anybody who knows its number, and to who shows what opens it.

use guichet_domain::civil::Local;
use guichet_domain::claim::due::Standing;
use guichet_domain::claim::step::next;
use guichet_domain::claim::{
    Act, Actor, Claim, Contact, Entry, FileKind, Kind, Rating, State, Withdrawal,
};
use guichet_domain::site::Site;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use serde::Serialize;

/// What a number shows: status, dates and promise; nothing of what was written, nor by whom.
#[derive(Serialize)]
pub(crate) struct Status {
    number: TrackingNumber,
    site: String,
    kind: Kind,
    state: State,
    /// The team that has it, as the shopper reads it.
    team: String,
    opened: Timestamp,
    updated: Timestamp,
    /// The first promise.
    promised: Option<Timestamp>,
    /// The promise that runs now.
    due: Option<Timestamp>,
    standing: &'static str,
    /// Whether the first promise was kept; `null` while nobody can know.
    promise_kept: Option<bool>,
    missed: u32,
    /// Beginning of a call-back, on the shop's wall.
    slot: Option<Local>,
    /// Goes on under this number.
    merged_into: Option<TrackingNumber>,
    rated: bool,
    /// What the shopper can do now.
    can: Vec<Act>,
    timeline: Vec<Step>,
}

/// A line of the timeline, without what was written.
#[derive(Serialize)]
struct Step {
    at: Timestamp,
    act: Act,
    by: Actor,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Timestamp>,
}

/// Everything the shopper may read of his claim.
#[derive(Serialize)]
pub(crate) struct Full {
    #[serde(flatten)]
    status: Status,
    /// As the shopper reads it.
    category: String,
    order: Option<String>,
    contact: Contact,
    withdrawal: Option<Withdrawal>,
    rating: Option<Rating>,
    messages: Vec<Message>,
}

/// A line of the timeline with what was written.
#[derive(Serialize)]
struct Message {
    at: Timestamp,
    act: Act,
    by: Actor,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    rank: u32,
    kind: FileKind,
    size_bytes: u64,
}

/// What the shopper can do with his claim as it stands, in the order it is offered.
pub(crate) fn can(claim: &Claim) -> Vec<Act> {
    let possible = |act: &Act| {
        next(claim.state, *act, Actor::Shopper).is_ok()
            && claim.merged_into.is_none()
            && match act {
                Act::Cancel => claim.kind == Kind::CallBack,
                // A call that is not wanted is cancelled; one that was made is over.
                Act::Close => claim.kind != Kind::CallBack || claim.responded.is_some(),
                Act::Rate => claim.rating.is_none(),
                _ => true,
            }
    };
    let acts = [
        Act::Complete,
        Act::Reopen,
        Act::Cancel,
        Act::Close,
        Act::Rate,
    ];
    acts.into_iter().filter(possible).collect()
}

/// How the promise stands, as the shopper is told: what is about to be missed is for the team.
pub(crate) fn standing(claim: &Claim, site: &Site, now: Timestamp) -> &'static str {
    match claim.standing(site, now) {
        Standing::None => "none",
        Standing::Paused => "paused",
        Standing::Running | Standing::Soon => "running",
        Standing::Missed => "missed",
    }
}

pub(crate) fn status(claim: &Claim, timeline: &[Entry], site: &Site, now: Timestamp) -> Status {
    let team = site.team(&claim.team);
    Status {
        number: claim.number,
        site: claim.site.clone(),
        kind: claim.kind,
        state: claim.state,
        team: team.map_or_else(String::new, |team| team.name.get(claim.lang).to_owned()),
        opened: claim.opened,
        updated: claim.updated,
        promised: claim.promised,
        due: claim.due,
        standing: standing(claim, site, now),
        promise_kept: claim.first_promise_kept(now),
        missed: claim.missed,
        slot: claim.slot,
        merged_into: claim.merged_into,
        rated: claim.rating.is_some(),
        can: can(claim),
        timeline: timeline
            .iter()
            .filter(|entry| entry.is_for_shopper())
            .map(|entry| Step {
                at: entry.at,
                act: entry.act,
                by: entry.by,
                due: entry.due,
            })
            .collect(),
    }
}

pub(crate) fn full(claim: &Claim, timeline: Vec<Entry>, site: &Site, now: Timestamp) -> Full {
    let category = site.category(&claim.category);
    Full {
        status: status(claim, &timeline, site, now),
        category: category.map_or_else(String::new, |own| own.name.get(claim.lang).to_owned()),
        order: claim.order.clone(),
        contact: claim.contact.clone(),
        withdrawal: claim.withdrawal,
        rating: claim.rating.clone(),
        messages: timeline
            .into_iter()
            .filter(Entry::is_for_shopper)
            .map(|entry| Message {
                at: entry.at,
                act: entry.act,
                by: entry.by,
                text: entry.text,
                files: entry
                    .files
                    .iter()
                    .map(|file| File {
                        rank: file.rank,
                        kind: file.kind,
                        size_bytes: file.size_bytes,
                    })
                    .collect(),
            })
            .collect(),
    }
}
