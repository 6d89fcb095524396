//! `year`: a simulated shop's year, imported and reported as its owner would, timed from start to end. It
//! fails above a minute or a gibibyte, and where the report does not tell what really happened.

use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::demo;
use crate::process::{Measured, Task};
use crate::progress::say;
use crate::workspace::Workspace;

/// Importing and reporting together.
const MOST_TIME: Duration = Duration::from_secs(60);
/// The largest of the three programs.
const MOST_KIB: u64 = 1 << 20;

/// What the simulation knows to be true, and where the report says it.
const ALIKE: [(&str, &str); 6] = [
    ("/visits", "/visits/all"),
    ("/unanswered", "/visits/unanswered"),
    ("/contact_in_visit", "/visits/with_contact"),
    ("/read", "/totals/read"),
    ("/confirmed", "/totals/confirmed"),
    ("/stated", "/avoided/stated"),
];

#[derive(Args)]
pub(crate) struct Options {
    /// How many visits the shop had
    #[arg(long, default_value_t = 1_000_000)]
    visits: u64,
}

/// `cargo xtask year`.
pub(crate) fn command(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    demo::build_command(workspace)?;
    let folder = workspace.target("year");
    // Of a run that was broken off; mostly there is none.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let guichet = |doing: &str, words: &[&str]| {
        Task::new(demo::binary(workspace), doing)
            .args(words)
            .within(&folder)
    };
    let visits = options.visits.to_string();
    let truth = guichet("simulating a year", &["simulate", "--visits", &visits])
        .args(["--events", "events.ndjson", "--calls", "calls.csv"])
        .read()?;
    let log = ["--db", "year.db", "--site", "year"];
    let steps = [
        guichet("importing events", &["import", "events", "events.ndjson"]).args(log),
        guichet("importing calls", &["import", "calls", "calls.csv"]).args(log),
        guichet("reporting", &["report", "--format", "json"]).args(log),
    ];
    let mut took = Duration::ZERO;
    let mut most_kib = 0;
    let mut report = String::new();
    for (step, name) in steps.into_iter().zip(["events", "calls", "report"]) {
        let Measured { printed, time, kib } = step.measure()?;
        let mib = kib.map_or_else(|| "?".to_owned(), |kib| (kib >> 10).to_string());
        say(&format!(
            "{name:<8} {:>6.1} s {mib:>6} MiB",
            time.as_secs_f64()
        ));
        took += time;
        most_kib = most_kib.max(kib.unwrap_or(0));
        report = printed;
    }
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove `{}`", folder.display()))?;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    say(&format!(
        "together {:>6.1} s, {visits} visits, {cores} cores",
        took.as_secs_f64()
    ));
    let [truth, report] = [&truth, &report].map(|text| serde_json::from_str::<Value>(text));
    let (truth, report) = (truth?, report?);
    for (really, told) in ALIKE {
        let (really_is, told_is) = (truth.pointer(really), report.pointer(told));
        ensure!(
            really_is.is_some() && really_is == told_is,
            "`{told}` of the report is {told_is:?}, and {really_is:?} in truth"
        );
    }
    ensure!(
        took <= MOST_TIME,
        "it took more than {} s\n  hint: measure on a machine that does nothing else",
        MOST_TIME.as_secs()
    );
    ensure!(
        most_kib <= MOST_KIB,
        "it took more than {} MiB",
        MOST_KIB >> 10
    );
    Ok(ExitCode::SUCCESS)
}
