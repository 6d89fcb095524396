//! A claim as it is told: to anybody who knows its number, and to who shows what opens it.

use guichet_domain::claim::step::next;
use guichet_domain::claim::told::{Contents, File, Message, Standing, Status, Step};
use guichet_domain::claim::{Act, Actor, Claim, Entry, Kind, due};
use guichet_domain::site::Site;
use guichet_domain::zone::Timestamp;
use serde::Serialize;

/// Status and contents, as one object.
#[derive(Serialize)]
pub(crate) struct Full {
    #[serde(flatten)]
    status: Status,
    #[serde(flatten)]
    contents: Contents,
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
        Act::Cancel,
        Act::Close,
        Act::Rate,
        Act::Reopen,
    ];
    acts.into_iter().filter(possible).collect()
}

/// How the promise stands, as the shopper is told: what is about to be missed is for the team.
pub(crate) fn standing(claim: &Claim, site: &Site, now: Timestamp) -> Standing {
    match claim.standing(site, now) {
        due::Standing::None => Standing::None,
        due::Standing::Paused => Standing::Paused,
        due::Standing::Running | due::Standing::Soon => Standing::Running,
        due::Standing::Missed => Standing::Missed,
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
        contents: Contents {
            category: category.map_or_else(String::new, |own| own.name.get(claim.lang).to_owned()),
            order: claim.order.clone(),
            contact: claim.contact.clone(),
            withdrawal: claim.withdrawal,
            rating: claim.rating.clone(),
            messages: timeline
                .into_iter()
                .filter(Entry::is_for_shopper)
                .map(message)
                .collect(),
        },
    }
}

fn message(entry: Entry) -> Message {
    let files = entry.files.iter().map(|file| File {
        rank: file.rank,
        kind: file.kind,
        size_bytes: file.size_bytes,
    });
    Message {
        at: entry.at,
        act: entry.act,
        by: entry.by,
        files: files.collect(),
        text: entry.text,
    }
}
