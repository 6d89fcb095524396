//! The bundle: the static files a browser downloads for one site, and the only code that
//! writes or reads them. A bundle is a contract between a `guichet build` of one day and a
//! widget of another: every file says its format, and a newer one is refused in plain words.
//!
//! ```text
//! manifest.json             what opens the panel: site, hours, top questions, names of the rest
//! index.<lang>.<hash>.bin   what is searched: framed binary, see `frame`
//! content.<lang>.<hash>.json  what is shown: documents in the index's row order
//! edition.<lang>.<terms>.<day>.<hash>.json  an earlier version of terms, see `edition`
//! desk.<hash>.json          how claims are taken, see `desk`
//! aide.html, help.html      the same for readers without the widget: FAQ and terms, see `page_file`
//! page.<hash>.css           how those pages look, on screen and on paper
//! ```

pub mod checksum;
use guichet_domain::lang::Lang;

pub mod desk;
pub mod edition;
pub mod frame;
pub mod manifest;
pub mod pack;

pub use desk::DeskFile;
pub use edition::Edition;
pub use manifest::{FileRef, LocaleFiles, Manifest, TopQuestion, Trial};
pub use pack::{Pack, Versions};

/// The format this code writes, and the newest it reads. Raised by every change that an older reader cannot read.
pub const FORMAT: u32 = 5;

/// The oldest format this code reads.
pub const OLDEST: u32 = 5;

/// The static page of a language: `aide.html` in French, `help.html` in English. It needs no script, and its anchors
/// are the ids of documents: `aide.html#faq/<slug>`, `aide.html#cgv/7.2.a`, and for one version of the terms
/// `aide.html#cgv@2026-03-01/7.2.a`.
pub fn page_file(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "aide.html",
        Lang::En => "help.html",
    }
}

/// Why a file of a bundle cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Written by a newer Guichet.
    #[error(
        "the bundle has format {found}, this version reads up to {FORMAT}\nhint: update guichet.js and its files together with the bundle"
    )]
    Newer {
        /// The format found.
        found: u32,
    },
    /// Written by an older Guichet than this version still reads.
    #[error(
        "the bundle has format {found}, this version reads from {OLDEST} on\nhint: run `guichet build` again and upload the whole folder"
    )]
    Older {
        /// The format found.
        found: u32,
    },
    /// Not a file of ours.
    #[error(
        "`{file}` is not a Guichet file: {reason}\nhint: run `guichet build` again and upload the whole folder"
    )]
    Malformed {
        /// Which file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// Cut short or changed on the way.
    #[error(
        "`{file}` is damaged: expected {expected}, found {found}\nhint: upload the file again; do not let a proxy change it"
    )]
    Damaged {
        /// Which file.
        file: String,
        /// What the manifest or the frame says.
        expected: String,
        /// What was read.
        found: String,
    },
}

fn malformed(file: &str, reason: impl std::fmt::Display) -> BundleError {
    BundleError::Malformed {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

/// Refuses a format this version does not read.
pub fn check_format(found: u32) -> Result<(), BundleError> {
    match found {
        OLDEST..=FORMAT => Ok(()),
        0..OLDEST => Err(BundleError::Older { found }),
        _ => Err(BundleError::Newer { found }),
    }
}
