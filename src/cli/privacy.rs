//! `guichet export`, `guichet erase` and `guichet purge`: what is kept of a shopper, its erasure,
//! and the end of what is kept. What exactly is emptied lives in the crate `guichet-server`.

use crate::output;
use anyhow::{Context as _, bail};
use clap::Args;
use guichet_content::site::Day;
use guichet_domain::zone::Timestamp;
use guichet_server::store::claims::Dossier;
use guichet_server::{Clock, Database, Store};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// A month of the Gregorian calendar on average.
const MONTH_MS: i64 = 2_629_746_000;

/// Prints everything that is kept under an e-mail address, as JSON.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The address, in any case
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Folder to write the files to that came with his claims; made where it is missing
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
    /// Database of the server, as named for `guichet serve`
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
}

/// Empties what is the shopper's in all claims of an e-mail address; dates stay, for the figures.
#[derive(Args, Debug)]
pub(crate) struct EraseArgs {
    /// The address, in any case
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Database of the server, as named for `guichet serve`
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
}

/// Deletes claims that ended longer ago than `keep_months` of the site's `[claims]`.
#[derive(Args, Debug)]
pub(crate) struct PurgeArgs {
    /// Site folder. May be repeated
    #[arg(long = "site", value_name = "DIR", required = true)]
    sites: Vec<PathBuf>,
    /// Database of the server, as named for `guichet serve`
    #[arg(long, value_name = "DATABASE", default_value = "guichet.db")]
    db: Database,
}

/// Prints it.
pub(crate) fn export(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    runtime()?.block_on(async {
        let store = Store::open_to_read(&args.db).await?;
        let dossiers = store.dossiers(&args.email).await?;
        if let Some(folder) = &args.files {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make `{}`", folder.display()))?;
            for dossier in &dossiers {
                write_files(&store, dossier, folder).await?;
            }
        }
        store.close().await;
        let all: Vec<Value> = dossiers.iter().map(told).collect();
        output::print_json(&json!({ "email": args.email, "claims": all }))?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn write_files(
    store: &Store,
    dossier: &Dossier,
    folder: &std::path::Path,
) -> anyhow::Result<()> {
    for info in dossier.timeline.iter().flat_map(|entry| &entry.files) {
        let number = dossier.claim.number;
        let Some((info, bytes)) = store.claim_file(number, info.rank).await? else {
            continue;
        };
        let file = folder.join(format!("{number}-{}.{}", info.rank, info.kind.extension()));
        std::fs::write(&file, bytes)
            .with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    Ok(())
}

/// A claim with everything that was written, notes of the team included.
fn told(dossier: &Dossier) -> Value {
    let claim = &dossier.claim;
    let timeline = dossier.timeline.iter().map(|entry| {
        let files = entry.files.iter().map(|file| {
            json!({ "rank": file.rank, "kind": file.kind, "size_bytes": file.size_bytes })
        });
        json!({
            "at": entry.at, "act": entry.act, "by": entry.by, "user": entry.user, "text": entry.text,
            "files": files.collect::<Vec<_>>(),
        })
    });
    json!({
        "number": claim.number, "site": claim.site, "kind": claim.kind, "category": claim.category,
        "team": claim.team, "state": claim.state, "contact": claim.contact, "order": claim.order,
        "slot": claim.slot, "withdrawal": claim.withdrawal, "opened": claim.opened,
        "closed": claim.closed, "rating": claim.rating, "timeline": timeline.collect::<Vec<_>>(),
    })
}

/// Erases and says how much.
pub(crate) fn erase(args: &EraseArgs) -> anyhow::Result<ExitCode> {
    runtime()?.block_on(async {
        let store = existing(&args.db).await?;
        let claims = store.erase(&args.email, Clock::system().now()).await?;
        store.close().await;
        output::print(&format!(
            "erased what is the shopper's in {claims} claims\n"
        ))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Deletes and says how much, site by site.
pub(crate) fn purge(args: &PurgeArgs) -> anyhow::Result<ExitCode> {
    let now = Clock::system().now();
    runtime()?.block_on(async {
        let store = existing(&args.db).await?;
        for dir in &args.sites {
            let (content, _) = guichet_content::site::read(dir, Day::Now(now));
            let Some(site) = content.map(|content| content.settings.site) else {
                bail!(
                    "`{0}` has errors\nhint: `guichet check {0}` lists them",
                    dir.display()
                );
            };
            let Some(desk) = &site.claims else {
                bail!(
                    "`{}` takes no claims\nhint: write `[claims]` in its `site.toml`",
                    dir.display()
                );
            };
            let claims = store
                .purge_claims(&site.id, ended_before(now, desk.keep_months), now)
                .await?;
            output::print(&format!(
                "{}: deleted {claims} claims that ended more than {} months ago\n",
                site.id, desk.keep_months
            ))?;
        }
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn ended_before(now: Timestamp, keep_months: u16) -> Timestamp {
    Timestamp(now.0.saturating_sub(i64::from(keep_months) * MONTH_MS))
}

/// For writing, but a database that is not there is not made.
async fn existing(database: &Database) -> anyhow::Result<Store> {
    Store::open_to_read(database).await?.close().await;
    Ok(Store::open(database).await?)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("cannot start the database's threads")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_kept_for_whole_years_of_months() {
        // 1 January 2027, twelve months: 1 January 2026, to the hour.
        let now = Timestamp(1_798_761_600_000);
        let year_ago = ended_before(now, 12);
        assert!((year_ago.0 - 1_767_225_600_000).abs() < 24 * 3_600_000);
    }

    #[test]
    fn nothing_is_made_where_there_is_no_database() {
        let dir = tempfile::tempdir().unwrap();
        let args = EraseArgs {
            email: "lea@mail.example".into(),
            db: Database::Sqlite(dir.path().join("none.db")),
        };
        let error = erase(&args).unwrap_err().to_string();
        assert!(error.contains("there is no database"), "{error}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
