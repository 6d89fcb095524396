//! `guichet simulate`: a year of a shop that does not exist, with what really happened beside what the
//! log shows of it. The model is in `model`, and explained in `docs/report.md`.

mod model;

use crate::import::parse_site;
use crate::output;
use crate::report::input;
use anyhow::{Context as _, bail};
use clap::Args;
use guichet_domain::civil::Date;
use guichet_domain::event::Event;
use guichet_domain::zone::{Timestamp, Zone};
use guichet_server::{Database, Store};
use model::{Model, Shop};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// More is not needed to measure with.
const MAX_VISITS: u64 = 20_000_000;

#[derive(Args, Debug)]
pub(crate) struct SimulateArgs {
    /// How many visits
    #[arg(long, default_value_t = 10_000)]
    visits: u64,
    /// Over how many days
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// The first day, as YYYY-MM-DD
    #[arg(long, value_name = "DAY", default_value = "2025-06-02")]
    from: Date,
    /// The same seed gives the same shop
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Run an experiment that changes the rate of contacts by so many percent; -15 avoids 15 % of them
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    experiment: Option<f64>,
    /// Database to write the events to, as named for `guichet serve`
    #[arg(
        long,
        value_name = "FILE",
        requires = "site",
        required_unless_present = "events"
    )]
    db: Option<Database>,
    /// Id of the site in the database
    #[arg(long, value_name = "ID", value_parser = parse_site)]
    site: Option<String>,
    /// File to write the events to, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "db")]
    events: Option<PathBuf>,
    /// File to write the call log to, for `guichet import calls`
    #[arg(long, value_name = "FILE")]
    calls: Option<PathBuf>,
}

/// Simulates, writes, and prints the truth as JSON.
pub(crate) fn run(args: &SimulateArgs) -> anyhow::Result<ExitCode> {
    if args.visits > MAX_VISITS || args.days == 0 || args.days > 3660 {
        bail!(
            "`--visits` goes to {MAX_VISITS}, `--days` from 1 to 3660\nhint: a year of a large shop has a million visits"
        );
    }
    let effect = args.experiment.map(|percent| percent / 100.0);
    if effect.is_some_and(|effect| !(-0.9..=0.9).contains(&effect)) {
        bail!("`--experiment` goes from -90 to 90\nhint: -15 avoids 15 % of the contacts");
    }
    let shop = Shop {
        visits: args.visits,
        days: args.days,
        first_day: args.from,
        zone: Zone::named("Europe/Paris")?,
        effect,
    };
    let mut model = Model::new(shop, args.seed);
    if let (Some(database), Some(site)) = (&args.db, &args.site) {
        to_database(database, site, &mut model)?;
    }
    if let Some(path) = &args.events {
        to_file(path, &mut model)?;
    }
    if let Some(path) = &args.calls {
        std::fs::write(path, model.calls()).with_context(|| cannot_write(path))?;
    }
    output::print_json(&model.truth())?;
    Ok(ExitCode::SUCCESS)
}

fn to_database(database: &Database, site: &str, model: &mut Model) -> anyhow::Result<()> {
    input::wait(async {
        let store = Store::open(database).await?;
        let mut events = model.flat_map(dated);
        let imported = store.import(site, &mut events).await;
        store.close().await;
        imported?;
        Ok(())
    })
}

/// A simulated network takes no time.
fn dated(visit: Vec<Event>) -> impl Iterator<Item = (Timestamp, Event)> {
    visit.into_iter().map(|event| (event.at, event))
}

fn to_file(path: &Path, model: &mut Model) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| cannot_write(path))?;
    let mut out = BufWriter::new(file);
    for event in model.flatten() {
        serde_json::to_writer(&mut out, &event)?;
        out.write_all(b"\n").with_context(|| cannot_write(path))?;
    }
    out.flush().with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> String {
    format!(
        "cannot write `{}`\nhint: the folder must exist and be writable",
        path.display()
    )
}

#[cfg(test)]
mod tests;
