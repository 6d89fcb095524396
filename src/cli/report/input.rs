//! Where a report's events come from: the server's database, or a file of JSON lines. Either
//! way a visit is taken whole or not at all, by the day of its first event.

use anyhow::{Context as _, anyhow, bail};
use guichet_domain::contact::Contact;
use guichet_domain::event::{Event, What};
use guichet_domain::indicator::Case;
use guichet_report::{DatedBy, Log, Period};
use guichet_server::{Database, Store, reports};
use serde::Deserialize;
use std::collections::{BTreeSet, HashSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

/// What was read.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) log: Log,
    /// Sites they belong to, or the one asked for; empty where events do not say.
    pub(crate) sites: BTreeSet<String>,
    pub(crate) dated_by: DatedBy,
    /// Imported contacts of any day.
    pub(crate) contacts: Vec<Contact>,
    /// Claims of the period and after it; a file of events has none.
    pub(crate) claims: Vec<Case>,
    /// Events of a kind this program does not know.
    pub(crate) passed_over: u64,
}

/// Runs what waits for the database.
pub(crate) fn wait<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start reading")?
        .block_on(future)
}

/// Reads the server's database: the period, and the one before it.
pub(crate) fn from_database(
    database: &Database,
    site: Option<&str>,
    period: Period,
) -> anyhow::Result<Input> {
    let kept = wait(async {
        let store = Store::open_to_read(database).await?;
        let kept = reports::read(&store, site, period).await;
        store.close().await;
        Ok(kept?)
    })?;
    Ok(Input {
        log: kept.log,
        sites: kept.sites,
        dated_by: DatedBy::ServerClock,
        contacts: kept.contacts,
        claims: kept.cases,
        passed_over: kept.passed_over,
    })
}

/// Reads a file with one event per line. An event that stands there twice counts once.
pub(crate) fn from_file(path: &Path) -> anyhow::Result<Input> {
    let mut log = Log::default();
    let passed_over = each_line(path, |event| log.add(event, None))?;
    Ok(Input {
        log,
        sites: BTreeSet::new(),
        dated_by: DatedBy::ShopperClock,
        contacts: Vec::new(),
        claims: Vec::new(),
        passed_over,
    })
}

/// No more of an event than its kind.
#[derive(Deserialize)]
struct Kind {
    what: String,
}

/// Hands every event of a file to `take`, each id once. Returns how many lines hold an event of a kind this program
/// does not know.
fn each_line(path: &Path, mut take: impl FnMut(Event)) -> anyhow::Result<u64> {
    let mut known = HashSet::new();
    let mut lines = EventLines::open(path)?;
    for event in &mut lines {
        let event = event?;
        if known.insert(event.id) {
            take(event);
        }
    }
    Ok(lines.passed_over)
}

/// The events of a file, one a line, read as they are asked for.
#[derive(Debug)]
pub(crate) struct EventLines {
    path: PathBuf,
    file: BufReader<std::fs::File>,
    number: u64,
    line: Vec<u8>,
    /// Lines with an event of a kind this program does not know.
    pub(crate) passed_over: u64,
}

impl EventLines {
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let file = std::fs::File::open(path).map_err(|error| cannot_read(path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            file: BufReader::new(file),
            number: 0,
            line: Vec::new(),
            passed_over: 0,
        })
    }

    fn next_event(&mut self) -> anyhow::Result<Option<Event>> {
        loop {
            self.line.clear();
            self.number += 1;
            let read = self.file.read_until(b'\n', &mut self.line);
            if read.map_err(|error| cannot_read(&self.path, &error))? == 0 {
                return Ok(None);
            }
            let line = self.line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice::<Event>(line) {
                Ok(event) => return Ok(Some(event)),
                Err(_) if is_newer(line) => self.passed_over += 1,
                // The parser counts lines within this one line: only its column says something.
                Err(error) => bail!(
                    "`{}`, line {}, column {}: this is not an event: {}\nhint: each line holds one event as the widget sends it, beginning with `{{\"id\":`",
                    self.path.display(),
                    self.number,
                    error.column(),
                    without_place(&error.to_string())
                ),
            }
        }
    }
}

impl Iterator for EventLines {
    type Item = anyhow::Result<Event>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_event().transpose()
    }
}

fn is_newer(line: &[u8]) -> bool {
    serde_json::from_slice::<Kind>(line)
        .is_ok_and(|kind| !What::KINDS.contains(&kind.what.as_str()))
}

fn cannot_read(path: &Path, error: &std::io::Error) -> anyhow::Error {
    let shown = path.display();
    anyhow!("cannot read `{shown}`: {error}\nhint: give a file with one JSON event per line")
}

fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}
