//! Finds the browser the tests drive. `GUICHET_CHROMIUM` names one outright.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::on_path;
use crate::setup::apt;

/// Names the browser goes by, best first.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The browser's path; installed from Debian when there is none and we may.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("GUICHET_CHROMIUM") {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        bail!(
            "GUICHET_CHROMIUM names `{}`, which is no file\n  hint: unset it, or mend it",
            named.display()
        );
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    // The fonts keep screenshots alike: without any, Chromium draws boxes for letters.
    apt::install(
        &["chromium", "fonts-liberation", "fonts-dejavu-core"],
        "a browser for the tests",
    )?;
    match find() {
        Some(found) => Ok(found),
        None => bail!(
            "no browser after installing one\n  hint: set GUICHET_CHROMIUM to the path of Chromium or Chrome"
        ),
    }
}

fn find() -> Option<PathBuf> {
    const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    let mac = PathBuf::from(MAC);
    NAMES
        .into_iter()
        .find_map(on_path)
        .or_else(|| mac.is_file().then_some(mac))
}
