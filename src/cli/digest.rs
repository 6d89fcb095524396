//! `guichet digest`: the page of Monday morning about the week before. What it says is in
//! `guichet_report::digest`.

use crate::output;
use crate::report::Source;
use clap::{Args, ValueEnum};
use guichet_domain::civil::Date;
use guichet_domain::experiment::Plan;
use guichet_report::digest::{self, last_week};
use guichet_report::{Minutes, Period};
use guichet_server::Clock;
use std::process::ExitCode;

/// Tells in one page what customers asked, complained about and praised last week, and what to change.
#[derive(Args, Debug)]
pub(crate) struct DigestArgs {
    #[command(flatten)]
    source: Source,
    /// The week before this day, as YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a mail or a terminal
    Text,
    /// One page
    Html,
}

/// Reads, counts and prints.
pub(crate) fn run(args: &DigestArgs) -> anyhow::Result<ExitCode> {
    let shop = args.source.shop()?;
    let zone = shop.1;
    let today = args
        .date
        .unwrap_or_else(|| zone.local(Clock::system().now()).date);
    let (monday, sunday) = last_week(today);
    let period = Period {
        from: Some(monday),
        to: Some(sunday),
        zone,
    };
    let opened = args.source.open(shop, period)?;
    let report = opened.report(period, Minutes::default(), Plan::default())?;
    output::print(&match args.format {
        Format::Text => digest::text(&report),
        Format::Html => digest::html(&report),
    })?;
    Ok(ExitCode::SUCCESS)
}
