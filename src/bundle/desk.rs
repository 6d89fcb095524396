//! `desk.<hash>.json`: how the shop takes claims, for whoever writes one. Not part of the manifest:
//! most shoppers never need it.

use crate::manifest::decode_json;
use crate::{BundleError, FORMAT, malformed};
use guichet_domain::site::Desk;
use serde::{Deserialize, Serialize};

/// The file's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFile {
    /// [`FORMAT`] when written.
    pub format: u32,
    /// `[claims]` of `site.toml`.
    pub desk: Desk,
}

impl DeskFile {
    /// A desk in today's format.
    pub fn new(desk: Desk) -> Self {
        Self {
            format: FORMAT,
            desk,
        }
    }

    /// Writes the file.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        serde_json::to_vec(self).map_err(|error| malformed("desk", error))
    }

    /// Reads the file; `file` names it in errors.
    pub fn decode(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        decode_json(file, bytes)
    }
}
