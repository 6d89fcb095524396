//! `guichet clauses`: how terms of sale are cut.

use crate::output;
use crate::terms_file::{self, TermsFile};
use clap::Args;
use guichet_content::terms::Cut;
use guichet_domain::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct ClausesArgs {
    /// Terms of sale in Markdown (.md), HTML (.html, .htm) or DOCX (.docx)
    file: PathBuf,
    /// Print clauses, what was dropped, and warnings as JSON
    #[arg(long)]
    json: bool,
}

/// What programs read: the cut, and the version where the file name gives its day.
#[derive(serde::Serialize)]
struct Told<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<Date>,
    /// What `start` and `end` count in, where it is not the file: the HTML made of a DOCX.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(flatten)]
    cut: &'a Cut,
}

pub(crate) fn run(args: &ClausesArgs) -> anyhow::Result<ExitCode> {
    let TermsFile {
        effective,
        made,
        cut,
    } = terms_file::read(&args.file)?;
    if args.json {
        output::print_json(&Told {
            effective,
            source: made,
            cut: &cut,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(day) = effective {
        output::print(&format!("the version that takes effect on {day}\n\n"))?;
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
        if !clause.defines.is_empty() {
            output::print(&format!("    defines {}\n", clause.defines.join(", ")))?;
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
