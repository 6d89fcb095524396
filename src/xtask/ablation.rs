//! `ablation`: what each ingredient of search adds on a judged collection, as a table.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::Task;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Options {
    /// A folder with corpus.jsonl, queries.jsonl and qrels.tsv
    data: PathBuf,
}

/// `cargo xtask ablation DATA`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    // The command runs in the project's folder, the path was written in the caller's.
    let data = std::path::absolute(&options.data)?;
    Task::new("cargo", "measuring search without each of its ingredients")
        .args(["run", "--release", "--package", "guichet-tests"])
        .args(["--bin", "ablation", "--"])
        .arg(data)
        .within(workspace.root())
        .run()?;
    Ok(ExitCode::SUCCESS)
}
