//! Claims. What one is, and what may happen to it, is in `guichet_domain::claim`. How they are opened and changed is
//! in `write`, how they are read in `read`, what opens their messages in `access`, what is deleted in `privacy`, and
//! what is counted of them in `cases`.

mod access;
mod cases;
mod privacy;
pub(super) mod read;
mod write;

use crate::mail::Mail;
use guichet_domain::claim::step::{Change, Refusal};
use guichet_domain::claim::{Claim, Entry, FileKind, State};
use guichet_domain::site::Site;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;

/// A SHA-256 of something secret or long.
pub type Hash = [u8; 32];

/// A file about to be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What its bytes are.
    pub kind: FileKind,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What opens a claim's messages and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// How it is used.
    pub kind: AccessKind,
    /// Hash of the secret.
    pub hash: Hash,
    /// Until when; `None` for as long as the claim is kept.
    pub expires: Option<Timestamp>,
}

/// The ways to a claim's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// The code of the receipt.
    Code,
    /// The link of a mail, which is exchanged once for a pass.
    Link,
    /// What a link was exchanged for.
    Pass,
}

/// A claim about to be opened.
#[derive(Debug)]
pub struct Opening<'a> {
    /// The claim as it will stand.
    pub claim: &'a Claim,
    /// What was written.
    pub text: &'a str,
    /// What came with it.
    pub files: &'a [NewFile],
    /// Hash of the key it was sent with.
    pub key_hash: Hash,
    /// Hash of all that was sent with that key.
    pub content_hash: Hash,
    /// What makes the receipt code of the key.
    pub salt: [u8; 16],
    /// What opens its messages.
    pub access: &'a [Access],
    /// How many call-backs a slot has room for.
    pub calls_per_slot: u8,
    /// Queued with it.
    pub mails: &'a [Mail],
}

/// How opening a claim ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It is stored.
    New,
    /// The same was sent before: this claim, with its salt. Nothing was stored.
    Known(Box<Claim>, [u8; 16]),
    /// Something else was sent with the key before. Nothing was stored.
    OtherContent,
    /// The slot has no room left. Nothing was stored.
    SlotTaken,
}

/// Something done to a claim, about to be stored.
#[derive(Debug)]
pub struct Deed<'a> {
    /// Which claim.
    pub number: TrackingNumber,
    /// Its site: whose calendar says by when an answer is promised anew.
    pub site: &'a Site,
    /// What is done.
    pub change: &'a Change,
    /// The user of the console who does it.
    pub user: Option<&'a str>,
    /// What is written.
    pub text: Option<&'a str>,
    /// What comes with it.
    pub files: &'a [NewFile],
    /// Hash of the key the shopper sent it with.
    pub key_hash: Option<Hash>,
}

/// What is stored along with a deed: mails, and what the links in them open.
#[derive(Debug, Default)]
pub struct Consequences {
    /// Queued with it.
    pub mails: Vec<Mail>,
    /// What opens the claim's messages from now on.
    pub access: Vec<Access>,
}

/// How a deed ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It is stored: the claim after it.
    Done(Box<Claim>),
    /// The same was sent before: the claim as it stands. Nothing was stored.
    Known(Box<Claim>),
    /// There is no such claim of that site.
    NoClaim,
    /// The claim does not allow it.
    Refused(Refusal),
    /// The claim would have too many files.
    TooManyFiles,
}

/// Which claims to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Of this site only.
    pub site: Option<String>,
    /// Of this team only.
    pub team: Option<String>,
    /// In one of these states only; empty for all.
    pub states: Vec<State>,
    /// Of this order only.
    pub order: Option<String>,
    /// Of this e-mail address only, in any case.
    pub email: Option<String>,
    /// Most claims to list; 0 for 200.
    pub limit: u32,
}

/// Everything kept about one claim, for who asks what is known of him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The claim.
    pub claim: Claim,
    /// Its timeline.
    pub timeline: Vec<Entry>,
}

impl std::fmt::Debug for NewFile {
    /// Without its bytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewFile")
            .field("kind", &self.kind)
            .field("size_bytes", &self.bytes.len())
            .finish()
    }
}

#[cfg(test)]
mod tests;
