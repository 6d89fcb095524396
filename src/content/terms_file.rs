//! How a file of terms is read, by its ending: Markdown and HTML as they are, DOCX as HTML.
//! Others are refused with what to export instead.

use crate::docx::{self, DocxError};
use crate::terms::Format;
use std::path::Path;

/// Endings of files that are terms, or that a merchant may take for such; the latter are refused aloud.
pub(crate) const ENDINGS: [&str; 7] = ["md", "html", "htm", "docx", "pdf", "doc", "odt"];

/// The text of a file of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsText {
    /// What is cut, and what places in the text refer to.
    pub text: String,
    /// How it is written.
    pub format: Format,
    /// Whether it was made from the file, rather than being the file: places then refer to no place of the file.
    pub is_made: bool,
}

/// Why a file of terms cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsFileError {
    /// A PDF: where it has text at all, it has lines in the order they were drawn, without headings or paragraphs.
    #[error(
        "Guichet does not read PDF, which holds lines on a page, not headings and clauses\nhint: export the document it was made from as DOCX or HTML (“Enregistrer sous”), or paste its text into a `.md` file"
    )]
    Pdf,
    /// Any other ending.
    #[error(
        "`.{0}` is not a format of terms Guichet reads\nhint: export the terms as DOCX, HTML or Markdown"
    )]
    Unknown(String),
    /// A DOCX that is none.
    #[error(transparent)]
    Docx(#[from] DocxError),
    /// Text in another encoding.
    #[error("line {line} is not UTF-8\nhint: save the file again with the encoding UTF-8")]
    NotUtf8 {
        /// From 1.
        line: usize,
    },
}

/// Reads the bytes of a file by its ending.
pub fn read(file: &Path, bytes: Vec<u8>) -> Result<TermsText, TermsFileError> {
    let ending = file
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    let format = match ending.as_str() {
        "md" | "markdown" | "txt" => Format::Markdown,
        "html" | "htm" => Format::Html,
        "docx" => {
            return Ok(TermsText {
                text: docx::html(&bytes)?,
                format: Format::Html,
                is_made: true,
            });
        }
        "pdf" => return Err(TermsFileError::Pdf),
        _ => return Err(TermsFileError::Unknown(ending)),
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        TermsFileError::NotUtf8 { line }
    })?;
    Ok(TermsText {
        text,
        format,
        is_made: false,
    })
}
