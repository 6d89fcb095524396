//! Terms written with a word processor: a DOCX file as HTML that `terms` can cut. Headings,
//! lists with the numbers Word only computes, and tables are kept; headers, footers and
//! deleted text are not. A file is read within limits: a small archive may claim to hold a
//! large one.

mod document;
mod numbering;
mod style;
mod xml;

#[cfg(test)]
mod tests;

use numbering::Numbering;
use std::io::{Cursor, Read};
use style::Styles;
use zip::ZipArchive;

/// Most files in an archive. Word writes about twenty, and one for each picture.
const MAX_ENTRIES: usize = 4_000;

/// Most bytes of one part when unpacked. Two hundred pages have about 4 MB.
const MAX_PART_BYTES: u64 = 16_000_000;

/// How many times larger than packed a part may be: text packs to a tenth, seldom to a fiftieth.
const MAX_RATIO: u64 = 300;

/// Parts below this size are let off the ratio: a few repeated lines pack well.
const SMALL_PART_BYTES: u64 = 1_000_000;

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// No archive, or a broken one.
    #[error(
        "it is not a DOCX file: {0}\nhint: save it again from your word processor as “Word (.docx)”"
    )]
    Archive(String),
    /// No text in it.
    #[error(
        "it has no `{0}`\nhint: save it again from your word processor as “Word (.docx)”; templates and `.doc` are not read"
    )]
    Missing(&'static str),
    /// Larger than any terms are.
    #[error("it is too large: {0}\nhint: save it without pictures, or export it as HTML")]
    TooLarge(String),
    /// XML that is none.
    #[error(
        "its `{part}` is damaged: {reason}\nhint: open it in your word processor and save it again"
    )]
    Damaged {
        /// The part.
        part: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// Reads a DOCX file as HTML.
pub fn html(bytes: &[u8]) -> Result<String, DocxError> {
    let archive = |error: zip::result::ZipError| DocxError::Archive(error.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(archive)?;
    if zip.len() > MAX_ENTRIES {
        let found = format!("{} files, expected at most {MAX_ENTRIES}", zip.len());
        return Err(DocxError::TooLarge(found));
    }
    let document = part(&mut zip, "word/document.xml")?;
    let document = document.ok_or(DocxError::Missing("word/document.xml"))?;
    let styles = match part(&mut zip, "word/styles.xml")? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let numbering = match part(&mut zip, "word/numbering.xml")? {
        Some(text) => Numbering::read(&text)?,
        None => Numbering::default(),
    };
    document::html(&document, &styles, numbering)
}

fn part(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    name: &'static str,
) -> Result<Option<String>, DocxError> {
    let Some(at) = zip.index_for_name(name) else {
        return Ok(None);
    };
    let mut file = zip
        .by_index(at)
        .map_err(|error| DocxError::Archive(error.to_string()))?;
    let packed = file.compressed_size().max(1);
    let mut text = Vec::new();
    // What an archive says of sizes may be a lie; what is read is counted.
    let limit = MAX_PART_BYTES.min((packed * MAX_RATIO).max(SMALL_PART_BYTES));
    (&mut file)
        .take(limit + 1)
        .read_to_end(&mut text)
        .map_err(|error| DocxError::Archive(error.to_string()))?;
    if text.len() as u64 > limit {
        let found = format!("`{name}` unpacks from {packed} to more than {limit} bytes");
        return Err(DocxError::TooLarge(found));
    }
    let text = String::from_utf8(text).map_err(|_| DocxError::Damaged {
        part: name,
        reason: "it is not UTF-8".to_owned(),
    })?;
    Ok(Some(text))
}
