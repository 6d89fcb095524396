//! `guichet import events`: a file of JSON lines into the database. Each event counts once, however
//! often it is imported; it is dated by the shopper's clock, as there was no server to date it.

use super::parse_site;
use crate::output;
use crate::report::input::{self, EventLines};
use clap::Args;
use guichet_domain::event::Event;
use guichet_domain::scrub::TextMode;
use guichet_server::{Database, Store};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::sync_channel;

#[derive(Args, Debug)]
pub(crate) struct EventsArgs {
    /// A file with one JSON event per line
    file: PathBuf,
    /// Database, as named for `guichet serve`; a file is created where it is missing
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
    /// Id of the site they belong to
    #[arg(long, value_name = "ID", value_parser = parse_site)]
    site: String,
}

/// Events handed over at once, and how many such heaps may wait.
const HEAP: usize = 1_000;
const HEAPS: usize = 8;

pub(super) fn run(args: &EventsArgs) -> anyhow::Result<ExitCode> {
    let mut lines = EventLines::open(&args.file)?;
    let mut mistake = None;
    let mut read = 0_u64;
    let (sender, receiver) = sync_channel::<Vec<Event>>(HEAPS);
    // One thread reads and scrubs while the database writes.
    let new = std::thread::scope(|scope| {
        scope.spawn(|| {
            let sender = sender;
            loop {
                let mut heap = Vec::with_capacity(HEAP);
                for event in lines.by_ref().take(HEAP) {
                    match event {
                        Ok(event) => heap.push(event.keeping(TextMode::Scrubbed)),
                        Err(error) => mistake = Some(error),
                    }
                    if mistake.is_some() {
                        break;
                    }
                }
                read += heap.len() as u64;
                let is_end = heap.len() < HEAP;
                // Nobody takes it any more where the database failed; that error is told.
                if sender.send(heap).is_err() || is_end {
                    return;
                }
            }
        });
        let mut events = receiver
            .into_iter()
            .flatten()
            .map(|event| (event.at, event));
        input::wait(async {
            let store = Store::open(&args.db).await?;
            let new = store.import(&args.site, &mut events).await;
            store.close().await;
            Ok(new?)
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_server::store::Filter;

    #[test]
    fn what_stands_before_a_bad_line_is_imported_and_importing_again_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("events.ndjson");
        let line = |id: u32| {
            format!(
                r#"{{"id":"{id:032x}","visit":"{:032x}","at":{id},"locale":"fr","what":"opened"}}"#,
                7
            )
        };
        let good: Vec<String> = (0..2_500).map(line).collect();
        let database = Database::Sqlite(dir.path().join("log.db"));
        let args = EventsArgs {
            file: file.clone(),
            db: database.clone(),
            site: "shop".into(),
        };
        let kept = || {
            input::wait(async {
                let store = Store::open_to_read(&database).await?;
                let kept = store.events(&Filter::default()).await?;
                store.close().await;
                Ok(kept.len())
            })
            .unwrap()
        };
        std::fs::write(&file, good[..1_700].join("\n") + "\nno event\n").unwrap();
        let told = format!("{:#}", run(&args).unwrap_err());
        assert!(told.contains("line 1701"), "{told}");
        assert_eq!(kept(), 1_700);
        std::fs::write(&file, good.join("\n")).unwrap();
        run(&args).unwrap();
        run(&args).unwrap();
        assert_eq!(kept(), 2_500);
    }
}
