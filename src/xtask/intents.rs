//! `intents`: the model of what words mean, fitted anew (`src/training`).

use std::process::ExitCode;

use anyhow::Result;

use crate::process::Task;
use crate::workspace::Workspace;

/// `cargo xtask intents`.
pub(crate) fn command(workspace: &Workspace) -> Result<ExitCode> {
    Task::new("cargo", "fitting what words mean")
        .args(["run", "--release", "--package", "guichet-training"])
        .within(workspace.root())
        .run()?;
    Ok(ExitCode::SUCCESS)
}
