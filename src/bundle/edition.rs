//! `edition.<lang>.<terms>.<day>.<hash>.json`: an earlier version of the terms, as far as it
//! differs from the one in force. Asked for only where an order falls under it.

use crate::manifest::decode_json;
use crate::{BundleError, FORMAT, malformed};
use guichet_domain::document::Clause;
use serde::{Deserialize, Serialize};

/// An earlier version of terms of sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// [`FORMAT`] when written.
    pub format: u32,
    /// Clauses in force that read otherwise then.
    pub changed: Vec<Changed>,
    /// Ids of clauses in force that were not there then.
    pub added: Vec<String>,
}

/// A clause in force that read otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Id of the clause in force.
    pub id: String,
    /// As it was, with the id it had.
    pub was: Clause,
}

/// What a clause in force was in an earlier version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Was<'a> {
    /// The same words.
    Same,
    /// Other words.
    Otherwise(&'a Clause),
    /// Not there.
    Absent,
}

impl Edition {
    /// An earlier version in today's format.
    pub fn new(changed: Vec<Changed>, added: Vec<String>) -> Self {
        Self {
            format: FORMAT,
            changed,
            added,
        }
    }

    /// What the clause in force with this id was.
    pub fn was(&self, id: &str) -> Was<'_> {
        if let Some(changed) = self.changed.iter().find(|changed| changed.id == id) {
            Was::Otherwise(&changed.was)
        } else if self.added.iter().any(|added| added == id) {
            Was::Absent
        } else {
            Was::Same
        }
    }

    /// Writes the file.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        serde_json::to_vec(self).map_err(|error| malformed("edition", error))
    }

    /// Reads the file; `file` names it in errors.
    pub fn decode(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        decode_json(file, bytes)
    }
}
