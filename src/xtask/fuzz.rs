//! `fuzz`: spoils what merchants, shoppers and networks send, at random, and watches for a
//! panic or a hang.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::Task;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Options {
    /// For how long
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// The same seed tries the same cases
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// `cargo xtask fuzz`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    Task::new("cargo", "reading spoilt files")
        .args(["run", "--release", "--package", "guichet-tests"])
        .args(["--bin", "fuzz", "--"])
        .args([options.seconds.to_string(), options.seed.to_string()])
        .within(workspace.root())
        .run()?;
    Ok(ExitCode::SUCCESS)
}
