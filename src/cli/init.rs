//! `guichet init`: a new site folder that builds at once, with a sample of everything.

use crate::output;
use anyhow::{Context, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Path within the folder, and content.
const FILES: [(&str, &str); 4] = [
    ("site.toml", include_str!("init/site.toml")),
    (
        "faq/fr/livraison/delais-de-livraison.md",
        include_str!("init/delais-de-livraison.md"),
    ),
    (
        "faq/fr/retours/retourner-un-article.md",
        include_str!("init/retourner-un-article.md"),
    ),
    ("terms/fr/cgv.md", include_str!("init/cgv.md")),
];

#[derive(Args)]
pub(crate) struct InitArgs {
    /// The folder to make; its name becomes the site's id
    pub(crate) folder: PathBuf,
}

pub(crate) fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    let occupied = folder.is_file()
        || folder
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        bail!(
            "`{}` exists and is not empty\nhint: name a new folder; nothing was changed",
            folder.display()
        );
    }
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let is_id = !name.is_empty()
        && name.len() <= 64
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_id {
        bail!(
            "`{name}` is not a name for a site\nhint: use 1 to 64 small letters, digits and dashes, for example `ma-boutique`"
        );
    }
    for (path, content) in FILES {
        write(&folder.join(path), content)?;
    }
    output::print(&format!(
        "made {0}\n\nnext:\n  guichet build {0} --out public/{name}\n  guichet search {0} \"renvoyer un article\"\n",
        folder.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, content: &str) -> anyhow::Result<()> {
    let failed = || format!("`{}` cannot be written", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(failed)?;
    }
    std::fs::write(path, content).with_context(failed)
}
