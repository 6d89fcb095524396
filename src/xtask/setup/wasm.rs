//! Finds a Rust toolchain that can build for `wasm32-unknown-unknown`, or makes one.
//!
//! Three kinds will do. Best is one that rebuilds the standard library (`build-std`):
//! the modules come out a twelfth smaller, because std too is built for size and without
//! its panic messages. So kinds that are there already are looked at in the order
//! rust-src, Debian's packages, ready-made target; and only then is one installed:
//! rust-src, ready-made target, Debian's packages. How one is called is in `toolchain.rs`.

mod toolchain;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::process::{Task, on_path};
use crate::progress::say;
use crate::setup::apt;
use crate::workspace::Workspace;

pub(crate) use toolchain::WasmToolchain;
use toolchain::{Std, TARGET};

/// Debian's Rust for building browsers: newer than its `rustc`, and with the sources of std.
const DEBIAN: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
];

/// rustup downloads a few megabytes; a machine without a network must not wait for long.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// A toolchain that can build for the browser.
pub(crate) fn find_or_install(workspace: &Workspace) -> Result<WasmToolchain> {
    let finders: [fn(&Workspace) -> Option<WasmToolchain>; 3] =
        [present_with_sources, debian, present_with_target];
    if let Some(found) = finders.iter().find_map(|find| find(workspace)) {
        return Ok(found);
    }
    if on_path("rustup").is_some() {
        if rustup(workspace, &["component", "add", "rust-src"])
            && let Some(found) = present_with_sources(workspace)
        {
            return Ok(found);
        }
        if rustup(workspace, &["target", "add", TARGET])
            && let Some(found) = present_with_target(workspace)
        {
            return Ok(found);
        }
    }
    apt::install(&DEBIAN, "a Rust compiler for WebAssembly")?;
    if let Some(linker) = missing_linker() {
        apt::install(&[linker.as_str()], "the linker for WebAssembly")?;
    }
    match debian(workspace) {
        Some(found) => Ok(found),
        None => bail!(
            "Debian's Rust is installed but cannot build this project: it needs rustc {} or newer, \
             its sources and the clippy of the same version\n  hint: run `rustup target add {TARGET}` \
             where rustup can download, or take a newer Debian",
            minimum(workspace)
        ),
    }
}

/// The toolchain in use, if the sources of std are with it.
fn present_with_sources(workspace: &Workspace) -> Option<WasmToolchain> {
    let sysroot = sysroot(Path::new("rustc"), workspace)?;
    sources(&sysroot).is_dir().then(|| {
        WasmToolchain::present(Std::Rebuilt {
            immediate_abort: knows_immediate_abort(Path::new("rustc")),
        })
    })
}

/// The toolchain in use, if the target is with it.
fn present_with_target(workspace: &Workspace) -> Option<WasmToolchain> {
    let sysroot = sysroot(Path::new("rustc"), workspace)?;
    let ready = sysroot
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir();
    ready.then(|| WasmToolchain::present(Std::ReadyMade))
}

/// Debian's toolchain, if it is whole and new enough.
fn debian(workspace: &Workspace) -> Option<WasmToolchain> {
    let (cargo, rustc) = (Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));
    let whole = cargo.is_file()
        && Path::new("/usr/bin/clippy-driver").is_file()
        && Path::new("/usr/bin/rust-lld").exists()
        && sources(&sysroot(rustc, workspace)?).is_dir()
        && version(rustc)? >= minimum(workspace).split('.').map(number).collect();
    whole.then(|| {
        WasmToolchain::debian(
            cargo,
            rustc,
            Std::Rebuilt {
                immediate_abort: knows_immediate_abort(rustc),
            },
        )
    })
}

/// `rust-lld` is a link to the linker of one LLVM version, which is a package of the
/// link's very name and is only recommended, not required.
fn missing_linker() -> Option<String> {
    let link = Path::new("/usr/bin/rust-lld");
    if link.exists() {
        return None;
    }
    Some(
        std::fs::read_link(link)
            .ok()?
            .file_name()?
            .to_str()?
            .to_owned(),
    )
}

/// Whether rustup did it. That it cannot is no error: the next way is tried.
fn rustup(workspace: &Workspace, args: &[&str]) -> bool {
    let task = Task::new("rustup", "asking rustup")
        .args(args)
        .within(workspace.root());
    let done = task.run_for_at_most(RUSTUP_LIMIT).is_ok();
    if !done {
        say(&format!(
            "  `rustup {}` did not work here; trying the next way",
            args.join(" ")
        ));
    }
    done
}

fn sysroot(rustc: &Path, workspace: &Workspace) -> Option<PathBuf> {
    let task = Task::new(rustc, "asking rustc for its sysroot").args(["--print", "sysroot"]);
    // No such compiler is an answer: this kind of toolchain is not here.
    let printed = task.within(workspace.root()).read().ok()?;
    Some(PathBuf::from(printed.trim()))
}

fn sources(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib/src/rust/library/std")
}

/// `-Cpanic=immediate-abort` is younger than the oldest rustc we build with.
fn knows_immediate_abort(rustc: &Path) -> bool {
    Task::new(rustc, "asking rustc what it knows")
        .env("RUSTC_BOOTSTRAP", "1")
        .args([
            "-Zunstable-options",
            "-Cpanic=immediate-abort",
            "--print=cfg",
            "--target",
            TARGET,
        ])
        .succeeds()
}

/// `[1, 96, 0]` of `rustc 1.96.0 (ac68faa20 2026-05-25)`.
fn version(rustc: &Path) -> Option<Vec<u32>> {
    // As above: no compiler, no version.
    let printed = Task::new(rustc, "asking rustc for its version")
        .arg("--version")
        .read()
        .ok()?;
    let word = printed.split_whitespace().nth(1)?;
    Some(word.split(['.', '-']).take(3).map(number).collect())
}

/// The `rust-version` of the workspace, which every package inherits.
fn minimum(workspace: &Workspace) -> String {
    let declared = workspace
        .packages()
        .iter()
        .find_map(|package| package.rust_version.clone());
    declared.map_or_else(|| "1.90.0".to_owned(), |version| version.to_string())
}

/// A part of a version that is no number counts as 0, so that it is refused, not taken.
fn number(part: &str) -> u32 {
    part.parse().unwrap_or(0)
}
