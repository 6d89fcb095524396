//! Makes WebAssembly and JavaScript small. What wasm-opt made of a module is kept by the
//! hash of what went in, because it takes a minute where everything else takes a second.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::dist::hash;
use super::read;
use crate::progress::say;
use crate::setup::WebTools;

/// What rustc may use and every browser since Safari 16.4 and Chromium 111 understands.
/// Without the list wasm-opt refuses the module; with `--all-features` it might use more.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const EFFORT: [&str; 3] = ["-Oz", "--strip-producers", "--strip-target-features"];

/// The oldest language level all supported browsers share.
const LEVEL: &str = "--target=es2021";

/// The module made small; from `cache` when this very input was made small before.
pub(super) fn wasm(tools: &WebTools, module: &Path, cache: &Path) -> Result<Vec<u8>> {
    let name = module.file_stem().unwrap_or_default().to_string_lossy();
    let mut key = read(module)?;
    let recipe = [FEATURES.join(" "), EFFORT.join(" "), tools.describe()].join(" ");
    key.extend_from_slice(recipe.as_bytes());
    let kept = cache.join(format!("{name}.{}.wasm", hash(&key)));
    if kept.is_file() {
        say(&format!(
            "  {name}: unchanged, taken from `{}`",
            cache.display()
        ));
        return read(&kept);
    }
    fs::create_dir_all(cache).with_context(|| format!("cannot create `{}`", cache.display()))?;
    let unfinished = cache.join(format!("{name}.unfinished"));
    tools
        .wasm_opt(&format!("making {name} small"))
        .args(FEATURES)
        .args(EFFORT)
        .arg(module)
        .arg("-o")
        .arg(&unfinished)
        .hint("if it names a feature of WebAssembly, see FEATURES in src/xtask/web/shrink.rs")
        .run()?;
    forget(cache, &format!("{name}."), &unfinished)?;
    fs::rename(&unfinished, &kept).with_context(|| format!("cannot write `{}`", kept.display()))?;
    read(&kept)
}

/// An ES module made small, whatever it imports from its own folder brought in.
pub(super) fn module(tools: &WebTools, entry: &Path) -> Result<Vec<u8>> {
    esbuild(tools, entry, &["--bundle", "--minify", "--format=esm"])
}

/// The same, readable.
pub(super) fn bundled(tools: &WebTools, entry: &Path) -> Result<Vec<u8>> {
    esbuild(tools, entry, &["--bundle", "--format=esm"])
}

/// A classic script made small, on one line: the ends of lines that esbuild leaves stand in a style sheet.
pub(super) fn script(tools: &WebTools, entry: &Path) -> Result<Vec<u8>> {
    let mut script = esbuild(tools, entry, &["--minify"])?;
    script.retain(|byte| *byte != b'\n');
    Ok(script)
}

fn esbuild(tools: &WebTools, entry: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let name = entry.file_name().unwrap_or_default().to_string_lossy();
    let printed = tools
        .esbuild(&format!("making `{name}` small"))
        .args(args)
        .args([
            LEVEL,
            "--legal-comments=none",
            "--log-level=warning",
            "--charset=utf8",
        ])
        .arg(entry)
        .read()?;
    Ok(printed.into_bytes())
}

/// Removes what earlier builds of this module left, or the cache would grow for ever.
fn forget(cache: &Path, prefix: &str, keep: &Path) -> Result<()> {
    for entry in
        fs::read_dir(cache).with_context(|| format!("cannot list `{}`", cache.display()))?
    {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(prefix) && entry.path() != keep {
            fs::remove_file(entry.path())
                .with_context(|| format!("cannot remove `{}`", entry.path().display()))?;
        }
    }
    Ok(())
}
