//! The body of a delivery: what happened, and the claim as it stands when this is sent.

use super::Delivery;
use crate::store::{Store, StoreError};
use guichet_domain::claim::{Act, Actor, Claim, Contact, Entry, Kind, State};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
struct Payload<'a> {
    /// The same at every attempt.
    id: i64,
    event: &'a str,
    at: Timestamp,
    claim: ClaimBody<'a>,
    entry: EntryBody<'a>,
}

#[derive(Serialize)]
struct ClaimBody<'a> {
    number: String,
    site: &'a str,
    kind: Kind,
    category: &'a str,
    team: &'a str,
    lang: Lang,
    state: State,
    contact: &'a Contact,
    order: Option<&'a str>,
    opened: Timestamp,
    promised: Option<Timestamp>,
    due: Option<Timestamp>,
    missed: u32,
    merged_into: Option<String>,
}

#[derive(Serialize)]
struct EntryBody<'a> {
    rank: u32,
    act: Act,
    by: Actor,
    text: Option<&'a str>,
    files: Vec<FileBody>,
}

#[derive(Serialize)]
struct FileBody {
    rank: u32,
    media_type: &'static str,
    size_bytes: u64,
}

/// The body; `None` where there is no such claim or entry any more.
pub(super) async fn body(store: &Store, delivery: &Delivery) -> Result<Option<String>, StoreError> {
    let Some(claim) = store.claim(delivery.claim).await? else {
        return Ok(None);
    };
    let timeline = store.timeline(delivery.claim).await?;
    let entry = timeline.iter().find(|entry| entry.rank == delivery.entry);
    Ok(entry.map(|entry| json(delivery, &claim, entry)))
}

fn json(delivery: &Delivery, claim: &Claim, entry: &Entry) -> String {
    let payload = Payload {
        id: delivery.id,
        event: &delivery.event,
        at: delivery.at,
        claim: ClaimBody {
            number: claim.number.to_string(),
            site: &claim.site,
            kind: claim.kind,
            category: &claim.category,
            team: &claim.team,
            lang: claim.lang,
            state: claim.state,
            contact: &claim.contact,
            order: claim.order.as_deref(),
            opened: claim.opened,
            promised: claim.promised,
            due: claim.due,
            missed: claim.missed,
            merged_into: claim.merged_into.map(|number| number.to_string()),
        },
        entry: EntryBody {
            rank: entry.rank,
            act: entry.act,
            by: entry.by,
            text: entry.text.as_deref(),
            files: entry
                .files
                .iter()
                .map(|file| FileBody {
                    rank: file.rank,
                    media_type: file.kind.media_type(),
                    size_bytes: file.size_bytes,
                })
                .collect(),
        },
    };
    // Plain data with text for keys: it can't fail. Were it to, the receiver sees an odd body, not a lost one.
    serde_json::to_string(&payload).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}
