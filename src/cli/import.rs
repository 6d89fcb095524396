//! `guichet import`: what other systems know, brought into the log. `calls` reads a call log of any
//! telephone system or helpdesk as CSV.

mod calls;
mod events;

use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Brings what other systems know into the log.
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// A call log as CSV: when, about what, and to which claim a contact belonged; never who
    Calls(Box<calls::CallsArgs>),
    /// Events as JSON lines, for example from a site without a server or from `guichet simulate`
    Events(events::EventsArgs),
}

pub(crate) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Calls(args) => calls::run(args),
        What::Events(args) => events::run(args),
    }
}

/// Ids of sites, as folders are named.
fn is_site(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A site's id given on the command line.
pub(crate) fn parse_site(id: &str) -> Result<String, String> {
    if is_site(id) {
        return Ok(id.to_owned());
    }
    Err(format!(
        "expected the id of a site, 1 to 64 of a-z, 0-9 and `-`, found `{id}`"
    ))
}
