//! `guichet check`: everything that is wrong in a site folder.

use crate::output;
use clap::Args;
use guichet_content::edition::Terms;
use guichet_content::problem::{Problem, Severity};
use guichet_domain::civil::Date;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The site folder
    site: PathBuf,
    /// Print problems as JSON
    #[arg(long)]
    json: bool,
    /// The day whose terms are in force, as YYYY-MM-DD; today where not given
    #[arg(long)]
    date: Option<Date>,
}

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let (content, problems) = guichet_content::site::read(&args.site, output::day(args.date));
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
                for terms in &own.terms {
                    output::print(&format!("  {}\n", versions(terms)))?;
                }
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

/// The version of terms in force, and which others there are.
fn versions(terms: &Terms) -> String {
    let in_force = match terms.in_force.effective {
        Some(day) => format!("{}: in force since {day}", terms.name),
        None => format!("{}: one version, without a date", terms.name),
    };
    let older = match terms.older.len() {
        0 => None,
        count => Some(format!("{count} older")),
    };
    let next = terms.upcoming.iter().filter_map(|next| next.effective);
    let parts = std::iter::once(in_force)
        .chain(older)
        .chain(next.map(|day| format!("from {day} another")));
    parts.collect::<Vec<_>>().join(", ")
}
