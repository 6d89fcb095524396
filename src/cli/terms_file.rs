//! A file of terms given on the command line.

use anyhow::Context;
use guichet_content::edition::name_and_day;
use guichet_content::terms::{Cut, cut};
use guichet_content::terms_file::{self, TermsText};
use guichet_domain::civil::Date;
use std::path::Path;

/// Terms, cut.
pub(crate) struct TermsFile {
    /// The day they take effect, where the file's name gives it.
    pub(crate) effective: Option<Date>,
    /// The text that was cut, where it is not the file itself.
    pub(crate) made: Option<String>,
    pub(crate) cut: Cut,
}

/// Reads and cuts a file by its ending.
pub(crate) fn read(file: &Path) -> anyhow::Result<TermsFile> {
    let TermsText {
        text,
        format,
        is_made,
    } = text(file)?;
    let (_, day) = name_and_day(file);
    Ok(TermsFile {
        effective: day.and_then(Result::ok),
        cut: cut(&text, format),
        made: is_made.then_some(text),
    })
}

/// Reads a file by its ending.
pub(crate) fn text(file: &Path) -> anyhow::Result<TermsText> {
    let name = file.display();
    let bytes = std::fs::read(file)
        .with_context(|| format!("`{name}` cannot be read\nhint: check the path"))?;
    terms_file::read(file, bytes).with_context(|| format!("`{name}` cannot be read"))
}
