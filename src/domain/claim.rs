//! A claim: what a shopper asked that needs a person, and everything that happened to it since.
//! Call-backs and withdrawals are claims too: they have a number, a timeline and an end.
//! What may happen next is decided in [`step`], by when it is answered in [`due`], what a form
//! must hold in [`form`], when somebody can be called back in [`slot`], what shoppers are told in [`told`].
//! Words are in `say::claim`.

pub mod due;
pub mod form;
pub mod slot;
pub mod step;
pub mod told;
pub mod withdrawal;

use crate::civil::{Date, Local};
use crate::lang::Lang;
use crate::tracking::TrackingNumber;
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What kind of claim it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A question or a complaint, to be answered.
    #[default]
    Request,
    /// The shopper is to be called at a time he chose.
    CallBack,
    /// The shopper withdraws from a contract (L221-21).
    Withdrawal,
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It arrived; nobody has it yet.
    Received,
    /// Somebody of the team has it.
    TakenUp,
    /// The team asked the shopper something; no promise runs until he completes it.
    WaitingForShopper,
    /// The team answered; the shopper can say that it is not settled.
    Answered,
    /// It is over.
    Closed,
    /// It was answered or closed, and the shopper or the team took it up anew.
    Reopened,
}

/// Something done to a claim. A timeline is a list of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The shopper sent it: the first entry of every timeline.
    Open,
    /// Somebody of the team took it.
    TakeUp,
    /// The team asked the shopper for more.
    Ask,
    /// The team answered.
    Answer,
    /// The shopper added text or files.
    Complete,
    /// It was ended.
    Close,
    /// It was begun anew.
    Reopen,
    /// The shopper no longer wants to be called.
    Cancel,
    /// Somebody of the team wrote something the shopper does not see.
    Note,
    /// It went to another team.
    Reassign,
    /// It is the same as another claim, which goes on in its place.
    Merge,
    /// A promise was missed, and a new date given.
    Postpone,
    /// The shopper said how it went.
    Rate,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The shopper.
    Shopper,
    /// Somebody of the shop.
    Team,
    /// The server, by its clock.
    System,
}

/// A word that stands for none of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no {what} of a claim")]
pub struct UnknownWord {
    /// Of what.
    pub what: &'static str,
    /// What was found.
    pub found: String,
}

macro_rules! words {
    ($type:ident, $what:literal, [$($variant:ident = $word:literal),+ $(,)?]) => {
        impl $type {
            /// Every one, in the order above.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word it has in JSON and in a store.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl FromStr for $type {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let found = Self::ALL.iter().find(|own| own.word() == text);
                found.copied().ok_or_else(|| UnknownWord {
                    what: $what,
                    found: text.to_owned(),
                })
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
words!(
    Kind,
    "kind",
    [
        Request = "request",
        CallBack = "call_back",
        Withdrawal = "withdrawal"
    ]
);
words!(
    State,
    "state",
    [
        Received = "received",
        TakenUp = "taken_up",
        WaitingForShopper = "waiting_for_shopper",
        Answered = "answered",
        Closed = "closed",
        Reopened = "reopened",
    ]
);
words!(
    Act,
    "act",
    [
        Open = "open",
        TakeUp = "take_up",
        Ask = "ask",
        Answer = "answer",
        Complete = "complete",
        Close = "close",
        Reopen = "reopen",
        Cancel = "cancel",
        Note = "note",
        Reassign = "reassign",
        Merge = "merge",
        Postpone = "postpone",
        Rate = "rate",
    ]
);
words!(
    Actor,
    "actor",
    [Shopper = "shopper", Team = "team", System = "system"]
);

/// How the shopper is reached. At least one of e-mail and phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// As he wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where receipts and answers go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where he is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// What a withdrawal says beside the claim's own fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The day the goods came, as the shopper gives it; `None`: not yet, or he does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods_received: Option<Date>,
    /// The last day of the delay, counted from that day; `None` where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Date>,
    /// Whether it was declared after that day. It is received all the same.
    pub late: bool,
}

/// How it went, as the shopper says at the end: once per claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// The delay, 1 (far too long) to 5 (very quick).
    pub delay: u8,
    /// Being listened to, 1 (not at all) to 5 (entirely).
    pub listened: u8,
    /// A free line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
}

/// A claim as it stands. What was written and sent is in its timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its number, unique in the store.
    pub number: TrackingNumber,
    /// Id of the site.
    pub site: String,
    /// What kind.
    pub kind: Kind,
    /// Id of the category.
    pub category: String,
    /// Id of the team that has it.
    pub team: String,
    /// The language the shopper is written to in.
    pub lang: Lang,
    /// Where it stands.
    pub state: State,
    /// How the shopper is reached.
    pub contact: Contact,
    /// The order it is about.
    pub order: Option<String>,
    /// When a call-back is due to begin, by the shop's clock on the wall.
    pub slot: Option<Local>,
    /// What a withdrawal says.
    pub withdrawal: Option<Withdrawal>,
    /// When it was received, by the server's clock.
    pub opened: Timestamp,
    /// The last moment of the first promise; `None`: none was given.
    pub promised: Option<Timestamp>,
    /// The last moment of the promise that runs now; `None` while none does.
    pub due: Option<Timestamp>,
    /// How many promises were missed.
    pub missed: u32,
    /// When the team first wrote to the shopper.
    pub responded: Option<Timestamp>,
    /// When it ended, while it is ended.
    pub closed: Option<Timestamp>,
    /// The claim it was merged into.
    pub merged_into: Option<TrackingNumber>,
    /// How it went.
    pub rating: Option<Rating>,
    /// When anything last happened to it.
    pub updated: Timestamp,
}

/// A file that came with a message. Its bytes are in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Its rank within the claim, from 1: what it is asked for by.
    pub rank: u32,
    /// What its bytes are.
    pub kind: FileKind,
    /// Its length in bytes.
    pub size_bytes: u64,
}

/// The files that are taken, told apart by their first bytes and by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture of a screen.
    Png,
    /// A picture of the web.
    Webp,
    /// A photograph of an iPhone.
    Heic,
    /// A document.
    Pdf,
}
words!(
    FileKind,
    "kind of file",
    [
        Jpeg = "jpeg",
        Png = "png",
        Webp = "webp",
        Heic = "heic",
        Pdf = "pdf"
    ]
);

impl FileKind {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }

    /// How the name of such a file ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Pdf => "pdf",
        }
    }
}

/// An entry of a timeline: something that happened, with what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its rank within the claim, from 1.
    pub rank: u32,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What.
    pub act: Act,
    /// Who.
    pub by: Actor,
    /// Which user of the console; `None` for the shopper and the clock.
    pub user: Option<String>,
    /// What was written.
    pub text: Option<String>,
    /// What came with it.
    pub files: Vec<FileInfo>,
    /// The promise this gave or renewed.
    pub due: Option<Timestamp>,
    /// The team it went to.
    pub team: Option<String>,
}

impl Entry {
    /// Whether the shopper reads it. Notes are the team's own.
    pub fn is_for_shopper(&self) -> bool {
        self.act != Act::Note
    }
}
