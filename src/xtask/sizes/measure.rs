//! Sizes of files as servers send them: as they are, gzip at its best level, and brotli at
//! its best (quality 11, window 22), as a CDN compresses what it keeps.

use std::fs;
use std::io::Write;
use std::iter::Sum;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, anyhow};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use crate::progress::thousands;

/// Sizes in bytes.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Bytes {
    pub(super) raw: u64,
    pub(super) gzip: u64,
    pub(super) brotli: u64,
}

impl Bytes {
    /// For a table.
    pub(super) fn cells(&self) -> [String; 3] {
        [self.raw, self.gzip, self.brotli].map(thousands)
    }
}

impl Sum for Bytes {
    /// Files are compressed one by one, so their sizes add up.
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, next| Self {
            raw: sum.raw + next.raw,
            gzip: sum.gzip + next.gzip,
            brotli: sum.brotli + next.brotli,
        })
    }
}

/// One file, its name below `public/dist`.
#[derive(Serialize)]
pub(super) struct File {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) bytes: Bytes,
}

/// Every file of the modules and of the site, by name.
pub(super) fn files(dist: &Path, site: &str) -> Result<Vec<File>> {
    let mut names = names(dist, "")?;
    names.extend(self::names(&dist.join(site), &format!("{site}/"))?);
    names.sort();
    // Brotli at its best takes seconds for the engine: one thread a file.
    thread::scope(|scope| {
        let running: Vec<_> = names
            .into_iter()
            .map(|name| scope.spawn(move || measured(dist, name)))
            .collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .map_err(|_| anyhow!("measuring a file panicked"))?
            })
            .collect()
    })
}

fn names(folder: &Path, prefix: &str) -> Result<Vec<String>> {
    let cannot = || {
        format!(
            "cannot list `{}`\n  hint: `cargo xtask build-web` makes the modules, `guichet build` the site's files",
            folder.display()
        )
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        if entry.file_type()?.is_file() {
            names.push(format!("{prefix}{}", entry.file_name().to_string_lossy()));
        }
    }
    Ok(names)
}

fn measured(dist: &Path, name: String) -> Result<File> {
    let path = dist.join(&name);
    let raw = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&raw)?;
    let mut brotli = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: raw.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut raw.as_slice(), &mut brotli, &params)?;
    let bytes = Bytes {
        raw: raw.len() as u64,
        gzip: gzip.finish()?.len() as u64,
        brotli: brotli.len() as u64,
    };
    Ok(File { name, bytes })
}
