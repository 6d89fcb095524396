//! `guichet import calls`: a call log as CSV. Columns are found by the names telephone systems and
//! helpdesks give them, or named; a line that cannot be read is told with its number and what to do,
//! and then nothing is imported. Telephone numbers of callers are not read at all.

mod moment;
mod reader;

use super::parse_site;
use crate::output::{self, tell_error};
use crate::report::input;
use anyhow::anyhow;
use clap::Args;
use guichet_domain::zone::Zone;
use guichet_server::{Database, Store};
use reader::{Columns, Read, Settings};
use std::path::PathBuf;
use std::process::ExitCode;

/// Mistakes told at once; the others are counted.
const MAX_TOLD: usize = 20;

#[derive(Args, Debug)]
pub(crate) struct CallsArgs {
    /// The call log: CSV with a heading, separated by commas, semicolons or tabs
    file: PathBuf,
    /// Database that `guichet serve` writes, as named there; the server may go on running
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
    /// Id of the site it belongs to
    #[arg(long, value_name = "ID", value_parser = parse_site)]
    site: String,
    /// The site's time zone, in which the log's times are meant where they do not say
    #[arg(long, value_name = "ZONE", default_value = "Europe/Paris", value_parser = Zone::named)]
    time_zone: Zone,
    /// Column with the time, or with the day where `--clock-column` is given
    #[arg(long, value_name = "COLUMN")]
    time_column: Option<String>,
    /// Column with the time of the day, where the day has a column of its own
    #[arg(long, value_name = "COLUMN")]
    clock_column: Option<String>,
    /// How times are written, such as `%d/%m/%Y %H:%M`: %d %m %Y %y %H %M %S; else the usual forms are tried
    #[arg(long, value_name = "FORMAT")]
    time_format: Option<String>,
    /// Column with the category
    #[arg(long, value_name = "COLUMN")]
    category_column: Option<String>,
    /// What the log writes and which category it is, such as `SAV=garantie`. May be repeated
    #[arg(long = "category", value_name = "LOG=CATEGORY", value_parser = pair)]
    categories: Vec<(String, String)>,
    /// Column with the line that was called, for logs that have no category
    #[arg(long, value_name = "COLUMN")]
    line_column: Option<String>,
    /// A line that is called and its category, such as `0199000001=livraison`. May be repeated
    #[arg(long = "line", value_name = "NUMBER=CATEGORY", value_parser = pair)]
    lines: Vec<(String, String)>,
    /// Column with the question it was about, as a document id such as `faq/ou-est-mon-colis`
    #[arg(long, value_name = "COLUMN")]
    question_column: Option<String>,
    /// Column with the claim number
    #[arg(long, value_name = "COLUMN")]
    claim_column: Option<String>,
    /// Column that says whether the caller had looked at the help before: yes or no
    #[arg(long, value_name = "COLUMN")]
    help_column: Option<String>,
    /// Column with the channel
    #[arg(long, value_name = "COLUMN")]
    channel_column: Option<String>,
    /// The channel, where there is no column for it
    #[arg(long, value_name = "ID", default_value = "telephone")]
    channel: String,
    /// Read and tell, but import nothing
    #[arg(long)]
    dry_run: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(from, to)| !from.trim().is_empty() && !to.trim().is_empty())
        .map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned()))
        .ok_or_else(|| format!("expected two names with `=` between, found `{text}`"))
}

pub(super) fn run(args: &CallsArgs) -> anyhow::Result<ExitCode> {
    let shown = args.file.display();
    let bytes = std::fs::read(&args.file).map_err(|error| {
        anyhow!("cannot read `{shown}`: {error}\nhint: give the call log as a CSV file")
    })?;
    let settings = Settings {
        site: args.site.clone(),
        zone: args.time_zone,
        columns: Columns {
            time: args.time_column.clone(),
            clock: args.clock_column.clone(),
            category: args.category_column.clone(),
            line: args.line_column.clone(),
            question: args.question_column.clone(),
            claim: args.claim_column.clone(),
            help: args.help_column.clone(),
            channel: args.channel_column.clone(),
        },
        time_format: args.time_format.clone(),
        categories: args.categories.iter().cloned().collect(),
        lines: args.lines.iter().cloned().collect(),
        channel: args.channel.clone(),
    };
    let Read {
        contacts,
        mistakes,
        found,
    } = reader::read(&bytes, &settings)?;
    if !mistakes.is_empty() {
        for mistake in mistakes.iter().take(MAX_TOLD) {
            tell_error(&anyhow!(
                "`{shown}`, line {}: {}",
                mistake.line,
                mistake.told
            ));
        }
        let all = mistakes.len();
        eprintln!("{all} line(s) cannot be read; nothing was imported");
        return Ok(ExitCode::FAILURE);
    }
    output::print(&format!("{found}\n"))?;
    let read = contacts.len();
    if args.dry_run {
        output::print(&format!(
            "{read} contacts read, none imported (--dry-run)\n"
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let new = input::wait(async {
        let store = Store::open(&args.db).await?;
        let new = store.add_contacts(&args.site, &contacts).await;
        store.close().await;
        Ok(new?)
    })?;
    output::print(&format!(
        "{read} contacts read, {new} new, {} already there\n",
        read as u64 - new
    ))?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
