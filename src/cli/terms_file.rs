//! A file of terms given on the command line.

use crate::output;
use anyhow::bail;
use guichet_content::edition::name_and_day;
use guichet_content::terms::{Cut, Format, cut};
use guichet_domain::civil::Date;
use std::path::Path;

/// Terms, cut.
pub(crate) struct TermsFile {
    /// The day they take effect, where the file's name gives it.
    pub(crate) effective: Option<Date>,
    pub(crate) cut: Cut,
}

/// Reads and cuts a file by its ending.
pub(crate) fn read(file: &Path) -> anyhow::Result<TermsFile> {
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let format = match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" | "txt" => Format::Markdown,
        "html" | "htm" => Format::Html,
        other => bail!(
            "`.{other}` is not a format of terms Guichet reads\nhint: export the terms as HTML or Markdown"
        ),
    };
    let cut = cut(&output::read(file)?, format);
    let (_, day) = name_and_day(file);
    Ok(TermsFile {
        effective: day.and_then(Result::ok),
        cut,
    })
}
