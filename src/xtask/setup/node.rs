//! Tools from the npm registry at fixed versions, in the build folder: `wasm-opt` (Debian's is
//! years old) and `esbuild` shrink what a browser downloads; `axe-core`, which the tests load
//! into Chromium, finds what is not accessible in it; `minisearch` is timed beside our own search.
//! Lighthouse is large and wanted by one command alone, so it is installed when that is run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::{Task, on_path};
use crate::progress::say;
use crate::setup::apt;
use crate::workspace::Workspace;

/// Versions are fixed so that two machines build the same bytes.
const PACKAGES: [(&str, &str); 4] = [
    ("binaryen", "132.0.0"),
    ("esbuild", "0.28.2"),
    ("axe-core", "4.14.1"),
    ("minisearch", "7.2.0"),
];

/// The newest that Debian's Node.js runs.
const LIGHTHOUSE: (&str, &str) = ("lighthouse", "12.8.2");

/// Tools that shrink WebAssembly and JavaScript.
pub(crate) struct WebTools {
    folder: PathBuf,
}

impl WebTools {
    /// A run of `wasm-opt`.
    pub(crate) fn wasm_opt(&self, doing: &str) -> Task {
        Task::new(self.program("wasm-opt"), doing)
    }

    /// A run of `esbuild`.
    pub(crate) fn esbuild(&self, doing: &str) -> Task {
        Task::new(self.program("esbuild"), doing).hint("is the JavaScript named above well-formed?")
    }

    /// The peer that `bench` times in the same page, as an ES module.
    pub(crate) fn peer(&self) -> PathBuf {
        self.folder.join("node_modules/minisearch/dist/es/index.js")
    }

    /// Names and versions.
    pub(crate) fn describe(&self) -> String {
        let named = PACKAGES.map(|(name, version)| format!("{name} {version}"));
        format!("{} in {}", named.join(", "), self.folder.display())
    }

    fn program(&self, name: &str) -> PathBuf {
        let suffix = if cfg!(windows) { ".cmd" } else { "" };
        self.folder
            .join(format!("node_modules/.bin/{name}{suffix}"))
    }
}

/// The tools; installed when absent or of another version.
pub(crate) fn find_or_install(workspace: &Workspace) -> Result<WebTools> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        apt::install(&["nodejs", "npm"], "Node.js with npm")?;
    }
    let folder = workspace.target("tools");
    install(&folder, &PACKAGES)?;
    Ok(WebTools { folder })
}

/// The program `lighthouse`; installed when absent or of another version.
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("tools/lighthouse");
    install(&folder, &[LIGHTHOUSE])?;
    Ok(WebTools { folder }.program("lighthouse"))
}

/// What of these is absent or of another version.
fn install(folder: &Path, packages: &[(&str, &str)]) -> Result<()> {
    let is_there =
        |(name, version): &(&str, &str)| installed(folder, name).as_deref() == Some(*version);
    if packages.iter().all(is_there) {
        return Ok(());
    }
    let names: Vec<_> = packages.iter().map(|(name, _)| *name).collect();
    let doing = format!("downloading {}", names.join(", "));
    say(&format!("  {doing}"));
    fs::create_dir_all(folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    // Without a package.json of its own, npm would look for one in the folders above.
    let wanted: serde_json::Map<_, _> = packages
        .iter()
        .map(|(name, version)| ((*name).to_owned(), (*version).into()))
        .collect();
    let manifest = serde_json::json!({ "private": true, "dependencies": wanted });
    let path = folder.join("package.json");
    fs::write(&path, manifest.to_string())
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    Task::new("npm", doing)
        .arg("install")
        .arg("--prefix")
        .arg(folder)
        .args([
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .hint("is the npm registry reachable, and Node.js 18 or newer?")
        .run()
}

fn installed(folder: &Path, name: &str) -> Option<String> {
    let manifest = fs::read(folder.join(format!("node_modules/{name}/package.json"))).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
    Some(manifest.get("version")?.as_str()?.to_owned())
}
