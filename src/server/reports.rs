//! Reports out of the store: what is read for one, and reports of a shop as the console shows them.
//! Counting a quarter of a large shop takes seconds and memory: it is done on a thread of its own,
//! one report at a time, and what was counted is good for ten minutes.

use crate::App;
use crate::shops::Shop;
use crate::store::{Filter, Received, Store, StoreError};
use guichet_domain::civil::Date;
use guichet_domain::contact::Contact;
use guichet_domain::indicator::Case;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use guichet_report::{Claims, DatedBy, Given, Log, Names, Period, Report};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// How long a report is good for.
const FRESH_MS: i64 = 10 * 60_000;
/// How many are held.
const MOST: usize = 8;
/// The longest period a server counts; longer ones are for `guichet report`.
pub(crate) const MOST_DAYS: i32 = 92;

/// What a report is made from.
#[derive(Debug)]
pub struct Kept {
    /// Events of the period and the one before it.
    pub log: Log,
    /// Sites they belong to.
    pub sites: BTreeSet<String>,
    /// Imported contacts of any day.
    pub contacts: Vec<Contact>,
    /// Claims opened since the beginning of the period before.
    pub cases: Vec<Case>,
    /// Events of a kind this program does not know.
    pub passed_over: u64,
}

/// Reads everything a report on a period says, and compares it with, of one site or of all.
pub async fn read(store: &Store, site: Option<&str>, period: Period) -> Result<Kept, StoreError> {
    let begin = period.before().and_then(Period::begin).or(period.begin());
    let filter = Filter {
        site: site.map(str::to_owned),
        from: begin,
        until: period.end(),
    };
    let mut log = Log::default();
    let mut sites: BTreeSet<String> = site.map(str::to_owned).into_iter().collect();
    let mut take = |one: Received| {
        if !sites.contains(&one.site) {
            sites.insert(one.site);
        }
        log.add(one.event, Some(one.received));
    };
    let passed_over = store.each(&filter, &mut take).await?;
    Ok(Kept {
        log,
        sites,
        contacts: store.contacts(site).await?,
        cases: store
            .cases(site, begin.unwrap_or(Timestamp(i64::MIN)))
            .await?,
        passed_over,
    })
}

/// Which report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) site: String,
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) lang: Lang,
}

/// A report that was counted, and when.
#[derive(Debug)]
struct Counted {
    asked: Asked,
    at: Timestamp,
    report: Arc<Report>,
}

/// Reports as last counted.
#[derive(Debug)]
pub(crate) struct Reports {
    counted: Mutex<Vec<Counted>>,
    /// Who counts.
    turn: Arc<Semaphore>,
}

impl Default for Reports {
    fn default() -> Self {
        Self {
            counted: Mutex::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Reports {
    fn fresh(&self, asked: &Asked, now: Timestamp) -> Option<Arc<Report>> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|one| (0..FRESH_MS).contains(&now.0.saturating_sub(one.at.0)));
        let found = counted.iter().find(|one| one.asked == *asked)?;
        Some(Arc::clone(&found.report))
    }

    fn keep(&self, one: Counted) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.push(one);
        let over = counted.len().saturating_sub(MOST);
        counted.drain(..over);
    }
}

/// A report of a shop; `None` where there is no such shop.
pub(crate) async fn report(app: &App, asked: Asked) -> Result<Option<Arc<Report>>, StoreError> {
    let crashed = || StoreError::Statement(sqlx::Error::WorkerCrashed);
    if let Some(found) = app.reports.fresh(&asked, app.clock.now()) {
        return Ok(Some(found));
    }
    if app.shops.shop(&asked.site).is_none() {
        return Ok(None);
    }
    let turn = Arc::clone(&app.reports.turn).acquire_owned().await;
    let turn = turn.map_err(|_closed| crashed())?;
    // Whoever waited finds what the one before him counted.
    if let Some(found) = app.reports.fresh(&asked, app.clock.now()) {
        return Ok(Some(found));
    }
    let (app, runtime) = (app.clone(), tokio::runtime::Handle::current());
    // The turn goes along: it ends with the counting, also where nobody waits for it any more.
    let counting = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let now = app.clock.now();
        let Some(shop) = app.shops.shop(&asked.site) else {
            return Ok(None);
        };
        let report = runtime.block_on(count(&app.store, shop, &asked, now))?;
        let report = Arc::new(report);
        app.reports.keep(Counted {
            asked,
            at: now,
            report: Arc::clone(&report),
        });
        Ok(Some(report))
    });
    counting.await.map_err(|_panicked| crashed())?
}

async fn count(
    store: &Store,
    shop: &Shop,
    asked: &Asked,
    now: Timestamp,
) -> Result<Report, StoreError> {
    let period = Period {
        from: Some(asked.from),
        to: Some(asked.to),
        zone: shop.site.time_zone,
    };
    let mut kept = read(store, Some(&asked.site), period).await?;
    let mut given = Given::new(DatedBy::ServerClock, asked.lang);
    match shop.proposals.of(&mut kept.log, period, asked.lang) {
        Ok(heard) => given.heard = heard,
        // The report says the questions one by one instead.
        Err(error) => tracing::error!(%error, "unanswered questions could not be grouped"),
    }
    given.sites = kept.sites;
    given.contacts = kept.contacts;
    given.claims = Some(Claims {
        cases: kept.cases,
        site: Some(shop.site.clone()),
        now,
    });
    given.plan = shop.plan.clone();
    given.passed_over = kept.passed_over;
    let names = Names::of(&shop.site, &shop.documents, asked.lang);
    Ok(Report::new(&mut kept.log, given, period, names))
}
