//! Finds the database server the tests start, each a throwaway one of its own; a server that runs is left alone.

#[path = "../../server/testing/postgres/programs.rs"]
mod programs;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::setup::apt;

/// The folder of its programs; installed from Debian when there is none and we may.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    if let Some(folder) = programs::folder() {
        return Ok(folder);
    }
    apt::install(
        &["postgresql", "postgresql-client"],
        "PostgreSQL for the tests",
    )?;
    programs::folder().context(
        "no PostgreSQL after installing one\n  hint: put its `initdb` and `postgres` on the PATH",
    )
}
