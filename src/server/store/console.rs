//! What only the console and the indicators read of claims.

use super::{Store, StoreError};
use guichet_domain::indicator::{Case, Indicator};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::collections::HashMap;

impl Store {
    /// The beginning of what each of these claims was opened with; those without words are left out.
    pub(crate) async fn first_words(
        &self,
        numbers: &[TrackingNumber],
    ) -> Result<HashMap<TrackingNumber, String>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.first_words(numbers).await,
        }
    }
}

impl Store {
    /// Claims of a site, or of all sites, opened since a moment, as cases of the indicators.
    pub async fn cases(
        &self,
        site: Option<&str>,
        since: Timestamp,
    ) -> Result<Vec<Case>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.cases(site, since).await,
        }
    }

    /// Which indicators of a site are public, in their order.
    pub(crate) async fn public_indicators(&self, site: &str) -> Result<Vec<Indicator>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.public_indicators(site).await,
        }
    }

    /// Makes these indicators of a site public, and no others.
    pub(crate) async fn set_public_indicators(
        &self,
        site: &str,
        chosen: &[Indicator],
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.set_public_indicators(site, chosen, by, now).await,
        }
    }
}
