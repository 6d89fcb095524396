//! Where a report's events come from: the server's database, or a file of JSON lines. Either
//! way a visit is taken whole or not at all, by the day of its first event.

use anyhow::{Context as _, anyhow, bail};
use guichet_domain::civil::{Date, Local, Minute};
use guichet_domain::event::{Event, RandomId};
use guichet_domain::zone::{Timestamp, Zone};
use guichet_server::store::{Filter, Received};
use guichet_server::{Database, Store};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The days asked for, both included; open where none was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) zone: Zone,
}

impl Period {
    /// The first moment.
    fn begin(self) -> Option<Timestamp> {
        self.from.map(|day| self.midnight(day))
    }

    /// The first moment after it.
    fn end(self) -> Option<Timestamp> {
        self.to.map(|day| self.midnight(day.plus_days(1)))
    }

    fn midnight(self, date: Date) -> Timestamp {
        let time = Minute(0);
        self.zone.timestamp(Local { date, time })
    }

    fn contains(self, at: Timestamp) -> bool {
        self.begin().is_none_or(|begin| at >= begin) && self.end().is_none_or(|end| at < end)
    }
}

/// Which clock tells the day of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DatedBy {
    /// When the server received its first event.
    ServerClock,
    /// When its first event happened, by the shopper's clock.
    ShopperClock,
}

/// The events to count.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) events: Vec<Event>,
    /// Sites they belong to, or the one asked for; empty where events do not say.
    pub(crate) sites: BTreeSet<String>,
    pub(crate) dated_by: DatedBy,
    /// First and last day with events; `None` without events.
    pub(crate) days: Option<(Date, Date)>,
}

/// Reads the server's database.
pub(crate) fn from_database(
    database: &Database,
    site: Option<String>,
    period: Period,
) -> anyhow::Result<Input> {
    let filter = Filter {
        site: site.clone(),
        from: period.begin(),
        until: period.end(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start reading")?;
    let received = runtime.block_on(async {
        let store = Store::open_to_read(database).await?;
        let received = store.events(&filter).await;
        store.close().await;
        received
    })?;
    let mut sites: BTreeSet<String> = site.into_iter().collect();
    let days = days(received.iter().map(|one| one.received), period.zone);
    let mut events = Vec::with_capacity(received.len());
    for Received { site, event, .. } in received {
        sites.insert(site);
        events.push(event);
    }
    Ok(Input {
        events,
        sites,
        dated_by: DatedBy::ServerClock,
        days,
    })
}

/// Reads a file with one event per line. An event that stands there twice counts once.
pub(crate) fn from_file(path: &Path, period: Period) -> anyhow::Result<Input> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        anyhow!("cannot read `{shown}`: {error}\nhint: give a file with one JSON event per line")
    })?;
    let mut by_id: BTreeMap<RandomId, Event> = BTreeMap::new();
    for (number, line) in (1_usize..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Event>(line) {
            Ok(event) => {
                by_id.entry(event.id).or_insert(event);
            }
            // The parser counts lines within this one line: only its column says something.
            Err(error) => bail!(
                "`{shown}`, line {number}, column {}: this is not an event: {}\nhint: each line holds one event as the widget sends it, beginning with `{{\"id\":`",
                error.column(),
                without_place(&error.to_string())
            ),
        }
    }
    let mut first: BTreeMap<RandomId, Timestamp> = BTreeMap::new();
    for event in by_id.values() {
        let at = first.entry(event.visit).or_insert(event.at);
        *at = event.at.min(*at);
    }
    let events: Vec<_> = by_id
        .into_values()
        .filter(|event| {
            first
                .get(&event.visit)
                .is_some_and(|at| period.contains(*at))
        })
        .collect();
    Ok(Input {
        days: days(events.iter().map(|event| event.at), period.zone),
        events,
        sites: BTreeSet::new(),
        dated_by: DatedBy::ShopperClock,
    })
}

fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

fn days(moments: impl Iterator<Item = Timestamp> + Clone, zone: Zone) -> Option<(Date, Date)> {
    let first = moments.clone().min()?;
    let last = moments.max()?;
    Some((zone.local(first).date, zone.local(last).date))
}
