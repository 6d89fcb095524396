//! `public/dist`: the files a shopper downloads, named by their content so that a browser
//! may keep them for ever. Only `guichet.js` has a fixed name: it is what the page embeds,
//! and it knows the names of all the others. What `guichet build` writes beside them stays.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{Built, shrink, split};
use crate::setup::WebTools;
use crate::workspace::Workspace;

/// Where they are, below the root.
pub(crate) const FOLDER: &str = "public/dist";

/// The name a page embeds.
const LOADER: &str = "guichet.js";

/// What the loader hands over to, in `public`: a module of its own, named by its content as the others are.
const PANEL: &str = "panel";

/// Writes everything and gives the names and sizes. Until the last moment the old files are
/// whole: new ones are written apart, moved in one by one, the loader last, and only then
/// are files of older builds removed.
pub(super) fn write(
    workspace: &Workspace,
    tools: &WebTools,
    loader: &Path,
    version: &str,
    built: &[Built],
) -> Result<Vec<(String, u64)>> {
    let mut files = Vec::new();
    let mut names = vec![("VERSION".to_owned(), version.to_owned())];
    for module in built {
        // One for both: they belong together, and the loader has every byte of it twice.
        let own = hash(&[module.js.as_slice(), &module.wasm].concat());
        for (extension, bytes) in [("js", &module.js), ("wasm", &module.wasm)] {
            let name = format!("{}.{own}.{extension}", module.name);
            let key = format!("{}_{}", module.name, extension).to_uppercase();
            names.push((key, name.clone()));
            files.push((name, bytes.clone()));
        }
        for (part, wasm) in &module.parts {
            files.push((split::file_name(part, wasm), wasm.clone()));
        }
    }

    let glue = workspace.target("web/glue");
    let panel = filled(&loader.with_file_name(format!("{PANEL}.js")), &glue, &names)?;
    let panel = shrink::module(tools, &panel)?;
    let name = format!("{PANEL}.{}.js", hash(&panel));
    names.push((format!("{PANEL}_js").to_uppercase(), name.clone()));
    files.push((name, panel));

    let loader = filled(loader, &glue, &names)?;
    files.push((LOADER.to_owned(), shrink::script(tools, &loader)?));

    let parts = built.iter().flat_map(|module| &module.parts);
    let modules: Vec<&str> = (built.iter().map(|module| module.name))
        .chain(parts.map(|(name, _)| name.as_str()))
        .chain([PANEL])
        .collect();
    swap(&workspace.path(FOLDER), &files, &modules)?;
    Ok(files
        .into_iter()
        .map(|(name, bytes)| (name, bytes.len() as u64))
        .collect())
}

/// The first ten hex digits of the SHA-256: forty bits name a handful of files apart.
pub(super) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes).0;
    let first = digest
        .iter()
        .take(5)
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{first:010x}")
}

/// A script of ours with the names in it, beside the glue it imports.
fn filled(script: &Path, glue: &Path, names: &[(String, String)]) -> Result<PathBuf> {
    let source = fs::read_to_string(script).with_context(|| {
        format!(
            "cannot read `{}`\n  hint: it is part of the project; restore it",
            script.display()
        )
    })?;
    let path = glue.join(script.file_name().unwrap_or_default());
    fs::write(&path, fill(&source, names)?)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(path)
}

/// Puts the names where the loader says `__GUICHET_WIDGET_JS__` and the like.
fn fill(source: &str, names: &[(String, String)]) -> Result<String> {
    let filled = names.iter().fold(source.to_owned(), |text, (key, name)| {
        text.replace(&format!("__GUICHET_{key}__"), name)
    });
    let unknown = filled
        .split("__GUICHET_")
        .skip(1)
        .find_map(|rest| rest.split_once("__"))
        .filter(|(key, _)| key.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    if let Some((key, _)) = unknown {
        let known: Vec<_> = names
            .iter()
            .map(|(key, _)| format!("`__GUICHET_{key}__`"))
            .collect();
        bail!(
            "a script asks for `__GUICHET_{key}__`, which is nothing the build makes\n  hint: it makes {}",
            known.join(", ")
        );
    }
    Ok(filled)
}

fn swap(folder: &Path, files: &[(String, Vec<u8>)], modules: &[&str]) -> Result<()> {
    // Inside it, not in the system's folder for such things: a move must not cross disks.
    let beside = folder.join(".unfinished");
    if beside.exists() {
        fs::remove_dir_all(&beside)
            .with_context(|| format!("cannot empty `{}`", beside.display()))?;
    }
    for path in [folder, &beside] {
        fs::create_dir_all(path).with_context(|| format!("cannot create `{}`", path.display()))?;
    }
    for (name, bytes) in files {
        let path = beside.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    for (name, _) in files {
        let path = folder.join(name);
        fs::rename(beside.join(name), &path)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    fs::remove_dir(&beside).with_context(|| format!("cannot remove `{}`", beside.display()))?;

    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list `{}`", folder.display()))?
    {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = modules.iter().any(|module| is_hashed(&name, module));
        if ours && !files.iter().any(|(kept, _)| *kept == name) {
            fs::remove_file(entry.path())
                .with_context(|| format!("cannot remove `{}`", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Whether a file is `module.<hash>.js`, `.wasm` or `.bin`.
fn is_hashed(name: &str, module: &str) -> bool {
    let mut parts = name.split('.');
    parts.next() == Some(module)
        && parts
            .next()
            .is_some_and(|hash| hash.len() == 10 && hash.chars().all(|c| c.is_ascii_hexdigit()))
        && parts
            .next()
            .is_some_and(|extension| ["js", "wasm", "bin"].contains(&extension))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<(String, String)> {
        vec![("WIDGET_JS".to_owned(), "widget.0a1b2c3d4e.js".to_owned())]
    }

    #[test]
    fn the_loader_gets_the_names() -> Result<()> {
        assert_eq!(
            fill("import('./__GUICHET_WIDGET_JS__')", &names())?,
            "import('./widget.0a1b2c3d4e.js')"
        );
        Ok(())
    }

    #[test]
    fn a_name_the_build_does_not_know_is_refused() {
        let error = fill("'__GUICHET_WIDGT_JS__'", &names()).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err(
                "a script asks for `__GUICHET_WIDGT_JS__`, which is nothing the build makes\n  \
                 hint: it makes `__GUICHET_WIDGET_JS__`"
                    .to_owned()
            )
        );
    }

    #[test]
    fn old_files_go_and_everything_else_stays() -> Result<()> {
        let root = tempfile::tempdir()?;
        let folder = root.path().join("dist");
        fs::create_dir_all(folder.join("cap-sentier"))?;
        for old in [
            "widget.0000000000.js",
            "widget.css",
            "guichet.js",
            "cap-sentier/manifest.json",
        ] {
            fs::write(folder.join(old), "old")?;
        }
        let files = [
            ("widget.1111111111.js".to_owned(), b"new".to_vec()),
            (LOADER.to_owned(), b"new".to_vec()),
        ];
        swap(&folder, &files, &["widget"])?;

        assert!(!folder.join("widget.0000000000.js").exists());
        assert_eq!(fs::read_to_string(folder.join("widget.css"))?, "old");
        assert_eq!(
            fs::read_to_string(folder.join("cap-sentier/manifest.json"))?,
            "old"
        );
        assert_eq!(
            fs::read_to_string(folder.join("widget.1111111111.js"))?,
            "new"
        );
        assert_eq!(fs::read_to_string(folder.join("guichet.js"))?, "new");
        assert!(!folder.join(".unfinished").exists());
        Ok(())
    }
}
