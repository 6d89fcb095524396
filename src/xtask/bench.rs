//! `bench`: a query per keystroke in Chromium, timed on what was built for the browser.
//! `MiniSearch` is timed on the same documents and keystrokes in the same page, since a time depends
//! on the machine and on what else it does. It prints and judges nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::process::Task;
use crate::workspace::Workspace;
use crate::{demo, setup, web};

#[derive(Args)]
pub(crate) struct Options {
    /// How many documents
    #[arg(long, default_value_t = 1_000)]
    documents: usize,
    /// Documents of your own: a corpus.jsonl; else the demo shop's sentences, mixed anew
    #[arg(long)]
    corpus: Option<PathBuf>,
}

/// `cargo xtask bench`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let (machine, chromium) = setup::setup(workspace)?;
    web::build(workspace, &machine, web::Options::default())?;
    demo::build_site(workspace)?;
    let mut task = Task::new("cargo", "timing queries in Chromium")
        .args([
            "run",
            "--package",
            "guichet-tests",
            "--bin",
            "bench",
            "--",
            "--documents",
        ])
        .arg(options.documents.to_string())
        .env("GUICHET_CHROMIUM", &chromium)
        .env("GUICHET_PEER", machine.tools.peer())
        .within(workspace.root());
    if let Some(corpus) = &options.corpus {
        // The command runs in the project's folder, the path was written in the caller's.
        task = task.arg("--corpus").arg(std::path::absolute(corpus)?);
    }
    task.run()?;
    Ok(ExitCode::SUCCESS)
}
