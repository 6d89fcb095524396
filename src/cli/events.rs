//! `guichet events`: the log as a whole. `purge` deletes what is too old: an audience measurement without
//! consent may be kept for 25 months at most (CNIL, guidelines on cookies and other trackers).

use crate::output;
use crate::report::input;
use clap::{Args, Subcommand};
use guichet_domain::civil::Date;
use guichet_domain::civil::{Local, Minute};
use guichet_domain::zone::Zone;
use guichet_server::{Clock, Database, Store};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(crate) struct EventsArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Delete visits and imported contacts older than so many months; run it every day
    Purge(PurgeArgs),
}

#[derive(Args, Debug)]
struct PurgeArgs {
    /// Database that `guichet serve` writes, as named there; the server may go on running
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
    /// What is older goes; 25 at most
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=25))]
    months: u16,
    /// Count the months from this day, as YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

pub(crate) fn run(args: &EventsArgs) -> anyhow::Result<ExitCode> {
    let What::Purge(args) = &args.what;
    let utc = Zone::named("UTC")?;
    let today = args
        .date
        .unwrap_or_else(|| utc.local(Clock::system().now()).date);
    let first_kept = months_before(today, args.months);
    let before = utc.timestamp(Local {
        date: first_kept,
        time: Minute(0),
    });
    // Opened for reading first: a mistyped name must not make a new file.
    let purged = input::wait(async {
        Store::open_to_read(&args.db).await?.close().await;
        let store = Store::open(&args.db).await?;
        let purged = store.purge(before).await;
        store.close().await;
        Ok(purged?)
    })?;
    output::print(&format!(
        "{} events and {} contacts from before {first_kept} deleted\n",
        purged.events, purged.contacts
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// The same day so many months ago; the last day of a shorter month.
fn months_before(day: Date, months: u16) -> Date {
    let (year, month, of_month) = day.civil();
    let count = year * 12 + i32::try_from(month).unwrap_or(1) - 1 - i32::from(months);
    let (year, month) = (
        count.div_euclid(12),
        count.rem_euclid(12).unsigned_abs() + 1,
    );
    (1..=of_month)
        .rev()
        .find_map(|day| Date::new(year, month, day))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_back_to_the_same_day_or_the_last_of_a_shorter_month() {
        for (day, months, expected) in [
            ("2026-07-15", 25, "2024-06-15"),
            ("2026-03-31", 1, "2026-02-28"),
            ("2026-01-10", 1, "2025-12-10"),
        ] {
            assert_eq!(
                months_before(day.parse().unwrap(), months).to_string(),
                expected
            );
        }
    }
}
