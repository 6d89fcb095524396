//! `tidy`: the habits no compiler checks. Who imports whom, what lies in the tree, and
//! that the map of the project is true. All findings of one run are listed together.

mod files;
mod imports;
mod map;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::progress::say;
use crate::workspace::Workspace;

/// `cargo xtask tidy`.
pub(crate) fn command(workspace: &Workspace) -> Result<ExitCode> {
    let findings = findings(workspace)?;
    for finding in &findings {
        say(&format!("tidy: {finding}"));
    }
    say(&match findings.len() {
        0 => "tidy: nothing found".to_owned(),
        1 => "tidy: 1 finding".to_owned(),
        more => format!("tidy: {more} findings"),
    });
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// As a step of `cargo xtask test`.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    if command(workspace)? == ExitCode::SUCCESS {
        return Ok(());
    }
    bail!("the tree is not tidy\n  hint: each line above says what and where")
}

fn findings(workspace: &Workspace) -> Result<Vec<String>> {
    let files = files::listed(workspace)?;
    let mut findings = imports::findings(workspace);
    findings.extend(files::findings(workspace, &files)?);
    findings.extend(map::findings(workspace, &files)?);
    Ok(findings)
}
