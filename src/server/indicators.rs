//! Indicators as the server gives them: computed from all claims at most once a minute, since
//! everybody may ask; in words for people. What they mean is in `guichet_domain::indicator`.

pub(crate) mod page;

use crate::App;
use crate::store::StoreError;
use guichet_domain::indicator::told::Public;
use guichet_domain::indicator::{Indicators, indicators, since};
use guichet_domain::site::Site;
use guichet_domain::zone::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long figures are good for.
const FRESH_MS: i64 = 60_000;

/// The figures of each site, as last computed.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<String, Arc<Indicators>>>);

impl Cache {
    fn fresh(&self, site: &str, now: Timestamp) -> Option<Arc<Indicators>> {
        let cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = cached.get(site)?;
        let age = now.0.saturating_sub(found.updated.0);
        (0..FRESH_MS).contains(&age).then(|| Arc::clone(found))
    }

    fn keep(&self, site: &str, figures: &Arc<Indicators>) {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cached.insert(site.to_owned(), Arc::clone(figures));
    }
}

/// All figures of a site, at most a minute old.
pub(crate) async fn figures(app: &App, site: &Site) -> Result<Arc<Indicators>, StoreError> {
    let now = app.clock.now();
    match app.indicators.fresh(&site.id, now) {
        Some(figures) => Ok(figures),
        None => compute(app, site).await,
    }
}

/// All figures of a site as of now; those everybody sees are as fresh from then on.
pub(crate) async fn compute(app: &App, site: &Site) -> Result<Arc<Indicators>, StoreError> {
    let now = app.clock.now();
    let cases = app.store.cases(Some(&site.id), since(now)).await?;
    let figures = Arc::new(indicators(site, &cases, now));
    app.indicators.keep(&site.id, &figures);
    Ok(figures)
}

/// The figures the owner chose to show, as they are.
pub(crate) async fn public(app: &App, site: &Site) -> Result<Public, StoreError> {
    let chosen = app.store.public_indicators(&site.id).await?;
    Ok(Public::of(&site.id, &*figures(app, site).await?, &chosen))
}
