//! `guichet check`: everything that is wrong in a site folder.

use crate::output;
use clap::Args;
use guichet_content::problem::{Problem, Severity};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The site folder
    site: PathBuf,
    /// Print problems as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let (content, problems) = guichet_content::site::read(&args.site);
    if args.json {
        output::print_json(&problems)?;
    } else {
        output::tell(&problems);
        if let Some(content) = content {
            for (lang, own) in &content.locales {
                output::print(&format!(
                    "{lang}: {} entries, {} clauses\n",
                    own.entries.len(),
                    own.clauses.len()
                ))?;
            }
        }
    }
    let failed = problems
        .iter()
        .any(|Problem { severity, .. }| *severity == Severity::Error);
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
