//! Cuts a module where its source says `#[wasm_split]`, so that a browser fetches the second
//! part when it is needed. The cut is made before wasm-bindgen sees the module; the little
//! JavaScript that fetches a part becomes part of the glue.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use super::dist::hash;

/// Imported by the glue from its own folder.
const LINK: &str = "split.js";

/// A module cut in parts, in the build folder.
pub(super) struct Split {
    /// The part that is there from the start.
    pub(super) main: PathBuf,
    /// Name and file of every further part.
    pub(super) parts: Vec<(String, PathBuf)>,
    link: PathBuf,
}

/// Cuts `compiled` into `out`. `module` names its glue.
pub(super) fn split(compiled: &Path, out: &Path, module: &str) -> Result<Split> {
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("cannot empty `{}`", out.display()))?;
    }
    fs::create_dir_all(out).with_context(|| format!("cannot create `{}`", out.display()))?;
    let input = super::read(compiled)?;
    let main = out.join(format!("{module}.wasm"));
    let (link, glue) = (format!("./{LINK}"), format!("./{module}.js"));
    let mut options = Options::new(&input);
    options.output_dir = out;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &glue;
    let made = transform(options).map_err(|error| {
        anyhow!(
            "cannot cut `{}`: {error:#}\n  hint: `wasm_split_cli_support` of xtask and \
             `wasm_split_helpers` of the widget must fit each other",
            compiled.display()
        )
    })?;
    let mut parts: Vec<(String, PathBuf)> = Vec::new();
    for path in made.split_modules {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = stem.strip_prefix("split_").unwrap_or(&stem).to_owned();
        parts.push((name, path));
    }
    Ok(Split {
        parts,
        main,
        link: out.join(LINK),
    })
}

/// Its name as the tool gives it: what several parts need is a chunk.
fn made_name(part: &str) -> String {
    if part.starts_with("chunk_") {
        part.to_owned()
    } else {
        format!("split_{part}")
    }
}

/// Its name in `public/dist`.
pub(super) fn file_name(part: &str, wasm: &[u8]) -> String {
    format!("{part}.{}.wasm", hash(wasm))
}

/// Puts the JavaScript that fetches `parts` (name, bytes) beside the glue.
pub(super) fn link(split: &Split, parts: &[(String, Vec<u8>)], glue: &Path) -> Result<()> {
    let made = fs::read_to_string(&split.link)
        .with_context(|| format!("cannot read `{}`", split.link.display()))?;
    let script = linked(&made, parts)?;
    let path = glue.with_file_name(LINK);
    fs::write(&path, script).with_context(|| format!("cannot write `{}`", path.display()))
}

/// As the tool writes it, but: files by the names they have in `public/dist`, whatever type the
/// shop's server gives them, and failures told by the panel instead of here.
fn linked(made: &str, parts: &[(String, Vec<u8>)]) -> Result<String> {
    let mut script = replaced(made, "console.error(e);", "")?;
    script = replaced(
        &script,
        "WebAssembly.instantiateStreaming(src, imports)",
        "instantiate(await src, imports)",
    )?;
    // A page may have patched what arrays do.
    script = replaced(
        &script,
        "deps.map(d => d())",
        "[]; for (const dep of deps) parallelStuff.push(dep())",
    )?;
    for (part, wasm) in parts {
        let name = file_name(part, wasm);
        script = replaced(
            &script,
            &format!("/{}.wasm", made_name(part)),
            &format!("/{name}"),
        )?;
    }
    script.push_str(
        "async function instantiate(response, imports) {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
",
    );
    Ok(script)
}

fn replaced(script: &str, from: &str, to: &str) -> Result<String> {
    ensure!(
        script.contains(from),
        "the link script has no `{from}`\n  hint: a newer `wasm_split_cli_support` writes it differently; see `linked` in src/xtask/web/split.rs"
    );
    Ok(script.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_fetched_by_its_hashed_name() -> Result<()> {
        let made = "catch (e) { console.error(e); }
            const parallelStuff = deps.map(d => d());
            fetch(new URL(\"./split_later.wasm\", import.meta.url));
            WebAssembly.instantiateStreaming(src, imports)";
        let parts = [("later".to_owned(), b"wasm".to_vec())];
        let script = linked(made, &parts)?;
        assert!(script.contains(&format!("\"./{}\"", file_name("later", b"wasm"))));
        assert!(!script.contains("console"));
        Ok(())
    }

    #[test]
    fn a_script_written_differently_stops_the_build() {
        assert!(linked("", &[]).is_err());
    }
}
