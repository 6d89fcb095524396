//! The JavaScript between the page and a module, made by wasm-bindgen. It is used as a
//! library so that its version is the one in `Cargo.lock`, with nothing to install.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::Module;

/// A module and its glue, in the build folder.
pub(super) struct Glued {
    pub(super) js: PathBuf,
    pub(super) wasm: PathBuf,
}

/// Makes an ES module that leaves to its caller where the WebAssembly file is:
/// the names carry a hash that is not known yet.
pub(super) fn glue(compiled: &Path, out: &Path, module: &Module, dev: bool) -> Result<Glued> {
    let folder = out.join(module.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty `{}`", folder.display()))?;
    }
    let bindgen = || {
        Bindgen::new()
            .input_path(compiled)
            .out_name(module.name)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .remove_name_section(!dev)
            .remove_producers_section(true)
            // A second part calls through the first one's table of functions.
            .keep_lld_exports(module.is_split)
            .generate(&folder)
    };
    bindgen().with_context(|| {
        format!(
            "wasm-bindgen failed on `{}`\n  hint: xtask's `wasm-bindgen-cli-support` must have the \
             version of `wasm-bindgen` in Cargo.lock",
            compiled.display()
        )
    })?;
    Ok(Glued {
        js: folder.join(format!("{}.js", module.name)),
        wasm: folder.join(format!("{}_bg.wasm", module.name)),
    })
}
