//! `content.<lang>.<hash>.json`: the documents of one language. The first `searched` stand
//! in the index's row order, so a hit's row is its place here; behind them come clauses
//! that answers quote from terms written in another language.

use crate::manifest::decode_json;
use crate::{BundleError, FORMAT, malformed};
use guichet_domain::document::Document;
use guichet_domain::lang::Lang;
use serde::{Deserialize, Serialize};

/// The documents of one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// [`FORMAT`] when written.
    pub format: u32,
    /// The language.
    pub lang: Lang,
    /// How many documents the index knows: rows `0..searched`.
    pub searched: u32,
    /// Searched documents in row order, then quoted ones.
    pub documents: Vec<Document>,
}

impl Pack {
    /// A pack of today's format.
    pub fn new(lang: Lang, searched: u32, documents: Vec<Document>) -> Self {
        Self {
            format: FORMAT,
            lang,
            searched,
            documents,
        }
    }

    /// The document with this id.
    pub fn find(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id() == id)
    }

    /// Writes the file.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        serde_json::to_vec(self).map_err(|error| malformed("content", error))
    }

    /// Reads the file; `file` names it in errors.
    pub fn decode(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        decode_json(file, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_pack_is_refused_by_its_format_even_when_its_fields_are_unknown() {
        let newer = br#"{"format":99,"surprise":true}"#;
        assert!(matches!(
            Pack::decode("c", newer),
            Err(BundleError::Newer { found: 99 })
        ));
        assert!(matches!(
            Pack::decode("c", b"{}"),
            Err(BundleError::Malformed { .. })
        ));
    }
}
