//! `schemathesis`: whatever the `OpenAPI` document allows, and what it does not, sent to a running server.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::Task;
use crate::setup;
use crate::workspace::Workspace;

#[derive(Args)]
pub(crate) struct Options {
    /// How much is made up for each operation
    #[arg(long, default_value_t = 100)]
    examples: u32,
}

/// `cargo xtask schemathesis`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let program = setup::schemathesis(workspace)?;
    Task::new("cargo", "sending what the API's description allows")
        .args(["run", "--package", "guichet-tests", "--bin", "schemathesis"])
        .arg("--")
        .arg(program)
        .arg(options.examples.to_string())
        .within(workspace.root())
        .hint("what the server answered stands above, with the way to send it again")
        .run()?;
    Ok(ExitCode::SUCCESS)
}
