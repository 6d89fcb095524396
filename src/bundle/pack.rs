//! `content.<lang>.<hash>.json`: the documents of one language. The first `searched` stand
//! in the index's row order, so a hit's row is its place here; behind them come clauses
//! that answers quote from terms written in another language.

use crate::manifest::{FileRef, decode_json};
use crate::{BundleError, FORMAT, malformed};
use guichet_domain::civil::Date;
use guichet_domain::document::{Clause, Document};
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
    /// The versions of the terms that clauses are of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Versions>,
}

/// The versions of terms of sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// What the addresses of their clauses begin with: `cgv`.
    pub name: String,
    /// The language they are written in.
    pub lang: Lang,
    /// The day from which the version quoted holds; `None` for terms without a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The days from which earlier versions held, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<Date>,
    /// Their files, in the same order; bundles of before have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<FileRef>,
}

impl Versions {
    /// The place in `older` of the version that held on a day, where it is an earlier one than
    /// the version quoted.
    pub fn earlier_on(&self, day: Date) -> Option<usize> {
        let quoted = self.effective?;
        let held = || self.older.iter().position(|from| *from <= day);
        (day < quoted).then(held).flatten()
    }
}

impl Pack {
    /// A pack of today's format.
    pub fn new(lang: Lang, searched: u32, documents: Vec<Document>) -> Self {
        Self {
            format: FORMAT,
            lang,
            searched,
            documents,
            versions: Vec::new(),
        }
    }

    /// The versions of the terms a clause is of.
    pub fn versions(&self, clause: &Clause) -> Option<&Versions> {
        let name = clause.id.split('/').next();
        let lang = clause.lang.unwrap_or(self.lang);
        self.versions
            .iter()
            .find(|own| Some(own.name.as_str()) == name && own.lang == lang)
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
    fn the_version_that_held_when_it_was_ordered_is_found() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let versions = Versions {
            name: "cgv".into(),
            lang: Lang::Fr,
            effective: Some(day("2026-07-01")),
            older: vec![day("2025-01-15"), day("2023-03-01")],
            editions: Vec::new(),
        };
        for (ordered, expected) in [
            ("2026-07-01", None),
            ("2026-06-30", Some(0)),
            ("2025-01-14", Some(1)),
            ("2022-01-01", None),
        ] {
            assert_eq!(versions.earlier_on(day(ordered)), expected, "{ordered}");
        }
    }

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
