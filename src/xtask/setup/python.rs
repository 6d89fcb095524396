//! Schemathesis, from `PyPI` at a fixed version, in a folder of its own: one command alone wants it, so
//! it is installed when that is run.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{Task, on_path};
use crate::progress::say;
use crate::setup::apt;
use crate::workspace::Workspace;

const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The program `schemathesis`; installed when absent or of another version.
pub(crate) fn schemathesis(workspace: &Workspace) -> Result<PathBuf> {
    // The name of the folder tells the version.
    let folder = workspace.target("tools").join(SCHEMATHESIS);
    let program = folder.join("bin/schemathesis");
    if program.is_file() {
        return Ok(program);
    }
    if on_path("python3").is_none() {
        apt::install(&["python3", "python3-venv"], "Python")?;
    }
    let doing = format!("downloading {SCHEMATHESIS}");
    say(&format!("  {doing}"));
    Task::new("python3", "making a place for Python packages")
        .args(["-m", "venv"])
        .arg(&folder)
        .hint("Debian has it as `python3-venv`: apt-get install python3-venv")
        .run()?;
    Task::new(folder.join("bin/pip"), doing)
        .args(["install", "--quiet", SCHEMATHESIS])
        .hint("is PyPI reachable?")
        .run()?;
    Ok(program)
}
