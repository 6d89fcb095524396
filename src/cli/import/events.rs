//! `guichet import events`: a file of JSON lines into the database. Each event counts once, however
//! often it is imported; it is dated by the shopper's clock, as there was no server to date it.

use super::parse_site;
use crate::output;
use crate::report::input::{self, EventLines};
use clap::Args;
use guichet_domain::scrub::TextMode;
use guichet_server::{Database, Store};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(crate) struct EventsArgs {
    /// A file with one JSON event per line
    file: PathBuf,
    /// Database file; created where it is missing
    #[arg(long, value_name = "FILE", default_value = "guichet.db")]
    db: Database,
    /// Id of the site they belong to
    #[arg(long, value_name = "ID", value_parser = parse_site)]
    site: String,
}

pub(super) fn run(args: &EventsArgs) -> anyhow::Result<ExitCode> {
    let mut lines = EventLines::open(&args.file)?;
    let mut mistake = None;
    let mut read = 0_u64;
    let mut events = std::iter::from_fn(|| match lines.next()? {
        Ok(event) => {
            read += 1;
            Some((event.at, event.keeping(TextMode::Scrubbed)))
        }
        Err(error) => {
            mistake = Some(error);
            None
        }
    });
    let new = input::wait(async {
        let store = Store::open(&args.db).await?;
        let new = store.import(&args.site, &mut events).await;
        store.close().await;
        Ok(new?)
    })?;
    let told = format!("{read} events read, {new} new\n");
    if let Some(mistake) = mistake {
        return Err(mistake.context(told.trim_end().to_owned()));
    }
    output::print(&told)?;
    if lines.passed_over > 0 {
        output::print(&format!(
            "{} of a kind this program does not know were passed over: update it\n",
            lines.passed_over
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
