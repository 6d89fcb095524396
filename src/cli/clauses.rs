//! `guichet clauses`: how terms of sale are cut.

use crate::output;
use anyhow::bail;
use clap::Args;
use guichet_content::terms::{Format, cut};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct ClausesArgs {
    /// Terms of sale in Markdown (.md) or HTML (.html, .htm)
    file: PathBuf,
    /// Print clauses, what was dropped, and warnings as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &ClausesArgs) -> anyhow::Result<ExitCode> {
    let ending = args
        .file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let format = match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" | "txt" => Format::Markdown,
        "html" | "htm" => Format::Html,
        other => bail!(
            "`.{other}` is not a format of terms Guichet reads\nhint: export the terms as HTML or Markdown"
        ),
    };
    let text = output::read(&args.file)?;
    let cut = cut(&text, format);
    if args.json {
        output::print_json(&cut)?;
        return Ok(ExitCode::SUCCESS);
    }
    for clause in &cut.clauses {
        let words = clause.text.split_whitespace().count();
        let path = clause.path.join(" > ");
        let number = if clause.number.is_empty() {
            "-"
        } else {
            &clause.number
        };
        output::print(&format!(
            "{number}  {path}\n    #{}  {words} words  {}..{}\n",
            clause.address, clause.start, clause.end
        ))?;
        for line in clause.text.lines() {
            output::print(&format!("    {line}\n"))?;
        }
        if !clause.references.is_empty() {
            output::print(&format!("    refers to {}\n", clause.references.join(", ")))?;
        }
        output::print("\n")?;
    }
    for dropped in &cut.dropped {
        output::print(&format!(
            "dropped {}..{} ({}): {}\n",
            dropped.start,
            dropped.end,
            dropped.why,
            first_words(&dropped.text)
        ))?;
    }
    for warning in &cut.warnings {
        eprintln!("warning: {warning}");
    }
    output::print(&format!(
        "{} clauses, {} dropped, {} warnings\n",
        cut.clauses.len(),
        cut.dropped.len(),
        cut.warnings.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    words.join(" ")
}
