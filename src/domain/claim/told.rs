//! A claim as it is told: to anybody who knows its number, and to who shows what opens it. The
//! server writes these, the panel reads them; `docs/claims.md` is the contract, which a shop's own
//! backend can answer too, so that all but a few fields may be left out.

use super::{Act, Actor, Contact, FileKind, Kind, Rating, State, Withdrawal};
use crate::civil::Local;
use crate::tracking::TrackingNumber;
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};

/// How the promise stands, as the shopper is told: what is about to be missed is for the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is promised.
    None,
    /// The shop waits for the shopper.
    Paused,
    /// There is time.
    Running,
    /// It was missed.
    Missed,
}

/// What a number shows: status, dates and promise; nothing of what was written, nor by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its number.
    pub number: TrackingNumber,
    /// Id of the site.
    #[serde(default)]
    pub site: String,
    /// What kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The team that has it, as the shopper reads it.
    pub team: String,
    /// When it was received.
    pub opened: Timestamp,
    /// When anything last happened to it.
    pub updated: Timestamp,
    /// The last moment of the first promise.
    #[serde(default)]
    pub promised: Option<Timestamp>,
    /// The last moment of the promise that runs now.
    #[serde(default)]
    pub due: Option<Timestamp>,
    /// How that promise stands.
    pub standing: Standing,
    /// Whether the first promise was kept; `None` while nobody can know.
    #[serde(default)]
    pub promise_kept: Option<bool>,
    /// How many promises were missed.
    #[serde(default)]
    pub missed: u32,
    /// Beginning of a call-back, on the shop's wall.
    #[serde(default)]
    pub slot: Option<Local>,
    /// The claim it goes on under.
    #[serde(default)]
    pub merged_into: Option<TrackingNumber>,
    /// Whether the shopper said how it went.
    #[serde(default)]
    pub rated: bool,
    /// What the shopper can do now, in the order it is offered.
    #[serde(default)]
    pub can: Vec<Act>,
    /// What happened, the first thing first.
    pub timeline: Vec<Step>,
}

/// A line of the timeline, without what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// Who.
    pub by: Actor,
    /// The promise this gave or renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

/// What the shopper may read beside the status once his claim is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Its category, as the shopper reads it.
    pub category: String,
    /// The order it is about.
    pub order: Option<String>,
    /// How the shopper is reached.
    pub contact: Contact,
    /// What a withdrawal says.
    pub withdrawal: Option<Withdrawal>,
    /// How it went.
    pub rating: Option<Rating>,
    /// What was written, the first thing first.
    pub messages: Vec<Message>,
}

/// A line of the timeline with what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// Who.
    pub by: Actor,
    /// What was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What came with it.
    pub files: Vec<File>,
}

/// A file that came with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its rank within the claim, from 1: what it is asked for by.
    pub rank: u32,
    /// What its bytes are.
    pub kind: FileKind,
    /// Its length in bytes.
    pub size_bytes: u64,
}

/// What the shopper keeps of a claim he sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub number: TrackingNumber,
    /// Opens the claim's messages and files.
    pub code: String,
    /// Whether the same was sent before.
    pub again: bool,
    /// Whether a mail with the same is on its way.
    #[serde(default)]
    pub mailed: bool,
    /// As it stands.
    pub status: Status,
}
