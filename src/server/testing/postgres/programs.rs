//! Where a machine has the programs of `PostgreSQL`. Also compiled into `cargo xtask setup`, which installs them.

use std::path::{Path, PathBuf};

/// Where Debian keeps them, a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// What the tests start.
const PROGRAMS: [&str; 4] = ["initdb", "postgres", "pg_isready", "psql"];

/// The folder that has them all: one of the `PATH`, or else Debian's of the latest version.
pub(crate) fn folder() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = Path::new(DEBIAN)
        .read_dir()
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path()))
        .collect();
    debian.sort_by_key(|version| version.file_name()?.to_str()?.parse::<u32>().ok());
    let debian = debian.into_iter().rev().map(|version| version.join("bin"));
    std::env::split_paths(&path).chain(debian).find(|folder| {
        PROGRAMS
            .iter()
            .all(|program| folder.join(program).is_file())
    })
}
