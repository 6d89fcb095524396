//! Shortens the names by which a module and its glue know each other. wasm-bindgen gives each a
//! hash, so that modules of several builds could be joined; nobody joins ours, and hashes are what
//! no compression makes small.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection};
use wasmparser::{Export, Import, Imports, Parser};

use super::glue::Glued;

/// How the names begin that wasm-bindgen made up; every other one is ours, and used by scripts of ours.
const MADE_UP: [&str; 3] = ["__wb", "__externref_", "wasm_bindgen_"];

/// How the name ends under which a module imports from its glue.
const GLUE: &str = "_bg.js";

/// Gives the module and its glue the same short names, in place.
pub(super) fn shorten(glued: &Glued) -> Result<()> {
    let mut short = Short::default();
    let mut module = wasm_encoder::Module::new();
    short
        .parse_core_module(&mut module, Parser::new(0), &super::read(&glued.wasm)?)
        .map_err(|error| anyhow!("cannot read `{}`: {error}", glued.wasm.display()))?;
    let script = fs::read_to_string(&glued.js)
        .with_context(|| format!("cannot read `{}`", glued.js.display()))?;
    for (path, bytes) in [
        (&glued.wasm, module.finish()),
        (&glued.js, short.script(&script).into_bytes()),
    ] {
        fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

/// The short names given so far, by the long ones.
#[derive(Default)]
struct Short(HashMap<String, String>);

impl Short {
    /// Short where wasm-bindgen made it up; the same every time.
    fn name(&mut self, long: &str) -> String {
        if !MADE_UP.iter().any(|begins| long.starts_with(begins)) && !long.ends_with(GLUE) {
            return long.to_owned();
        }
        let next = format!("_{}", self.0.len());
        self.0.entry(long.to_owned()).or_insert(next).clone()
    }

    /// The glue with the short names: whole words only, one name may begin as another does.
    fn script(&self, long: &str) -> String {
        let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut rest = long;
        let mut made = String::with_capacity(long.len());
        while let Some(at) = rest.find(is_of_a_word) {
            let word = &rest[at..];
            let end = word.find(|c| !is_of_a_word(c)).unwrap_or(word.len());
            let (word, after) = word.split_at(end);
            made.push_str(&rest[..at]);
            made.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = after;
        }
        made.push_str(rest);
        let glue = self.0.iter().filter(|(long, _)| long.ends_with(GLUE));
        glue.fold(made, |script, (long, short)| script.replace(long, short))
    }
}

impl Reencode for Short {
    type Error = std::convert::Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error> {
        let Imports::Single(at, import) = imports else {
            // rustc writes no others yet; their long names would only be long.
            return utils::parse_imports(self, section, imports);
        };
        let (module, name) = (self.name(import.module), self.name(import.name));
        let import = Import {
            module: &module,
            name: &name,
            ..import
        };
        utils::parse_imports(self, section, Imports::Single(at, import))
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error> {
        let name = self.name(export.name);
        let export = Export {
            name: &name,
            ..export
        };
        utils::parse_export(self, exports, export)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_shortened_and_only_what_was_made_up() {
        let mut short = Short::default();
        assert_eq!(short.name("__wbg_get_1"), "_0");
        assert_eq!(short.name("__wbg_get_12"), "_1");
        assert_eq!(short.name("__wbg_get_1"), "_0");
        assert_eq!(short.name("mount"), "mount");
        assert_eq!(short.name("./own_bg.js"), "_2");
        let script =
            "{\"./own_bg.js\": {__wbg_get_12: () => wasm.__wbg_get_1(é.__wbg_ptr), mount}}";
        let expected = "{\"_2\": {_1: () => wasm._0(é.__wbg_ptr), mount}}";
        assert_eq!(short.script(script), expected);
    }
}
