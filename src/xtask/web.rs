//! `build-web`: from the browser crates to the files in `public/dist`. The order is
//! compile, cut, make the JavaScript glue, shrink, name by content, swap in. Each step has its
//! file below; this one puts them in order and knows which modules there are.

mod dist;
mod glue;
mod names;
mod shrink;
mod split;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};
use clap::Args;

use crate::progress::{say, step, thousands};
use crate::setup::{self, Machine};
use crate::workspace::Workspace;

pub(crate) use dist::FOLDER;

/// The crates that are compiled for the browser.
pub(crate) const PACKAGES: [&str; 2] = [MODULES[0].package, MODULES[1].package];

#[derive(Args, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Compile quickly, with panic messages, and shrink nothing
    #[arg(long)]
    dev: bool,
}

/// One WebAssembly module with its glue.
struct Module {
    /// Its name in `public/dist`.
    name: &'static str,
    /// The crate it is compiled from.
    package: &'static str,
    /// Whether its source says where it is to be cut.
    is_split: bool,
}

const MODULES: [Module; 2] = [
    Module {
        name: "widget",
        package: "guichet-widget",
        is_split: true,
    },
    Module {
        name: "engine",
        package: "guichet-engine",
        is_split: false,
    },
];

/// A module as a browser takes it, not yet named by its content.
struct Built {
    name: &'static str,
    js: Vec<u8>,
    wasm: Vec<u8>,
    /// Name and bytes of the parts that are fetched when they are needed.
    parts: Vec<(String, Vec<u8>)>,
}

/// `cargo xtask build-web`.
pub(crate) fn command(workspace: &Workspace, options: Options) -> Result<()> {
    let machine = setup::machine(workspace)?;
    build(workspace, &machine, options)
}

/// Builds `public/dist`. The same sources give the same bytes under the same names.
pub(crate) fn build(workspace: &Workspace, machine: &Machine, options: Options) -> Result<()> {
    let version = workspace.package(MODULES[0].package)?.version.to_string();
    let folder = workspace.target("web");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    let lock_path = folder.join(".xtask.lock");
    let lock = File::create(&lock_path)
        .with_context(|| format!("cannot create `{}`", lock_path.display()))?;
    // Held until the end: two builds at once would mix their files.
    lock.lock()
        .with_context(|| format!("cannot lock `{}`", lock_path.display()))?;

    step("compile the browser modules", || {
        compile(workspace, machine, options)
    })?;
    let built = step("glue and shrink", || {
        // wasm-opt takes a minute and one core for the engine.
        thread::scope(|scope| {
            let running = MODULES
                .map(|module| scope.spawn(move || finish(workspace, machine, &module, options)));
            running
                .into_iter()
                .map(|thread| {
                    thread
                        .join()
                        .map_err(|_| anyhow!("shrinking a module panicked"))?
                })
                .collect::<Result<Vec<Built>>>()
        })
    })?;
    step("write public/dist", || {
        let loader = workspace.path("public/guichet.js");
        let written = dist::write(workspace, &machine.tools, &loader, &version, &built)?;
        for (name, size) in written {
            say(&format!("  {name}: {} bytes", thousands(size)));
        }
        Ok(())
    })
}

/// Each module by itself: together, each would be given the features of the other's dependencies.
fn compile(workspace: &Workspace, machine: &Machine, options: Options) -> Result<()> {
    for module in &MODULES {
        let doing = format!("compiling `{}` for the browser", module.package);
        let task = if options.dev {
            machine.wasm.build_dev(workspace, &doing)
        } else {
            machine.wasm.build(workspace, &doing)
        };
        task.args(["--package", module.package, "--lib"]).run()?;
    }
    Ok(())
}

fn finish(
    workspace: &Workspace,
    machine: &Machine,
    module: &Module,
    options: Options,
) -> Result<Built> {
    let compiled = compiled(workspace, module, options);
    let split = module
        .is_split
        .then(|| split::split(&compiled, &workspace.target("web/parts"), module.name))
        .transpose()?;
    let glued = glue::glue(
        split.as_ref().map_or(&compiled, |split| &split.main),
        &workspace.target("web/glue"),
        module,
        options.dev,
    )?;
    if !options.dev {
        names::shorten(&glued)?;
    }
    let cache = workspace.target("web/shrunk");
    let shrunk = |wasm: &Path| {
        if options.dev {
            read(wasm)
        } else {
            shrink::wasm(&machine.tools, wasm, &cache)
        }
    };
    let mut parts = Vec::new();
    if let Some(split) = &split {
        let all = |files: &[(String, PathBuf)]| {
            let files = files.iter();
            files
                .map(|(name, wasm)| Ok((name.clone(), shrunk(wasm)?)))
                .collect::<Result<Vec<_>>>()
        };
        parts = all(&split.parts)?;
        let (shared, places) = split::shared(all(&split.chunks)?);
        if !shared.is_empty() {
            parts.push((split::SHARED.to_owned(), shared));
        }
        split::link(split, &parts, &places, &glued.js)?;
    }
    let js = if options.dev {
        shrink::bundled(&machine.tools, &glued.js)?
    } else {
        shrink::module(&machine.tools, &glued.js)?
    };
    Ok(Built {
        name: module.name,
        js,
        wasm: shrunk(&glued.wasm)?,
        parts,
    })
}

fn compiled(workspace: &Workspace, module: &Module, options: Options) -> PathBuf {
    let profile = if options.dev { "debug" } else { "web" };
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    workspace
        .target("web/wasm32-unknown-unknown")
        .join(profile)
        .join(file)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))
}
