//! `manifest.json`: enough to open the panel and be useful before anything else is loaded.

use crate::checksum::crc32 as checksum;
use crate::{BundleError, FORMAT, check_format, malformed};
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::suggestion::When;
use serde::{Deserialize, Serialize};

/// The file's name within a bundle; the only one that is not named by its content.
pub const MANIFEST_FILE: &str = "manifest.json";

/// What opens the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] when written.
    pub format: u32,
    /// The merchant, his channels and hours.
    pub site: Site,
    /// One per language of the site, in its order.
    pub locales: Vec<LocaleFiles>,
    /// How claims are taken; `None`: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<FileRef>,
    /// The experiment that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<Trial>,
}

/// An experiment, as far as whoever gives arms must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Names it in events.
    pub id: String,
    /// Whether days of the shop are given an arm, instead of visits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_day: bool,
    /// Whether the arms read two wordings of an entry; else `control` has the way to a person above the answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wordings: bool,
}

/// The files of one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocaleFiles {
    /// The language.
    pub lang: Lang,
    /// The search index.
    pub index: FileRef,
    /// The documents.
    pub content: FileRef,
    /// How many documents are searched.
    pub documents: u32,
    /// Shown before anything is typed.
    pub top: Vec<TopQuestion>,
    /// Shown first where they belong to the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
}

/// Questions that belong to some pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// To which.
    pub when: When,
    /// Best first; never empty.
    pub questions: Vec<TopQuestion>,
}

/// A file of the bundle, as it must be when it arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Its name within the bundle's folder.
    pub name: String,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// CRC-32 of its bytes.
    pub crc32: u32,
}

/// A question shown before anything is typed, with its answer in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopQuestion {
    /// Id of the entry.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer in one or two sentences; empty where it comes with the content only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short: String,
}

impl FileRef {
    /// Describes `bytes` under the name `<stem>.<hash>.<extension>`.
    pub fn of(stem: &str, extension: &str, bytes: &[u8]) -> Self {
        let crc32 = checksum(bytes);
        // The length makes two contents with one checksum all but impossible to name alike.
        let name = format!("{stem}.{crc32:08x}{:x}.{extension}", bytes.len());
        Self {
            name,
            size_bytes: bytes.len() as u64,
            crc32,
        }
    }

    /// Whether `bytes` are what was built.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), BundleError> {
        let damaged = |expected: String, found: String| BundleError::Damaged {
            file: self.name.clone(),
            expected,
            found,
        };
        if bytes.len() as u64 != self.size_bytes {
            let expected = format!("{} bytes", self.size_bytes);
            return Err(damaged(expected, bytes.len().to_string()));
        }
        let crc32 = checksum(bytes);
        if crc32 != self.crc32 {
            return Err(damaged(
                format!("checksum {:08x}", self.crc32),
                format!("{crc32:08x}"),
            ));
        }
        Ok(())
    }
}

impl Manifest {
    /// Writes `manifest.json`.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        serde_json::to_vec(self).map_err(|error| malformed(MANIFEST_FILE, error))
    }

    /// Reads `manifest.json`; a newer format is refused before anything else is looked at.
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        decode_json(MANIFEST_FILE, bytes)
    }

    /// The files of a language, else of the default one.
    pub fn locale(&self, lang: Lang) -> Option<&LocaleFiles> {
        self.locales
            .iter()
            .find(|files| files.lang == lang)
            .or(self.locales.first())
    }

    /// A manifest of today's format.
    pub fn new(site: Site, locales: Vec<LocaleFiles>, desk: Option<FileRef>) -> Self {
        Self {
            format: FORMAT,
            site,
            locales,
            desk,
            experiment: None,
        }
    }
}

/// Reads a JSON file that carries a `format`, telling a newer one apart from a broken one.
pub(crate) fn decode_json<'de, T: Deserialize<'de>>(
    file: &str,
    bytes: &'de [u8],
) -> Result<T, BundleError> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|error| malformed(file, error))?;
    check_format(head.format)?;
    serde_json::from_slice(bytes).map_err(|error| malformed(file, error))
}
