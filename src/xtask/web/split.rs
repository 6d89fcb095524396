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

/// How the tool's name of a part begins; what is named otherwise is a chunk that parts share.
const PART: &str = "split_";

/// The file of all chunks.
pub(super) const SHARED: &str = "shared";

/// A module cut in parts, in the build folder.
pub(super) struct Split {
    /// The part that is there from the start.
    pub(super) main: PathBuf,
    /// Name and file of every further part.
    pub(super) parts: Vec<(String, PathBuf)>,
    /// Name and file of what several parts need.
    pub(super) chunks: Vec<(String, PathBuf)>,
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
    let named = made.split_modules.into_iter().map(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        (stem.into_owned(), path)
    });
    let (parts, chunks): (Vec<_>, Vec<_>) = named.partition(|(stem, _)| stem.starts_with(PART));
    Ok(Split {
        parts: (parts.into_iter())
            .map(|(stem, path)| (stem.replacen(PART, "", 1), path))
            .collect(),
        chunks,
        main,
        link: out.join(LINK),
    })
}

/// Its name in `public/dist`.
pub(super) fn file_name(part: &str, bytes: &[u8]) -> String {
    // What is shared is several modules, one after the other.
    let extension = if part == SHARED { "bin" } else { "wasm" };
    format!("{part}.{}.{extension}", hash(bytes))
}

/// Chunks one after the other, as one file: a request each would cost more than their bytes.
/// Gives the file and where each begins and ends.
pub(super) fn shared(chunks: Vec<(String, Vec<u8>)>) -> (Vec<u8>, Vec<(String, usize, usize)>) {
    let (mut bytes, mut places) = (Vec::new(), Vec::new());
    for (name, wasm) in chunks {
        let from = bytes.len();
        bytes.extend(wasm);
        places.push((name, from, bytes.len()));
    }
    (bytes, places)
}

/// Puts the JavaScript that fetches `parts` (name, bytes) beside the glue.
pub(super) fn link(
    split: &Split,
    parts: &[(String, Vec<u8>)],
    places: &[(String, usize, usize)],
    glue: &Path,
) -> Result<()> {
    let made = fs::read_to_string(&split.link)
        .with_context(|| format!("cannot read `{}`", split.link.display()))?;
    let script = linked(&made, parts, places)?;
    let path = glue.with_file_name(LINK);
    fs::write(&path, script).with_context(|| format!("cannot write `{}`", path.display()))
}

/// As the tool writes it, but: files by the names they have in `public/dist`, what is shared from
/// one of them, whatever type the shop's server gives them and whatever a page did to arrays, and
/// failures told by the panel instead of here.
fn linked(
    made: &str,
    parts: &[(String, Vec<u8>)],
    places: &[(String, usize, usize)],
) -> Result<String> {
    let mut script = replaced(made, "console.error(e);", "")?;
    script = replaced(
        &script,
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await src, imports)",
    )?;
    script = replaced(
        &script,
        "deps.map(d => d())",
        "[]; for (const dep of deps) parallelStuff.push(dep())",
    )?;
    for (part, bytes) in parts {
        let name = file_name(part, bytes);
        if part == SHARED {
            let slices = format!(
                "let whole;
function shared(from, to) {{
    whole ||= bytes(new URL(\"./{name}\", import.meta.url));
    whole.catch(() => {{ whole = undefined; }});
    return whole.then((file) => file.slice(from, to));
}}
"
            );
            script.push_str(&slices);
            continue;
        }
        let made = format!("fetch(new URL(\"./{PART}{part}.wasm\"");
        script = replaced(&script, &made, &format!("bytes(new URL(\"./{name}\""))?;
    }
    for (chunk, from, to) in places {
        let made = format!("fetch(new URL(\"./{chunk}.wasm\", import.meta.url))");
        script = replaced(&script, &made, &format!("shared({from}, {to})"))?;
    }
    script.push_str(
        "async function bytes(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.arrayBuffer();
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

    const MADE: &str = "catch (e) { console.error(e); }
        const parallelStuff = deps.map(d => d());
        fetch(new URL(\"./chunk_1.wasm\", import.meta.url));
        fetch(new URL(\"./split_later.wasm\", import.meta.url));
        WebAssembly.instantiateStreaming(src, imports)";

    #[test]
    fn a_part_is_fetched_by_its_hashed_name_and_chunks_from_one_file() -> Result<()> {
        let chunks = vec![
            ("chunk_0".to_owned(), b"one".to_vec()),
            ("chunk_1".to_owned(), b"wasm".to_vec()),
        ];
        let (bytes, places) = shared(chunks);
        assert_eq!(bytes, b"onewasm");
        let name = file_name(SHARED, &bytes);
        let parts = [
            ("later".to_owned(), b"wasm".to_vec()),
            (SHARED.to_owned(), bytes),
        ];
        let script = linked(MADE, &parts, &places[1..])?;
        assert!(script.contains(&format!("\"./{}\"", file_name("later", b"wasm"))));
        assert!(script.contains("shared(3, 7)") && script.contains(&name));
        assert!(!script.contains("console"));
        Ok(())
    }

    #[test]
    fn a_script_written_differently_stops_the_build() {
        assert!(linked("", &[], &[]).is_err());
    }
}
