//! `guichet report`: which questions were confirmed, and which avoided a call. Events are read
//! by `input`, counted by `guichet_domain::deflection`, arranged by `summary` and written by `text`.

pub(crate) mod input;
mod summary;
mod text;

use crate::output;
use anyhow::bail;
use clap::Args;
use guichet_domain::civil::Date;
use guichet_domain::zone::Zone;
use guichet_server::Database;
use input::Period;
use std::path::PathBuf;
use std::process::ExitCode;
use summary::Summary;

/// Tells which questions were confirmed and which avoided a call, with the meaning of every word.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// Database file that `guichet serve` writes; the server may go on running
    #[arg(
        long,
        value_name = "FILE",
        default_value = "guichet.db",
        conflicts_with = "events"
    )]
    db: Database,
    /// Read events from a file with one JSON event per line instead
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Id of the site; without it, all sites together
    #[arg(long, value_name = "ID", conflicts_with = "events")]
    site: Option<String>,
    /// First day, as YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Last day, as YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Where days begin and end
    #[arg(long, value_name = "ZONE", default_value = "Europe/Paris", value_parser = Zone::named)]
    time_zone: Zone,
    /// Print JSON for programs
    #[arg(long)]
    json: bool,
}

/// Reads, counts and prints.
pub(crate) fn run(args: ReportArgs) -> anyhow::Result<ExitCode> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        bail!(
            "the period ends before it begins: from `{from}` to `{to}`\nhint: `--from` is the first day, `--to` the last"
        );
    }
    let period = Period {
        from: args.from,
        to: args.to,
        zone: args.time_zone,
    };
    let input = match &args.events {
        Some(file) => input::from_file(file, period)?,
        None => input::from_database(&args.db, args.site, period)?,
    };
    let summary = Summary::new(input, period);
    if args.json {
        output::print_json(&summary)?;
    } else {
        output::print(&text::render(&summary))?;
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
