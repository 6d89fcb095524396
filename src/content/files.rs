//! Finds and reads a merchant's files; what cannot be read is a problem with its remedy.

use crate::problem::{At, Problems};
use guichet_domain::lang::Lang;
use std::fs;
use std::path::{Path, PathBuf};

/// Largest file that is read; terms of sale have 30 to 200 kB.
pub(crate) const MAX_FILE_BYTES: u64 = 4_000_000;

/// The files below `<folder>/<kind>/<lang>/` with one of the endings, in order of their paths.
pub(crate) fn files(
    folder: &Path,
    kind: &str,
    endings: &[&str],
    problems: &mut Problems,
) -> Vec<(Lang, PathBuf)> {
    let mut found = Vec::new();
    for language in list(&folder.join(kind)) {
        let name = language
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        match Lang::from_tag(name).filter(|lang| lang.code() == name) {
            Some(lang) => walk(&language, &mut |path| {
                let ending = path
                    .extension()
                    .and_then(|ending| ending.to_str())
                    .unwrap_or_default();
                if endings.contains(&ending) {
                    found.push((lang, path));
                }
            }),
            None => problems.warning(
                &At {
                    file: &language,
                    line: 0,
                },
                format!("`{name}` is not a language; what is in it is not read"),
                format!("put it below `{kind}/fr/` or `{kind}/en/`"),
            ),
        }
    }
    found
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn walk(folder: &Path, visit: &mut impl FnMut(PathBuf)) {
    for path in list(folder) {
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(path);
        }
    }
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path, problems: &mut Problems) -> Option<String> {
    let bytes = read_bytes(path, MAX_FILE_BYTES, problems)?;
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let readable = String::from_utf8_lossy(&error.as_bytes()[..valid]);
            let line = readable.matches('\n').count() + 1;
            problems.error(
                &At { file: path, line },
                "the file is not UTF-8",
                "save it again with the encoding UTF-8",
            );
            None
        }
    }
}

/// Reads a file of at most so many bytes.
pub(crate) fn read_bytes(path: &Path, most: u64, problems: &mut Problems) -> Option<Vec<u8>> {
    let at = At {
        file: path,
        line: 0,
    };
    match fs::metadata(path) {
        Ok(metadata) if metadata.len() > most => {
            problems.error(
                &at,
                format!(
                    "the file has {} bytes, expected at most {most}",
                    metadata.len()
                ),
                "split it into several files",
            );
            return None;
        }
        Ok(_) => {}
        Err(error) => {
            problems.error(
                &at,
                format!("the file cannot be read: {error}"),
                "check the path; `guichet init` makes a site folder to begin with",
            );
            return None;
        }
    }
    match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            problems.error(
                &at,
                format!("the file cannot be read: {error}"),
                "check its permissions",
            );
            None
        }
    }
}
