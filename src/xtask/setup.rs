//! Makes the machine able to build and test Guichet, says what it chose, and is quick
//! to run again: whatever is there already is only looked at. Each thing a machine
//! must have lives in its own file below.

mod apt;
mod chromium;
mod node;
mod postgres;
mod python;
mod wasm;

use std::path::PathBuf;

use anyhow::Result;

use crate::progress::{say, step};
use crate::workspace::Workspace;

pub(crate) use node::{WebTools, lighthouse};
pub(crate) use python::schemathesis;
pub(crate) use wasm::WasmToolchain;

/// A machine that can build what a browser downloads.
pub(crate) struct Machine {
    /// Compiles Rust to WebAssembly.
    pub(crate) wasm: WasmToolchain,
    /// Shrink what was compiled.
    pub(crate) tools: WebTools,
}

/// Everything, the browser and the database server of the tests included.
pub(crate) fn setup(workspace: &Workspace) -> Result<(Machine, PathBuf)> {
    let machine = machine(workspace)?;
    let chromium = step("setup: browser for the tests", || {
        let chromium = chromium::find_or_install()?;
        say(&format!("  browser: {}", chromium.display()));
        Ok(chromium)
    })?;
    step("setup: database server for the tests", || {
        let programs = postgres::find_or_install()?;
        say(&format!("  PostgreSQL: {}", programs.display()));
        Ok(())
    })?;
    Ok((machine, chromium))
}

/// What building needs, without a browser.
pub(crate) fn machine(workspace: &Workspace) -> Result<Machine> {
    step("setup: WebAssembly compiler and tools", || {
        let wasm = wasm::find_or_install(workspace)?;
        say(&format!("  compiler: {}", wasm.describe()));
        let tools = node::find_or_install(workspace)?;
        say(&format!("  from npm: {}", tools.describe()));
        Ok(Machine { wasm, tools })
    })
}
