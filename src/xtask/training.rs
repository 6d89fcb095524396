//! `intents` and `confidence`: what search learns from examples, fitted anew (`src/training`).

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::Task;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Options {
    /// Sets of judged queries, as `guichet eval --evidence` wrote them: two or more
    #[arg(required = true, num_args = 2..)]
    files: Vec<PathBuf>,
}

/// `cargo xtask intents`.
pub(crate) fn intents(workspace: &Workspace) -> Result<ExitCode> {
    training(workspace, "fitting what words mean")
        .arg("intents")
        .run()?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask confidence FILE…`.
pub(crate) fn confidence(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut task = training(workspace, "fitting how sure an answer is").arg("confidence");
    for file in &options.files {
        // The command runs in the project's folder, the path was written in the caller's.
        task = task.arg(std::path::absolute(file)?);
    }
    task.run()?;
    Ok(ExitCode::SUCCESS)
}

fn training(workspace: &Workspace, doing: &str) -> Task {
    Task::new("cargo", doing)
        .args(["run", "--release", "--package", "guichet-training", "--"])
        .within(workspace.root())
}
